"""The sections of the page about Table I that show the network as it is."""

from __future__ import annotations

import numpy as np
import streamlit as st
import torch

from lenet import spec
from lenet.analysis import similarity
from lenet.analysis.partial_maps import PartialMaps
from lenet.catalogue import as_list, number
from lenet.catalogue import gettext as _
from lenet.figures import connections as figures
from lenet.figures import similarity as similarity_figures
from lenet.unit import unit_in_the_middle
from pages.parts.common import ways
from pages.parts.common.choice import choice, selection
from pages.parts.common.figure import figure
from pages.parts.common.section import section
from pages.parts.connections import connection_table
from pages.parts.network import sample_units
from pages.parts.network.network import Network
from pages.parts.network.pictures import pictures

_ALL = "all"
_ROW, _COLUMN = "s2", "c3"


@st.fragment
def table_and_detail(net: Network, drawing: torch.Tensor) -> None:
    """The table, and the partial maps of the cell, column or row that is picked."""
    partial = PartialMaps.of(net.model, net.trace(drawing))
    section(_("Who reads whom, and how much comes through?"))
    left, right = st.columns([5, 6], gap="large")
    with left:
        st.caption(
            _(
                "Table I of the paper. {kernels} of {pairs} pairs are connected. Click a cell, a "
                "column's head or a row's head."
            ).format(kernels=spec.C3.kernels, pairs=spec.S2.maps * spec.C3.maps)
        )
        start = connection_table.CONNECTED
        shown = choice(_("A cell shows"), connection_table.names(), start, key="cell")
        with st.container(horizontal=True):
            s2 = _number(_ROW, _("S2 map"), spec.S2.maps, None)
            c3 = _number(_COLUMN, _("C3 map"), spec.C3.maps, 0)
        connection_table.pick(partial, shown, (s2, c3), _pick)
        st.caption(_about_cells(shown))
    with right:
        _detail(partial, s2, c3)


def _about_cells(shown: str) -> str:
    if shown == connection_table.CONNECTED:
        text = _("Every S2 map feeds {count} C3 maps; neighbours are counted in a circle.")
        return text.format(count=len(spec.S2_FEEDS[0]))
    return _(
        "Kernel norm: the length of its {count} weights as a vector. Contribution: the mean size "
        "of the partial map on this drawing."
    ).format(count=spec.C3.kernel**2)


def _pick(s2: int | None, c3: int | None) -> None:
    st.session_state[_ROW] = _ALL if s2 is None else str(s2)
    st.session_state[_COLUMN] = _ALL if c3 is None else str(c3)


def _number(key: str, label: str, count: int, default: int | None) -> int | None:
    """A map, or None for all of them. The address can name it, and a click on the table sets it."""
    options = {_ALL: _("all")} | {str(number): str(number) for number in range(count)}
    start = _ALL if default is None else str(default)
    chosen = selection(label, options, start, key=key, width=120)
    return None if chosen == _ALL else int(chosen)


def _detail(partial: PartialMaps, s2: int | None, c3: int | None) -> None:
    if s2 is None and c3 is None:
        st.info(_("Pick an S2 map, a C3 map, or one of each."))
        return
    if s2 is not None and c3 is not None and c3 not in spec.S2_FEEDS[s2]:
        text = _("{s2} and {c3} are not connected: {c3} reads S2 {maps}.")
        maps = as_list(map(str, spec.C3_READS[c3]))
        st.info(text.format(s2=f"S2[{s2}]", c3=f"C3[{c3}]", maps=maps))
        return
    if s2 is None:
        assert c3 is not None
        text = _(
            "What makes {c3}? Each S2 map that it reads gives a partial map; they are added with "
            "the bias {bias} and squashed."
        )
        alt = _("The {count} partial maps of {c3}, their sum and the map")
        made = figures.column(partial, c3)
    elif c3 is None:
        text = _(
            "Where does {s2} go? To {fed} C3 maps: for each the kernel and the partial map, all "
            "partial maps on one scale."
        )
        alt = _("{s2} with the kernels and partial maps of the C3 maps that it feeds")
        made = figures.row(partial, s2)
    else:
        text = _(
            "How does {s2} enter {c3}? Its kernel slides over it and gives a partial map, which is "
            "added to the other terms: {others} more partial maps and the bias {bias}."
        )
        alt = _("{s2}, the kernel to {c3}, the partial map, and the sum it enters")
        made = figures.connection(partial, s2, c3)
    reads = 0 if c3 is None else len(spec.C3_READS[c3])
    facts = {
        "s2": f"S2[{s2}]",
        "c3": f"C3[{c3}]",
        "fed": 0 if s2 is None else len(spec.S2_FEEDS[s2]),
        "count": reads,
        "others": reads - 1,
        "bias": "" if c3 is None else number(partial.bias[c3], 4, signed=True),
    }
    st.caption(text.format(**facts))
    pictures(made, key="detail", alt=alt.format(**facts))
    layer, map_ = (spec.S2, s2) if c3 is None else (spec.C3, c3)
    assert map_ is not None
    ways.to_drawing(unit_in_the_middle(layer, map_))


def why_not_all(net: Network) -> None:
    """The paper's two reasons, and how different the C3 maps became."""
    section(_("Why not connect everything?"))
    st.markdown(
        _(
            "The paper gives two reasons (section II.B). The number of connections stays within "
            "bounds. And, above all, symmetry is broken: C3 maps that get different inputs are "
            "driven to find different, complementary features."
        )
    )
    alike = _similarity(net.identity, net)
    left, right = st.columns(2, gap="large")
    with left:
        st.caption(
            _(
                "Are any two C3 maps alike? Their correlation, unit by unit, over all packaged "
                "samples."
            )
        )
        figure(
            similarity_figures.between_maps(alike),
            key="similarity",
            alt=_("Correlations between the {count} C3 maps, from \u22121 to 1").format(
                count=spec.C3.maps
            ),
        )
    with right:
        groups = similarity.by_shared_inputs(alike)
        pairs = np.concatenate(list(groups.values()))
        st.caption(
            _(
                "Are maps with more common inputs more alike? A dot is a pair of C3 maps, a bar "
                "the mean. Over all {pairs} pairs the mean is {mean}, and the two most alike reach "
                "{largest}; 1 would be the same map twice."
            ).format(pairs=len(pairs), mean=number(pairs.mean(), 2), largest=number(pairs.max(), 2))
        )
        figure(
            similarity_figures.by_shared_inputs(groups),
            key="shared_inputs",
            alt=_("Size of the correlation of each pair of C3 maps by the S2 maps they share"),
        )


@st.cache_resource(show_spinner=False, max_entries=20)
def _similarity(identity: str, _net: Network) -> np.ndarray:
    """Cached by the identity of the network."""
    return similarity.between_maps(sample_units.trace(_net).c3)
