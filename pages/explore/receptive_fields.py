"""What a unit can see, what it heeds, and what it likes best."""

from __future__ import annotations

import streamlit as st
import torch

from lenet import spec
from lenet.analysis import effective_field, fields, top_activations
from lenet.units import Unit
from pages.parts.common import sample_units, shown_input, unit_picker
from pages.parts.common.choice import choice
from pages.parts.common.figure import figure
from pages.parts.common.table import table
from pages.parts.network import network
from pages.parts.receptive_fields import fields_view
from pages.parts.receptive_fields import words as words
from pages.parts.shell import page
from pages.parts.shell.errors import attempt

TABS = ("Heeded", "Liked best", "Who sees it", "How fields grow", "Centres")


@st.fragment
def explore(net: network.Network) -> None:
    """Everything that follows the unit."""
    left, right = st.columns([6, 5], gap="medium")
    with left:
        unit = unit_picker.pick()
        x = shown_input.choose()
        fields_view.show(net.trace(x), unit, unit_picker.put)
    opened = right.tabs(TABS, key="about", on_change="rerun", bind="query-params")
    tabs = dict(zip(TABS, opened, strict=True))
    if tabs["Heeded"].open:
        with tabs["Heeded"]:
            heeded(net, x, unit)
    if tabs["Liked best"].open:
        with tabs["Liked best"]:
            liked(net, unit)
    if tabs["Who sees it"].open:
        with tabs["Who sees it"]:
            seen(unit)
    if tabs["How fields grow"].open:
        with tabs["How fields grow"]:
            grown()
    if tabs["Centres"].open:
        with tabs["Centres"]:
            centred()


def heeded(net: network.Network, x: torch.Tensor, unit: Unit) -> None:
    st.caption(
        "Which pixels of its field does the unit heed? How its value changes for a little more "
        "ink: orange raises it, blue lowers it. Outer square: all it can see; inner: its middle."
    )
    if unit.layer is spec.INPUT:
        st.info("A pixel sees itself alone. Pick a unit of a later layer.")
        return
    from lenet.figures.fields import effective

    place = (unit.layer, unit.map, unit.row, unit.column)
    here = effective_field.gradients(net.model, x, *place)[0]
    average, samples = sample_units.mean_gradient(net, *place)
    field = effective_field.field_of(unit.layer, unit.row, unit.column)
    st.html(words.shares(unit, field, here, average, samples))
    figure(
        effective(here, average, field, samples),
        key="effective",
        alt=f"Gradient of {unit.name} with respect to the input, on this drawing and averaged",
    )


def liked(net: network.Network, unit: Unit) -> None:
    st.caption("What does the unit like best? The samples' patches that excite it most, and least.")
    if unit.layer is spec.INPUT:
        st.info("A pixel likes ink. Pick a unit of a later layer.")
        return
    from lenet.figures.fields import favourites as shown

    values = sample_units.trace(net)[unit.layer.key].numpy()
    images = shown_input.all_samples()[:, 0].numpy()
    whole = unit.layer.size > 1 and st.toggle(
        f"Anywhere in the map {unit.layer.name}[{unit.map}]", key="whole_map", bind="query-params"
    )
    if whole:
        most, least = top_activations.of_map(values, images, unit.layer, unit.map)
    else:
        most, least = top_activations.of_unit(
            values, images, unit.layer, unit.map, unit.row, unit.column
        )
    st.html(words.favourites(unit, most, least, whole))
    figure(
        shown(most, least),
        key="favourites",
        alt=f"Above the {len(most)} patches that excite {unit.name} most, below those least",
    )


def seen(unit: Unit) -> None:
    from lenet.figures.fields import crowds

    st.caption("Who sees a pixel? The units that have it in their field, counted layer by layer.")
    field = unit.layer.sees(unit.row, unit.column)
    row, column = field.row + field.side // 2, field.column + field.side // 2
    table(words.audience(row, column))
    figure(
        crowds(row, column),
        key="crowds",
        alt=f"For every layer, how many units of a map see each pixel; ({row},{column}) outlined",
    )


def grown() -> None:
    from lenet.figures.fields import nested

    st.caption("How does the field grow? Each layer adds its kernel, in steps of the one before.")
    figure(nested(), key="nested", alt=words.sides())
    table(words.growth())


def centred() -> None:
    from lenet.figures.fields import centre_grid

    st.caption(words.why_so_large())
    names = [layer.name for layer in fields.PICTURED]
    name = choice("Centres of", names, spec.C3.name, key="centres", bind="query-params")
    layer = spec.BY_KEY[name.lower()]
    pixels = choice(
        "Input", words.INPUTS, spec.INPUT_SIZE,
        format_func=lambda side: f"{side}\u00d7{side}", key="input_side", bind="query-params",
    )  # fmt: skip
    if fields.size_for(layer, pixels) < 1:
        st.info(f"On {pixels}\u00d7{pixels} pixels {layer.name} would have no unit at all.")
        return
    st.html(words.centres(layer, pixels))
    figure(centre_grid(layer, pixels), key="centre_grid", alt=f"Centres of {layer.name}'s fields")


page.heading(
    "Receptive fields", "Point at any unit and see exactly what it can see; click to keep it."
)
if (net := attempt(network.load)) is not None:
    explore(net)
