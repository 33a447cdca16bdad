"""Files of assets that a page fetches one by one when it needs them, under addresses with a hash.

A middleware around the whole server; a host that ignores ``st.App`` goes without. An address names
the file's content, so a browser keeps what it has fetched, and every copy of the app knows it.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from lenet.browser.assets import ASSETS

FOLDERS = ("training",)
"""The folders in assets of which files are served."""

_HASH = 16  # hexadecimal digits in an address

# A page's address, and before it the folder that the app is in, can be anything.
_PATH = re.compile(
    r"(?:/[\w~+-]+)*?/files/([0-9a-f]{16})/((?:[\w-]+/)+[\w-]+\.(?:safetensors|png|bin|gz))",
    re.ASCII,
)
_KEPT = "max-age=31536000, immutable"
_LARGEST = 4 * 2**20


def address_of(path: Path) -> str:
    """Where a browser gets a file of assets, relative to the page. Raises OSError, ValueError."""
    status = path.stat()
    found = _hash(path, status.st_mtime_ns, status.st_size)
    return f"files/{found}/{path.relative_to(ASSETS).as_posix()}"


@lru_cache(maxsize=512)
def _hash(path: Path, _changed: int, _size: int) -> str:
    return _hash_of(path.read_bytes())


def _hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_HASH]


class HashedFiles:
    """ASGI middleware: answers requests for the addresses that ``address_of`` gives."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        found = _PATH.fullmatch(scope["path"]) if asks else None
        content = await asyncio.to_thread(_content, found[1], found[2]) if found else None
        if content is None:
            await self.app(scope, receive, send)
            return
        headers = {
            "content-type": "application/octet-stream",
            "content-length": str(len(content)),
            "cache-control": _KEPT,
            "x-content-type-options": "nosniff",
        }
        raw = [(name.encode(), text.encode()) for name, text in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        body = b"" if scope["method"] == "HEAD" else content
        await send({"type": "http.response.body", "body": body})


def _content(wanted: str, name: str) -> bytes | None:
    """The file of that name in one of the folders, if that is still its hash."""
    path = ASSETS / name
    try:
        if name.partition("/")[0] not in FOLDERS or path.stat().st_size > _LARGEST:
            return None
        content = path.read_bytes()
    except OSError:
        return None
    return content if _hash_of(content) == wanted else None
