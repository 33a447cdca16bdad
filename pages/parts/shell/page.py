"""What all pages share: the head of the page, navigation, and the start-up."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lenet.browser.assets import asset
from lenet.catalogue import gettext as _
from lenet.variants import MODEL
from pages.parts.common import address, theme, waiting, ways
from pages.parts.common.choice import only_shown_in_address
from pages.parts.compare import chosen
from pages.parts.drawing import canvas_state
from pages.parts.network import bundle
from pages.parts.network.network import Network
from pages.parts.shell import keys, language, own_network, preload, present, share
from pages.parts.tour import strip, task
from pages.serving import server

_MODULES = {
    **dict.fromkeys(chosen.PAGES, "comparing"),
    "training": "training",
    "mistakes": "mistakes",
}
"""The group of modules that pages need, by their addresses."""

_WITH_LENET5 = (ways.DRAW, "mistakes")
"""Pages where LeNet-5 alone computes in the browser."""


def navigate() -> None:
    """Set the page up and run the page that the address names."""
    # On a host that ignores st.App nothing has been started before the first visitor.
    server.start(preload.prepare)
    language.choose()
    # Before the navigation, or a browser would fetch the page's own icon from Google.
    st.set_page_config(page_icon="✏️", layout="wide")
    st.html(f"<style>{asset('', 'page.css')}{asset('', 'presented.css')}</style>")
    st.html(f"<style>{asset('fonts', 'names.css')}{language.letters()}</style>")
    draw = st.Page("pages/watch/draw.py", title=_("Draw"), icon=":material/draw:", default=True)
    pages = {
        _("Watch"): [draw],
        _("Explore"): [
            _page("explore", "architecture", _("Architecture"), "layers"),
            _page("explore", "connections", _("Connections"), "grid_on"),
            _page("explore", "receptive-fields", _("Receptive fields"), "filter_center_focus"),
            _page("explore", "output-codes", _("Output codes"), "qr_code_2"),
        ],
        _("Compare"): [
            _page("compare", "variants", _("Variants"), "difference"),
            _page("compare", "invariance", _("Invariance"), "rotate_right"),
        ],
        _("Learn"): [
            _page("learn", "training", _("Training"), "model_training"),
            _page("learn", "tour", _("Tour"), "school"),
            _page("learn", "mistakes", _("Mistakes"), "error"),
            _page("learn", "glossary", _("Glossary"), "dictionary"),
        ],
    }
    ways.remember(itertools.chain(*pages.values()))
    page = st.navigation(pages, position="top")
    with st.container(key="pages_bar", horizontal=True, wrap=False):
        for one in itertools.chain(*pages.values()):
            st.page_link(one, label=one.title)
    language.switch()
    title = _("{page} \u00b7 Inside LeNet-5").format(page=page.title)
    st.set_page_config(page_title=title)
    bundle.send(_networks(page), _MODULES.get(page.url_path))
    theme.follow()
    strip.follow(*_for_tours(page, itertools.chain(*pages.values())))
    task.show()
    waits = waiting.pytorch_is_being_loaded()  # asked first: it may be loaded meanwhile
    if page is draw or waiting.pytorch_is_ready():
        with only_shown_in_address():
            page.run()
    elif waits:
        heading(page.title, _("PyTorch is being loaded, and the page follows by itself."))
    if waits:
        waiting.rerun_once_loaded()


def _for_tours(page: Any, pages: Iterable[Any]) -> tuple[str, dict[str, Any]]:
    """(this page's name in tours, all pages by theirs): their addresses, and ``draw``."""
    return page.url_path or "draw", {one.url_path or "draw": one for one in pages}


def _page(group: str, address: str, title: str, icon: str) -> st.Page:
    """A page by its address, which its file is named after; ``icon`` is one of Material Symbols."""
    file = f"pages/{group}/{address.replace('-', '_')}.py"
    return st.Page(file, title=title, url_path=address, icon=f":material/{icon}:")


def _networks(page: Any) -> list[Network]:
    """The networks that the browser needs on a page: only where one draws does it compute."""
    if comparison := chosen.PAGES.get(page.url_path):
        return chosen.readable(chosen.names(comparison))
    return chosen.readable([MODEL]) if page.url_path in _WITH_LENET5 else []


def heading(title: str, lead: str) -> DeltaGenerator:
    """A page's title with one sentence that says what to do here, and the link to all of it.

    Returns the row at its right, for what else concerns all of the page.
    """
    drawing = canvas_state.current().drawing
    address.put_drawing(canvas_state.KEY, drawing)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="heading"):
        st.html(
            f'<h1 class="page-title">{escape(title)}</h1><p class="page-lead">{escape(lead)}</p>'
        )
        tools = st.container(horizontal=True, width="content", key="heading_tools")
    with tools:
        own_network.show()
        share.buttons(drawn=not drawing.is_empty)
        present.button()
        keys.show()
    return tools
