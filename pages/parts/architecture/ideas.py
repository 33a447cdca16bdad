"""Local receptive fields, shared weights and sub-sampling, to play with on the drawing."""

from __future__ import annotations

import streamlit as st
import torch

from lenet import spec, units
from lenet.analysis import counts, disturbances
from lenet.figures import ideas as figures
from pages.parts.common.choice import choice
from pages.parts.common.figure import figure
from pages.parts.common.section import section
from pages.parts.network.network import Network

_DIRECTIONS = {"right": (0, 1), "left": (0, -1), "down": (1, 0), "up": (-1, 0)}
_PIXELS = (1, 2)
_STEEP, _STEEPEST = 1.0, 2.0
_GATES = {"blur": None, "noisy or": 1, "noisy and": spec.S2.kernel**2}


@st.fragment
def one_kernel_everywhere(net: Network, drawing: torch.Tensor) -> None:
    """A C1 kernel, slid over the drawing by hand."""
    section("Local fields, shared weights: what does one kernel make of one place?")
    left, right = st.columns([5, 6], gap="large")
    last, middle = spec.C1.size - 1, spec.C1.size // 2
    with left:
        map_ = st.slider("C1 map", 0, spec.C1.maps - 1, 0, key="kernel", bind="query-params")
        row = st.slider("Row", 0, last, middle, key="row", bind="query-params")
        column = st.slider("Column", 0, last, middle, key="column", bind="query-params")
        trace = net.trace(drawing)
        unit = units.explain(net.model, trace, spec.C1, map_, row, column)
        assert isinstance(unit, units.WeightedSum)
        st.markdown(
            f"**{unit.name}** sees {spec.C1.kernel}×{spec.C1.kernel} pixels and nothing else. The "
            f"products add up to {_signed(unit.sum)}; with the bias {_signed(unit.bias)} that is "
            f"{_signed(unit.total)}, squashed **{_signed(unit.value)}**."
        )
        shared, apart = spec.C1.parameters, counts.without_sharing(spec.C1)
        st.caption(
            f"All {spec.C1.units_per_map} units of the map use this kernel: C1 has {shared} "
            f"parameters. If each had its own: {apart}. If each, moreover, saw all of the input: "
            f"{counts.without_locality(spec.C1)}."
        )
    with right:
        st.caption("What does this unit see, and what does the kernel make of it?")
        figure(
            figures.one_kernel(drawing[0, 0].numpy(), unit, trace.c1[0, map_].numpy()),
            key="one_kernel",
            alt=f"The drawing with the field of {unit.name}, the map, and patch times kernel",
        )


@st.fragment
def a_pixel_aside(net: Network, drawing: torch.Tensor) -> None:
    """The drawing shifted a little, and which layers care."""
    section("Sub-sampling: who notices when the digit moves?")
    left, right = st.columns([5, 6], gap="large")
    with left:
        names = {"right": "right", "left": "left", "down": "down", "up": "up"}
        direction = choice("Shift the drawing", names, "right", key="shift")
        rows, columns = _DIRECTIONS[direction]
        trace = net.trace(drawing)
        changed = {}
        for pixels in _PIXELS:
            moved = net.trace(disturbances.shifted(drawing, pixels * rows, pixels * columns))
            changed[pixels] = disturbances.relative_change(trace, moved)
        st.markdown(
            f"One pixel {direction}, and C1 changes by **{changed[1]['c1']:.0%}**, S4 by "
            f"{changed[1]['s4']:.0%} and F6 by {changed[1]['f6']:.0%}."
        )
        st.caption(
            "Exact places are given up step by step: every sub-sampling halves the precision, "
            "and more maps make up for it. Change is the length of the difference of all of a "
            "layer's values, in percent of the length of the values."
        )
    with right:
        st.caption("How much of each layer is different after the shift?")
        figure(
            figures.changes(changed),
            key="shift_changes",
            alt=f"Change of each layer in percent for a shift to the {direction}",
        )


@st.fragment
def blur_or_and(net: Network, drawing: torch.Tensor) -> None:
    """S2's coefficient and bias, turned by hand."""
    section("The trainable coefficient: blur, noisy or, noisy and?")
    left, right = st.columns([5, 6], gap="large")
    with left:
        with st.container(horizontal=True):
            for name in _GATES:
                st.button(name, key=f"gate_{name}", on_click=_turn, args=(name,))
        map_ = st.slider("S2 map", 0, spec.S2.maps - 1, 0, key="s2_map", bind="query-params")
        coefficient = st.slider(
            "Coefficient", 0.0, _STEEPEST, 0.25, 0.05, key="coefficient", bind="query-params"
        )
        bias = st.slider("Bias", -12.0, 12.0, 0.0, 0.1, key="bias", bind="query-params")
        s2 = net.model.s2
        st.caption(
            f"Learned for this map: coefficient {_signed(float(s2.coefficient[map_]))}, bias "
            f"{_signed(float(s2.bias[map_]))}. A small coefficient keeps the unit in its linear "
            "middle: it blurs. A large one makes it a switch, which one input can close (noisy "
            "or) or only all four (noisy and), depending on the bias (section II.B)."
        )
    with right:
        trace = net.trace(drawing)
        c1 = trace.c1[0, map_].double().numpy()
        st.caption("What does S2 keep of this C1 map?")
        figure(
            figures.gates(
                c1,
                trace.s2[0, map_].numpy(),
                disturbances.sub_sampled(c1, coefficient, bias),
                map_,
            ),
            key="gates",
            alt=f"C1[{map_}], S2[{map_}] as learned, and with the coefficient and bias chosen",
        )


@st.fragment
def how_often_it_fits() -> None:
    """The size of a map from kernel, stride and padding."""
    section("Convolution arithmetic: how large is the output?")
    left, right = st.columns([5, 6], gap="large")
    with left:
        pixels = st.slider("Input", 1, 64, spec.INPUT_SIZE, key="pixels", bind="query-params")
        kernel = st.slider("Kernel", 1, 11, spec.C1.kernel, key="size", bind="query-params")
        stride = st.slider("Stride", 1, 5, spec.C1.stride, key="stride", bind="query-params")
        padding = st.slider("Padding", 0, 5, 0, key="padding", bind="query-params")
    with right:
        try:
            output = counts.output_size(pixels, kernel, stride, padding)
        except counts.SizeError as error:
            st.info(str(error))
            return
        st.markdown(f"**{output}**")
        rest = counts.left_over(pixels, kernel, stride, padding)
        st.caption(
            "Which pixels does each output read? A bar is one output."
            + (f" Rounded down: the last {rest} of the line are never read." if rest else "")
        )
        figure(
            figures.positions(pixels, kernel, stride, padding, output.result),
            key="positions",
            alt=f"{output.result} positions of a kernel of {kernel} on {pixels} pixels",
        )


def _turn(name: str) -> None:
    inputs = _GATES[name]
    if inputs is None:
        st.session_state["coefficient"], st.session_state["bias"] = 1 / spec.S2.kernel**2, 0.0
    else:
        st.session_state["coefficient"] = _STEEP
        st.session_state["bias"] = round(disturbances.gate(inputs, _STEEP), 1)


def _signed(value: float) -> str:
    return f"{value:.4f}".replace("-", "\u2212")
