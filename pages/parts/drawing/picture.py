"""A picture that a visitor sent, small enough to be kept, and the digits that are found in it."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from lenet.drawing import photo
from lenet.files import picture_file

if TYPE_CHECKING:
    import torch

_KEPT = 1024
"""Pixels of the longer side of what is kept, in which digits are looked for when it is turned."""

_SHOWN = 600
"""Pixels of the longer side of what is shown: two for each of the screen's."""

_EXACT = 256 * 256
"""Pixels up to which a picture is kept as it is; a larger one is compressed as photos are."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom as shares of the picture's width and height."""


@dataclass(frozen=True, eq=False)
class Digit:
    """A digit in a picture: its (1, 1, 32, 32) input for the network, and where it is."""

    input: torch.Tensor
    box: Box


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture as it was sent, or turned since; a value, which is replaced and never changed.

    Args:
        kept: the reduced picture as a file, as it was sent.
        sent: what was found in it as it was sent, from left to right.
        turns: how often it has been turned to the left, by a quarter each time.
        digits: what is found in it as it is now.
    """

    kept: bytes
    sent: tuple[Digit, ...]
    turns: int
    digits: tuple[Digit, ...]

    @classmethod
    def read(cls, content: bytes) -> Picture:
        """A picture from a file's content. Raises PictureError for what cannot be used."""
        pixels = picture_file.pixels(content)
        digits = _found(pixels)
        return cls(_compressed(Image.fromarray(pixels)), digits, 0, digits)

    def turned(self, turns: int) -> Picture:
        """The picture turned so many quarters to the left, or to the right if below 0."""
        now = (self.turns + turns) % 4
        digits = _found(np.asarray(_turned(self.kept, now))) if now else self.sent
        return Picture(self.kept, self.sent, now, digits)

    @cached_property
    def shown(self) -> dict[str, object]:
        """The picture for an image element, as a data address, with its width and height."""
        image = _turned(self.kept, self.turns)
        image.thumbnail((_SHOWN, _SHOWN))
        content = base64.b64encode(_compressed(image, quality=80)).decode()
        # Browsers see from the content which kind of picture it is.
        address = f"data:image;base64,{content}"
        return {"picture": address, "width": image.width, "height": image.height}


def letter(index: int) -> str:
    """What a digit is called: A, ..., Z, AA. A number beside it could be taken for its reading."""
    before, last = divmod(index, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def _found(pixels: np.ndarray) -> tuple[Digit, ...]:
    height, width = pixels.shape[:2]
    size = np.array([width, height, width, height])
    return tuple(
        Digit(digit.input, tuple((np.array(digit.box) / size).tolist()))
        for digit in photo.find(np.ascontiguousarray(pixels)).digits
    )


def _turned(content: bytes, turns: int) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        pixels = np.asarray(image.convert("RGBA"))
    return Image.fromarray(np.ascontiguousarray(np.rot90(pixels, turns)))


def _compressed(image: Image.Image, quality: int = 90) -> bytes:
    """A picture of at most so many pixels a side as a file, without loss if it is small."""
    image.thumbnail((_KEPT, _KEPT))
    content = io.BytesIO()
    if image.width * image.height <= _EXACT:
        image.save(content, "PNG")
    elif image.getextrema()[-1] == (255, 255):
        image.convert("RGB").save(content, "JPEG", quality=quality)
    else:
        image.save(content, "WEBP", quality=quality, alpha_quality=quality)
    return content.getvalue()
