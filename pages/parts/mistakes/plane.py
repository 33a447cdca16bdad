"""F6 of the packaged digits in a plane, the drawing among them while it is drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import streamlit as st

from lenet import packaged_digits
from lenet.analysis import mistakes, neighbours
from lenet.analysis.neighbours import PackagedF6
from lenet.browser.packing import pack, zipped
from lenet.catalogue import gettext as _
from lenet.catalogue import number, percent
from lenet.codes import DIGITS as CODES
from lenet.spec import AMPLITUDE, CLASSES
from pages.parts.common import component_value
from pages.parts.common.choice import choice
from pages.parts.common.component import component
from pages.parts.common.errors import attempt
from pages.parts.drawing import canvas_state, gallery
from pages.parts.network import bundle, network
from pages.parts.network.network import Network

_COMPONENTS, _MAP = "components", "map"
_KEY = "neighbours"

_plane = component("mistakes", "neighbours")


def show() -> None:
    """The plane of the network that the page shows, with what is nearest to the drawing."""
    net = network.load()
    digits, found = attempt(packaged_digits.load), attempt(lambda: _f6(net))
    if digits is None or found is None:
        return
    how = _choose(found)
    _explain(found, how)
    with st.container(key="bundle_of_plane"):
        flat = bundle.send_more(f"f6-{found.network}", lambda: _packed(found))
        pictures = bundle.send_digits()
    _plane(
        key=_KEY,
        data=bundle.packed(
            how=how,
            flat=flat,
            digits=pictures,
            alt=_("The packaged digits in the plane of F6, and the drawing"),
        ),
        on_picked_change=_take,
    )


def _choose(found: PackagedF6) -> str:
    if found.map is None:
        return _COMPONENTS
    return choice(
        _("Plane of F6"),
        {_COMPONENTS: _("principal components"), _MAP: _("map of neighbours")},
        _COMPONENTS,
        key="plane_of_f6",
        label_visibility="collapsed",
    )


def _explain(found: PackagedF6, how: str) -> None:
    count = number(len(found.levels))
    if how == _MAP:
        st.caption(
            _(
                "The packaged digits ({count}), none of which the network trained on, "
                "laid out so that what is near in F6’s 84 dimensions stays near (t-SNE, computed "
                "once; trustworthiness of ten neighbours {trust}). Distances between groups mean "
                "little. Draw, and the nearest are ringed; click a digit to put it under the pen."
            ).format(count=count, trust=number(found.trustworthiness, 3))
        )
        return
    st.caption(
        _(
            "The packaged digits ({count}), none of which the network trained on, on "
            "the two directions in which F6 varies most; they hold {share} of its variance. Draw, "
            "and the star follows the pen; click a digit to put it under the pen."
        ).format(count=count, share=percent(found.plane.share))
    )
    if found.map is None:
        st.caption(_("This is your own network; the map of neighbours was made of the app’s."))


def _take() -> None:
    """Put the digit that was clicked under the pen."""
    place = component_value.get(_KEY, "picked")
    images = packaged_digits.load().images
    if gallery.is_sample(place, len(images)):
        gallery.take(images, place, canvas_state.current().put)


def _f6(net: Network) -> PackagedF6:
    """What is recorded, or for a network of the visitor's own what it makes of the digits."""
    recorded = _recorded(mistakes.FOLDER)
    return recorded if recorded.network == net.identity else _computed(net.identity, net)


@st.cache_resource(show_spinner=False)
def _recorded(folder: Path) -> PackagedF6:
    return neighbours.recorded(folder)


@st.cache_resource(show_spinner=False, max_entries=8)
def _computed(identity: str, _network: Network) -> PackagedF6:
    exact = neighbours.f6_of(_network.model, packaged_digits.load())
    return PackagedF6(identity, neighbours.levels_of(exact))


@st.cache_resource(
    show_spinner=False, max_entries=8, hash_funcs={PackagedF6: lambda one: one.network}
)
def _packed(found: PackagedF6) -> bytes:
    """What ``assets/mistakes/flat.js`` reads: bytes first, then numbers."""
    labels = packaged_digits.load().labels
    count, width = found.levels.shape
    plane = found.plane
    header = {
        "name": f"f6-{found.network}",
        "count": count,
        "width": width,
        "classes": len(CLASSES),
        "top": neighbours.LEVELS,
        "amplitude": AMPLITUDE,
        "mapped": found.map is not None,
        "wrong": np.flatnonzero(found.answers != labels).tolist(),
    }
    arrays = [
        np.ascontiguousarray(found.levels).reshape(-1).view("<f4"),
        plane.place(found.values),
        plane.place(CODES),
        plane.middle,
        plane.axes,
        *([] if found.map is None else [found.map]),
    ]
    return zipped(pack(header, arrays))
