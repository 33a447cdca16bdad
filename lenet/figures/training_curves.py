"""Training error on the way, of several networks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import plotly.graph_objects as go

from lenet.analysis.learning import Course
from lenet.analysis.results import LEVELS
from lenet.catalogue import gettext as _
from lenet.catalogue import number, percent
from lenet.figures import markup
from lenet.figures.axes import FAINT, curve_layout, plain_axes
from lenet.figures.palette import ACCENT, INK, ONE, OTHER, TEXT, faint

Against = Literal["epochs", "seconds"]

_STYLES = ((ONE, "solid"), (OTHER, "solid"), (ACCENT, "dash"), (INK, "dashdot"))
"""Colours and dashes of the networks that are compared, in their order."""

_TICKS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
_FLOOR = _TICKS[0]
"""Percent: less stands here, because a logarithmic scale has no zero."""


def training_curves(
    courses: Mapping[str, Course],
    chosen: Sequence[str],
    reference: str,
    titles: Mapping[str, str],
    against: Against,
) -> go.Figure:
    """The training error of the chosen networks and of the reference, all others behind them.

    Args:
        courses: every network's, by name.
        chosen: the names of at most four that are emphasised, in the order of their colours.
        reference: the name of the network that the others are compared with.
        titles: what each network is called.
        against: what stands on the horizontal axis.
    """
    figure = go.Figure()
    shown = [name for name in chosen if name in courses and name != reference][: len(_STYLES)]
    for name, course in courses.items():
        if name not in (*shown, reference):
            _add_behind(figure, course, titles[name], against)
    if reference in courses:
        _add(figure, courses[reference], titles[reference], against, TEXT, "dot")
    for name, (colour, dash) in zip(shown, _STYLES, strict=False):
        _add(figure, courses[name], titles[name], against, colour, dash)
    plain_axes(figure, grid=False)
    for level in LEVELS:
        figure.add_hline(y=level, line={"color": FAINT, "width": 1}, layer="below")
    emphasised = [courses[name] for name in (*shown, reference) if name in courses]
    _scale(figure, emphasised or list(courses.values()), against)
    return figure.update_layout(**curve_layout(height=420))


def _add(
    figure: go.Figure, course: Course, title: str, against: Against, colour: str, dash: str
) -> None:
    """A network's mean, and behind it a band from its lowest to its highest run."""
    place = _places(course, against)
    for errors, more in (
        (course.highest, {}),
        (course.lowest, {"fill": "tonexty", "fillcolor": faint(colour, 0.16)}),
    ):
        figure.add_scatter(
            x=place,
            y=errors.clip(_FLOOR),
            mode="lines",
            line={"width": 0, "color": colour},
            hoverinfo="skip",
            showlegend=False,
            legendgroup=title,
            **more,
        )
    figure.add_scatter(
        x=place,
        y=course.mean.clip(_FLOOR),
        customdata=_told(course),
        mode="lines",
        line={"color": colour, "width": 2.5, "dash": dash},
        name=markup.plain(title),
        legendgroup=title,
        hovertemplate=_hover(title),
    )


def _add_behind(figure: go.Figure, course: Course, title: str, against: Against) -> None:
    figure.add_scatter(
        x=_places(course, against),
        y=course.mean.clip(_FLOOR),
        customdata=_told(course),
        mode="lines",
        line={"color": faint(TEXT, 0.25), "width": 1},
        name=markup.plain(title),
        hovertemplate=_hover(title),
        showlegend=False,
    )


def _places(course: Course, against: Against) -> list[float]:
    return (course.epochs if against == "epochs" else course.seconds).tolist()


def _told(course: Course) -> list[list[str]]:
    """For each point: epochs, processor seconds, and the mean error, written out."""
    return [
        [number(epochs, 1), number(seconds, 1), percent(error / 100, 2)]
        for epochs, seconds, error in zip(course.epochs, course.seconds, course.mean, strict=True)
    ]


def _hover(title: str) -> str:
    return markup.hover(
        _("{network}: {percent} after {epochs} epochs, {seconds} s of a processor").format(
            network=title,
            epochs="%{customdata[0]}",
            seconds="%{customdata[1]}",
            percent="%{customdata[2]}",
        )
    )


def _scale(figure: go.Figure, courses: Sequence[Course], against: Against) -> None:
    """Axes on which all of the emphasised courses are seen."""
    title = _("epochs") if against == "epochs" else _("seconds of one processor")
    last = max((max(_places(course, against)) for course in courses), default=1.0)
    lowest = min((max(float(course.lowest.min()), _FLOOR) for course in courses), default=1.0)
    bottom = max((tick for tick in _TICKS if tick <= lowest), default=_FLOOR)
    figure.update_xaxes(title=markup.plain(title), range=[0, last * 1.02])
    figure.update_yaxes(
        title=markup.plain(_("training error in percent, logarithmic")),
        type="log",
        range=[math.log10(bottom), 2],
        tickvals=list(_TICKS),
        ticktext=[number(tick, _decimals(tick)) for tick in _TICKS],
    )


def _decimals(tick: float) -> int:
    """As many as the tick has that is written: 5, 0.5, 0.05."""
    return max(0, -math.floor(math.log10(tick)))
