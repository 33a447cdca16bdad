"""Which networks a page compares: a choice of the visitor's, in the address by their names.

``?networks=lenet5,max-pool``. A name that there is not is said, and the others still open; a
network whose weights cannot be read is missing, with a sentence in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from lenet.checkpoint import CheckpointError
from lenet.drawing.link import LinkError
from lenet.variants import COMPARED_WITH, MODEL, VARIANTS, named
from pages.parts.common import choice, errors
from pages.parts.network import network
from pages.parts.network.network import Network

ADDRESS = "networks"
"""The name in the address."""


@dataclass(frozen=True)
class Comparison:
    """What a page compares: at least and at most so many networks, and which at first."""

    page: str
    least: int
    most: int
    defaults: tuple[str, ...]

    @property
    def key(self) -> str:
        """Of the widget, and of its state: a list of names."""
        return f"{ADDRESS}_{self.page}"


ON_VARIANTS = Comparison(
    "variants", 2, 4, (COMPARED_WITH, "max-pool", "softmax", "fully-connected")
)
ON_INVARIANCE = Comparison(
    "invariance", 1, 4, (MODEL, COMPARED_WITH, "unshared", "fully-connected")
)

PAGES = {each.page: each for each in (ON_VARIANTS, ON_INVARIANCE)}
"""Every page that compares networks, by its address."""


def names(comparison: Comparison) -> list[str]:
    """What is chosen on a page, also before its widget is shown.

    What the address asks for and cannot have is left for ``errors.show_pending``.
    """
    key = comparison.key
    if key not in st.session_state:
        st.session_state[key] = _first(comparison)
    return list(st.session_state[key])


def choose(comparison: Comparison) -> list[str]:
    """Let the visitor choose, and return the names in the order in which they were chosen."""
    names(comparison)
    key, most = comparison.key, comparison.most
    choice.show_in_the_language(key)
    chosen = st.multiselect(
        _("Networks"),
        list(VARIANTS),
        format_func=lambda name: VARIANTS[name].title(),
        max_selections=most,
        placeholder=_("Choose networks"),
        key=key,
        label_visibility="collapsed",
    )
    choice.remember(key, _text(chosen), _text(comparison.defaults), ADDRESS)
    with st.container(key=f"{key}_errors"):
        errors.show_pending()
        if len(chosen) < comparison.least:
            st.caption(
                ngettext(
                    "Choose at least {count} network.",
                    "Choose at least {count} networks.",
                    comparison.least,
                ).format(count=number(comparison.least))
            )
    return chosen


def load(chosen: Iterable[str]) -> list[Network]:
    """The networks of these names; of one that cannot be read the page says why, here."""
    found = [errors.attempt(partial(network.variant, name)) for name in chosen]
    return [one for one in found if one is not None]


def readable(chosen: Iterable[str]) -> list[Network]:
    """The same without a word, for what needs the networks before the page is shown."""
    found = []
    for name in chosen:
        try:
            found.append(network.variant(name))
        except CheckpointError:
            continue  # the page itself says so
    return found


def put(comparison: Comparison, chosen: Sequence[str]) -> None:
    """Choose others, from a callback; names beyond the most that the page compares are left out."""
    st.session_state[comparison.key] = list(dict.fromkeys(chosen))[: comparison.most]


def _text(chosen: Iterable[str]) -> str:
    """How names are written in an address."""
    return ",".join(chosen)


def _first(comparison: Comparison) -> list[str]:
    """What a page starts with: what its address asks for, or what was chosen there last."""
    asked = _read(st.query_params.get(ADDRESS, ""))
    errors.attempt_show_later(lambda: _check(asked, comparison))
    known = [name for name in asked if name in VARIANTS][: comparison.most]
    return known or _read(choice.last(comparison.key) or "") or list(comparison.defaults)


def _read(text: str) -> list[str]:
    return list(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))


def _check(asked: Sequence[str], comparison: Comparison) -> bool:
    """Raises what a visitor is told about names in an address that are not all shown."""
    known = [named(name) for name in asked]
    if len(known) > comparison.most:
        raise LinkError(
            _("The link names {count} networks, and {most} fit here; the first ones are shown.")
            .format(count=number(len(known)), most=number(comparison.most))
        )  # fmt: skip
    return True
