"""Files that the server answers by itself, under addresses whose content never changes.

A middleware around the whole server; a host that ignores ``st.App`` goes without.
"""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from starlette.types import ASGIApp, Receive, Scope, Send

_KEPT = "max-age=31536000, immutable"


class KeptFiles(ABC):
    """ASGI middleware: answers requests whose path is an ``address``, and passes on all others."""

    address: ClassVar[re.Pattern[str]]
    headers: ClassVar[Mapping[str, str]]

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    @abstractmethod
    def content(self, *named: str) -> bytes | None:
        """The file that the groups of ``address`` name; None leaves the answer to the app."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        found = self.address.fullmatch(scope["path"]) if asks else None
        content = await asyncio.to_thread(self.content, *found.groups()) if found else None
        if content is None:
            await self.app(scope, receive, send)
            return
        headers = {
            **self.headers,
            "content-length": str(len(content)),
            "cache-control": _KEPT,
        }
        raw = [(name.encode(), text.encode()) for name, text in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        body = b"" if scope["method"] == "HEAD" else content
        await send({"type": "http.response.body", "body": body})
