"""Local receptive fields, shared weights and sub-sampling, to play with on the drawing."""

from __future__ import annotations

import streamlit as st
import torch

from lenet import spec, units
from lenet.analysis import counts, lost_positions
from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number, percent
from lenet.figures import ideas as figures
from pages.parts.architecture import bars
from pages.parts.common.choice import choice
from pages.parts.common.section import section
from pages.parts.network.network import Network
from pages.parts.network.pictures import pictures

_DIRECTIONS = {"right": (0, 1), "left": (0, -1), "down": (1, 0), "up": (-1, 0)}
_PIXELS = (1, 2)
_STEEP, _STEEPEST = 1.0, 2.0
_INPUTS_ON = {"blur": None, "noisy-or": 1, "noisy-and": spec.S2.kernel**2}
"""How many inputs must be on for a unit that works like a gate."""


@st.fragment
def one_kernel_everywhere(net: Network, drawing: torch.Tensor) -> None:
    """A C1 kernel, slid over the drawing by hand."""
    section(_("Local fields, shared weights: what does one kernel make of one place?"))
    left, right = st.columns([5, 6], gap="large")
    last, middle = spec.C1.size - 1, spec.C1.size // 2
    with left:
        map_ = st.slider(_("C1 map"), 0, spec.C1.maps - 1, 0, key="kernel", bind="query-params")
        row = st.slider(_("Row"), 0, last, middle, key="row", bind="query-params")
        column = st.slider(_("Column"), 0, last, middle, key="column", bind="query-params")
        trace = net.trace(drawing)
        unit = units.explain(net.model, trace, units.Unit(spec.C1, map_, row, column))
        assert isinstance(unit, units.WeightedSum)
        st.markdown(_sum_of(unit))
        st.caption(_without_the_ideas())
    with right:
        st.caption(_("What does this unit see, and what does the kernel make of it?"))
        alt = _("The drawing with the field of {unit}, the map, and patch times kernel")
        pictures(
            figures.one_kernel(drawing[0, 0].numpy(), unit, trace.c1[0, map_].numpy()),
            key="one_kernel",
            alt=alt.format(unit=unit.title),
        )


def _sum_of(unit: units.WeightedSum) -> str:
    return _(
        "**{unit}** sees {kernel}×{kernel} pixels and nothing else. The products add up to {sum}; "
        "with the bias {bias} that is {total}, squashed **{value}**."
    ).format(
        unit=unit.title,
        kernel=unit.layer.kernel,
        sum=number(unit.sum, 4),
        bias=number(unit.bias, 4),
        total=number(unit.total, 4),
        value=number(unit.value, 4),
    )


def _without_the_ideas() -> str:
    return _(
        "All {units} units of the map use this kernel: C1 has {shared} parameters. If each had "
        "its own: {apart}. If each, moreover, saw all of the input: {everywhere}."
    ).format(
        units=number(spec.C1.units_per_map),
        shared=number(spec.C1.parameters),
        apart=counts.without_sharing(spec.C1),
        everywhere=counts.without_locality(spec.C1),
    )


@st.fragment
def a_small_shift(net: Network, drawing: torch.Tensor) -> None:
    """The drawing shifted by a pixel or two, and how much each layer changes."""
    section(_("Sub-sampling: who notices when the digit moves?"))
    left, right = st.columns([5, 6], gap="large")
    with left:
        names = {"right": _("right"), "left": _("left"), "down": _("down"), "up": _("up")}
        direction = choice(_("Shift the drawing"), names, "right", key="shift")
        trace = net.trace(drawing)
        changed = {}
        for pixels in _PIXELS:
            rows, columns = (pixels * way for way in _DIRECTIONS[direction])
            moved = net.trace(lost_positions.shifted(drawing, rows, columns))
            changed[pixels] = lost_positions.relative_change(trace, moved)
        text = {
            "right": _("One pixel right, and C1 changes by {c1}, S4 by {s4} and F6 by {f6}."),
            "left": _("One pixel left, and C1 changes by {c1}, S4 by {s4} and F6 by {f6}."),
            "down": _("One pixel down, and C1 changes by {c1}, S4 by {s4} and F6 by {f6}."),
            "up": _("One pixel up, and C1 changes by {c1}, S4 by {s4} and F6 by {f6}."),
        }[direction]
        shares = {key: f"**{percent(change)}**" for key, change in changed[1].items()}
        st.markdown(text.format(c1=shares["c1"], s4=shares["s4"], f6=shares["f6"]))
        st.caption(
            _(
                "Exact places are given up step by step: every sub-sampling halves the precision, "
                "and more maps make up for it. Change is the length of the difference of all of a "
                "layer's values, in percent of the length of the values."
            )
        )
    with right:
        st.caption(_("How much of each layer is different after the shift?"))
        alt = {
            "right": _("Change of each layer in percent for a shift to the right"),
            "left": _("Change of each layer in percent for a shift to the left"),
            "down": _("Change of each layer in percent for a shift down"),
            "up": _("Change of each layer in percent for a shift up"),
        }[direction]
        bars.changes(changed, alt)


@st.fragment
def blur_or_and(net: Network, drawing: torch.Tensor) -> None:
    """S2's coefficient and bias, turned by hand."""
    section(_("The trainable coefficient: blur, noisy or, noisy and?"))
    left, right = st.columns([5, 6], gap="large")
    with left:
        names = {"blur": _("blur"), "noisy-or": _("noisy or"), "noisy-and": _("noisy and")}
        with st.container(horizontal=True):
            for gate, name in names.items():
                st.button(name, key=f"gate_{gate}", on_click=_turn, args=(gate,))
        map_ = st.slider(_("S2 map"), 0, spec.S2.maps - 1, 0, key="s2_map", bind="query-params")
        coefficient = st.slider(
            _("Coefficient"), 0.0, _STEEPEST, 0.25, 0.05, key="coefficient", bind="query-params"
        )
        bias = st.slider(_("Bias"), -12.0, 12.0, 0.0, 0.1, key="bias", bind="query-params")
        st.caption(_learned(net, map_))
    with right:
        trace = net.trace(drawing)
        c1 = trace.c1[0, map_].double().numpy()
        st.caption(_("What does S2 keep of this C1 map?"))
        turned = lost_positions.sub_sampled(c1, coefficient, bias)
        alt = _("{c1}, {s2} as learned, and with the coefficient and bias chosen")
        pictures(
            figures.gates(c1, trace.s2[0, map_].numpy(), turned, map_),
            key="gates",
            alt=alt.format(c1=f"C1[{map_}]", s2=f"S2[{map_}]"),
        )


def _learned(net: Network, map_: int) -> str:
    s2 = net.model.s2
    return _(
        "Learned for this map: coefficient {coefficient}, bias {bias}. A small coefficient keeps "
        "the unit in its linear middle: it blurs. A large one makes it a switch, which one input "
        "can close (noisy or) or only all four (noisy and), depending on the bias (section II.B)."
    ).format(
        coefficient=number(float(s2.coefficient[map_]), 4), bias=number(float(s2.bias[map_]), 4)
    )


@st.fragment
def how_often_it_fits() -> None:
    """The size of a map from kernel, stride and padding."""
    section(_("Convolution arithmetic: how large is the output?"))
    left, right = st.columns([5, 6], gap="large")
    with left:
        pixels = st.slider(_("Input"), 1, 64, spec.INPUT_SIZE, key="pixels", bind="query-params")
        kernel = st.slider(_("Kernel"), 1, 11, spec.C1.kernel, key="size", bind="query-params")
        stride = st.slider(_("Stride"), 1, 5, spec.C1.stride, key="stride", bind="query-params")
        padding = st.slider(_("Padding"), 0, 5, 0, key="padding", bind="query-params")
    with right:
        try:
            output = counts.output_size(pixels, kernel, stride, padding)
        except counts.SizeError as error:
            st.info(str(error))
            return
        st.markdown(f"**{output}**")
        st.caption(_what_is_read(counts.left_over(pixels, kernel, stride, padding)))
        alt = ngettext(
            "{count} position of a kernel of {kernel} on a line of length {pixels}",
            "{count} positions of a kernel of {kernel} on a line of length {pixels}",
            output.result,
        ).format(count=output.result, kernel=kernel, pixels=pixels)
        bars.positions(pixels, kernel, stride, padding, output.result, alt)


def _what_is_read(rest: int) -> str:
    if not rest:
        return _("Which pixels does each output read? A bar is one output.")
    return ngettext(
        "Which pixels does each output read? A bar is one output. Rounded down: the last {count} "
        "of the line is never read.",
        "Which pixels does each output read? A bar is one output. Rounded down: the last {count} "
        "of the line are never read.",
        rest,
    ).format(count=rest)


def _turn(gate: str) -> None:
    """Set coefficient and bias so that a unit blurs, or works like a gate."""
    inputs = _INPUTS_ON[gate]
    if inputs is None:
        st.session_state["coefficient"], st.session_state["bias"] = 1 / spec.S2.kernel**2, 0.0
    else:
        st.session_state["coefficient"] = _STEEP
        st.session_state["bias"] = round(lost_positions.gate(inputs, _STEEP), 1)
