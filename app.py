"""The router: page configuration, navigation, start-up. Nothing else."""

from __future__ import annotations

import streamlit as st

from pages.serving import streamlit_internals

if streamlit_internals.server_runs():
    from pages.parts.shell.page import navigate

    navigate()
else:
    from pages.parts.shell import preload
    from pages.serving import server

    streamlit_internals.ignore_pages_folder()
    # Because an app is named here, Streamlit's command reads this file before it serves anybody.
    app = st.App(__file__, **server.OPTIONS)
    # Imports that take seconds begin before the first visitor comes.
    server.start(preload.prepare)
