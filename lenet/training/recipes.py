"""What can be varied in training, as data, and the recipes that are reported.

Pure Python, so that the command line can name the recipes without waiting for torch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Ranges:
    """Largest change either way; every image gets its own, evenly spread within.

    Args:
        scale: logarithm of the size.
        squeeze: logarithm of the factor that width is divided and height multiplied by.
        shear: columns per row.
        rotation: degrees.
        shift: pixels, in both directions.
    """

    scale: float = 0.18
    squeeze: float = 0.12
    shear: float = 0.25
    rotation: float = 12.0
    shift: float = 1.5


@dataclass(frozen=True)
class Recipe:
    """How a network is trained.

    Args:
        name: what it is called on the command line and in model cards.
        epochs: passes; one shows as many images as MNIST leaves for training, 55,000.
        batch: images per step.
        learning_rate: the highest of the one-cycle schedule of AdamW.
        weight_decay: AdamW's.
        rubbish: the constant penalty j of the "rubbish" class in the loss (eq. 9).
        averaging: decay per step of the moving average of the weights, which is what is saved.
        distortions: ranges of the random planar maps; None shows images as they are.
        reinked: share of every batch that is MNIST's digits, redrawn as pen strokes.
        invented: share of every batch that is synthetic pen drawings.
        non_digits: images that show no digit, added to every batch, as a share of it.
        margin: penalty beyond which those are pushed.
    """

    name: str
    epochs: int
    batch: int = 128
    learning_rate: float = 0.004
    weight_decay: float = 0.01
    rubbish: float = 8.0
    averaging: float = 0.999
    distortions: Ranges | None = None
    reinked: float = 0.0
    invented: float = 0.0
    non_digits: float = 0.15
    margin: float = 30.0


PLAIN = Recipe("plain", epochs=16)
"""MNIST as it is: what the paper reports 0.95 % for."""

DISTORTED = Recipe("distorted", epochs=150, distortions=Ranges(), reinked=0.2, invented=0.14)
"""The paper's planar distortions and a small rotation, on MNIST and on pen drawings.

Both recipes show what is no digit beside the digits, see ``lenet.training.non_digits``.
"""

BUDGET = Recipe("budget", epochs=8, non_digits=0.0)
"""What every network of ``lenet.variants`` is trained with: MNIST's digits as they are, few passes.

``learning_rate`` is searched for each of them, among ``STEP_SIZES``."""

BUDGET_DISTORTED = replace(BUDGET, name="budget_distorted", distortions=Ranges())
"""The same with the paper's distortions."""

STEP_SIZES = (0.002, 0.004, 0.008)
"""The highest learning rates that are tried for every network of ``lenet.variants``."""

RECIPES = {recipe.name: recipe for recipe in (PLAIN, DISTORTED, BUDGET, BUDGET_DISTORTED)}
