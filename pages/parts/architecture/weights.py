"""Every learned parameter on view, layer by layer."""

from __future__ import annotations

import streamlit as st

from lenet import spec
from lenet.catalogue import as_list, ngettext, number
from lenet.catalogue import gettext as _
from lenet.figures import weights as figures
from pages.parts.architecture import words
from pages.parts.common.choice import choice
from pages.parts.common.figure import figure
from pages.parts.common.section import section
from pages.parts.network.network import Network
from pages.parts.network.pictures import pictures


@st.fragment
def every_parameter(net: Network) -> None:
    """The parameters of one layer at a time."""
    section(
        _("What did the network learn? All {count} numbers, layer by layer").format(
            count=number(spec.PARAMETERS)
        )
    )
    layers = {layer.key: layer.title for layer in spec.SQUASHED}
    layer = spec.BY_KEY[choice(_("Parameters of"), layers, spec.C1.key, key="weights")]
    text = ngettext(
        "{layer} has {count} trainable parameter. {question}",
        "{layer} has {count} trainable parameters. {question}",
        layer.parameters,
    )
    st.caption(
        text.format(
            layer=layer.title, count=number(layer.parameters), question=words.question(layer)
        )
    )
    if "coefficient" in layer.shapes:
        _coefficients(net, layer)
    else:
        _kernels(net, layer)
        _biases(net, layer)


def _coefficients(net: Network, layer: spec.Layer) -> None:
    module = net.model.sums_of(layer)
    figure(
        figures.coefficients(module.coefficient.numpy(), module.bias.numpy()),
        key="learned",
        alt=_("Coefficient and bias of each {layer} map").format(layer=layer.title),
    )


def _kernels(net: Network, layer: spec.Layer) -> None:
    model = net.model
    if layer is spec.C1:
        made = figures.c1_kernels(model.c1.weight[:, 0].numpy())
        alt = _("The six kernels of C1")
    elif layer is spec.C3:
        made = figures.c3_kernels(model.c3.dense().numpy())
        alt = _("The {count} kernels of C3 in the shape of Table I").format(count=layer.kernels)
    elif layer is spec.C5:
        _one_unit_of_c5(net)
        st.caption(
            _("And all of them: for each S4 map, a row is a unit, a column one of its inputs.")
        )
        made = figures.c5_units(model.c5.weight.numpy())
        alt = _("All weights of C5 as one map")
    else:
        made = figures.f6_units(model.f6.weight.flatten(1).numpy())
        alt = _("All weights of F6 as one map")
    pictures(made, key="learned", alt=alt)


def _one_unit_of_c5(net: Network) -> None:
    unit = st.slider(_("C5 unit"), 0, spec.C5.maps - 1, 0, key="c5_unit", bind="query-params")
    pictures(
        figures.c5_unit(net.model.c5.weight[unit].numpy()),
        key="c5_kernels",
        alt=_("The {count} kernels of {unit}").format(count=spec.S4.maps, unit=f"C5[{unit}]"),
    )


def _biases(net: Network, layer: spec.Layer) -> None:
    biases = net.model.sums_of(layer).bias.tolist()
    title = ngettext("The {count} bias of {layer}", "The {count} biases of {layer}", len(biases))
    with st.expander(title.format(count=len(biases), layer=layer.title)):
        st.write(as_list(number(bias, 4) for bias in biases))
