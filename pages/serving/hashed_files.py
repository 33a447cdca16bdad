"""Files of assets that a page fetches one by one when it needs them, under addresses with a hash.

An address names the file's content, so a browser keeps what it has fetched, and every copy of the
app knows it.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from lenet.browser.assets import ASSETS
from pages.serving.kept_files import KeptFiles

FOLDERS = ("training",)
"""The folders in assets of which files are served."""

_HASH = 16  # hexadecimal digits in an address

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


class HashedFiles(KeptFiles):
    """ASGI middleware: answers requests for the addresses that ``address_of`` gives."""

    # A page's address, and before it the folder that the app is in, can be anything.
    address = re.compile(
        r"(?:/[\w~+-]+)*?/files/([0-9a-f]{16})/((?:[\w-]+/)+[\w-]+\.(?:safetensors|png|bin|gz))",
        re.ASCII,
    )
    headers = MappingProxyType(
        {"content-type": "application/octet-stream", "x-content-type-options": "nosniff"}
    )

    def content(self, *named: str) -> bytes | None:
        """The file of that name in one of the folders, if that is still its hash."""
        wanted, name = named
        path = ASSETS / name
        try:
            if name.partition("/")[0] not in FOLDERS or path.stat().st_size > _LARGEST:
                return None
            content = path.read_bytes()
        except OSError:
            return None
        return content if _hash_of(content) == wanted else None
