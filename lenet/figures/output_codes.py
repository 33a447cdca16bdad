"""The output codes: what F6 is compared with, what decides, and how the codes lie."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lenet import codes, spec
from lenet.analysis.posterior import with_rubbish
from lenet.analysis.resemblance import CHARACTERS
from lenet.catalogue import gettext as _
from lenet.catalogue import number, percent
from lenet.figures import markup
from lenet.figures.axes import plain_layout
from lenet.figures.palette import (
    ACCENT,
    INK,
    ONE,
    TEXT,
    UNSIGNED_OPACITY,
    faint,
)
from lenet.figures.pictures import Picture, Sheet, alone
from lenet.spec import Block
from lenet.units import Distance

WRONG_BIT = 4.0
"""Squared difference of a place that has the opposite value: (1 - -1) squared."""

MOST_J = 100.0
"""Largest constant that is shown; the codes of two digits lie about that far apart."""

_SHAPE = (spec.CODE_ROWS, spec.CODE_COLUMNS)
_WHOLE = (Block(0, 0, *_SHAPE),)
_LIMITS = (-spec.AMPLITUDE, spec.AMPLITUDE)


def f6_and_what_decides(answer: Distance) -> Sheet:
    """F6 as a picture, and beside it how much nearer each place is to the winner's code."""
    winner, runner_up = spec.CLASSES[answer.map], spec.CLASSES[answer.rival]
    return alone(
        [
            Picture("F6", answer.f6, _LIMITS, _told(_("F6 {place} = {value}"))),
            Picture(
                _("{winner} rather than {runner_up}").format(winner=winner, runner_up=runner_up),
                answer.advantage,
                (-WRONG_BIT, WRONG_BIT),
                _told(_("{place} adds {value} to the lead of {winner}"), winner=winner),
            ),
        ],
        cell=26,
        least=12,
    )


def differences(f6: np.ndarray, winner: int | None) -> Sheet:
    """The ten codes, and under each the 84 squared differences to F6 (12, 7).

    Titles under the codes' names are the sums: the distances. The winner's are outlined, if
    there is one.
    """
    pairs = []
    for digit, name in enumerate(spec.CLASSES):
        code = codes.DIGITS[digit].reshape(_SHAPE)
        squares = (f6 - code) ** 2
        told = _told(_("code of {digit}, {place}: {value}"), digit=name)
        pairs.append(
            (
                Picture(_("code of {digit}").format(digit=name), code, _LIMITS, told),
                Picture(
                    f"= {number(squares.sum(), 2)}",
                    squares,
                    (0, WRONG_BIT),
                    _told(_("{place}: squared difference {value}")),
                    colours="unsigned",
                    outlines=_WHOLE if digit == winner else (),
                ),
            )
        )
    return Sheet([pairs], cell=12, least=9)


def distance_matrix() -> go.Figure:
    """(10, 10) squared distances between the digits' codes, each with its number."""
    matrix = codes.distances()
    names = list(spec.CLASSES)
    figure = go.Figure()
    figure.add_heatmap(
        z=matrix,
        x=names,
        y=names,
        text=matrix.astype(int),
        texttemplate="%{text}",
        hovertemplate=markup.hover(
            _("{one} to {other}: {distance}, a quarter of it differing bits").format(
                one="%{y}", other="%{x}", distance="%{z}"
            )
        ),
        colorscale=[(0.0, faint(INK, 0.4)), (1.0, faint(INK, 0.04))],
        opacity=UNSIGNED_OPACITY,
        textfont={"color": INK},
        zmin=0,
        zmax=float(matrix.max()),
        showscale=False,
        xgap=1,
        ygap=1,
    )
    figure.update_xaxes(type="category", constrain="domain", color=TEXT, side="top", showgrid=False)
    figure.update_yaxes(
        type="category",
        autorange="reversed",
        scaleanchor="x",
        constrain="domain",
        color=TEXT,
        showgrid=False,
    )
    figure.update_layout(
        **{**plain_layout(height=430), "margin": {"l": 22, "r": 8, "t": 26, "b": 8}}
    )
    return figure


def character_set(chosen: str, near: list[str]) -> Sheet:
    """All of Fig. 3; the chosen character and its nearest neighbours outlined."""
    text = _("code of {character}")
    pictures = [
        Picture(
            character,
            picture,
            (-1, 1),
            text.format(character=character),
            colours="ink",
            outlines=_WHOLE if character == chosen or character in near else (),
        )
        for character, picture in codes.ASCII.items()
        if character in CHARACTERS
    ]
    return alone(pictures, cell=5, least=5)


def posteriors(shares: np.ndarray) -> go.Figure:
    """(11,) probabilities of the ten digits and of rubbish as bars."""
    names = [markup.plain(name) for name in (*spec.CLASSES, _("rubbish"))]
    largest = int(shares.argmax())
    figure = go.Figure()
    figure.add_bar(
        x=shares,
        y=names,
        orientation="h",
        marker={"color": [ACCENT if n == largest else TEXT for n in range(len(names))]},
        text=[percent(share, 1) for share in shares],
        textposition="outside",
        textfont={"size": 12, "color": TEXT},
        cliponaxis=False,
        hovertemplate=markup.hover("%{y}: %{x:.6f}"),
    )
    figure.update_xaxes(range=[0, 1.3], visible=False, fixedrange=True)
    figure.update_yaxes(
        type="category", autorange="reversed", dtick=1, color=TEXT, showgrid=False, fixedrange=True
    )
    figure.update_layout(**plain_layout(height=320) | {"margin": {"l": 62, "r": 8, "t": 8, "b": 8}})
    return figure


def over_j(penalties: np.ndarray, j: float) -> go.Figure:
    """How the winner's and rubbish's posteriors change with j, for ten penalties."""
    winner = int(penalties.argmin())
    values = np.linspace(0, MOST_J, 201)
    shares = np.array([with_rubbish(penalties, value) for value in values])
    figure = go.Figure()
    for name, column, colour in [
        (spec.CLASSES[winner], winner, ONE),
        (_("rubbish"), len(spec.CLASSES), TEXT),
    ]:
        figure.add_scatter(
            x=values,
            y=shares[:, column],
            mode="lines",
            line={"color": colour, "width": 2},
            name=markup.plain(name),
            hovertemplate=markup.hover(
                _("{name}: {share} at j = {j}").format(name=name, share="%{y:.4f}", j="%{x:.1f}")
            ),
        )
    figure.add_vline(x=j, line={"color": ACCENT, "dash": "dash"})
    figure.update_xaxes(title="j", color=TEXT, showgrid=False, fixedrange=True)
    figure.update_yaxes(
        title=markup.plain(_("probability")), range=[-0.02, 1.02], color=TEXT, showgrid=False
    )
    figure.update_layout(
        **{**plain_layout(height=300), "margin": {"l": 48, "r": 8, "t": 8, "b": 44}},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "font": {"color": TEXT}},
    )
    return figure


def _told(pattern: str, **names: str) -> str:
    """The pattern with these names, whose place and value the browser fills in."""
    return pattern.format(place="({row},{column})", value="{value}", **names)
