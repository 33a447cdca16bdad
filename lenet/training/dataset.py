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
from lenet.training import pen
from lenet.training.distortions import distort
from lenet.training.recipes import Recipe
from lenet.training.reink import lines
from lenet.training.strokes import render

REINKED, INVENTED = 20_000, 12_000
"""How many digits are drawn again, and how many drawings are invented, for one run.

Each is distorted anew whenever it is shown."""

_AT_ONCE = 2_000


@dataclass(frozen=True)
class Pool:
    """``images`` (n, 28, 28) uint8 and ``labels`` (n,) int64."""

    images: Tensor
    labels: Tensor

    def __len__(self) -> int:
        return len(self.labels)

    @classmethod
    def of(cls, digits: Digits) -> Pool:
        return cls(
            torch.from_numpy(digits.images.copy()), torch.from_numpy(digits.labels.copy()).long()
        )

    def reinked(self) -> Pool:
        """The same digits, thinned to lines and drawn again with the app's pen."""
        progress, drawn = Progress("Re-inking", len(self)), []
        for some in self.images.split(_AT_ONCE):
            ink = render(lines(some), STROKE_RADIUS)
            drawn.append((ink * 255).round().to(torch.uint8))
            progress.show(sum(map(len, drawn)))
        progress.finish(f"{len(self):,} digits")
        return Pool(torch.cat(drawn), self.labels)


@dataclass(frozen=True)
class Material:
    """All that a recipe draws its batches from."""

    recipe: Recipe
    written: Pool
    extra: tuple[tuple[Pool, int], ...]  # and how many of it every batch gets

    @classmethod
    def prepare(cls, recipe: Recipe, written: Pool, seed: int) -> Material:
        """Make the pools a recipe asks for; the same for the same seed."""
        extra = []
        generator = torch.Generator().manual_seed(seed)
        if recipe.reinked:
            chosen = torch.randperm(len(written), generator=generator)[:REINKED]
            some = Pool(written.images[chosen], written.labels[chosen])
            extra.append((some.reinked(), round(recipe.batch * recipe.reinked)))
        if recipe.invented:
            drawings = pen.draw(pen.read_styles(), INVENTED, STROKE_RADIUS, generator)
            extra.append((Pool(*drawings), round(recipe.batch * recipe.invented)))
        return cls(recipe, written, tuple(extra))

    @property
    def steps(self) -> int:
        """Batches in an epoch; the last, incomplete one is left out."""
        return len(self.written) // self.recipe.batch

    def epoch(self, generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        """Batches of (N, 1, 32, 32) inputs and (N,) labels, in a new order and newly distorted."""
        order = torch.randperm(len(self.written), generator=generator)
        for chosen in order[: self.steps * self.recipe.batch].split(self.recipe.batch):
            own = self.recipe.batch - sum(count for _, count in self.extra)
            parts = [(self.written, chosen[:own])]
            for pool, count in self.extra:
                parts.append((pool, torch.randint(len(pool), (count,), generator=generator)))
            x = mnist.as_input(torch.cat([pool.images[places] for pool, places in parts]))
            labels = torch.cat([pool.labels[places] for pool, places in parts])
            if self.recipe.distortions:
                x = distort(x, self.recipe.distortions, generator)
            yield x.contiguous(memory_format=torch.channels_last), labels
