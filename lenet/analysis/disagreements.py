"""Where textbooks and the paper disagree about LeNet-5, and what each choice does to the counts."""

from __future__ import annotations

from dataclasses import dataclass

from lenet import spec
from lenet.analysis import connection_table as tables


@dataclass(frozen=True)
class Disagreement:
    """One point: what is often seen, what the paper says and where, and what it changes."""

    point: str
    often: str
    paper: str
    section: str
    effect: str


def all_of_them() -> list[Disagreement]:
    """Every classic disagreement, settled; the counts are calculated from ``spec``."""
    classes, code = len(spec.CLASSES), spec.CODE_UNITS
    softmax = classes * (code + 1)
    pooling = sum(layer.parameters for layer in (spec.S2, spec.S4))
    full = tables.layer(tables.full())
    c3 = full.parameters - spec.C3.parameters
    narrow = spec.INPUT_SIZE - 2 * (spec.C1.kernel // 2)  # padding makes up for the rest
    modern = spec.PARAMETERS + softmax - pooling + c3
    return [
        Disagreement(
            "Output",
            "A linear layer and softmax; the largest wins",
            f"Squared distance of F6 to a fixed {spec.CODE_COLUMNS}×{spec.CODE_ROWS} code for each "
            "class; the smallest wins",
            "II.B, eq. 7",
            f"{classes} × ({code} + 1) = {softmax:,} more parameters",
        ),
        Disagreement(
            "Sub-sampling",
            "Maximum or plain average, no parameters, no squashing",
            "Four inputs added, times a trainable coefficient, plus a trainable bias, squashed",
            "II.B",
            f"{pooling} fewer parameters: {spec.S2.parameters} of S2, {spec.S4.parameters} of S4",
        ),
        Disagreement(
            "C3",
            "Every map reads all of S2",
            f"Table I: {spec.C3.kernels} of {full.kernels} pairs are connected",
            "II.B, Table I",
            f"{full.parameters:,} parameters in place of {spec.C3.parameters:,} and "
            f"{full.connections:,} connections in place of {spec.C3.connections:,}",
        ),
        Disagreement(
            "Squashing",
            "Logistic sigmoid, ReLU or plain tanh",
            f"{spec.AMPLITUDE} tanh(2a/3), up to and including F6; "
            "“sigmoid” names the family of curves",
            "II.B, eq. 6; appendix A",
            "none on the counts; codes of ±1 need values on both sides of 0",
        ),
        Disagreement(
            "Parameters",
            f"{modern:,}",
            f"{spec.PARAMETERS:,}, exactly",
            "II.B",
            f"{spec.PARAMETERS:,} + {softmax:,} − {pooling} + {c3:,} = {modern:,}: "
            "softmax, pooling without parameters and a full C3 together",
        ),
        Disagreement(
            "Input",
            f"{narrow}×{narrow} with padding, or grey levels from 0 to 1",
            f"{spec.INPUT_SIZE}×{spec.INPUT_SIZE} without padding, so that strokes reach the "
            f"centres of the fields; white is −{-spec.BACKGROUND} and ink {spec.INK}",
            "II.B",
            "none on the counts: 28 pixels and 2 of padding give C1 the same "
            f"{spec.C1.size}×{spec.C1.size}",
        ),
        Disagreement(
            "C5",
            "A full connection",
            "A convolution, whose maps would be larger than one unit for a larger input",
            "II.B",
            f"none: {spec.C5.parameters:,} either way for a {spec.INPUT_SIZE}×{spec.INPUT_SIZE} "
            "input",
        ),
    ]
