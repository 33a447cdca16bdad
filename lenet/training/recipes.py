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
class OneCycle:
    """AdamW in batches, with a one-cycle schedule and a moving average of the weights.

    Args:
        learning_rate: the highest of the schedule.
        weight_decay: AdamW's.
        averaging: decay per step of the moving average, which is what is saved.
    """

    learning_rate: float = 0.004
    weight_decay: float = 0.01
    averaging: float = 0.999


PRINTED_ETA = ((2, 0.0005), (5, 0.0002), (8, 0.0001), (12, 0.00005))
"""(last pass, eta) as printed; 0.00001 afterwards."""


@dataclass(frozen=True)
class DiagonalSteps:
    """The paper's stochastic diagonal Levenberg-Marquardt (appendix C), as printed.

    Args:
        mu: what is added to every curvature.
        scale: factor of the printed etas. As printed they are unstable from the second pass on.
        estimates: how often in a pass curvatures are estimated. The paper's one estimate is
            too old at the end of a pass in which the weights move fast.
        patterns: how many patterns an estimate takes.
    """

    mu: float = 0.02
    scale: float = 1.0
    estimates: int = 1
    patterns: int = 500

    def eta(self, number: int) -> float:
        """The printed rate of a pass, counted from 1."""
        return next((eta for last, eta in PRINTED_ETA if number <= last), 0.00001)


@dataclass(frozen=True)
class Recipe:
    """How a network is trained.

    Args:
        name: what it is called on the command line and in model cards.
        epochs: passes; one shows as many images as MNIST leaves for training, 55,000.
        batch: images per step.
        method: how the weights are changed.
        rubbish: the constant penalty j of the "rubbish" class in the loss (eq. 9); None for eq. 8.
        constant_order: whether every pass shows the images in the same random order.
        distortions: ranges of the random planar maps; None shows images as they are.
        reinked: share of every batch that is MNIST's digits, redrawn as pen strokes.
        invented: share of every batch that is synthetic pen drawings.
        non_digits: images that show no digit, added to every batch, as a share of it.
        margin: penalty beyond which those are pushed.
    """

    name: str
    epochs: int
    batch: int = 128
    method: OneCycle | DiagonalSteps = OneCycle()
    rubbish: float | None = 8.0
    constant_order: bool = False
    distortions: Ranges | None = None
    reinked: float = 0.0
    invented: float = 0.0
    non_digits: float = 0.15
    margin: float = 30.0

    def with_rate(self, learning_rate: float) -> Recipe:
        """The same with another highest rate. Raises ValueError if its method has none."""
        if not isinstance(self.method, OneCycle):
            raise ValueError(f"The recipe {self.name} has no learning rate to choose.")
        return replace(self, method=replace(self.method, learning_rate=learning_rate))


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

STABLE = DiagonalSteps(mu=0.08, scale=0.4, estimates=10)
"""Steps that stay stable: smaller ones, above all where the loss is flat, and curvatures that are
never old. Chosen on the held-back digits (docs/training.md)."""

MAP_1998 = Recipe(
    "1998", 20, batch=1, method=STABLE, rubbish=20.0, constant_order=True, non_digits=0.0
)
"""The paper's training without distortions, with the loss of eq. 9."""

MLE_1998 = replace(MAP_1998, name="1998-mle", rubbish=None)
"""The same with the loss of eq. 8."""

LITERAL_1998 = replace(MAP_1998, name="1998-literal", method=DiagonalSteps())
"""The constants as printed, which are unstable from the second pass on."""

_ALL = (PLAIN, DISTORTED, BUDGET, BUDGET_DISTORTED, MAP_1998, MLE_1998, LITERAL_1998)

RECIPES = {recipe.name: recipe for recipe in _ALL}
