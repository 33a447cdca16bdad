"""Components of our own: each a folder of assets with a module and what it stands in."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lenet.browser.assets import ASSETS, asset, component_js


def component(folder: str, module: str | None = None) -> Any:
    """Declare the component of a folder of assets, and return what shows it.

    Its markup and style are the HTML and CSS files there; either may be missing. ``module`` is
    the name of its JavaScript without ending, the folder's where it is not given.
    """
    module = module or folder
    files: dict[str, Any] = {
        kind: asset(folder, f"{module}.{kind}")
        for kind in ("html", "css")
        if (ASSETS / folder / f"{module}.{kind}").exists()
    }
    return st.components.v2.component(
        f"lenet_{folder}", js=component_js(f"{folder}/{module}.js"), **files
    )
