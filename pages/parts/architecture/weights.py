"""Every learned parameter on view, layer by layer."""

from __future__ import annotations

import streamlit as st

from lenet import spec
from lenet.figures import weights as figures
from pages.parts.common.choice import choice
from pages.parts.common.figure import figure
from pages.parts.common.section import section
from pages.parts.network.network import Network


@st.fragment
def every_parameter(net: Network) -> None:
    """The parameters of one layer at a time."""
    section(f"What did the network learn? All {spec.PARAMETERS:,} numbers, layer by layer")
    layers = {layer.key: layer.name for layer in spec.SQUASHED}
    chosen = spec.BY_KEY[choice("Parameters of", layers, spec.C1.key, key="weights")]
    st.caption(
        f"{chosen.name} has {chosen.parameters:,} trainable parameters. {_QUESTIONS[chosen.name]}"
    )
    model = net.model
    if chosen.kind == "sub-sampling":
        module = getattr(model, chosen.key)
        made = figures.coefficients(module.coefficient.numpy(), module.bias.numpy())
        figure(made, key="learned", alt=f"Coefficient and bias of each {chosen.name} map")
        return
    if chosen is spec.C1:
        made, alt = figures.c1_kernels(model.c1.weight[:, 0].numpy()), "The six kernels of C1"
    elif chosen is spec.C3:
        made = figures.c3_kernels(model.c3.dense().numpy())
        alt = f"The {spec.C3.kernels} kernels of C3 in the shape of Table I"
    elif chosen is spec.C5:
        unit = st.slider("C5 unit", 0, spec.C5.maps - 1, 0, key="c5_unit", bind="query-params")
        figure(
            figures.c5_unit(model.c5.weight[unit].numpy()),
            key="c5_kernels",
            alt=f"The {spec.S4.maps} kernels of C5[{unit}]",
        )
        st.caption("And all of them: a row is a unit, its inputs S4 map after map.")
        made = figures.matrix(model.c5.weight.flatten(1).numpy(), "C5 unit", "input from S4")
        alt = "All weights of C5 as one map"
    else:
        made = figures.matrix(model.f6.weight.flatten(1).numpy(), "F6 unit", "C5 unit")
        alt = "All weights of F6 as one map"
    figure(made, key="learned", alt=alt)
    biases = getattr(model, chosen.key).bias.tolist()
    with st.expander(f"The {len(biases)} biases of {chosen.name}"):
        st.write(", ".join(f"{bias:.4f}".replace("-", "\u2212") for bias in biases))


_QUESTIONS = {
    "C1": "What does each kernel look for? Orange wants ink, blue wants paper.",
    "S2": "How strongly does each map pass its input on, and at which threshold?",
    "C3": "Which kernel stands at which X of Table I?",
    "S4": "How strongly does each map pass its input on, and at which threshold?",
    "C5": "What does one unit want of each S4 map?",
    "F6": "Which C5 units speak for which place of the code?",
}
