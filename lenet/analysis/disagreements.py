"""Where textbooks and the paper disagree about LeNet-5, and what each choice does to the counts."""

from __future__ import annotations

from dataclasses import dataclass

from lenet import spec
from lenet.analysis import connection_table as tables
from lenet.catalogue import gettext as _
from lenet.catalogue import number


@dataclass(frozen=True)
class Disagreement:
    """One point: what is often seen, what the paper says and where, and what it changes.

    ``networks`` are the names of those of ``lenet.variants`` that were built as is often seen.
    """

    point: str
    often: str
    paper: str
    section: str
    effect: str
    networks: tuple[str, ...] = ()


def all_of_them() -> list[Disagreement]:
    """All of them; the counts are calculated from ``spec``."""
    classes, code = len(spec.CLASSES), spec.CODE_UNITS
    softmax = classes * (code + 1)
    pooling = sum(layer.parameters for layer in (spec.S2, spec.S4))
    full = tables.layer(tables.full())
    c3 = full.parameters - spec.C3.parameters
    padding = spec.C1.kernel // 2
    narrow = spec.INPUT_SIZE - 2 * padding
    modern = spec.PARAMETERS + softmax - pooling + c3
    return [
        Disagreement(
            _("Output"),
            _("A linear layer and softmax; the largest wins"),
            _(
                "Squared distance of F6 to a fixed {columns}×{rows} code for each class; the "
                "smallest wins"
            ).format(columns=spec.CODE_COLUMNS, rows=spec.CODE_ROWS),
            _("II.B, eq. 7"),
            _("{classes} × ({code} + 1) = {softmax} more parameters").format(
                classes=classes, code=code, softmax=number(softmax)
            ),
            ("softmax",),
        ),
        Disagreement(
            _("Sub-sampling"),
            _("Maximum or plain average, no parameters, no squashing"),
            _("Four inputs added, times a trainable coefficient, plus a trainable bias, squashed"),
            _("II.B"),
            _("{pooling} fewer parameters: {s2} of S2, {s4} of S4").format(
                pooling=number(pooling),
                s2=number(spec.S2.parameters),
                s4=number(spec.S4.parameters),
            ),
            ("average-pool", "max-pool"),
        ),
        Disagreement(
            spec.C3.name,
            _("Every map reads all of S2"),
            _("Table I: {kernels} of {pairs} pairs are connected").format(
                kernels=spec.C3.kernels, pairs=full.kernels
            ),
            _("II.B, Table I"),
            _(
                "{full_parameters} parameters in place of {parameters} and {full_connections} "
                "connections in place of {connections}"
            ).format(
                full_parameters=number(full.parameters),
                parameters=number(spec.C3.parameters),
                full_connections=number(full.connections),
                connections=number(spec.C3.connections),
            ),
            ("full-c3",),
        ),
        Disagreement(
            _("Squashing"),
            _("Logistic sigmoid, ReLU or plain tanh"),
            _(
                "{amplitude} tanh(2a/3), up to and including F6; “sigmoid” names the family of "
                "curves"
            ).format(amplitude=number(spec.AMPLITUDE, 4)),
            _("II.B, eq. 6; appendix A"),
            _("none on the counts; codes of ±1 need values on both sides of 0"),
            ("sigmoid", "relu"),
        ),
        Disagreement(
            _("Parameters"),
            number(modern),
            _("{parameters}, exactly").format(parameters=number(spec.PARAMETERS)),
            _("II.B"),
            _(
                "{parameters} + {softmax} − {pooling} + {c3} = {modern}: softmax, pooling without "
                "parameters and a full C3 together"
            ).format(
                parameters=number(spec.PARAMETERS),
                softmax=number(softmax),
                pooling=number(pooling),
                c3=number(c3),
                modern=number(modern),
            ),
            ("textbook",),
        ),
        Disagreement(
            _("Input"),
            _("{side}×{side} with padding, or grey levels from 0 to 1").format(side=narrow),
            _(
                "{side}×{side} without padding, so that strokes reach the centres of the fields; "
                "white is {background} and ink {ink}"
            ).format(
                side=spec.INPUT_SIZE,
                background=number(spec.BACKGROUND, 1),
                ink=number(spec.INK, 3),
            ),
            _("II.B"),
            _(
                "none on the counts: {pixels} pixels and {padding} of padding give C1 the same "
                "{side}×{side}"
            ).format(pixels=narrow, padding=padding, side=spec.C1.size),
        ),
        Disagreement(
            spec.C5.name,
            _("A full connection"),
            _("A convolution, whose maps would be larger than one unit for a larger input"),
            _("II.B"),
            _("none: {parameters} either way for a {side}×{side} input").format(
                parameters=number(spec.C5.parameters), side=spec.INPUT_SIZE
            ),
        ),
    ]
