"""The router: page configuration, navigation, start-up. Nothing else."""

from __future__ import annotations

from importlib import import_module
from threading import Thread

import streamlit as st
from streamlit import runtime

if runtime.exists():
    from pages.parts.page import navigate

    navigate()
else:
    # A folder named pages/ would switch Streamlit's older multipage mode on until this router
    # has run once, and the first visitor to come by a page's own address would meet a dialog
    # "Page not found". Saying so before the server starts, and naming the app, prevents it.
    from streamlit.runtime.pages_manager import PagesManager

    from pages.parts import gate

    PagesManager.uses_pages_directory = False
    gate.open_widgets()
    app = st.App(__file__, middleware=[gate.FRAMES], on_script_error=gate.unexpected)

    # Two seconds of imports that need not wait for the first visitor.
    Thread(target=import_module, args=("torch",), daemon=True).start()
