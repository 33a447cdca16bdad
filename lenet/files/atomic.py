"""Files written so that readers see the old one or the new one, never half of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file at once.

    Raises OSError, which names the file, when the disk is full or closed to us; then nothing has
    changed.
    """
    with pending(path, content) as put:
        put()


def write_json(path: Path, content: object) -> None:
    """Write ``content`` as indented JSON, like ``write``."""
    write(path, as_json(content))


def as_json(content: object) -> bytes:
    """``content`` as indented JSON with a final line break."""
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def as_compact_json(content: object) -> bytes:
    """``content`` as JSON on one line."""
    return (json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


@contextmanager
def pending(path: Path, content: bytes) -> Iterator[Callable[[], object]]:
    """Write the content beside ``path``; the function that is handed out puts it in place.

    Several files can so be on the disk before any of them replaces an old one. Raises OSError as
    ``write`` does.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        try:
            part.write_bytes(content)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from error
        yield lambda: part.replace(path)
    finally:
        part.unlink(missing_ok=True)
