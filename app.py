"""The router: page configuration, navigation, start-up. Nothing else."""

from __future__ import annotations

import streamlit as st
from streamlit import runtime

if runtime.exists():
    from pages.parts.shell.page import navigate

    navigate()
else:
    # A folder named pages/ would switch Streamlit's older multipage mode on until this router
    # has run once, and the first visitor to come by a page's own address would meet a dialog
    # "Page not found". Saying so before the server starts, and naming the app, prevents it.
    from streamlit.runtime.pages_manager import PagesManager

    from pages.parts.shell import preload
    from pages.serving import server

    PagesManager.uses_pages_directory = False
    app = st.App(__file__, **server.OPTIONS)
    # Seconds of imports that need not wait for the first visitor, nor he for them.
    server.start(preload.prepare)
