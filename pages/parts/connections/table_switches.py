"""What if C3 were connected otherwise: a table to change, and what becomes of the answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st
import torch

from lenet import spec
from lenet.analysis import connection_table as tables
from lenet.analysis.connection_table import TABLE_I, Table
from lenet.analysis.what_if import with_table
from lenet.answer import Answer
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.figures import two_answers
from pages.parts.common import address
from pages.parts.common.choice import tabs
from pages.parts.common.figure import figure
from pages.parts.common.section import section
from pages.parts.connections import connection_table
from pages.parts.network.network import Network, trace_of
from pages.parts.network.pictures import pictures

_ADDRESS = "table"
_STATE = "what_if"


@dataclass
class Switches:
    """The table as this visitor has changed it; ``revision`` counts changes made by buttons."""

    table: Table
    revision: int = 0
    seed: int = 0

    def replace(self, table: Table) -> None:
        """A whole new table."""
        self.revision += 1
        self.switched(table)

    def fill_at_random(self) -> None:
        """Another random table with every click."""
        self.seed += 1
        self.replace(tables.at_random(self.seed))

    def switched(self, table: Table) -> None:
        """Take over a table that the grid shows already."""
        self.table = table
        self.tell_address()

    def tell_address(self) -> None:
        """Name any table but Table I in the address, also after a visit to another page."""
        changed = not (self.table == TABLE_I).all()
        address.put(_ADDRESS, tables.to_text(self.table) if changed else None)


@st.fragment
def what_if(net: Network, drawing: torch.Tensor) -> None:
    """Switch connections; C3, the distances and the answer follow, beside the counts."""
    switches = _current()
    section(_("What if it were connected otherwise?"))
    left, right = st.columns([5, 6], gap="large")
    with left:
        st.caption(
            _(
                "Click a cell to switch a connection, a head to switch its row or column. Switched "
                "off, a kernel is gone; connections that the paper does not have were never "
                "trained, so they get small random kernels, as training would start with."
            )
        )
        with st.container(horizontal=True):
            _button(_("Reset to Table I"), "reset_table", lambda: switches.replace(TABLE_I.copy()))
            _button(_("Connect all"), "connect_all", lambda: switches.replace(tables.full()))
            _button(_("Fill at random"), "fill_at_random", switches.fill_at_random)
        connection_table.switch(switches.table, switches.revision, switches.switched)
        _counts(switches.table)
    with right:
        _consequences(net, drawing, switches.table)


def _current() -> Switches:
    """This visitor's switches; at first, the table that the address names."""
    if _STATE not in st.session_state:
        asked = tables.from_text(st.query_params.get(_ADDRESS, ""))
        st.session_state[_STATE] = Switches(TABLE_I.copy() if asked is None else asked)
    state: Switches = st.session_state[_STATE]
    state.tell_address()
    return state


def _button(label: str, key: str, clicked: Callable[[], None]) -> None:
    st.button(label, key=key, on_click=clicked)


def _counts(table: Table) -> None:
    layer, published = tables.layer(table), spec.C3
    with st.container(horizontal=True, key="counts"):
        for what, now, then in (
            (_("Kernels"), layer.kernels, published.kernels),
            (_("Parameters of C3"), layer.parameters, published.parameters),
            (_("Connections of C3"), layer.connections, published.connections),
        ):
            change = number(now - then, signed=True) if now != then else None
            st.metric(what, number(now), change, delta_color="off")
    full = tables.layer(tables.full())
    st.caption(
        _(
            "The paper: {parameters} parameters and {connections} connections. All connected: "
            "{full_parameters} and {full_connections}."
        ).format(
            parameters=number(published.parameters),
            connections=number(published.connections),
            full_parameters=number(full.parameters),
            full_connections=number(full.connections),
        )
    )


def _for_tours(table: Table, before: Answer, after: Answer) -> str:
    """What a tour's texts say of a table: how many connections were switched, and the answers."""
    said = {
        "off": int((TABLE_I & ~table).sum()),
        "on": int((~TABLE_I & table).sum()),
        **{
            name: {
                "digit": answer.digit,
                "distance": answer.distance,
                "rejected": answer.rejected,
            }
            for name, answer in (("before", before), ("after", after))
        },
    }
    return json.dumps(said)


def _consequences(net: Network, drawing: torch.Tensor, table: Table) -> None:
    published = net.trace(drawing)
    changed = trace_of(with_table(net.model, table), drawing)
    before, after = net.answer(published), net.answer(changed)
    with st.container(key="what_if_answer"):
        st.html(f'<span hidden data-answers="{escape(_for_tours(table, before, after))}"></span>')
        st.markdown(_("**As published.** {answer}").format(answer=before.sentence))
        st.markdown(_("**With this table.** {answer}").format(answer=after.sentence))
    opened = tabs({"distances": _("Distances"), "c3-maps": _("C3 maps")}, key="consequence")
    if opened["distances"].open:
        with opened["distances"]:
            st.caption(
                _(
                    "How far is each code? The ten distances; the smallest wins, unless it is "
                    "beyond the line: that is no digit."
                )
            )
            figure(
                two_answers.distances(
                    published.output[0].numpy(),
                    changed.output[0].numpy(),
                    (before.winner, after.winner),
                    net.rejection,
                ),
                key="two_distances",
                alt=_("Ten distances as published and with the changed table"),
            )
    if opened["c3-maps"].open:
        with opened["c3-maps"]:
            st.caption(
                _(
                    "What does C3 see now? Each map as published, and below it as it is now; "
                    "colours reach to ±{limit}."
                ).format(limit=number(spec.AMPLITUDE, 4))
            )
            pictures(
                two_answers.c3_maps(published.c3[0].numpy(), changed.c3[0].numpy()),
                key="two_c3",
                alt=_("The {count} C3 maps as published and with the changed table").format(
                    count=spec.C3.maps
                ),
            )
