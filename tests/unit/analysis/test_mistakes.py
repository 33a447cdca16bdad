"""What is said of mistakes follows from the distances, and fits MNIST and the shipped weights."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save

from lenet import checkpoint, mnist
from lenet.analysis import mistakes, results
from lenet.analysis.mistakes import FIGURE_8, Readings
from lenet.mnist import DataError

needs_mnist = pytest.mark.skipif(not os.environ.get("LENET_DATA"), reason="needs LENET_DATA")


def made_up(seed: int = 0, count: int = 400) -> Readings:
    """Distances of which a few are smallest in the wrong place."""
    drawn = np.random.default_rng(seed)
    labels = np.arange(count) % 10
    distances = drawn.uniform(1, 100, (count, 10)).round(1)
    distances[np.arange(count), labels] = drawn.uniform(0, 12, count).round(1)
    return Readings("0" * 64, distances.astype(np.float32), labels.astype(np.uint8))


def test_the_82_are_as_many_digits_each_misread() -> None:
    assert len(FIGURE_8) == len({one.index for one in FIGURE_8}) == 82
    assert all(one.label != one.answer for one in FIGURE_8)
    assert [one.index for one in FIGURE_8] == sorted(one.index for one in FIGURE_8)
    assert FIGURE_8[0] == mistakes.PaperMistake(247, 4, 6)


def test_a_mistake_is_solved_or_still_made_or_new() -> None:
    found = made_up(count=10_000)
    beside = mistakes.beside_1998(found)
    paper = {one.index for one in FIGURE_8}
    own = {place for place, row in enumerate(found.distances) if row.argmin() != place % 10}
    assert set(beside.solved) == paper - own
    assert set(beside.still) == paper & own
    assert set(beside.new) == own - paper


def test_confusions_count_every_digit_once() -> None:
    found = made_up()
    assert found.confusions.sum() == len(found)
    assert (found.confusions.sum(1) == np.bincount(found.labels)).all()
    assert found.confusions.trace() == len(found) - len(found.mistakes)
    label, answer = 3, int(found.answers[found.labels == 3][0])
    both = (found.labels == label) & (found.answers == answer)
    assert found.confusions[label, answer] == both.sum()


@pytest.mark.parametrize("digit", [0, 7])
def test_typical_is_what_is_near_to_the_code_of_its_class(digit: int) -> None:
    found = made_up()
    own = {place: found.distances[place, digit] for place in range(digit, len(found), 10)}
    ordered = sorted(own, key=lambda place: (own[place], place))
    assert found.most_typical(digit).tolist() == ordered[: mistakes.MOST_TYPICAL]
    least = found.least_typical(digit)
    assert {own[place] for place in least} == set(sorted(own.values())[-mistakes.LEAST_TYPICAL :])
    taken = found.taken_for(digit)
    others = sorted(found.distances[place, digit] for place in range(400) if place % 10 != digit)
    assert found.distances[taken, digit].tolist() == others[: mistakes.TAKEN_FOR]
    assert digit not in found.labels[taken]


def test_no_more_pictures_are_shown_than_allowed_and_all_mistakes_are_among_them() -> None:
    found = made_up(count=10_000)
    found.distances[:, 3] += 200  # few mistakes
    few = Readings(found.network, np.where(np.eye(10)[found.labels] > 0, 1, 50), found.labels)
    assert {one.index for one in FIGURE_8} <= set(few.shown())
    assert len(few.shown()) <= results.MOST_DIGITS
    many = made_up(seed=1, count=10_000)
    assert len(many.mistakes) > results.MOST_DIGITS
    assert len(many.shown()) == results.MOST_DIGITS


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=60))
def test_rejection_is_that_of_a_threshold_on_what_is_certain(pairs: list) -> None:
    certainty = np.array([each for each, _ in pairs], dtype=float)
    wrong = np.array([each for _, each in pairs])
    found = mistakes.rejection(certainty, wrong)
    expected = []
    for threshold in sorted(set(certainty)):
        kept = wrong[certainty >= threshold]
        expected.append((1 - len(kept) / len(wrong), kept.mean()))
    pairs_found = list(zip(found.rejected, found.error, strict=True))
    np.testing.assert_allclose(pairs_found, expected[: len(pairs_found)])
    assert len(pairs_found) == len(expected) or found.error[-1] == 0
    assert not (found.error[:-1] == 0).any()


def test_what_has_to_be_turned_down_for_an_error() -> None:
    found = mistakes.rejection(np.arange(10.0), np.arange(10) == 2)
    assert found.needed(0.1) == 0
    assert found.needed(0.05) == pytest.approx(0.3)
    sure_and_wrong = mistakes.rejection(np.arange(10.0), np.arange(10) == 9)
    assert sure_and_wrong.needed(0.0) == 1  # only with all of them


# The shipped files -----------------------------------------------------------------------


def test_what_is_shipped_belongs_to_the_shipped_weights_and_their_card() -> None:
    found = mistakes.readings()
    assert found.network == checkpoint.identity(checkpoint.read())
    assert len(found) == 10_000
    said = checkpoint.card()["test_error_percent"]
    assert 100 * found.wrong.mean() == pytest.approx(said, abs=1e-9)


def test_the_shipped_pictures_are_those_that_are_shown_and_at_most_250() -> None:
    found, pictures = mistakes.readings(), results.digits(mistakes.FOLDER)
    assert len(pictures) <= 250
    assert pictures.indices.tolist() == found.shown().tolist()
    assert (pictures.labels == found.labels[pictures.indices]).all()
    assert all(found.labels[one.index] == one.label for one in FIGURE_8)
    assert {one.index for one in FIGURE_8} <= set(pictures.indices.tolist())
    assert set(found.mistakes.tolist()) <= set(pictures.indices.tolist())


@needs_mnist
def test_the_shipped_pictures_and_labels_are_mnists() -> None:
    test = mnist.load("test", Path(os.environ["LENET_DATA"]))
    found, pictures = mistakes.readings(), results.digits(mistakes.FOLDER)
    assert (found.labels == test.labels).all()
    assert (pictures.images == test.images[pictures.indices]).all()


# Damaged files ---------------------------------------------------------------------------


def written(folder: Path, distances: np.ndarray, labels: np.ndarray, network: str) -> Path:
    arrays = {"distances": distances, "labels": labels}
    (folder / mistakes.DISTANCES).write_bytes(save(arrays, {"network": network}))
    return folder


def test_what_was_written_is_read(tmp_path: Path) -> None:
    own = made_up()
    written(tmp_path, own.distances.astype(np.float16), own.labels, own.network)
    found = mistakes.readings(tmp_path)
    np.testing.assert_allclose(found.distances, own.distances, rtol=1e-3)
    assert (found.labels == own.labels).all()


GOOD = made_up()


@pytest.mark.parametrize(
    ("distances", "labels", "network"),
    [
        (GOOD.distances, GOOD.labels, "0" * 64),  # not in half precision
        (GOOD.distances.astype(np.float16)[1:], GOOD.labels, "0" * 64),
        (GOOD.distances.astype(np.float16)[:, 1:], GOOD.labels, "0" * 64),
        (-GOOD.distances.astype(np.float16), GOOD.labels, "0" * 64),
        (np.full((400, 10), np.nan, np.float16), GOOD.labels, "0" * 64),
        (GOOD.distances.astype(np.float16), GOOD.labels + np.uint8(1), "0" * 64),
        (GOOD.distances.astype(np.float16), GOOD.labels // np.uint8(2), "0" * 64),
        (GOOD.distances.astype(np.float16)[:0], GOOD.labels[:0], "0" * 64),
        (GOOD.distances.astype(np.float16), GOOD.labels, "shipped"),
    ],
)
def test_what_cannot_be_distances_is_refused(
    tmp_path: Path, distances: np.ndarray, labels: np.ndarray, network: str
) -> None:
    written(tmp_path, distances, labels, network)
    with pytest.raises(DataError, match="is damaged"):
        mistakes.readings(tmp_path)


def test_a_file_cut_anywhere_or_none_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is missing"):
        mistakes.readings(tmp_path)
    written(tmp_path, GOOD.distances.astype(np.float16), GOOD.labels, "0" * 64)
    whole = (tmp_path / mistakes.DISTANCES).read_bytes()
    for size in [0, 1, 7, 8, 9, 60, len(whole) // 2, len(whole) - 1]:
        (tmp_path / mistakes.DISTANCES).write_bytes(whole[:size])
        with pytest.raises(DataError, match="is damaged"):
            mistakes.readings(tmp_path)
