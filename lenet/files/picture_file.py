"""Picture files from outside: bounded before they are decoded, and turned upright.

What a file claims about itself is read from its first bytes; what it would cost to decode
follows from that, and is refused before it is spent. What reads a format is imported when the
first such file comes.
"""

from __future__ import annotations

import importlib
import io
import struct
import threading

import numpy as np
from PIL import ExifTags, Image

from lenet.catalogue import as_list, number
from lenet.catalogue import gettext as _
from lenet.files.picture_formats import FORMATS

MOST_BYTES = 20 * 1024 * 1024
"""Size of a file; a phone's photo has 2 to 12 million bytes."""

MOST_PIXELS = 40_000_000
"""Of a JPEG that can be decoded at a fraction of its size; a phone's has 12 to 24 million."""

MOST_PIXELS_WHOLE = 10_000_000
"""Of what has to be decoded whole, a PNG or a progressive JPEG; a scanned page has 9 million."""

MOST_PIXELS_HEIC = 26_000_000
"""Of a HEIC, decoded whole too but into three bytes a pixel; an iPhone's has 12 or 24 million."""

MOST_SCANS = 50
"""Passes over the picture in one JPEG; a progressive one has about ten, a plain one one."""

_DRAFT, _LONGEST = 1024, 2048  # pixels; what looks for the digit needs no more

_START_OF_SCAN = b"\xff\xda"

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

_TILE_WIDTH, _TILE_LENGTH = 322, 323
"""Tags of a TIFF."""

_WHITES = (1, 255, 1023, 4095, 16383, 65535)
"""Of fractions, and of 8 to 16 bits; a scanner may fill only the lower ones of a file's bits."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each orientation of EXIF (1 is upright)."""

# Whoever sends pictures at the same time waits a moment instead of adding up in memory.
_one_at_a_time = threading.Lock()

_FAILURES = (
    *(OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError),
    *(AttributeError, OverflowError, RuntimeError, struct.error, ZeroDivisionError),
)
"""What Pillow and libheif raise over damaged files."""


class PictureError(ValueError):
    """A picture that cannot be used; its text tells what to do, and quotes nothing from it."""


_PLUGINS = {
    b"\x89PNG\r\n\x1a\n": "Png",
    b"\xff\xd8\xff": "Jpeg",
    b"GIF87a": "Gif",
    b"GIF89a": "Gif",
    b"BM": "Bmp",
    b"RIFF": "WebP",
    b"II*\0": "Tiff",
    b"MM\0*": "Tiff",
}
"""First bytes of a file -> Pillow's module that reads it."""


def pixels(content: bytes) -> np.ndarray:
    """A file's picture, upright, (h, w, 4) uint8 of red, green, blue and opacity.

    At most 2,048 pixels a side; larger ones are reduced. Upright is what the file's orientation
    tag says. Raises PictureError for what is no PNG, JPEG, WebP, GIF, BMP,
    TIFF, HEIC or HEIF, is damaged, or larger than the
    bounds above.
    """
    if len(content) > MOST_BYTES:
        raise PictureError(
            _("The picture has more than {most} megabytes; please choose a smaller one.").format(
                most=number(MOST_BYTES // 1024 // 1024)
            )
        )
    try:
        with _one_at_a_time:
            if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
                return _heif(content)
            return _with_pillow(content)
    except PictureError:
        raise
    except Image.DecompressionBombError:
        raise PictureError(
            _(
                "The picture has far too many pixels; please send one of at most {most} million."
            ).format(most=number(MOST_PIXELS // 1_000_000))
        ) from None
    except _FAILURES:
        raise PictureError(
            _("The picture is damaged and cannot be read; please choose another one.")
        ) from None


def _with_pillow(content: bytes) -> np.ndarray:
    plugin = next((name for first, name in _PLUGINS.items() if content.startswith(first)), None)
    if plugin is None:
        raise _of_no_known_format()
    importlib.import_module(f"PIL.{plugin}ImagePlugin")
    with Image.open(io.BytesIO(content), formats=[plugin]) as picture:
        _bound(picture, content)
        # A JPEG can be decoded at a fraction of its size, which saves memory and time.
        picture.draft(None, (_DRAFT, _DRAFT))
        picture.load()
        turn = _turn(picture)  # a TIFF is upright by now, and says so
        reduced = _reduced(picture).convert("RGBA")
        return np.asarray(reduced if turn is None else reduced.transpose(turn))


def _bound(picture: Image.Image, content: bytes) -> None:
    """Raise PictureError for a picture that would cost too much to decode."""
    width, height = picture.size
    jpeg = picture.format in ("JPEG", "MPO")  # phones put several JPEGs into one file
    whole = not jpeg or bool(picture.info.get("progressive"))
    most = MOST_PIXELS_WHOLE if whole else MOST_PIXELS
    if width * height > most:
        raise _too_many(width * height, most)
    if jpeg and content.count(_START_OF_SCAN) > MOST_SCANS:
        raise ValueError("too many passes")
    if picture.format == "TIFF":
        tags = picture.tag_v2  # type: ignore[attr-defined]
        if tags.get(_TILE_WIDTH, 0) * tags.get(_TILE_LENGTH, 0) > MOST_PIXELS_WHOLE:
            raise ValueError("tiles larger than a picture")


def _reduced(picture: Image.Image) -> Image.Image:
    """Its longer side within the bound, in whole numbers of 0 to 255."""
    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        picture = Image.fromarray(_of_eight_bits(np.asarray(picture)))
    elif picture.mode == "LAB":
        picture = picture.getchannel("L")
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode in ("P", "PA"):
        picture = picture.convert("RGBA")
    picture.thumbnail((_LONGEST, _LONGEST))
    return picture


def _of_eight_bits(levels: np.ndarray) -> np.ndarray:
    """Grey levels in more bits, or as fractions, as uint8; negative ones and NaN are black."""
    levels = np.nan_to_num(levels.astype(np.float32), nan=0, posinf=0, neginf=0).clip(0, None)
    highest = float(levels.max(initial=0))
    full = next((white for white in _WHITES if highest <= white), highest)
    return (levels / full * 255).round().astype(np.uint8)


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """How the pixels have to be turned or mirrored, by the file's orientation tag."""
    try:
        return _TURNS.get(int(picture.getexif().get(ExifTags.Base.Orientation, 1)))
    except _FAILURES:  # the tags are damaged; the picture may not be
        return None


def _heif(content: bytes) -> np.ndarray:
    """As ``pixels``, of a HEIC or HEIF file; libheif turns it upright itself."""
    import pi_heif

    # What belongs to the picture but is not it costs memory.
    for extra in ("THUMBNAILS", "DEPTH_IMAGES", "AUX_IMAGES"):
        setattr(pi_heif.options, extra, False)
    pi_heif.options.DECODE_THREADS = 1
    picture = pi_heif.open_heif(content)
    width, height = picture.size
    if width * height > MOST_PIXELS_HEIC:
        raise _too_many(width * height, MOST_PIXELS_HEIC)
    decoded = np.asarray(picture)[:, : picture.size[0]]
    skip = -(-max(decoded.shape[:2]) // (2 * _LONGEST))  # thinned out first, to spare a copy
    reduced = Image.fromarray(np.ascontiguousarray(decoded[::skip, ::skip]))
    reduced.thumbnail((_LONGEST, _LONGEST))
    return np.asarray(reduced.convert("RGBA"))


def _too_many(pixels: int, most: int) -> PictureError:
    sentence = (
        _("The picture has {count} million pixels; please send one of at most {most} million.")
        if most == MOST_PIXELS
        else _(
            "The picture has {count} million pixels; please send one of at most {most} million, "
            "or a plain JPEG."
        )
    )
    return PictureError(sentence.format(count=number(pixels / 1e6), most=number(most // 1_000_000)))


def _of_no_known_format() -> PictureError:
    return PictureError(
        _(
            "The file is no picture that can be read here; please send a {formats} or {last}."
        ).format(formats=as_list(FORMATS[:-1]), last=FORMATS[-1])
    )
