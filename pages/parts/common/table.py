"""A table of words and figures in the page's own style.

Streamlit's own table would bring pandas and pyarrow in: 60 MB that nothing else here needs.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from html import escape

import streamlit as st

Cell = str | int


def table(columns: Mapping[str, Sequence[Cell]], kind: str = "") -> None:
    """Show columns by their titles; the first one names the rows. ``kind`` is as in ``as_html``."""
    st.html(as_html(list(columns), list(zip(*columns.values(), strict=True)), kind=kind))


def as_html(
    titles: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    chosen: Container[int] = (),
    total: Sequence[Cell] = (),
    kind: str = "",
) -> str:
    """A table, each row of which begins with its name; all of it may be any text.

    Where there is no room for its columns, each row becomes a block and the columns' titles stand
    in it beside their cells (``assets/page.css``); so each cell knows its title. The roles say
    that it is a table also then.

    Args:
        titles: of the columns, the first of which holds the rows' names.
        rows: a cell for each title.
        chosen: the places of the rows that are emphasised.
        total: a last row that adds the others up, "" where there is nothing to add.
        kind: a further class, ``words`` for one whose titles or cells are long, ``points``
            for one of sentences.
    """
    head = "".join(f'<th role="columnheader">{escape(title)}</th>' for title in titles)
    body = "".join(_row(titles, row, place in chosen) for place, row in enumerate(rows))
    foot = f'<tfoot role="rowgroup">{_row(titles, total)}</tfoot>' if total else ""
    return (
        f'<div class="facts {escape(kind)}"><table role="table">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody>{foot}</table></div>'
    )


def _row(titles: Sequence[str], row: Sequence[Cell], chosen: bool = False) -> str:
    cells = "".join(
        f'<td role="cell" data-title="{escape(title)}">{escape(str(cell))}</td>'
        for title, cell in zip(titles[1:], row[1:], strict=True)
    )
    current = ' aria-current="true"' if chosen else ""
    return f'<tr role="row"{current}><th role="rowheader">{escape(str(row[0]))}</th>{cells}</tr>'
