"""Picture files from outside: bounded before they are decoded, and only as PNG or JPEG.

What a file claims about itself is read from its first bytes; what it would cost to decode
follows from that, and is refused before it is spent.
"""

from __future__ import annotations

import io
import threading

import numpy as np
from PIL import Image

from lenet.catalogue import gettext as _
from lenet.catalogue import number

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
            _("The picture has more than {most} megabytes; please choose a smaller one.").format(
                most=number(MOST_BYTES // 1024 // 1024)
            )
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
        raise PictureError(
            _(
                "The picture has far too many pixels; please send one of at most {most} million."
            ).format(most=number(MOST_PIXELS // 1_000_000))
        ) from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError):
        raise _unreadable() from None


def _bound(picture: Image.Image, content: bytes) -> None:
    """Raise PictureError for a picture that would cost too much to decode."""
    width, height = picture.size
    whole = picture.format == "PNG" or bool(picture.info.get("progressive"))
    if width * height > (MOST_PIXELS_WHOLE if whole else MOST_PIXELS):
        raise _too_many(width * height, whole)
    if picture.format == "JPEG" and content.count(_START_OF_SCAN) > MOST_SCANS:
        raise _unreadable()


def _too_many(pixels: int, whole: bool) -> PictureError:
    if whole:
        most = MOST_PIXELS_WHOLE
        sentence = _(
            "The picture has {count} million pixels; please send one of at most {most} million, "
            "or a plain JPEG."
        )
    else:
        most = MOST_PIXELS
        sentence = _(
            "The picture has {count} million pixels; please send one of at most {most} million."
        )
    return PictureError(sentence.format(count=number(pixels / 1e6), most=number(most // 1_000_000)))


def _unreadable() -> PictureError:
    return PictureError(
        _("The file cannot be read as a PNG or JPEG picture; please choose another one.")
    )
