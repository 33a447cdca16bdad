"""The sections of the page about Table I that show the network as it is."""

from __future__ import annotations

import numpy as np
import streamlit as st
import torch

from lenet import spec
from lenet.analysis import similarity
from lenet.analysis.partial_maps import PartialMaps
from lenet.figures import connections as figures
from lenet.figures import similarity as similarity_figures
from pages.parts.common import sample_units
from pages.parts.common.choice import choice, selection
from pages.parts.common.figure import figure
from pages.parts.common.section import section
from pages.parts.connections import connection_table
from pages.parts.network.network import Network

_ALL = "all"
_ROW, _COLUMN = "s2", "c3"


@st.fragment
def table_and_detail(net: Network, drawing: torch.Tensor) -> None:
    """The table, and what stands behind the cell, column or row that is picked."""
    partial = PartialMaps.of(net.model, net.trace(drawing))
    section("Who reads whom, and how much comes through?")
    left, right = st.columns([5, 6], gap="large")
    with left:
        st.caption(
            f"Table I of the paper. {spec.C3.kernels} of {spec.S2.maps * spec.C3.maps} pairs are "
            "connected. Click a cell, a column's head or a row's head."
        )
        start = connection_table.CONNECTED
        shown = choice("A cell tells", connection_table.names(), start, key="cell")
        with st.container(horizontal=True):
            s2 = _number(_ROW, "S2 map", spec.S2.maps, None)
            c3 = _number(_COLUMN, "C3 map", spec.C3.maps, 0)
        connection_table.pick(partial, shown, (s2, c3), _pick)
        st.caption(
            "Kernel norm: the length of its 25 weights as a vector. Contribution: the mean size "
            "of the partial map on this drawing."
            if shown != connection_table.CONNECTED
            else "Every S2 map feeds "
            f"{len(spec.S2_FEEDS[0])} C3 maps; neighbours are counted in a circle."
        )
    with right:
        _detail(partial, s2, c3)


def _pick(s2: int | None, c3: int | None) -> None:
    st.session_state[_ROW] = _ALL if s2 is None else str(s2)
    st.session_state[_COLUMN] = _ALL if c3 is None else str(c3)


def _number(key: str, label: str, count: int, default: int | None) -> int | None:
    """A map, or None for all of them; the address may name it, and the table sets it."""
    options = {_ALL: "all"} | {str(number): str(number) for number in range(count)}
    start = _ALL if default is None else str(default)
    chosen = selection(label, options, start, key=key, width=120)
    return None if chosen == _ALL else int(chosen)


def _detail(partial: PartialMaps, s2: int | None, c3: int | None) -> None:
    if s2 is None and c3 is None:
        st.info("Pick an S2 map, a C3 map, or one of each.")
        return
    if s2 is not None and c3 is not None and c3 not in spec.S2_FEEDS[s2]:
        reads = ", ".join(map(str, spec.C3_READS[c3]))
        st.info(f"S2[{s2}] and C3[{c3}] are not connected: C3[{c3}] reads S2 {reads}.")
        return
    if s2 is None:
        assert c3 is not None
        st.caption(
            f"What makes C3[{c3}]? Each S2 map that it reads gives a partial map; they are added "
            f"with the bias {_signed(partial.bias[c3])} and squashed."
        )
        made = figures.column(partial, c3)
        alt = f"The {len(spec.C3_READS[c3])} partial maps of C3[{c3}], their sum and the map"
    elif c3 is None:
        st.caption(
            f"Where does S2[{s2}] go? To {len(spec.S2_FEEDS[s2])} C3 maps: for each the kernel "
            "and the partial map, all partial maps on one scale."
        )
        made = figures.row(partial, s2)
        alt = f"S2[{s2}] with the kernels and partial maps of the C3 maps that it feeds"
    else:
        st.caption(
            f"How does S2[{s2}] enter C3[{c3}]? Its kernel slides over it and gives a partial map, "
            f"which is added to the other terms: {len(spec.C3_READS[c3]) - 1} more partial maps "
            f"and the bias {_signed(partial.bias[c3])}."
        )
        made = figures.connection(partial, s2, c3)
        alt = f"S2[{s2}], the kernel to C3[{c3}], the partial map, and the sum it enters"
    figure(made, key="detail", alt=alt)


def why_not_all(net: Network) -> None:
    """The paper's two reasons, and how different the C3 maps became."""
    section("Why not connect everything?")
    st.markdown(
        "The paper gives two reasons (section II.B). The number of connections stays within "
        "bounds. And, above all, symmetry is broken: C3 maps that get different inputs are "
        "driven to find different, complementary features."
    )
    alike = _similarity(net)
    left, right = st.columns(2, gap="large")
    with left:
        st.caption(
            "Are any two C3 maps alike? Their correlation, unit by unit, over all packaged samples."
        )
        figure(
            similarity_figures.between_maps(alike),
            key="similarity",
            alt="Correlations between the 16 C3 maps, from \u22121 to 1",
        )
    with right:
        groups = similarity.by_shared_inputs(alike)
        pairs = np.concatenate(list(groups.values()))
        st.caption(
            "Are maps with more common inputs more alike? A dot is a pair of C3 maps, a bar the "
            f"mean. Over all {len(pairs)} pairs the mean is {pairs.mean():.2f}, and the two most "
            f"alike reach {pairs.max():.2f}; 1 would be the same map twice."
        )
        figure(
            similarity_figures.by_shared_inputs(groups),
            key="shared_inputs",
            alt="Size of the correlation of each pair of C3 maps by the S2 maps they share",
        )


@st.cache_resource(show_spinner=False)
def _similarity(_net: Network) -> np.ndarray:
    return similarity.between_maps(sample_units.trace(_net).c3)


def _signed(value: float) -> str:
    return f"{value:+.4f}".replace("-", "\u2212")
