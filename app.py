"""The router: page configuration, navigation, start-up. Nothing else."""

from __future__ import annotations

import streamlit as st
from streamlit import runtime

if runtime.exists():
    from pages.parts.page import navigate

    navigate()
else:
    # A folder named pages/ would switch Streamlit's older multipage mode on until this router
    # has run once, and the first visitor to come by a page's own address would meet a dialog
    # "Page not found". Saying so before the server starts, and naming the app, prevents it.
    from starlette.middleware import Middleware
    from streamlit.runtime.pages_manager import PagesManager

    from pages.parts import gate
    from pages.serving import metrics
    from pages.serving.compression import CompressedScripts
    from pages.serving.pytorch import LOADING

    PagesManager.uses_pages_directory = False
    gate.open_widgets()
    app = st.App(
        __file__,
        middleware=[gate.FRAMES, Middleware(CompressedScripts)],
        on_script_error=gate.unexpected,
    )

    # Seconds of imports that need not wait for the first visitor, nor he for them.
    LOADING.start()
    metrics.start()
