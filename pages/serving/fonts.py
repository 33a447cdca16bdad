"""The fonts in assets/fonts, for browsers on devices that have no Korean or Chinese letters.

On a host that ignores ``st.App`` such a device shows boxes. The style sheets in that folder name
each font with a hash of its content, so a browser keeps what it has fetched.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from starlette.types import ASGIApp

from lenet.browser.assets import ASSETS
from pages.serving.kept_files import KeptFiles


class Fonts(KeptFiles):
    """ASGI middleware: answers requests for the shipped fonts, each read when it is asked for."""

    # A page's address, and before it the folder that the app is in, can be anything.
    address = re.compile(r"(?:/[\w~+-]+)*/fonts/([\w-]+\.woff2)", re.ASCII)
    headers = MappingProxyType({"content-type": "font/woff2"})

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        self.names = {path.name for path in (ASSETS / "fonts").glob("*.woff2")}

    def content(self, *named: str) -> bytes | None:
        (name,) = named
        return (ASSETS / "fonts" / name).read_bytes() if name in self.names else None
