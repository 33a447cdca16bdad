"""What several components of a page need, sent to a browser once.

Each bundle of ``lenet.browser.bundles`` is an element that never changes and stands on every page,
so that Streamlit refers to the message that the browser holds instead of sending it again.
Components name the bundles that they need; ``assets/loaders`` waits for these before it shows
anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from typing import Any, cast

import streamlit as st

from lenet import catalogue
from lenet.browser import bundles
from lenet.browser.assets import GROUPS, asset
from lenet.browser.packing import pack
from pages.parts.network.network import Network, kept

_HELD = "networks_in_the_browser"
_GROUPS = "groups_of_modules_in_the_browser"

_bundle = st.components.v2.component("lenet_bundle", js=asset("loaders", "bundle.js"))


def send(networks: Iterable[Network] = (), group: str | None = None) -> None:
    """Give the browser the modules, the texts of its language, and these networks.

    The pages of a ``group`` of ``lenet.browser.assets.GROUPS`` get more modules. Called where the
    pages meet, outside of any: an element of a page would be another one, and sent again, on the
    next page. What was sent on an earlier page stays.
    """
    state = cast(MutableMapping[str, Any], st.session_state)
    held: dict[str, Network] = state.setdefault(_HELD, {})
    own = kept()
    for stale in [one for one in held.values() if one.own_title and one is not own]:
        del held[stale.identity]  # not kept any longer
    held.update((network.identity, network) for network in networks)
    groups: set[str] = state.setdefault(_GROUPS, set())
    while group is not None:
        groups.add(group)
        group = GROUPS[group].after
    with st.container(key="bundle"):
        _bundle(key="bundle_modules", data=bundles.of_modules(), height=1)
        name = catalogue.language()
        _bundle(key=f"bundle_{name}", data=bundles.of_words(name), height=1)
        for one in GROUPS:
            if one in groups:
                _bundle(key=f"bundle_{one}", data=bundles.of_modules_for(one), height=1)
        for network in held.values():
            _bundle(key=f"bundle_{network.identity}", data=_of_network(network), height=1)


def send_samples() -> str:
    """Give the browser the packaged samples as inputs, and return the name of their bundle.

    Raises DataError, with a sentence, if they cannot be read.
    """
    _bundle(key="bundle_samples", data=bundles.of_samples(), height=1)
    return bundles.SAMPLES


def send_digits() -> str:
    """The same for the 5,000 digits that a browser trains with."""
    _bundle(key="bundle_digits", data=bundles.of_digits(), height=1)
    return bundles.DIGITS


def send_more(name: str, make: Callable[[], bytes]) -> str:
    """The same for what only one part of a page needs, under the name that its header has."""
    _bundle(key=f"bundle_{name}", data=make(), height=1)
    return name


def send_architectures() -> str:
    """Give the browser every architecture that can be trained, and return the bundle's name."""
    _bundle(key="bundle_architectures", data=bundles.of_architectures(), height=1)
    return bundles.ARCHITECTURES


def send_network(network: Network) -> None:
    """Give the browser a network that only a part of a page needs."""
    _bundle(key=f"bundle_{network.identity}_here", data=_of_network(network), height=1)


def needs(network: Network | None = None) -> list[str]:
    """The names of the bundles that a component waits for, besides that of the modules."""
    return [
        bundles.words_name(catalogue.language()),
        *([bundles.network_name(network.identity)] if network else []),
    ]


def packed(**header: Any) -> bytes:
    """Data for a component that needs no network: a header alone."""
    return pack({"needs": needs(), **header}, [])


@st.cache_resource(
    show_spinner=False, max_entries=40, hash_funcs={Network: lambda network: network.identity}
)
def _of_network(network: Network) -> bytes:
    return bundles.of_network(network.weights, network.rejection, network.architecture)
