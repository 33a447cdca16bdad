"""Recorded results are read as they were written; what is damaged is said, and nothing else."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lenet import mnist
from lenet.analysis import results
from lenet.analysis.results import EPOCH, LEVELS
from lenet.mnist import DataError
from lenet.variants import VARIANTS
from tests.support import recorded

READERS: dict[str, Callable[[Path], object]] = {
    results.RESULTS: results.results,
    results.HISTORIES: results.histories,
    results.CLAIMS: results.voting,
    results.ANSWERS: results.answers,
    results.DIGITS: results.digits,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded.write(tmp_path_factory.mktemp("recorded"))


def test_what_was_written_is_read(folder: Path) -> None:
    written = json.loads((folder / results.RESULTS).read_text())
    read = results.results(folder)
    assert list(read) == list(written)
    one, raw = read["relu"], written["relu"]
    assert (one.name, one.parameters, one.connections, one.multiply_adds) == (
        "relu", raw["parameters"], raw["connections"], raw["multiply_adds"],
    )  # fmt: skip
    assert {f"{size:g}": error for size, error in one.search.items()} == raw["search"]
    assert one.test_error.mean == statistics.mean(raw["test_error_percent"]["each"])
    assert one.test_error.standard_deviation == statistics.stdev(raw["test_error_percent"]["each"])
    for level in LEVELS:
        spread = one.epochs_to[level]
        assert (spread and spread.mean) == (
            raw["epochs_to"][str(level)] and raw["epochs_to"][str(level)]["mean"]
        )
    assert read["linear"].epochs_to[1] is None, "it never comes to 1 %"


def test_a_history_keeps_every_point(folder: Path) -> None:
    written = json.loads((folder / results.HISTORIES).read_text())["relu"]
    for run, raw in zip(results.histories(folder)["relu"], written, strict=True):
        assert run.seed == raw["seed"]
        assert run.epochs.tolist() == [point["patterns"] / 55_000 for point in raw["curve"]]
        assert run.training_error.tolist() == [p["training_error_percent"] for p in raw["curve"]]
        assert run.held_back == tuple(raw["held_back"])


def test_an_epoch_is_what_mnist_leaves_for_training() -> None:
    assert EPOCH == 55_000


def test_answers_are_found_by_name_in_any_order(folder: Path) -> None:
    read = results.answers(folder)
    names = list(VARIANTS)
    assert read.networks == tuple(names)
    two = read.of(["relu", "lenet5"])
    assert (two[0] == read.answers[names.index("relu")]).all()
    assert (two[1] == read.answers[0]).all()
    with pytest.raises(KeyError):
        read.of(["alexnet"])


def test_digits_are_cut_out_in_their_order(folder: Path) -> None:
    images = np.random.default_rng(0).integers(0, 256, (40, 28, 28), np.uint8)
    read = results.digits(folder)
    assert (read.images == images).all()
    assert read.indices.tolist() == list(range(40))


@pytest.mark.parametrize("name", READERS)
def test_a_missing_file_takes_only_its_own_part(tmp_path: Path, name: str) -> None:
    recorded.write(tmp_path)
    (tmp_path / name).unlink()
    for other, read in READERS.items():
        if other != name:
            read(tmp_path)
    with pytest.raises(DataError, match=f"{name} is missing, .*python -m lenet report"):
        READERS[name](tmp_path)


def test_pictures_without_their_facts_are_missing_too(tmp_path: Path) -> None:
    recorded.write(tmp_path)
    (tmp_path / "digits.json").unlink()
    with pytest.raises(DataError, match=r"digits\.json is missing"):
        results.digits(tmp_path)


@pytest.mark.parametrize("name", READERS)
def test_whatever_is_damaged_is_read_or_said(tmp_path: Path, name: str) -> None:
    """Cut short, with bytes exchanged, or something else altogether: a DataError or a value."""
    path = recorded.write(tmp_path) / name
    whole = path.read_bytes()
    random = np.random.default_rng(13)
    damaged = [b"", b"[]", b"null", b"{}", b"[" * 5_000, b'{"relu": 1}', b'{"relu": []}']
    damaged += [whole[: int(len(whole) * share)] for share in (0.1, 0.5, 0.9, 0.999)]
    for _ in range(40):
        changed = bytearray(whole)
        for place in random.integers(0, len(whole), 3):
            changed[place] = random.integers(256)
        damaged.append(bytes(changed))
    said = []
    for content in damaged:
        path.write_bytes(content)
        try:
            READERS[name](tmp_path)
        except DataError as error:
            said.append(str(error))
    assert len(said) > 5
    assert all("python -m lenet report" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("parameters",), 1.5),
        (("parameters",), -1),
        (("parameters",), True),
        (("test_error_percent", "mean"), float("nan")),
        (("test_error_percent", "mean"), None),
        (("test_error_percent", "each"), []),
        (("epochs_to", "5"), 3),
        (("search",), {"fast": 0.8}),
        (("seeds",), "012"),
    ],
)
def test_a_figure_that_is_none_is_damage(
    tmp_path: Path, place: tuple[str, ...], value: object
) -> None:
    path = recorded.write(tmp_path) / results.RESULTS
    found = json.loads(path.read_text())
    part = found["relu"]
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    path.write_text(json.dumps(found))
    with pytest.raises(DataError, match="is damaged"):
        results.results(tmp_path)


def test_nothing_larger_than_expected_is_read(tmp_path: Path) -> None:
    path = recorded.write(tmp_path) / results.RESULTS
    path.write_bytes(path.read_bytes() + b" " * 5_000_000)
    with pytest.raises(DataError):
        results.results(tmp_path)


def test_every_network_has_shipped_results_that_fit_its_architecture() -> None:
    read = results.results()
    assert set(read) >= set(VARIANTS) - {"lenet5"}
    for name, one in read.items():
        architecture = VARIANTS[name.removesuffix("+distortions")].architecture
        assert (one.parameters, one.connections, one.multiply_adds) == (
            architecture.parameters, architecture.connections, architecture.multiply_adds,
        ), name  # fmt: skip
        assert one.search[one.step_size] == min(one.search.values()), name
        for spread in (one.test_error, one.held_back_error, one.processor_seconds):
            each = [value for value in spread.each if value is not None]
            assert len(each) == len(one.seeds)
            assert spread.mean == pytest.approx(statistics.mean(each), abs=6e-3)
            assert spread.standard_deviation == pytest.approx(statistics.stdev(each), abs=6e-3)


def test_shipped_levels_are_where_the_shipped_curves_first_come_down_to_them() -> None:
    histories = results.histories()
    for name, one in results.results().items():
        if name not in histories:
            continue
        for level in LEVELS:
            crossed = []
            for run in histories[name]:
                for epochs, error in zip(run.epochs, run.training_error, strict=True):
                    if error <= level:
                        crossed.append(epochs)
                        break
            spread = one.epochs_to[level]
            if len(crossed) < len(histories[name]):
                assert spread is None or spread.mean is None, f"{name} does not reach {level}"
            else:
                assert spread is not None
                assert spread.mean == pytest.approx(statistics.mean(crossed), abs=0.02), name


def test_shipped_answers_are_as_wrong_as_the_shipped_results_say() -> None:
    """The weights that are shipped are those of one of the runs."""
    recorded_ = results.results()
    read = results.answers()
    for name, answers in zip(read.networks, read.answers, strict=True):
        if name in recorded_:
            error = 100 * (answers != read.labels).mean()
            each = [value for value in recorded_[name].test_error.each if value is not None]
            assert min(abs(error - value) for value in each) < 0.011, name


def test_shipped_pictures_are_those_of_the_test_digits() -> None:
    shown, read = results.digits(), results.answers()
    assert 0 < len(shown) <= results.MOST_DIGITS
    assert (read.labels[shown.indices] == shown.labels).all()
    assert len(read.labels) == mnist.FILES["test"].labels.shape[0]
