"""A run repeats, stops and goes on without a trace, and keeps what it learnt."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import torch

from lenet import checkpoint, samples
from lenet.model import Network
from lenet.training import dataset, non_digits, run, synthetic
from lenet.training.curvature import Loss, curvatures
from lenet.training.dataset import LabelledImages, TrainingSet
from lenet.training.evaluation import (
    ACCEPTED_PERCENT,
    error_percent,
    penalties,
    rejection_distance,
)
from lenet.training.methods import one_cycle
from lenet.training.recipes import (
    DISTORTED,
    LITERAL_1998,
    MAP_1998,
    RECIPES,
    DiagonalSteps,
    OneCycle,
    Recipe,
)
from lenet.training.run import Run, TrainingError

RECIPE = dataclasses.replace(DISTORTED, epochs=3, batch=32)
IN_1998 = dataclasses.replace(MAP_1998, epochs=3)


@pytest.fixture(scope="module")
def digits() -> LabelledImages:
    return LabelledImages.of(samples.load())


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "REDRAWN", 60)
    monkeypatch.setattr(dataset, "SYNTHETIC", 60)
    monkeypatch.setattr(dataset, "NON_DIGITS", 60)
    monkeypatch.setattr(non_digits, "KINDS", {non_digits.pairs: 0.5, non_digits.surfaces: 0.5})


def weights(path: Path) -> torch.Tensor:
    return torch.cat([p.flatten() for p in checkpoint.load(path / run.WEIGHTS).parameters()])


def without_clock(epochs: list[dict[str, float]]) -> list[dict[str, float]]:
    return [{key: value for key, value in e.items() if key != "seconds"} for e in epochs]


class PlugPulledError(Exception):
    """The plug was pulled."""


def stop_after(
    monkeypatch: pytest.MonkeyPatch, step: int, error: type[BaseException] = PlugPulledError
) -> None:
    """Let ``Run.learn`` fail when it is asked for the step after ``step``."""
    learn = Run.learn

    def learn_or_stop(self: Run, x: torch.Tensor, labels: torch.Tensor, dataset: TrainingSet):
        if self.step == step:
            raise error
        return learn(self, x, labels, dataset)

    monkeypatch.setattr(Run, "learn", learn_or_stop)


@pytest.mark.parametrize("recipe", [RECIPE, IN_1998], ids=lambda recipe: recipe.name)
def test_a_seed_repeats_bit_for_bit_even_through_a_stop(
    digits: LabelledImages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recipe: Recipe
) -> None:
    whole = Run(recipe, 1, tmp_path / "whole")
    whole.train(digits, digits)

    torch.manual_seed(99)  # the global generator has no say
    with monkeypatch.context() as patch:
        stop_after(patch, 2 * (len(digits) // recipe.batch) + 5)  # within the third epoch
        with pytest.raises(PlugPulledError):
            Run(recipe, 1, tmp_path / "stopped").train(digits, digits)
    rest = Run(recipe, 1, tmp_path / "stopped")
    rest.resume()
    assert len(rest.epochs) == 2
    rest.train(digits, digits)

    assert torch.equal(weights(tmp_path / "whole"), weights(tmp_path / "stopped"))
    assert without_clock(whole.epochs) == without_clock(rest.epochs)


def test_another_seed_is_another_network(digits: LabelledImages, tmp_path: Path) -> None:
    short = dataclasses.replace(RECIPE, epochs=1)
    for seed in (1, 2):
        Run(short, seed, tmp_path / str(seed)).train(digits, digits)
    assert not torch.equal(weights(tmp_path / "1"), weights(tmp_path / "2"))


def test_training_learns(digits: LabelledImages, tmp_path: Path) -> None:
    recipe = dataclasses.replace(
        RECIPES["plain"], epochs=15, batch=32, method=OneCycle(averaging=0.9)
    )
    trained = Run(recipe, 0, tmp_path)
    trained.train(digits, digits)
    assert trained.epochs[-1]["loss"] < 0.2 * trained.epochs[0]["loss"]
    assert trained.epochs[-1]["held_back_error_percent"] < 10


def test_an_interrupted_run_leaves_weights_that_load(
    digits: LabelledImages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_after(monkeypatch, 7, KeyboardInterrupt)  # within the first epoch
    with pytest.raises(KeyboardInterrupt):
        Run(RECIPE, 1, tmp_path).train(digits, digits)
    assert torch.isfinite(weights(tmp_path)).all()
    card = checkpoint.card(tmp_path / run.WEIGHTS)
    assert card["interrupted"]
    assert card["epochs"] == 0


def test_the_history_is_there_after_every_epoch(
    digits: LabelledImages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_after(monkeypatch, 2 * (len(digits) // RECIPE.batch))
    with pytest.raises(PlugPulledError):
        Run(RECIPE, 1, tmp_path).train(digits, digits)
    history = json.loads((tmp_path / run.HISTORY).read_text())
    assert [epoch["epoch"] for epoch in history["epochs"]] == [1, 2]
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("room", [100_000, 500_000], ids=["no weights", "no state"])
def test_a_run_that_fills_the_disk_goes_on_once_there_is_room(
    digits: LabelledImages, tmp_path: Path, full_disk: Callable[[int], None], room: int
) -> None:
    recipe = dataclasses.replace(RECIPE, epochs=2)
    Run(recipe, 1, tmp_path / "whole").train(digits, digits)
    begun = Run(recipe, 1, tmp_path / "cut")
    save = begun.save
    saved: list[int] = []

    def save_until_full() -> None:
        if saved:
            full_disk(room)
        saved.append(begun.step)
        save()

    begun.save = save_until_full  # type: ignore[method-assign]
    with pytest.raises(OSError, match=r"\.safetensors"):
        begun.train(digits, digits)
    full_disk(10**9)
    checkpoint.load(tmp_path / "cut" / run.WEIGHTS)
    assert not list((tmp_path / "cut").glob("*.part"))
    again = Run(recipe, 1, tmp_path / "cut")
    again.resume()
    assert len(again.epochs) == 1
    again.train(digits, digits)
    assert torch.equal(weights(tmp_path / "cut"), weights(tmp_path / "whole"))


def test_only_the_same_run_is_resumed(digits: LabelledImages, tmp_path: Path) -> None:
    Run(dataclasses.replace(RECIPE, epochs=1), 1, tmp_path).train(digits, digits)
    with pytest.raises(TrainingError, match="another recipe or seed"):
        Run(dataclasses.replace(RECIPE, epochs=1), 2, tmp_path).resume()
    with pytest.raises(TrainingError, match="another recipe or seed"):
        Run(RECIPE, 1, tmp_path).resume()
    with pytest.raises(TrainingError, match="start without --resume"):
        Run(RECIPE, 1, tmp_path / "nothing").resume()


@pytest.mark.parametrize("length", [0, 100, 400_000])
def test_a_damaged_state_is_refused(digits: LabelledImages, tmp_path: Path, length: int) -> None:
    recipe = dataclasses.replace(RECIPES["plain"], epochs=1)
    Run(recipe, 1, tmp_path).train(digits, digits)
    state = tmp_path / run.STATE
    state.write_bytes(state.read_bytes()[:length])
    with pytest.raises(TrainingError, match="damaged"):
        Run(recipe, 1, tmp_path).resume()


def test_a_batch_holds_the_shares_of_its_recipe_and_inputs_of_the_network(
    digits: LabelledImages,
) -> None:
    shown = TrainingSet.prepare(RECIPE, digits, seed=1)
    assert [count for _, count in shown.extra] == [round(32 * 0.2), round(32 * RECIPE.invented)]
    x, labels = next(shown.epoch(torch.Generator().manual_seed(1)))
    more = round(32 * RECIPE.non_digits)
    assert x.shape == (32 + more, 1, 32, 32)
    assert (labels == synthetic.NO_DIGIT).tolist() == [False] * 32 + [True] * more
    assert -0.11 < x.min() < x.max() < 1.18


def test_training_without_the_vector_fonts_says_what_to_install(
    digits: LabelledImages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(non_digits, "KINDS", {non_digits.characters: 1.0})
    monkeypatch.setitem(sys.modules, "HersheyFonts", None)
    with pytest.raises(TrainingError, match="pip install Hershey-Fonts"):
        Run(RECIPE, 1, tmp_path).train(digits, digits)


def test_an_epoch_shows_every_digit_once_when_nothing_is_added() -> None:
    images = torch.arange(64, dtype=torch.uint8)[:, None, None].expand(64, 28, 28)
    pool = LabelledImages(images, torch.arange(64))
    plain = dataclasses.replace(RECIPES["plain"], batch=16, non_digits=0.0)
    batches = list(TrainingSet.prepare(plain, pool, 0).epoch(torch.Generator().manual_seed(3)))
    assert sorted(torch.cat([labels for _, labels in batches]).tolist()) == list(range(64))


def test_the_schedule_rises_falls_and_never_jumps() -> None:
    rates, momenta = zip(*(one_cycle(i / 1000, 0.004) for i in range(1001)), strict=True)
    assert max(rates) == pytest.approx(0.004, rel=1e-4)
    assert rates.index(max(rates)) == 300
    assert rates[-1] < 1e-7 < rates[0] < 0.0002
    assert max(abs(a - b) for a, b in pairwise(rates)) < 0.004 / 100
    assert min(momenta) == pytest.approx(0.85, abs=1e-4)
    assert momenta[0] == momenta[-1] == pytest.approx(0.95)


def test_the_rejection_distance_lets_through_what_it_promises(digits: LabelledImages) -> None:
    model = checkpoint.load()
    distance = rejection_distance(model, digits)
    nearest, read = penalties(model, digits).min(1)
    right = nearest[read == digits.labels]
    assert (right <= distance).float().mean() >= ACCEPTED_PERCENT / 100 - 1 / len(right)
    assert (right > distance).any()


def test_the_error_counts_what_is_read_wrongly(digits: LabelledImages) -> None:
    model = checkpoint.load()
    read = penalties(model, digits).argmin(1)
    assert error_percent(model, LabelledImages(digits.images, read)) == 0
    assert error_percent(model, LabelledImages(digits.images, (read + 1) % 10)) == 100


def test_the_training_of_1998_learns_pattern_by_pattern(
    digits: LabelledImages, tmp_path: Path
) -> None:
    trained = Run(dataclasses.replace(IN_1998, epochs=4), 0, tmp_path)
    trained.train(digits, digits)
    assert trained.step == 4 * len(digits)
    assert trained.epochs[-1]["held_back_error_percent"] < 12


def test_in_1998_every_pass_has_the_same_order(digits: LabelledImages) -> None:
    dataset = TrainingSet.prepare(IN_1998, digits, 3)
    generator = torch.Generator().manual_seed(0)
    first, second = ([int(y) for _, y in dataset.epoch(generator)] for _ in range(2))
    assert first == second != digits.labels.tolist()
    other = TrainingSet.prepare(IN_1998, digits, 4)
    assert [int(y) for _, y in other.epoch(generator)] != first


def test_curvatures_are_estimated_as_often_as_the_recipe_says(
    digits: LabelledImages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def counted(model: Network, x: torch.Tensor, labels: torch.Tensor, loss: Loss) -> object:
        asked.append(len(x))
        return curvatures(model, x, labels, loss)

    monkeypatch.setattr("lenet.training.methods.curvatures", counted)
    for estimates in (1, 4):
        asked.clear()
        method = DiagonalSteps(scale=0.4, estimates=estimates, patterns=30)
        recipe = dataclasses.replace(IN_1998, method=method)
        Run(recipe, 0, tmp_path / str(estimates)).train(digits, digits)
        assert asked == [30] * (estimates * recipe.epochs)


def test_the_printed_rates_are_those_of_the_paper() -> None:
    printed = LITERAL_1998.method
    assert isinstance(printed, DiagonalSteps)
    etas = [printed.eta(number) for number in range(1, 21)]
    assert etas == [5e-4] * 2 + [2e-4] * 3 + [1e-4] * 3 + [5e-5] * 4 + [1e-5] * 8
    assert (printed.mu, printed.patterns, printed.scale, printed.estimates) == (0.02, 500, 1, 1)
