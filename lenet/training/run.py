"""One training run: from a recipe and a seed to weights, card and history in one folder."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load as parse
from safetensors.torch import save as serialise
from torch import Tensor

from lenet import checkpoint
from lenet.files import atomic, bounded
from lenet.files.progress import Progress
from lenet.model import LeNet5, Network, made
from lenet.spec import LENET5, Architecture
from lenet.training import methods, one_pattern, synthetic
from lenet.training.curvature import Loss
from lenet.training.dataset import LabelledImages, TrainingSet
from lenet.training.evaluation import ACCEPTED_PERCENT, error_percent, rejection_distance
from lenet.training.losses import mle_loss, non_digit_loss
from lenet.training.recipes import Recipe

WEIGHTS, HISTORY, STATE = "lenet5.safetensors", "history.json", "state.safetensors"


LARGEST_STATE = 20_000_000
"""Bytes of a run's complete state; five times the weights and little more."""

LARGEST_HISTORY = 1_000_000
"""Bytes of a run's history."""

PARTS = 10
"""In how many parts of an epoch a run records its error."""


DAMAGED = (
    SafetensorError, OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError,
    OverflowError, MemoryError,
)  # fmt: skip
"""What is raised by reading a file that holds no state."""


class TrainingError(Exception):
    """A run cannot be started or continued; the message says what to do."""


@dataclass
class Run:
    """A run and how far it has come.

    After every epoch ``folder`` holds the averaged weights with their card, the history, and
    the complete state, from which the run goes on as if it had never stopped.
    """

    recipe: Recipe
    seed: int
    folder: Path
    architecture: Architecture = LENET5
    model: Network = field(init=False)
    method: methods.Method = field(init=False)
    generator: torch.Generator = field(init=False)
    step: int = 0
    epochs: list[dict[str, float]] = field(default_factory=list)
    curve: list[dict[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed)  # initialisation draws from the global generator
            model = made(self.architecture)
        self.model = model
        if self.recipe.batch > 1:
            # Convolutions with few maps are a third faster with the maps innermost.
            self.model = model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.method = methods.made(self.recipe, self.model)
        self.generator = torch.Generator().manual_seed(self.seed)

    # The work ----------------------------------------------------------------------------

    def train(self, handwritten: LabelledImages, held_back: LabelledImages) -> None:
        """Train for the epochs that are left, and save everything after each.

        On KeyboardInterrupt the weights of that moment are saved before it is raised again.
        Raises TrainingError without the package that draws letters.
        """
        if len(self.epochs) >= self.recipe.epochs:
            return
        try:
            dataset = TrainingSet.prepare(self.recipe, handwritten, self.seed)
        except ModuleNotFoundError as error:
            raise TrainingError(
                "Training draws letters with a package that the app does not need: "
                "pip install Hershey-Fonts==2.1.0"
            ) from error
        try:
            for _ in range(len(self.epochs), self.recipe.epochs):
                self._epoch(dataset, held_back)
                self.save()
        except KeyboardInterrupt:
            self.save_weights({"interrupted": True})
            raise

    def _epoch(self, dataset: TrainingSet, held_back: LabelledImages) -> None:
        number, started = len(self.epochs) + 1, time.monotonic()
        progress = Progress(f"Epoch {number}/{self.recipe.epochs}", dataset.steps)
        loss_sum, wrong, seen = 0.0, 0, 0
        part = _Part(self.curve[-1] if self.curve else None)
        with torch.random.fork_rng(devices=[]):
            # Dropout draws from the global generator; a resumed run must draw the same.
            torch.manual_seed((self.seed << 16) + number)
            for step, (x, labels) in enumerate(dataset.epoch(self.generator), 1):
                loss, answers = self.learn(x, labels, dataset)
                digits = labels != synthetic.NO_DIGIT
                errors, count = int((answers != labels)[digits].sum()), int(digits.sum())
                loss_sum += loss * count
                wrong += errors
                seen += count
                part.add(errors, count)
                if step * PARTS // dataset.steps > (step - 1) * PARTS // dataset.steps:
                    self.curve.append(part.ended())
                rate = seen / (time.monotonic() - started)
                figures = f"loss {loss_sum / seen:.3f} error {100 * wrong / seen:.2f} %"
                progress.show(step, f"{figures} {rate:,.0f} images/s")
        record = {
            "epoch": number,
            "loss": loss_sum / seen,
            "training_error_percent": 100 * wrong / seen,
            **self.measure(dataset, held_back),
            "seconds": round(time.monotonic() - started, 1),
        }
        self.epochs.append(record)
        progress.finish(f"{figures} held back {record['held_back_error_percent']:.2f} %")

    def measure(self, dataset: TrainingSet, held_back: LabelledImages) -> dict[str, float]:
        """What is measured after every epoch, of the network as it is kept."""
        return {"held_back_error_percent": error_percent(self.method.kept, held_back)}

    def learn(self, x: Tensor, labels: Tensor, dataset: TrainingSet) -> tuple[float, Tensor]:
        """One step on a batch of a dataset; returns the loss and the (N,) answers."""
        steps = dataset.steps * self.recipe.epochs
        answers = labels

        def gradients() -> float:
            nonlocal answers
            penalties, loss = self._gradients(x, labels)
            answers = penalties.argmin(1)
            return loss

        def sample(count: int) -> tuple[Tensor, Tensor]:
            return dataset.sample(count, self.generator)

        found = self.method.update(self.step / steps, gradients, sample)
        self.step += 1
        return found, answers

    def _gradients(self, x: Tensor, labels: Tensor) -> tuple[Tensor, float]:
        """Leave the gradients in the parameters; returns the (N, 10) penalties and the loss."""
        if isinstance(self.model, LeNet5) and one_pattern.fits(self.model, x):
            return one_pattern.learn(self.model, x, int(labels), self.recipe.rubbish)
        penalties = self.model(x)
        loss = self._loss(penalties, labels)
        self.model.zero_grad()
        loss.backward()
        return penalties.detach(), loss.item()

    def _loss(self, penalties: Tensor, labels: Tensor) -> Tensor:
        """The mean over digits and non-digits, each with its own loss."""
        if not self.recipe.non_digits:
            return self._loss_of_digits(penalties, labels)
        digits = labels != synthetic.NO_DIGIT
        loss = self._loss_of_digits(penalties[digits], labels[digits])
        if digits.all():
            return loss
        share = digits.float().mean()
        others = non_digit_loss(penalties[~digits], self.recipe.margin)
        return share * loss + (1 - share) * others

    def _loss_of_digits(self, penalties: Tensor, labels: Tensor) -> Tensor:
        if self.architecture.has_codes:
            return Loss(self.recipe.rubbish).of(penalties, labels)
        return mle_loss(penalties, labels)  # of -log p: cross-entropy

    # What is saved ------------------------------------------------------------------------

    def save(self) -> None:
        """Write history, weights and state, each at once and completely."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.save_weights({})
        tensors = {name: tensor.contiguous() for name, tensor in self._state()}
        counters = {
            "step": str(self.step),
            "epochs": json.dumps(self.epochs),
            "curve": json.dumps(self.curve),
            **self._identity(),
        }
        atomic.write(self.folder / STATE, serialise(tensors, counters))
        atomic.write_json(
            self.folder / HISTORY,
            {
                "recipe": asdict(self.recipe),
                "seed": self.seed,
                "epochs": self.epochs,
                "curve": self.curve,
            },
        )

    def save_weights(self, facts: dict[str, Any]) -> checkpoint.Card:
        """Write the averaged weights with a card that says where they come from."""
        last = self.epochs[-1] if self.epochs else {}
        return checkpoint.save(
            self.method.kept,
            self.folder / WEIGHTS,
            {
                "recipe": self.recipe.name,
                "settings": asdict(self.recipe),
                "seed": self.seed,
                "epochs": len(self.epochs),
                "held_back_error_percent": last.get("held_back_error_percent"),
                "test_error_percent": None,
                "date": datetime.now(UTC).date().isoformat(),
                "versions": versions(),
                **facts,
            },
        )

    def conclude(self, held_back: LabelledImages, test: LabelledImages) -> checkpoint.Card:
        """Look at the test set, once, and write the final card.

        A network that has been taught what is no digit also gets its rejection distance.
        """
        if not self.recipe.non_digits:
            return self.save_weights({"test_error_percent": error_percent(self.method.kept, test)})
        reinked = held_back.redrawn()
        distance = rejection_distance(self.method.kept, held_back, reinked)
        return self.save_weights(
            {
                "test_error_percent": error_percent(self.method.kept, test),
                "reinked_error_percent": error_percent(self.method.kept, reinked),
                "rejection": {
                    "distance": round(distance, 2),
                    "accepted_percent": ACCEPTED_PERCENT,
                    "set": "rightly read held-back digits, as written and re-inked, each",
                },
            }
        )

    def resume(self) -> None:
        """Continue from the state in ``folder``. Raises TrainingError if it is not this run's."""
        path = self.folder / STATE
        try:
            content = bounded.read(path, LARGEST_STATE)
            tensors, counters = parse(content), _metadata(content)
            if {key: counters.get(key) for key in self._identity()} != self._identity():
                raise TrainingError(
                    f"{path} belongs to another recipe or seed; use the same, or another folder."
                )
            for name, tensor in self._state(fresh=True):
                tensor.copy_(tensors[name])
            self.generator.set_state(tensors["generator"])
            self.step = int(counters["step"])
            self.epochs, self.curve = _records(counters["epochs"]), _records(counters["curve"])
        except FileNotFoundError as error:
            raise TrainingError(
                f"There is no {path} to resume from; start without --resume."
            ) from error
        except DAMAGED as error:
            raise TrainingError(
                f"{path} is damaged ({error}); start again without --resume."
            ) from error

    def _identity(self) -> dict[str, str]:
        return {
            "recipe": json.dumps(asdict(self.recipe)),
            "seed": str(self.seed),
            "architecture": self.architecture.name,
        }

    def _state(self, fresh: bool = False) -> Iterator[tuple[str, Tensor]]:
        """Every tensor that the next step depends on, by name; ``fresh`` makes room for them."""
        yield from self.method.state(fresh)
        if not fresh:
            yield "generator", self.generator.get_state()


class _Part:
    """Errors, patterns and processor time of a part of an epoch, added up over the run."""

    def __init__(self, last: dict[str, float] | None) -> None:
        self.patterns = int(last["patterns"]) if last else 0
        self.before = last["processor_seconds"] if last else 0.0
        self.began = time.process_time()
        self.wrong, self.seen = 0, 0

    def add(self, wrong: int, seen: int) -> None:
        self.wrong += wrong
        self.seen += seen

    def ended(self) -> dict[str, float]:
        """What the curve records of it; the next part begins."""
        self.patterns += self.seen
        record = {
            "patterns": self.patterns,
            "training_error_percent": round(100 * self.wrong / self.seen, 4),
            "processor_seconds": round(self.before + time.process_time() - self.began, 2),
        }
        self.wrong, self.seen = 0, 0
        return record


def versions() -> dict[str, str]:
    """What a run was computed with; another version may round differently."""
    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
    }


def _metadata(content: bytes) -> dict[str, str]:
    """The strings that a safetensors file carries beside its tensors."""
    length = int.from_bytes(content[:8], "little")
    metadata = bounded.parse_json(content[8 : 8 + length])["__metadata__"]
    return {str(key): str(value) for key, value in metadata.items()}


def _records(text: str) -> list[dict[str, float]]:
    """The records of what is behind us. Raises ValueError for anything else."""
    records = bounded.parse_json(text.encode())
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise ValueError("its history is no list of records")
    return records
