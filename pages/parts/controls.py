"""What stands around the canvas: pen, Undo, Clear, samples and uploads."""

from __future__ import annotations

import streamlit as st

from pages.parts import canvas, gallery, pictures
from pages.parts.canvas import Drawing
from pages.parts.trouble import or_sentence


def pen_slider() -> None:
    """It changes what one sees; what the network sees does not depend on the pen."""
    narrowest, usual, widest = canvas.PENS
    st.slider("Pen", narrowest, widest, usual, key="pen", format="%d px")


def beside(drawing: Drawing) -> None:
    """Undo and Clear, and digits that others wrote: packaged samples or an upload."""
    with st.container(horizontal=True, key="sources"):
        st.button("Undo", key="undo", on_click=drawing.undo)
        st.button("Clear", key="clear", on_click=drawing.clear)
        samples = st.popover("Samples", on_change="rerun", key="samples")
        if samples.open:
            with samples:
                picked = gallery.pick()
            if picked is not None:
                drawing.put(picked)
                st.rerun(scope="fragment")
        with st.popover("Upload", key="upload"):
            _upload(drawing)


def _upload(drawing: Drawing) -> None:
    file = st.file_uploader("A photo or scan of one digit", type=["png", "jpg", "jpeg"])
    if file is None or st.session_state.get("uploaded") == file.file_id:
        return
    st.session_state["uploaded"] = file.file_id
    prepared = or_sentence(lambda: pictures.prepare(file.getvalue(), file.name))
    if prepared is not None:
        drawing.put(prepared)
        st.rerun(scope="fragment")
