"""Files read up to a bound, whatever they are: nothing larger than expected fills the memory."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

from lenet.catalogue import gettext as _
from lenet.catalogue import number


class TooLargeError(ValueError):
    """There is more than there can be; the text says how much was expected at most."""


def read(path: Path, most: int) -> bytes:
    """The content of a file of at most ``most`` bytes. Raises TooLargeError, OSError."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLargeError(_("it has more than {most} bytes").format(most=number(most)))
    return content


def gunzip(content: bytes, most: int) -> bytes:
    """What was gzipped, of at most ``most`` bytes.

    Raises TooLargeError as soon as there is more, EOFError for a stream that is cut short, and
    zlib.error for one that is damaged or followed by anything.
    """
    stream = zlib.decompressobj(wbits=31)
    unpacked = stream.decompress(content, most + 1)
    if len(unpacked) > most:
        raise TooLargeError(_("it has more than {most} bytes unpacked").format(most=number(most)))
    if not stream.eof:
        raise EOFError(_("its compressed stream ends too early"))
    if stream.unused_data:
        raise zlib.error(_("something follows its compressed stream"))
    return unpacked


def whole(value: Any) -> int:
    """A number of JSON that counts something. Raises ValueError for any other value."""
    if type(value) is not int or not 0 <= value < 2**40:
        raise ValueError("it is no whole number")
    return value


def parse_json(content: bytes) -> Any:
    """JSON as Python reads it; every way of being unreadable is a ValueError."""
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
