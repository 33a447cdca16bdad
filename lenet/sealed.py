"""Bytes as a short text that fits into an address and tells when it was cut or changed.

Three bytes of CRC-32 and the content, in base64url. Whoever makes such a text on purpose can pass
the checksum, so what comes out of it is bounded by whoever reads it.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib

_CHECKSUM = 3  # bytes


class DamagedError(ValueError):
    """A text that was not made here, or was changed on its way."""


def seal(content: bytes) -> str:
    """The text of some bytes."""
    return base64.urlsafe_b64encode(_checksum(content) + content).decode().rstrip("=")


def unseal(text: str) -> bytes:
    """The bytes of a text that ``seal`` made. Raises DamagedError for any other."""
    if not re.fullmatch(r"[0-9A-Za-z_-]*", text, re.ASCII):
        raise DamagedError
    try:
        everything = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except binascii.Error:
        raise DamagedError from None
    checksum, content = everything[:_CHECKSUM], everything[_CHECKSUM:]
    if checksum != _checksum(content):
        raise DamagedError
    return content


def _checksum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "big")[-_CHECKSUM:]
