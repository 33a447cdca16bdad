"""The fonts in assets/fonts, for browsers on devices that have no Korean or Chinese letters.

A middleware around the whole server; a host that ignores ``st.App`` goes without, and there such a
device shows boxes. The style sheets in that folder name each font with a hash of its content, so a
browser keeps what it has fetched.
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from lenet.browser.assets import ASSETS

# A page's address, and before it the folder that the app is in, can be anything.
_PATH = re.compile(r"(?:/[\w~+-]+)*/fonts/([\w-]+\.woff2)", re.ASCII)
_KEPT = "max-age=31536000, immutable"


class Fonts:
    """ASGI middleware: answers requests for the shipped fonts, each read when it is asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.names = {path.name for path in (ASSETS / "fonts").glob("*.woff2")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        found = _PATH.fullmatch(scope["path"]) if asks else None
        if not found or found[1] not in self.names:
            await self.app(scope, receive, send)
            return
        content = (ASSETS / "fonts" / found[1]).read_bytes()
        headers = {
            "content-type": "font/woff2",
            "content-length": str(len(content)),
            "cache-control": _KEPT,
        }
        raw = [(name.encode(), text.encode()) for name, text in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        body = b"" if scope["method"] == "HEAD" else content
        await send({"type": "http.response.body", "body": body})
