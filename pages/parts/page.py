"""What all pages share: the frame around them, the way between them, and the start-up."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.parts import waiting
from pages.parts.trouble import or_sentence
from pages.serving import metrics
from pages.serving.pytorch import LOADING

ASSETS = Path(__file__).parents[2] / "assets"


def navigate() -> None:
    """Set the frame up and run the page that the address names."""
    metrics.start()  # a host that ignores st.App has not done so before the first visitor
    st.set_page_config(page_title="Inside LeNet-5", page_icon="✏️", layout="wide")
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
    page = st.navigation(pages, position="top")
    if page is pages["Watch"][0] or or_sentence(LOADING.ready):
        page.run()
    elif not LOADING.over():
        heading(page.title, "PyTorch is being loaded, and the page follows by itself.")
    waiting.run_again_with_pytorch()


def heading(title: str, lead: str) -> None:
    """A page's title with one sentence that says what to do here."""
    st.html(f'<h1 class="page-title">{title}</h1><p class="page-lead">{lead}</p>')
