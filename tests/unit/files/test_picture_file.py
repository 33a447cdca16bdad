"""Every kind of file that phones and scanners make gives the same upright picture."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lenet.files.picture_file import PictureError, pixels
from lenet.files.picture_formats import FORMATS

PICTURES = Path(__file__).parent / "pictures"
ROOT = Path(__file__).parents[3]


def scene() -> Image.Image:
    """Paper with a red corner at the top left and a blue one at the bottom right."""
    levels = np.full((48, 64, 3), 230, np.uint8)
    levels[4:20, 6:30] = (200, 20, 20)
    levels[24:44, 40:60] = (20, 20, 200)
    return Image.fromarray(levels)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def apart(content: bytes, expected: Image.Image) -> float:
    """Mean difference of grey levels between a file's pixels and a picture of the same size."""
    read = pixels(content)
    assert read.dtype == np.uint8
    assert read.shape == (expected.height, expected.width, 4)
    assert (read[:, :, 3] == 255).all()
    return float(np.abs(read[:, :, :3].astype(int) - np.asarray(expected.convert("RGB"))).mean())


FILES = {
    "PNG": saved(scene(), "PNG"),
    "PNG with a palette": saved(scene().quantize(16), "PNG"),
    "JPEG": saved(scene(), "JPEG", quality=95),
    "JPEG for printing": saved(scene().convert("CMYK"), "JPEG", quality=95),
    "several JPEGs in one": saved(
        scene(), "MPO", quality=95, save_all=True, append_images=[Image.new("RGB", (64, 48))]
    ),
    "WebP": saved(scene(), "WEBP", lossless=True),
    "moving WebP": saved(
        scene(), "WEBP", lossless=True, save_all=True, append_images=[Image.new("RGB", (64, 48))]
    ),
    "GIF": saved(scene(), "GIF"),
    "moving GIF": saved(
        scene(), "GIF", save_all=True, append_images=[Image.new("RGB", (64, 48))], loop=0
    ),
    "BMP": saved(scene(), "BMP"),
    "TIFF": saved(scene(), "TIFF"),
    "TIFF of two pages": saved(
        scene(), "TIFF", save_all=True, append_images=[Image.new("RGB", (64, 48))]
    ),
    "packed TIFF": saved(scene(), "TIFF", compression="tiff_lzw"),
    "TIFF for printing": saved(scene().convert("CMYK"), "TIFF"),
    "HEIC": (PICTURES / "upright.heic").read_bytes(),
}


@pytest.mark.parametrize("kind", FILES)
def test_every_format_gives_the_same_picture(kind: str) -> None:
    assert apart(FILES[kind], scene()) < 3


TURNS = {
    1: [],
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.ROTATE_90, Image.Transpose.FLIP_TOP_BOTTOM],
    6: [Image.Transpose.ROTATE_90],
    7: [Image.Transpose.ROTATE_90, Image.Transpose.FLIP_LEFT_RIGHT],
    8: [Image.Transpose.ROTATE_270],
}
"""EXIF orientation -> what a camera held that way does to the upright scene."""


@pytest.mark.parametrize("orientation", TURNS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_what_the_camera_recorded_lying_is_turned_upright(kind: str, orientation: int) -> None:
    lying = scene()
    for turn in TURNS[orientation]:
        lying = lying.transpose(turn)
    tags = Image.Exif()
    tags[274] = orientation
    options = {"quality": 95} if kind == "JPEG" else {}
    assert apart(saved(lying, kind, exif=tags, **options), scene()) < 5


def test_a_turned_heic_is_turned_once() -> None:
    assert apart((PICTURES / "turned.heic").read_bytes(), scene()) < 5


def test_damaged_tags_leave_the_picture_as_it_lies() -> None:
    for tags in (
        b"",
        b"Exif\0\0",
        b"Exif\0\0MM\0*\0\0\0\x08\0\x09\x01\x12",
        b"Exif\0\0II" + b"\xff" * 90,
    ):
        assert apart(saved(scene(), "JPEG", quality=95, exif=tags), scene()) < 3


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_grey_of_more_bits_is_the_same_grey(kind: str, bits: int) -> None:
    grey = np.linspace(0, 1, 64)[None, :].repeat(48, 0)
    levels = (grey * (2**bits - 1)).astype(np.uint16)
    read = pixels(saved(Image.fromarray(levels), kind))
    assert np.abs(read[:, :, 0] - 255 * grey).max() <= 1.01


@pytest.mark.parametrize("full", [1, 255, 65535])
def test_fractions_and_large_numbers_are_grey_levels(full: float) -> None:
    grey = np.linspace(0, 1, 64, dtype=np.float32)[None, :].repeat(48, 0) * full
    grey[0, :3] = np.nan, -full, np.inf
    read = pixels(saved(Image.fromarray(grey), "TIFF"))[:, :, 0]
    assert (read[0, :3] == 0).all()
    assert np.abs(read[1:] - np.linspace(0, 255, 64)).max() <= 1.01


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "GIF"])
def test_pictures_of_two_levels_are_read(kind: str) -> None:
    two = scene().convert("L").point(lambda level: 255 * (level > 128)).convert("1")
    assert apart(saved(two, kind), two) == 0


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_transparent_stays_so(kind: str) -> None:
    picture = scene().convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    read = pixels(saved(picture, kind, lossless=True))
    assert np.abs(read[:, :, 3].astype(int) - np.asarray(picture)[:, :, 3]).max() <= 1


def test_large_pictures_are_reduced_not_cut() -> None:
    for kind in ("JPEG", "TIFF", "WEBP", "BMP"):
        large = scene().resize((2560, 1920), Image.Resampling.NEAREST)
        read = pixels(saved(large, kind))
        assert max(read.shape) <= 2048
        small = np.asarray(Image.fromarray(read).convert("RGB").resize((64, 48)))
        assert np.abs(small.astype(int) - np.asarray(scene())).mean() < 8, kind


def test_a_tiff_whose_tiles_are_larger_than_any_picture_is_refused() -> None:
    tags = {256: 16, 257: 16, 258: 8, 259: 1, 262: 1, 277: 1, 322: 60_000, 323: 60_000}
    entries = [(tag, 4, 1, value) for tag, value in (tags | {324: 200, 325: 256}).items()]
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    head = b"II*\0" + struct.pack("<IH", 8, len(entries)) + table + bytes(4)
    with pytest.raises(PictureError, match="damaged"):
        pixels(head.ljust(200, b"\0") + bytes(256))


def test_what_reads_a_format_is_imported_with_the_first_such_file() -> None:
    source = """
import sys
from lenet.files import picture_file
from pathlib import Path
readers = {"pi_heif", "PIL.TiffImagePlugin", "PIL.WebPImagePlugin"}
assert not readers & set(sys.modules)
picture_file.pixels(Path(sys.argv[1]).read_bytes())
print(readers & set(sys.modules))
"""
    ran = subprocess.run(
        [sys.executable, "-c", source, str(PICTURES / "upright.heic")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "{'pi_heif'}"


def test_the_refusal_names_every_format_that_is_read() -> None:
    with pytest.raises(PictureError) as refusal:
        pixels(b"%PDF-1.7")
    assert set(FORMATS) == {"PNG", "JPEG", "WebP", "GIF", "BMP", "TIFF", "HEIC"}
    assert all(name in str(refusal.value) for name in FORMATS)
