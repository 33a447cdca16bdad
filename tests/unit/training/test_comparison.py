"""What a sweep has come to is put together from its runs, and from nothing else."""

from __future__ import annotations

import json
import statistics
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lenet import checkpoint, cli, mnist, packaged_digits, samples
from lenet.analysis import mistakes, results
from lenet.mnist import Digits
from lenet.model import made
from lenet.training import comparison, recipes, recorded_answers, run
from lenet.training.comparison import DISTORTIONS
from lenet.training.dataset import LabelledImages
from lenet.training.evaluation import penalties
from lenet.training.report import END, ReportError, begin
from lenet.training.sweep import RESULT, Task
from lenet.variants import VARIANTS

ERRORS = {0: 0.9, 1: 0.7, 2: 0.8}
CURVE = [(5, 40.0), (10, 9.0), (15, 11.0), (20, 4.9), (25, 1.5), (30, 1.2)]


def write(folder: Path, network: str, recipe: str = "budget", levels: float = 0.0) -> None:
    """Three runs with the chosen step size and one with another, of a network."""
    for seed, error in ERRORS.items():
        task = Task(network, recipe, 0.004, seed)
        place = folder / task.folder
        facts = {"recipe": recipe, "seed": seed, "settings": {}}
        checkpoint.save(made(VARIANTS[network].architecture), place / run.WEIGHTS, facts)
        curve = [
            {"patterns": 1000 * at, "training_error_percent": value + levels,
             "processor_seconds": at / 10}
            for at, value in CURVE
        ]  # fmt: skip
        history = {"curve": curve, "epochs": [{"held_back_error_percent": error}] * 2}
        (place / run.HISTORY).write_text(json.dumps(history))
        result = {
            "network": network, "recipe": recipe, "step_size": 0.004, "seed": seed, "epochs": 2,
            "held_back_error_percent": error, "test_error_percent": error + 0.1,
            "processor_seconds": 3.0,
        }  # fmt: skip
        (place / RESULT).write_text(json.dumps(result))
    other = folder / Task(network, recipe, 0.008, 0).folder
    other.mkdir()
    (other / run.HISTORY).write_text(json.dumps({"curve": curve, "epochs": []}))
    searched = {**result, "seed": 0, "step_size": 0.008, "held_back_error_percent": 5.0}
    del searched["test_error_percent"]
    (other / RESULT).write_text(json.dumps(searched))


def test_figures_are_those_of_the_chosen_runs(tmp_path: Path) -> None:
    write(tmp_path, "max-pool")
    found = comparison.collect(tmp_path)
    assert list(found) == ["max-pool"]
    figures = found["max-pool"]
    assert figures["parameters"] == VARIANTS["max-pool"].architecture.parameters
    assert figures["search"] == {"0.004": ERRORS[0], "0.008": 5.0}
    tests = [error + 0.1 for error in ERRORS.values()]
    assert figures["test_error_percent"]["mean"] == pytest.approx(statistics.mean(tests))
    assert figures["test_error_percent"]["standard_deviation"] == pytest.approx(
        statistics.stdev(tests), abs=1e-4
    )


def test_a_level_is_reached_at_the_first_point_at_most_as_high(tmp_path: Path) -> None:
    write(tmp_path, "relu")
    figures = comparison.collect(tmp_path)["relu"]
    # Two epochs of 15,000 patterns.
    assert figures["epochs_to"]["10"]["each"] == pytest.approx([10 / 15] * 3, abs=0.01)
    assert figures["epochs_to"]["5"]["mean"] == pytest.approx(20 / 15, abs=0.01)
    assert figures["seconds_to"]["2"]["mean"] == 2.5
    assert figures["epochs_to"]["1"] is None


def test_networks_come_in_their_order_and_distortions_apart(tmp_path: Path) -> None:
    for network, recipe in (
        ("linear", "budget"),
        ("lenet5-plain", "budget_distorted"),
        ("lenet5-plain", "budget"),
        ("softmax", "budget"),
    ):
        write(tmp_path, network, recipe)
    assert list(comparison.collect(tmp_path)) == [
        "lenet5-plain", f"lenet5-plain{DISTORTIONS}", "softmax", "linear",
    ]  # fmt: skip


def test_a_folder_without_tested_runs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="No run"):
        comparison.collect(tmp_path)
    write(tmp_path, "linear")
    next(tmp_path.glob(f"*/*-1/{run.HISTORY}")).write_text("[")
    with pytest.raises(ReportError, match="damaged"):
        comparison.collect(tmp_path)


def test_the_table_is_put_into_its_place_and_nothing_else_changes(tmp_path: Path) -> None:
    write(tmp_path / "sweep", "linear")
    document = tmp_path / "doc.md"
    document.write_text(f"above\n{begin('report')}\nold\n{END}\nbelow\n")
    for _ in range(2):
        command = ["report", str(tmp_path / "sweep"), "--table", str(document)]
        assert cli.main(command) == 0
        text = document.read_text()
        assert text.startswith("above\n")
        assert text.endswith("below\n")
        assert "old" not in text
        assert "| `linear` | 10,250 | 10,250 | 10,240 | 0.004 | 0.90 ± 0.10 |" in text
    document.write_text("no place")
    assert cli.main(["report", str(tmp_path / "sweep"), "--table", str(document)]) == cli.MISTAKE


def test_shipped_weights_are_those_of_the_seed_best_on_held_back_digits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = samples.load()
    monkeypatch.setattr(mnist, "load", lambda part, data: some)
    for network in ("lenet5-plain", "max-pool"):
        write(tmp_path / "sweep", network)
    results = comparison.collect(tmp_path / "sweep")
    comparison.save(results, tmp_path / "sweep", tmp_path / "assets", None)
    place = tmp_path / "assets" / "variants"
    shipped = checkpoint.read(place / "max-pool.safetensors", VARIANTS["max-pool"].architecture)
    best = tmp_path / "sweep" / Task("max-pool", "budget", 0.004, 1).folder / run.WEIGHTS
    same = checkpoint.read(best, VARIANTS["max-pool"].architecture)
    assert all(np.array_equal(shipped[name], same[name]) for name in shipped)
    assert checkpoint.card(place / "max-pool.safetensors")["network"] == "max-pool"


@pytest.mark.parametrize("seed", range(5))
def test_pictures_are_of_the_digits_that_divide_the_networks_most(seed: int) -> None:
    answers = np.random.default_rng(seed).choice(3, (5, 900), p=(0.8, 0.1, 0.1)).astype(np.uint8)
    chosen = recorded_answers.most_divided(answers)
    assert len(chosen) <= results.MOST_DIGITS
    assert sorted(chosen) == list(chosen)

    def against(digit: int) -> int:
        each = list(answers[:, digit])
        return len(each) - max(map(each.count, each))

    weakest = min(against(digit) for digit in chosen)
    assert weakest > 0
    assert all(against(d) <= weakest for d in range(answers.shape[1]) if d not in set(chosen))


def test_the_sheet_holds_every_picture(tmp_path: Path) -> None:
    images = samples.load().images[:60]
    (tmp_path / "sheet.png").write_bytes(samples.pack(images, recorded_answers.COLUMNS))
    sheet = np.asarray(Image.open(tmp_path / "sheet.png"))
    for number, image in enumerate(images):
        row, column = divmod(number, recorded_answers.COLUMNS)
        assert np.array_equal(
            sheet[28 * row : 28 * row + 28, 28 * column : 28 * column + 28], image
        )


def test_a_recipe_of_the_budget_is_known() -> None:
    assert {recipes.BUDGET.name, recipes.BUDGET_DISTORTED.name} <= set(recipes.RECIPES)


def test_what_a_network_answers_to_the_test_set_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With other digits in its place, of which any copy of the project has some."""
    digits = packaged_digits.load().only(np.arange(300))
    digits = Digits(digits.images, digits.labels, np.arange(300))
    monkeypatch.setattr(mnist, "load", lambda part, data=None: digits)
    monkeypatch.setattr(mistakes, "FIGURE_8", mistakes.FIGURE_8[:1])  # of so few
    told = recorded_answers.save_distances(tmp_path / "test_set", None, None)
    found = mistakes.readings(tmp_path / "test_set")
    exact = penalties(checkpoint.load(), LabelledImages.of(digits)).numpy()
    np.testing.assert_allclose(found.distances, exact, rtol=1e-3)
    assert told["network"] == found.network == checkpoint.identity(checkpoint.read())
    assert told["mistakes"] == (exact.argmin(1) != digits.labels).sum()
    pictures = results.digits(tmp_path / "test_set")
    assert told["pictures"] == len(pictures) <= results.MOST_DIGITS
    assert (pictures.images == digits.images[pictures.indices]).all()
