"""Pictures from outside: uploads, bounded before they are decoded."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from lenet import ink

if TYPE_CHECKING:
    import torch

FORMATS = ("PNG", "JPEG")
MOST_PIXELS = 40_000_000
"""A phone's photo has 12 to 24 million; more than this is refused before decoding."""


class PictureError(ValueError):
    """A picture that cannot be used; its text tells the visitor what to do."""


def prepare(content: bytes, name: str) -> torch.Tensor:
    """The network's input (1, 1, 32, 32) for an uploaded picture.

    Raises PictureError for what is no PNG or JPEG, is damaged, too large, or has no ink.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise PictureError(
                    f"{name} has {width * height / 1e6:.0f} million pixels; "
                    f"please send one of at most {MOST_PIXELS // 1_000_000} million."
                )
            # A JPEG can be decoded at a fraction of its size, which saves memory and time.
            picture.draft("L", (1024, 1024))
            picture.thumbnail((2048, 2048))
            pixels = np.asarray(picture.convert("RGBA"))
    except (PictureError, Image.DecompressionBombError) as error:
        raise PictureError(str(error)) from None
    except (OSError, ValueError, SyntaxError):
        raise PictureError(
            f"{name} cannot be read as a PNG or JPEG picture; please choose another file."
        ) from None
    prepared = ink.from_image(pixels)
    if prepared is None:
        raise PictureError(
            f"No ink was found in {name}; please choose a picture of one digit on plain paper."
        )
    return prepared
