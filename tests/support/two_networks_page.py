"""A page with two networks beside one canvas: LeNet-5, and the second network of the tests.

Both views follow the same pen, each with its own weights, and both are verified by PyTorch.
"""

from __future__ import annotations

import math

import streamlit as st

from lenet.browser.place import Place
from pages.parts.drawing import canvas
from pages.parts.network import answer, bundle, network, network_view
from pages.serving import server
from pages.serving.pytorch import LOADING
from tests.support.second_network import SECOND, second_network

SECOND_KEY = "second"


@st.cache_resource
def second() -> network.Network:
    weights = {name: p.numpy() for name, p in second_network().named_parameters()}
    return network.Network(weights, math.inf, SECOND)


@st.fragment
def watch() -> None:
    beside, right = st.columns([1, 3])
    with beside:
        state = canvas.show()
        st.button("Undo", key="undo", on_click=state.undo)
        st.button("Clear", key="clear", on_click=state.clear)
        prepared = state.prepared()
        traces = [each.trace(prepared) for each in networks]
        answer.show(None if prepared is None else networks[0].answer(traces[0]))
    with right:
        places = (
            Place(answer="answer", undo="undo", clear="clear", address=True),
            Place(key=SECOND_KEY),
        )
        for each, trace, place in zip(networks, traces, places, strict=True):
            network_view.show(trace, state, each, empty=prepared is None, place=place)


server.start(lambda: None)
LOADING.wait()
st.set_page_config(layout="wide")
networks = [network.shipped(), second()]
watch()
bundle.send(networks)
