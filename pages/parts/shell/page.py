"""What all pages share: the frame around them, the way between them, and the start-up."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.drawing import canvas
from pages.parts.shell import address, preload, share, waiting
from pages.parts.shell.assets import asset
from pages.parts.shell.errors import attempt
from pages.serving import server
from pages.serving.pytorch import LOADING


def navigate() -> None:
    """Set the frame up and run the page that the address names."""
    # A host that ignores st.App has not done so before the first visitor.
    server.start(preload.prepare)
    st.set_page_config(page_title="Inside LeNet-5", page_icon="✏️", layout="wide")
    st.html(f"<style>{asset('', 'page.css')}</style>")
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
    page = st.navigation(pages, position="top")
    waits = not LOADING.over()  # asked before the page runs: it may come true meanwhile
    if page is pages["Watch"][0] or attempt(LOADING.ready):
        page.run()
    elif waits:
        heading(page.title, "PyTorch is being loaded, and the page follows by itself.")
    if waits:
        waiting.run_again_with_pytorch()


def heading(title: str, lead: str) -> DeltaGenerator:
    """A page's title with one sentence that says what to do here, and the link to all of it.

    Returns the row at its right, for what else concerns all of the page.
    """
    drawing = canvas.current().drawing
    address.put_drawing(drawing)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="heading"):
        st.html(f'<h1 class="page-title">{title}</h1><p class="page-lead">{lead}</p>')
        tools = st.container(horizontal=True, width="content", key="heading_tools")
    with tools:
        share.buttons(drawn=not drawing.is_empty)
    return tools
