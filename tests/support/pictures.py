"""Pictures of digits, and files that are none, as visitors send them."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.support.digits import DIGITS


def photo(digits: str) -> bytes:
    """Digits in pencil on unevenly lit paper, photographed out of focus, as JPEG.

    Each stands in the middle of 900 x 700 pixels, from left to right.
    """
    width = 900 * len(digits)
    picture = Image.new("L", (width, 700), 0)
    pen = ImageDraw.Draw(picture)
    for place, digit in enumerate(digits):
        for stroke in DIGITS[digit]:
            points = [(900 * place + 250 + 1.5 * x, 150 + 1.5 * y) for x, y in stroke]
            pen.line(points, fill=255, width=22, joint="curve")
    ink = np.asarray(picture.filter(ImageFilter.GaussianBlur(2))) / 255
    rows, columns = np.mgrid[:700, :width]
    paper = 210 - 54 * columns / width - 0.05 * rows
    noise = np.random.default_rng(1).normal(0, 3, paper.shape)
    grey = (paper * (1 - 0.75 * ink) + noise).clip(0, 255).astype(np.uint8)
    content = io.BytesIO()
    Image.fromarray(grey).convert("RGB").save(content, "JPEG", quality=85)
    return content.getvalue()


def png(pixels: np.ndarray) -> bytes:
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    return content.getvalue()


def huge_png() -> bytes:
    """A PNG that claims 10,000 x 10,000 pixels in a few hundred bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"0" * 99))
