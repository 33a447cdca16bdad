"""Pictures of digits get the size and place that MNIST would have given them, however taken."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

import lenet
from lenet import ink, spec
from lenet.drawing import link, photo
from lenet.files import picture_file
from tests.support import pens

SIDE = 400
DIGITS = pens.drawings(writers=1)
EIGHT = DIGITS[8]


def sheet(drawing: pens.Drawing, side: int = SIDE, height: int = 220, at=(90, 90)) -> np.ndarray:
    """(side, side) from 0 (paper) to 1 (ink): a digit so high, its box's corner at (x, y)."""
    points = np.array([point for stroke in drawing.strokes for point in stroke])
    pen = height * 2 * ink.STROKE_RADIUS / 20
    scale = 4 * (height - pen) / np.ptp(points, axis=0).max()
    image = Image.new("L", (4 * side, 4 * side))
    pencil = ImageDraw.Draw(image)
    for stroke in drawing.strokes:
        path = (np.array(stroke) - points.min(axis=0)) * scale + 4 * (np.array(at) + pen / 2)
        pencil.line([tuple(point) for point in path], 255, round(4 * pen), joint="curve")
        for x, y in path:
            pencil.circle((x, y), 2 * pen, 255)
    return np.asarray(image.resize((side, side), Image.Resampling.BOX)) / 255


@pytest.fixture(scope="module")
def clean() -> torch.Tensor:
    """What a photo of an eight gives under the best of circumstances."""
    x = ink.from_image(dark_on_light(sheet(EIGHT)))
    assert x is not None
    return x


def dark_on_light(inked: np.ndarray) -> np.ndarray:
    return (235 - 200 * inked).astype(np.uint8)


def same(array: np.ndarray, expected: torch.Tensor, within: float = 0.04) -> None:
    """Alike on average, up to anti-aliasing and one pixel of rounding the centre of mass."""
    x = ink.from_image(array)
    assert x is not None
    shifts = [(row, column) for row in (-1, 0, 1) for column in (-1, 0, 1)]
    apart = min(float((x.roll(shift, (2, 3)) - expected).abs().mean()) for shift in shifts)
    assert apart < within


def grey(x: torch.Tensor) -> np.ndarray:
    """(32, 32) uint8, ink 255, of a network input."""
    share = (x[0, 0].numpy() - spec.BACKGROUND) / (spec.INK - spec.BACKGROUND)
    return (share * 255).round().astype(np.uint8)


def test_photos_of_all_digits_are_read():
    read = []
    for drawing in DIGITS:
        x = ink.from_image(dark_on_light(sheet(drawing, at=(120, 60))))
        assert x is not None
        read.append(int(lenet.load()(x).argmin()))
    assert read == [drawing.digit for drawing in DIGITS]


def test_an_input_saved_as_a_picture_is_the_same_input_again(clean):
    again = ink.from_image(grey(clean))
    assert again is not None
    torch.testing.assert_close(again, clean, atol=0.05, rtol=0)


def test_dark_on_light_and_light_on_dark_are_the_same():
    light = (255 * sheet(EIGHT)).astype(np.uint8)
    torch.testing.assert_close(ink.from_image(255 - light), ink.from_image(light))


@pytest.mark.parametrize("at", [(5, 5), (5, 175), (175, 5), (90, 60)])
def test_where_the_digit_is_on_the_sheet_does_not_matter(clean, at):
    same(dark_on_light(sheet(EIGHT, at=at)), clean)


@pytest.mark.parametrize(("side", "height"), [(60, 50), (400, 120), (1500, 900), (3000, 1000)])
def test_the_size_of_the_picture_does_not_matter(clean, side, height):
    corner = (side - height) // 2
    same(dark_on_light(sheet(EIGHT, side, height, (corner, corner))), clean)


def test_unevenly_lit_noisy_paper_with_specks_is_tolerated(clean):
    random = np.random.default_rng(3)
    inked = sheet(EIGHT)
    down, across = np.mgrid[0:1:400j, 0:1:400j]
    paper = 215 - 70 * across - 40 * down**2 + random.normal(0, 3, inked.shape)
    photo = paper * (1 - 0.8 * inked)
    for row, column in random.integers(0, 396, (15, 2)):
        photo[row : row + 3, column : column + 3] *= 0.5
    same(photo.clip(0, 255).astype(np.uint8), clean)


def test_a_shadow_along_the_edge_is_not_ink(clean):
    photo = dark_on_light(sheet(EIGHT))
    photo[:, :14] = 90
    same(photo, clean)


@pytest.mark.parametrize("tone", [0, 255])
def test_ink_on_transparent_paper_is_seen_whatever_its_colour(clean, tone):
    alpha = (255 * sheet(EIGHT)).astype(np.uint8)
    drawing = np.dstack([np.full_like(alpha, tone)] * 3 + [alpha])
    same(drawing, clean)


def test_colour_bits_and_floats_say_the_same_as_bytes(clean):
    photo = dark_on_light(sheet(EIGHT))
    expected = ink.from_image(photo)
    for other in (
        np.dstack([photo] * 3),
        np.dstack([photo] * 3 + [np.full_like(photo, 255)]),
        photo[:, :, None],
        photo.astype(np.uint16) * 257,
        photo / 255,
        photo.astype(np.float32),
    ):
        torch.testing.assert_close(ink.from_image(other), expected, atol=2e-3, rtol=0)
    same(photo < 128, clean, within=0.08)


def test_a_hairline_becomes_as_wide_as_lines_that_the_network_knows():
    hairline = np.full((400, 400), 255, np.uint8)
    hairline[50:350, 199:201] = 0
    x = ink.from_image(hairline)
    assert x is not None
    line = (x[0, 0, 16] - spec.BACKGROUND).sum() / (spec.INK - spec.BACKGROUND)
    assert 1.2 < line < 2.5


def noise(spread: float) -> np.ndarray:
    random = np.random.default_rng(1)
    return (200 + random.normal(0, spread, (300, 300))).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    "empty",
    [
        np.zeros((28, 28), np.uint8),
        np.full((300, 200, 3), 255, np.uint8),
        np.zeros((50, 50, 4), np.uint8),
        np.linspace(120, 250, 90_000).reshape(300, 300).astype(np.uint8),
        noise(6),
        np.zeros((1, 1)),
    ],
    ids=["black", "white", "transparent", "a gradient", "noise", "one pixel"],
)
def test_an_empty_sheet_has_no_ink(empty):
    assert ink.from_image(empty) is None


@pytest.mark.parametrize(
    "array",
    [
        np.zeros(28),
        np.zeros((0, 28)),
        np.zeros((28, 28, 2)),
        np.zeros((1, 1, 28, 28)),
        np.full((28, 28), np.nan),
        np.full((28, 28), np.inf),
        np.array([["a", "b"], ["c", "d"]]),
        np.zeros((4, 4), complex),
    ],
    ids=["a row", "nothing", "two channels", "a batch", "NaN", "infinity", "text", "complex"],
)
def test_what_is_no_picture_is_refused_in_a_sentence(array):
    with pytest.raises(ink.InkError, match=r"^A picture must be an array.*\.$"):
        ink.from_image(array)


CASES = json.loads((Path(__file__).parent / "pictures" / "cases.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["file"])
def test_pictures_as_people_take_them_are_read(case: dict) -> None:
    content = (Path(__file__).parent / "pictures" / case["file"]).read_bytes()
    found = photo.find(picture_file.pixels(content)).digits
    read = [int(lenet.load()(digit.input).argmin()) for digit in found]
    assert read == (case["digit"] if isinstance(case["digit"], list) else [case["digit"]])


@pytest.mark.parametrize("drawing", CASES["drawings"], ids=lambda drawing: drawing["what"])
def test_drawings_that_people_sent_are_read(drawing: dict) -> None:
    x = ink.from_drawing(link.read(drawing["link"]), (pens.CANVAS, pens.CANVAS))
    assert x is not None
    assert int(lenet.load()(x).argmin()) == drawing["digit"]


def test_each_digit_has_its_place_in_the_picture() -> None:
    pair = np.hstack([dark_on_light(sheet(DIGITS[digit])) for digit in (5, 2)])
    left, right = photo.find(pair).digits
    for digit, offset in ((left, 0), (right, SIDE)):
        box = np.array(digit.box) - (offset, 0, offset, 0)
        assert (box[:2] >= 80).all()
        assert (box[2:] <= 320).all()
        assert max(box[2] - box[0], box[3] - box[1]) == pytest.approx(220, abs=12)
    assert ink.from_image(pair) is None, "which of the two?"


@pytest.mark.parametrize("light", [False, True])
@pytest.mark.parametrize("side", [8, 16, 20])
def test_a_digit_may_fill_its_picture(side: int, light: bool) -> None:
    read = 0
    for drawing in DIGITS:
        inked = sheet(drawing, 240, 240, (0, 0))
        rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
        inked = inked[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        across = max(3, round(side * inked.shape[1] / 240))
        small = Image.fromarray(inked).resize((across, side), Image.Resampling.BOX)
        levels = np.asarray(small) if light else 1 - np.asarray(small)
        x = ink.from_image(levels)
        assert x is not None, drawing.digit
        read += int(lenet.load()(x).argmin()) == drawing.digit
    assert read >= (6 if side == 8 else 9)


def test_mnist_images_come_out_as_they_went_in():
    folder = Path(os.environ.get("LENET_DATA", "data"))
    file = folder / "t10k-images-idx3-ubyte.gz"
    if not file.exists():
        pytest.skip("MNIST is not at hand; LENET_DATA names the folder it is in.")
    content = gzip.decompress(file.read_bytes())
    images = np.frombuffer(content, np.uint8, offset=16).reshape(-1, 28, 28)[:1000]
    alike = 0
    for image in images:
        expected = np.pad(
            spec.BACKGROUND + (spec.INK - spec.BACKGROUND) * image / 255,
            2,
            constant_values=spec.BACKGROUND,
        )
        x = ink.from_image(image)
        assert x is not None
        alike += float((x[0, 0] - torch.from_numpy(expected)).abs().max()) < 0.15
    assert alike >= 995
