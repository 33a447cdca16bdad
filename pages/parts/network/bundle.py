"""What several components of a page need, sent to a browser once.

Each bundle is an element that never changes and stands on every page, so that Streamlit refers to
the message that the browser holds instead of sending it again. Components name the bundles that
they need; ``assets/loaders`` waits for these before it shows anything.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, MutableMapping
from functools import cache
from typing import Any, cast

import streamlit as st

from lenet import catalogue
from lenet.figures import palette
from pages.parts.common.assets import asset, modules, version
from pages.parts.common.packing import pack
from pages.parts.network.description import describe_network, describe_spec
from pages.parts.network.network import Network

_HELD = "networks_in_the_browser"

_bundle = st.components.v2.component("lenet_bundle", js=asset("loaders", "bundle.js"))


def send(networks: Iterable[Network] = ()) -> None:
    """Give the browser the modules, the texts of its language, and these networks.

    Called where the pages meet, outside of any: an element of a page would be another one, and
    sent again, on the next page. Networks that were sent on an earlier page stay.
    """
    state = cast(MutableMapping[str, Any], st.session_state)
    held: dict[str, Network] = state.setdefault(_HELD, {})
    held.update((network.identity, network) for network in networks)
    with st.container(key="bundle"):
        _bundle(key="bundle_modules", data=_modules(version()), height=1)
        name = catalogue.language()
        if name != catalogue.SOURCE:
            _bundle(key=f"bundle_{name}", data=_words(name), height=1)
        for network in held.values():
            _bundle(key=f"bundle_{network.identity}", data=_network(network), height=1)


def needs(network: Network | None = None) -> list[str]:
    """The names of the bundles that a component waits for, besides that of the modules."""
    name = catalogue.language()
    return [
        *([_words_name(name)] if name != catalogue.SOURCE else []),
        *([_network_name(network)] if network else []),
    ]


def packed(**header: Any) -> bytes:
    """Data for a component that needs no network: a header alone."""
    return pack({"needs": needs(), **header}, [])


def _words_name(language: str) -> str:
    return f"words-{language}"


def _network_name(network: Network) -> str:
    return f"network-{network.identity}"


@cache
def _modules(name: str) -> bytes:
    header = {
        "name": name,
        "modules": modules(),
        "style": asset("network_view", "style.css"),
        "cursorStyle": asset("canvas", "cursor.css"),
        "palettes": palette.described(),
        "spec": describe_spec(),
    }
    return _compressed(pack(header, []))


@cache
def _words(language: str) -> bytes:
    header = {
        "name": _words_name(language),
        "language": language,
        "messages": catalogue.messages(language),
        "plural": catalogue.plural_rule(language),
        "symbols": catalogue.symbols(language),
    }
    return _compressed(pack(header, []))


@st.cache_resource(show_spinner=False, hash_funcs={Network: lambda network: network.identity})
def _network(network: Network) -> bytes:
    header = {"name": _network_name(network), **describe_network(network)}
    return _compressed(pack(header, network.weights.values()))


def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)  # the same data, the same bytes
