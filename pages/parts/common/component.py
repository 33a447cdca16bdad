"""Components of our own: each a folder of assets with a module and what it stands in."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

from lenet import catalogue
from lenet.browser.assets import ASSETS, asset, component_js


def component(folder: str, module: str | None = None, *, style_of: str | None = None) -> Any:
    """Return what shows the component of a folder of assets.

    Its markup and style are the HTML and CSS files there; either may be missing. ``module`` is
    the name of its JavaScript without ending, the folder's where it is not given; ``style_of``
    is a folder whose component stands in it, and whose style it has too.

    A component writes its texts once, when it appears. So each language has one of its own, under
    the same key: when a visitor chooses another language the browser puts it up anew, and what it
    has sent to the server stays.
    """
    place = folder.replace("/", "_")
    name = f"lenet_{place}" if module is None else f"lenet_{place}_{module}"
    module = module or folder
    js = component_js(f"{folder}/{module}.js")
    files: dict[str, Any] = {
        kind: asset(folder, f"{module}.{kind}")
        for kind in ("html", "css")
        if (ASSETS / folder / f"{module}.{kind}").exists()
    }
    if style_of:
        files["css"] = asset(style_of, f"{style_of}.css") + files.get("css", "")

    @cache
    def declared(language: str) -> Any:
        if language == catalogue.SOURCE:
            return st.components.v2.component(name, js=js, **files)
        # With another markup the browser begins anew; assets/loaders/mount.js ends what was there.
        more = {**files, "html": f"{files.get('html', '')}<!-- {language} -->"}
        return st.components.v2.component(f"{name}_{language}", js=js, **more)

    def show(**named: Any) -> Any:
        return declared(catalogue.language())(**named)

    return show
