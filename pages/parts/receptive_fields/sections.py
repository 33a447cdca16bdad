"""What the receptive fields page shows about one unit, a function for every tab."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
import torch

from lenet import spec
from lenet.analysis import effective_field, fields, top_activations
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.units import Unit
from pages.parts.common.choice import choice
from pages.parts.common.figure import figure
from pages.parts.common.table import table
from pages.parts.network import sample_units
from pages.parts.network.network import Network
from pages.parts.network.pictures import pictures
from pages.parts.receptive_fields import words

FORMERLY = {"heeded": "effective", "liked-best": "top-activations", "how-fields-grow": "growth"}
"""What older addresses call these tabs."""


def titles() -> dict[str, str]:
    """The tabs in their order."""
    return {
        "effective": _("Effective field"),
        "top-activations": _("Top activations"),
        "who-sees-it": _("Who sees it"),
        "growth": _("How fields grow"),
        "centres": _("Centres"),
    }


def effective(net: Network, x: torch.Tensor, unit: Unit) -> None:
    st.caption(
        _(
            "Which pixels of its field change the unit's value? By how much it changes for a "
            "little more ink: orange raises it, blue lowers it. Outer square: all it can see; "
            "inner: its middle."
        )
    )
    if unit.layer is spec.INPUT:
        st.info(_("A pixel sees itself alone. Pick a unit of a later layer."))
        return
    from lenet.figures import fields as figures

    here = effective_field.gradients(net.model, x, unit)[0]
    average, samples = sample_units.mean_gradient(net, unit)
    field = effective_field.field_of(unit)
    st.html(words.shares(unit, field, here, average, samples))
    pictures(
        figures.effective(here, average, field, samples),
        key="effective",
        alt=_("Gradient of {unit} with respect to the input, on this drawing and averaged").format(
            unit=unit.title
        ),
    )


def top_activated(net: Network, x: torch.Tensor, unit: Unit) -> None:
    st.caption(_("What activates the unit most? The samples' patches that do so most, and least."))
    if unit.layer is spec.INPUT:
        st.info(_("The value of a pixel is its ink. Pick a unit of a later layer."))
        return
    from lenet.figures.fields import patches

    values = sample_units.trace(net)[unit.layer.key].numpy()
    images = sample_units.inputs()[:, 0].numpy()
    whole = unit.layer.size > 1 and st.toggle(
        _("Anywhere in the map {map}").format(map=words.map_name(unit)),
        key="whole_map",
        bind="query-params",
    )
    if whole:
        most, least = top_activations.of_map(values, images, unit.layer, unit.map)
    else:
        most, least = top_activations.of_unit(values, images, unit)
    st.html(words.top_activations(unit, most, least, whole))
    pictures(
        patches(most, least),
        key="top_activations",
        alt=_("Above the {count} patches that activate {unit} most, below those least").format(
            count=number(len(most)), unit=unit.title
        ),
    )


def who_sees_it(net: Network, x: torch.Tensor, unit: Unit) -> None:
    from lenet.figures.fields import pixel_counts

    st.caption(
        _("Who sees a pixel? The units that have it in their field, counted layer by layer.")
    )
    row, column = fields.middle_pixel(effective_field.field_of(unit))
    table(words.who_sees(row, column))
    pictures(
        pixel_counts(row, column),
        key="pixel_counts",
        alt=_(
            "For every layer, how many units of a map see each pixel; ({row},{column}) outlined"
        ).format(row=row, column=column),
    )


def growth(net: Network, x: torch.Tensor, unit: Unit) -> None:
    from lenet.figures.fields import nested

    st.caption(
        _("How does the field grow? Each layer adds its kernel, in steps of the one before.")
    )
    figure(nested(), key="nested", alt=words.sides())
    table(words.growth(), kind="words")


def centres(net: Network, x: torch.Tensor, unit: Unit) -> None:
    from lenet.figures.fields import centre_grid

    st.caption(words.why_so_large())
    layers = {layer.key: layer.title for layer in fields.PICTURED}
    layer = spec.BY_KEY[choice(_("Centres of"), layers, spec.C3.key, key="centres")]
    sides = {str(side): words.square(side) for side in words.INPUTS}
    formerly = {f"{side}\u00d7{side}": side for side in sides}
    start = str(spec.INPUT_SIZE)
    pixels = int(choice(_("Input"), sides, start, key="input_side", formerly=formerly))
    if fields.size_for(layer, pixels) < 1:
        st.info(
            _("On {input} pixels {layer} would have no unit at all.").format(
                input=words.square(pixels), layer=layer.title
            )
        )
        return
    st.html(words.centres(layer, pixels))
    figure(
        centre_grid(layer, pixels),
        key="centre_grid",
        alt=_("Centres of {layer}'s fields").format(layer=layer.title),
    )


SECTIONS: dict[str, Callable[[Network, torch.Tensor, Unit], None]] = {
    "effective": effective,
    "top-activations": top_activated,
    "who-sees-it": who_sees_it,
    "growth": growth,
    "centres": centres,
}
"""What stands in each tab, for a network, an input and a unit."""
