"""Errors of the recorded trainings, with the points of the paper's Fig. 5 and Fig. 6."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from lenet.analysis.recorded_runs import (
    PAPER_SIZES,
    PAPER_TEST_ERROR,
    PAPER_TRAINING_ERROR,
    RecordedRun,
)
from lenet.catalogue import gettext as _
from lenet.catalogue import number, percent
from lenet.figures import markup
from lenet.figures.axes import FAINT, curve_layout, plain_axes
from lenet.figures.palette import ACCENT, INK, ONE, TEXT, faint

_ERRORS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
_PASSES = (0.01, 0.1, 1, 2, 5, 10, 20, 50, 100)
_FLOOR = 0.02
"""Percent: less stands here, because a logarithmic scale has no zero."""

_MARKER = 7


def by_passes(runs: Mapping[str, RecordedRun], chosen: str, titles: Mapping[str, str]) -> go.Figure:
    """Errors of the chosen run over its passes, the paper's points, other runs faint behind them.

    Args:
        runs: by their names.
        chosen: the name of the one that is emphasised; another is shown as none.
        titles: what each run is called.
    """
    figure = go.Figure()
    for name, run in runs.items():
        if name != chosen:
            _line(figure, _tested(run), titles.get(name, name), faint(TEXT, 0.3), 1, named=False)
    if chosen in runs:
        run = runs[chosen]
        learned = [(each.patterns / run.digits, each.training_error) for each in run.passes]
        since = [(patterns / run.digits, error) for patterns, error in run.curve]
        title = _("digits learned from, as they come")
        _line(figure, since, title, faint(ONE, 0.5), 1, named=False)
        _line(figure, learned, title, ONE, 2, dash="dot")
        _line(figure, _tested(run), _("test digits"), ACCENT, 2.5)
    passes = range(1, len(PAPER_TEST_ERROR) + 1)
    paper = zip(passes, PAPER_TRAINING_ERROR, strict=True)
    _points(figure, [*paper], _("paper’s Fig. 5, digits learned from"), filled=False)
    _points(figure, [*zip(passes, PAPER_TEST_ERROR, strict=True)], _("paper’s Fig. 5, test digits"))
    places = [place for one in runs.values() for place, _error in _tested(one)] or [1.0]
    figure.update_xaxes(
        title=markup.plain(_("passes through the digits, logarithmic")),
        type="log",
        range=[math.log10(min(places)) - 0.05, math.log10(max(20.0, *places)) + 0.05],
        tickvals=list(_PASSES),
        ticktext=[number(tick, _decimals(tick)) for tick in _PASSES],
        tickangle=0,
    )
    return _finished(figure)


def by_size(sizes: Mapping[int, RecordedRun]) -> go.Figure:
    """Errors at the end of runs over the number of digits that they learned from, as in Fig. 6."""
    figure = go.Figure()
    ends = {size: sizes[size].passes[-1] for size in sorted(sizes)}
    learned = [(float(size), end.training_error) for size, end in ends.items()]
    tested = [(float(size), end.test_error) for size, end in ends.items()]
    _line(figure, learned, _("digits learned from"), ONE, 1.5, dash="dot", markers=True)
    _line(figure, tested, _("test digits"), ACCENT, 2.5, markers=True)
    paper = PAPER_SIZES.items()
    _points(
        figure,
        [(size, training) for size, (_test, training) in paper],
        _("paper’s Fig. 6, digits learned from"),
        filled=False,
    )
    _points(
        figure, [(size, test) for size, (test, _learned) in paper], _("paper’s Fig. 6, test digits")
    )
    places = sorted({*PAPER_SIZES, *ends})
    figure.update_xaxes(
        title=markup.plain(_("digits learned from, logarithmic")),
        type="log",
        range=[math.log10(places[0] * 0.85), math.log10(places[-1] * 1.15)],
        tickvals=places,
        ticktext=[number(place) for place in places],
    )
    return _finished(figure)


def _tested(run: RecordedRun) -> list[tuple[float, float]]:
    """(passes, test error), of moments at which weights are recorded and of the ends of passes."""
    found = {each.patterns: each.test_error for each in run.passes}
    found |= {each.patterns: each.test_error for each in run.checkpoints if each.patterns}
    return [(patterns / run.digits, found[patterns]) for patterns in sorted(found)]


def _line(
    figure: go.Figure,
    points: Sequence[tuple[float, float]],
    title: str,
    colour: str,
    width: float,
    *,
    dash: str = "solid",
    named: bool = True,
    markers: bool = False,
) -> None:
    figure.add_scatter(
        x=[place for place, _error in points],
        y=[max(error, _FLOOR) for _place, error in points],
        customdata=_told(points),
        mode="lines+markers" if markers else "lines",
        line={"color": colour, "width": width, "dash": dash},
        name=markup.plain(title),
        showlegend=named,
        hovertemplate=_hover(title),
    )


def _points(
    figure: go.Figure, points: Sequence[tuple[float, float]], title: str, *, filled: bool = True
) -> None:
    """What the paper's figure has, as points: nothing is known between them."""
    figure.add_scatter(
        x=[place for place, _error in points],
        y=[error for _place, error in points],
        customdata=_told(points),
        mode="markers",
        marker={
            "color": INK,
            "size": _MARKER,
            "symbol": "circle" if filled else "circle-open",
            "line": {"color": INK, "width": 1.5},
        },
        name=markup.plain(title),
        hovertemplate=_hover(title),
    )


def _told(points: Sequence[tuple[float, float]]) -> list[list[str]]:
    return [
        [number(place, 0 if place == int(place) else 3), percent(error / 100, 2)]
        for place, error in points
    ]


def _hover(title: str) -> str:
    return markup.hover(
        _("{line}: {percent} at {place}").format(
            line=title, percent="%{customdata[1]}", place="%{customdata[0]}"
        )
    )


def _finished(figure: go.Figure) -> go.Figure:
    plain_axes(figure, grid=False)
    for level in (1, 10):
        figure.add_hline(y=level, line={"color": FAINT, "width": 1}, layer="below")
    errors = [error for line in figure.data for error in line.y] or [1.0]
    figure.update_yaxes(
        title=markup.plain(_("errors in percent, logarithmic")),
        type="log",
        range=[math.log10(min(errors) * 0.8), math.log10(min(100, max(errors) * 1.5))],
        tickvals=list(_ERRORS),
        ticktext=[number(tick, _decimals(tick)) for tick in _ERRORS],
    )
    return figure.update_layout(**curve_layout(height=400))


def _decimals(tick: float) -> int:
    """As many as the tick has that is written: 5, 0.5, 0.05."""
    return max(0, -math.floor(math.log10(tick)))
