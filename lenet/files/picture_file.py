"""Picture files from outside: bounded before they are decoded, and only as PNG or JPEG.

What a file claims about itself is read from its first bytes; what it would cost to decode
follows from that, and is refused before it is spent.
"""

from __future__ import annotations

import io
import threading

import numpy as np
from PIL import Image

FORMATS = ("PNG", "JPEG")

MOST_BYTES = 20 * 1024 * 1024
"""Size of a file; a phone's photo has 2 to 12 million bytes."""

MOST_PIXELS = 40_000_000
"""Of a JPEG that can be decoded at a fraction of its size; a phone's has 12 to 24 million."""

MOST_PIXELS_WHOLE = 10_000_000
"""Of a PNG or a progressive JPEG, which have to be decoded whole; a scanned page has 9 million."""

MOST_SCANS = 50
"""Passes over the picture in one JPEG; a progressive one has about ten, a plain one one."""

_DRAFT, _LONGEST = 1024, 2048  # pixels; what looks for the digit needs no more

_START_OF_SCAN = b"\xff\xda"

# Whoever sends pictures at the same time waits a moment instead of adding up in memory.
_one_at_a_time = threading.Lock()


class PictureError(ValueError):
    """A picture that cannot be used; its text tells what to do, and quotes nothing from it."""


def pixels(content: bytes) -> np.ndarray:
    """A file's picture, (h, w, 4) uint8 of red, green, blue and opacity, of 2,048 pixels at most.

    Raises PictureError for what is no PNG or JPEG, is damaged, or larger than the bounds above.
    """
    if len(content) > MOST_BYTES:
        raise PictureError(
            f"The picture has more than {MOST_BYTES // 1024 // 1024} megabytes; please choose a "
            "smaller one."
        )
    try:
        with _one_at_a_time, Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            _bound(picture, content)
            # A JPEG can be decoded at a fraction of its size, which saves memory and time.
            picture.draft("L", (_DRAFT, _DRAFT))
            picture.thumbnail((_LONGEST, _LONGEST))
            return np.asarray(picture.convert("RGBA"))
    except PictureError:
        raise
    except Image.DecompressionBombError:
        raise _too_many(MOST_PIXELS, "far too many") from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError):
        raise _unreadable() from None


def _bound(picture: Image.Image, content: bytes) -> None:
    """Raise PictureError for a picture that would cost too much to decode."""
    width, height = picture.size
    whole = picture.format == "PNG" or bool(picture.info.get("progressive"))
    most = MOST_PIXELS_WHOLE if whole else MOST_PIXELS
    if width * height > most:
        raise _too_many(most, f"{width * height / 1e6:.0f} million")
    if picture.format == "JPEG" and content.count(_START_OF_SCAN) > MOST_SCANS:
        raise _unreadable()


def _too_many(most: int, has: str) -> PictureError:
    other = ", or a plain JPEG" if most == MOST_PIXELS_WHOLE else ""
    return PictureError(
        f"The picture has {has} pixels; please send one of at most {most // 1_000_000} million"
        f"{other}."
    )


def _unreadable() -> PictureError:
    return PictureError(
        "The file cannot be read as a PNG or JPEG picture; please choose another one."
    )
