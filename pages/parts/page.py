"""What all pages share: the frame around them, the way between them, and the start-up."""

from __future__ import annotations

import gc

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import address, canvas, share
from pages.parts.modules import ASSETS


def navigate() -> None:
    """Set the frame up and run the page that the address names."""
    st.set_page_config(page_title="Inside LeNet-5", page_icon="✏️", layout="wide")
    _settle()
    st.html(f"<style>{(ASSETS / 'page.css').read_text(encoding='utf-8')}</style>")
    pages = {
        "Watch": [
            st.Page("pages/watch/draw.py", title="Draw", icon=":material/draw:", default=True)
        ],
        "Explore": [
            st.Page(
                "pages/explore/architecture.py",
                title="Architecture",
                url_path="architecture",
                icon=":material/layers:",
            ),
            st.Page(
                "pages/explore/connections.py",
                title="Connections",
                url_path="connections",
                icon=":material/grid_on:",
            ),
            st.Page(
                "pages/explore/receptive_fields.py",
                title="Receptive fields",
                url_path="receptive-fields",
                icon=":material/filter_center_focus:",
            ),
            st.Page(
                "pages/explore/output_codes.py",
                title="Output codes",
                url_path="output-codes",
                icon=":material/qr_code_2:",
            ),
        ],
    }
    st.navigation(pages, position="top").run()


@st.cache_resource(show_spinner=False)
def _settle() -> None:
    """Once per server: import what is heavy, then keep the collector away from it.

    Streamlit collects garbage after every run of a script; walking torch's objects each time
    costs some 200 ms and holds messages back. Frozen objects are not walked. One thread,
    because the network is small and visitors are many.
    """
    import torch

    import lenet.ink  # noqa: F401

    torch.set_num_threads(1)
    gc.collect()
    gc.freeze()


def heading(title: str, lead: str) -> DeltaGenerator:
    """A page's title with one sentence that says what to do here, and the link to all of it.

    Returns the row at its right, for what else concerns all of the page.
    """
    address.tell_drawing(canvas.current().sketch)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="heading"):
        st.html(f'<h1 class="page-title">{title}</h1><p class="page-lead">{lead}</p>')
        tools = st.container(horizontal=True, width="content", key="heading_tools")
    with tools:
        share.buttons()
    return tools
