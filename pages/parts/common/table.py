"""A table of words and figures in the page's own style.

Streamlit's own table would bring pandas and pyarrow in: 60 MB that nothing else here needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st


def table(columns: Mapping[str, Sequence[str | int]]) -> None:
    """Show columns by their titles; the first one names the rows.

    Where it is wider than the page it scrolls, with the arrow keys too: so it takes the focus.
    """
    head = "".join(f"<th>{escape(title)}</th>" for title in columns)
    rows = "".join(
        f"<tr><th>{escape(str(first))}</th>"
        + "".join(f"<td>{escape(str(cell))}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in zip(*columns.values(), strict=True)
    )
    body = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    st.html(f'<div class="facts" tabindex="0">{body}</div>')
