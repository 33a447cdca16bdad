"""What a network is shown: MNIST's training digits and, in shares, drawings made from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from lenet import mnist
from lenet.files.progress import Progress
from lenet.ink import STROKE_RADIUS
from lenet.mnist import Digits
from lenet.training import non_digits, synthetic
from lenet.training.distortions import distort
from lenet.training.recipes import Recipe
from lenet.training.skeletons import lines
from lenet.training.strokes import grey_levels, render

REDRAWN, SYNTHETIC, NON_DIGITS = 20_000, 12_000, 18_000
"""How many digits are redrawn, and synthetic drawings and non-digits made, for one run.

Each is distorted anew whenever it is shown."""

_CHUNK = 100

_TOGETHER = 1_000
"""Digits that are prepared at once."""


@dataclass(frozen=True)
class LabelledImages:
    """``images`` (n, 28, 28) uint8 and ``labels`` (n,) int64; ``synthetic.NO_DIGIT`` is none."""

    images: Tensor
    labels: Tensor

    def __len__(self) -> int:
        return len(self.labels)

    @classmethod
    def of(cls, digits: Digits) -> LabelledImages:
        return cls(
            torch.from_numpy(digits.images.copy()), torch.from_numpy(digits.labels.copy()).long()
        )

    def redrawn(self) -> LabelledImages:
        """The same digits, thinned to lines and redrawn with the app's pen."""
        progress, drawn = Progress("Redrawing", len(self)), []
        for part in self.images.split(_CHUNK):
            ink = render(lines(part), STROKE_RADIUS)
            drawn.append(grey_levels(ink))
            progress.show(sum(map(len, drawn)))
        progress.finish(f"{len(self):,} digits")
        return LabelledImages(torch.cat(drawn), self.labels)


@dataclass(frozen=True)
class TrainingSet:
    """All that a recipe draws its batches from."""

    recipe: Recipe
    handwritten: LabelledImages
    extra: tuple[tuple[LabelledImages, int], ...]  # and how many of it every batch gets
    non_digits: LabelledImages | None
    seed: int = 0

    @classmethod
    def prepare(cls, recipe: Recipe, handwritten: LabelledImages, seed: int) -> TrainingSet:
        """Make the images that a recipe asks for; the same for the same seed."""
        extra = []
        generator = torch.Generator().manual_seed(seed)
        if recipe.reinked:
            chosen = torch.randperm(len(handwritten), generator=generator)[:REDRAWN]
            some = LabelledImages(handwritten.images[chosen], handwritten.labels[chosen])
            extra.append((some.redrawn(), round(recipe.batch * recipe.reinked)))
        if recipe.invented:
            drawings = synthetic.draw(synthetic.read_styles(), SYNTHETIC, STROKE_RADIUS, generator)
            extra.append((LabelledImages(*drawings), round(recipe.batch * recipe.invented)))
        others = None
        if recipe.non_digits:
            made = non_digits.draw(
                NON_DIGITS, handwritten.images, handwritten.labels, STROKE_RADIUS, generator
            )
            others = LabelledImages(made, torch.full((len(made),), synthetic.NO_DIGIT))
        return cls(recipe, handwritten, tuple(extra), others, seed)

    @property
    def steps(self) -> int:
        """Batches in an epoch; the last, incomplete one is left out."""
        return len(self.handwritten) // self.recipe.batch

    def epoch(self, generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of (N, 1, 32, 32) inputs and (N,) labels, newly distorted.

        They come in a new order, or always in the same random one, as the recipe says. What is no
        digit comes last in a batch, beyond the recipe's ``batch``.
        """
        ordering = generator
        if self.recipe.constant_order:
            ordering = torch.Generator().manual_seed(self.seed)
        order = torch.randperm(len(self.handwritten), generator=ordering)
        shown = order[: self.steps * self.recipe.batch]
        if not (self.extra or self.non_digits or self.recipe.distortions):
            yield from self._as_they_are(shown)
            return
        for chosen in shown.split(self.recipe.batch):
            own = self.recipe.batch - sum(count for _, count in self.extra)
            parts = [(self.handwritten, chosen[:own])]
            for source, count in self.extra:
                parts.append((source, _some(source, count, generator)))
            if self.non_digits:
                more = round(self.recipe.batch * self.recipe.non_digits)
                parts.append((self.non_digits, _some(self.non_digits, more, generator)))
            x = mnist.as_input(torch.cat([source.images[places] for source, places in parts]))
            labels = torch.cat([source.labels[places] for source, places in parts])
            if self.recipe.distortions:
                x = distort(x, self.recipe.distortions, generator)
            yield x.contiguous(memory_format=torch.channels_last), labels

    def _as_they_are(self, shown: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
        """The same for digits alone, many batches prepared at once."""
        batch = self.recipe.batch
        for chosen in shown.split(batch * -(-_TOGETHER // batch)):
            images, labels = self.handwritten.images[chosen], self.handwritten.labels[chosen]
            x = mnist.as_input(images).contiguous(memory_format=torch.channels_last)
            yield from zip(x.split(batch), labels.split(batch), strict=True)

    def sample(self, count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """So many of the handwritten digits at random: (N, 1, 32, 32) inputs, (N,) labels."""
        chosen = _some(self.handwritten, count, generator)
        return mnist.as_input(self.handwritten.images[chosen]), self.handwritten.labels[chosen]


def _some(source: LabelledImages, count: int, generator: torch.Generator) -> Tensor:
    return torch.randint(len(source), (count,), generator=generator)
