"""Whatever is uploaded becomes pixels, or one sentence that quotes nothing from it."""

from __future__ import annotations

import io
import math
import struct
import time
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lenet.drawing import InkError, photo
from lenet.files.picture_file import (
    MOST_BYTES,
    MOST_PIXELS,
    MOST_PIXELS_WHOLE,
    PictureError,
    pixels,
)
from tests.support.mutants import check_sentence, mutants

HEIC = Path(__file__).parents[1] / "unit/files/pictures/upright.heic"


def saved(mode: str, kind: str, size: tuple[int, int] = (12, 9), **options: object) -> bytes:
    content = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (*size[::-1], 4), np.uint8)
    Image.fromarray(noise).convert(mode).save(content, kind, **options)
    return content.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, extra: bytes = b"", colour: int = 0, bits: int = 8) -> bytes:
    """A PNG of one colour: large pictures in few bytes."""
    channels = {0: 1, 2: 3, 3: 1, 6: 4}[colour]
    row = bytes(1 + (width * channels * bits + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + extra
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


VALID = (
    saved("L", "PNG"),
    saved("RGBA", "PNG"),
    saved("P", "PNG"),
    saved("1", "PNG"),
    saved("RGB", "JPEG"),
    saved("L", "JPEG", progressive=True),
    saved("CMYK", "JPEG"),
    saved("I;16", "PNG"),
    saved("RGB", "WEBP"),
    saved("RGBA", "WEBP", lossless=True),
    saved("P", "GIF"),
    saved("L", "BMP"),
    saved("RGB", "TIFF", compression="tiff_lzw"),
    saved("I;16", "TIFF", tiffinfo={274: 6}),
    saved("F", "TIFF", compression="tiff_adobe_deflate"),
    saved("RGB", "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"),
    HEIC.read_bytes(),
)


@given(mutants(*VALID))
def test_a_damaged_picture_is_pixels_or_a_sentence(content: bytes) -> None:
    try:
        read = pixels(content)
    except PictureError as error:
        check_sentence(error)
        return
    assert read.dtype == np.uint8
    assert read.shape[2:] == (4,)
    assert max(read.shape) <= 2048
    assert (pixels(content) == read).all()


shapes = st.sampled_from([(0,), (5,), (1, 1), (2, 3), (5, 4), (4, 5, 3), (3, 3, 4), (2, 2, 2, 2)])
types = st.sampled_from([np.uint8, np.uint8, np.uint16, np.float32, np.float64, np.complex64])


def array_of(shape: tuple[int, ...], kind: type, content: bytes) -> np.ndarray:
    """Bytes taken for an array: any numbers, NaN and infinity among them."""
    size = math.prod(shape) * np.dtype(kind).itemsize
    return np.frombuffer((content * (size // len(content) + 1))[:size], kind).reshape(shape)


@given(st.builds(array_of, shapes, types, st.binary(min_size=1, max_size=24)))
def test_any_array_is_an_input_or_a_sentence(array: np.ndarray) -> None:
    try:
        with np.errstate(all="ignore"):
            read = photo.from_image(array)
    except InkError as error:
        check_sentence(error)
        return
    assert read is None or (read.shape == (1, 1, 32, 32) and bool(torch.isfinite(read).all()))


@pytest.mark.parametrize("kind", ["PPM", "ICO", "TGA", "PCX", "SGI", "AVIF", "JPEG2000", "EPS"])
def test_other_formats_are_refused_whatever_the_file_is_called(kind: str) -> None:
    with pytest.raises(PictureError, match="please send a PNG, JPEG, WebP"):
        pixels(saved("RGB", kind))


@pytest.mark.parametrize(
    "text", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\x89PNG", b"", b"\0" * 99]
)
def test_what_is_no_picture_is_told_what_is(text: bytes) -> None:
    with pytest.raises(PictureError, match="please send a PNG, JPEG, WebP"):
        pixels(text)


@pytest.mark.parametrize("start", [b"BMW is a maker of cars", b"RIFF....WAVE", b"GIF89a", b"II*\0"])
def test_what_only_begins_like_a_picture_is_called_damaged(start: bytes) -> None:
    with pytest.raises(PictureError, match="is damaged"):
        pixels(start + b" and so on" * 20)


def bombs() -> dict[str, bytes]:
    side = int(MOST_PIXELS_WHOLE**0.5) + 1
    plain = saved("L", "JPEG", (64, 64), progressive=True)
    scan = plain.rfind(b"\xff\xda")
    large = saved("L", "JPEG", (16, 16)).replace(
        struct.pack(">HH", 16, 16), struct.pack(">HH", 65_000, 65_000)
    )
    return {
        "many pixels": png(side, side),
        "many pixels in colour": png(side, side, colour=6, bits=16),
        "billions of pixels": png(4, 4).replace(
            struct.pack(">II", 4, 4), struct.pack(">II", 2**31 - 1, 2**31 - 1)
        ),
        "a JPEG that claims billions": large,
        "a gigabyte of text": png(
            9,
            9,
            b"".join(chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(50_000_000))) for _ in "0123"),
        ),
        "a profile of a gigabyte": png(
            9, 9, chunk(b"iCCP", b"k\0\0" + zlib.compress(bytes(200_000_000)))
        ),
        "thousands of passes": plain[:scan] + plain[scan:-2] * 5_000 + plain[-2:],
        "more bytes than a picture has": bytes(MOST_BYTES + 1),
    }


def test_what_would_fill_the_memory_is_refused_before_it_does() -> None:
    for what, content in bombs().items():
        tracemalloc.start()
        begin = time.process_time()
        with pytest.raises(PictureError) as refusal:
            pixels(content)
        assert time.process_time() - begin < 0.5, what
        assert tracemalloc.get_traced_memory()[1] < 20_000_000, what
        tracemalloc.stop()
        check_sentence(refusal.value)


def test_what_a_phone_or_a_scanner_makes_is_read() -> None:
    assert pixels(saved("RGB", "JPEG", (4000, 3000))).shape[1] <= 2048
    assert pixels(png(2480, 3508)).shape == (2048, 1448, 4)
    assert MOST_PIXELS > 4000 * 3000
    assert MOST_PIXELS_WHOLE > 2480 * 3508
