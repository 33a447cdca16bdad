"""Pictures from outside: an upload becomes the network's input, or a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lenet import ink
from lenet.catalogue import gettext as _
from lenet.files import picture_file
from lenet.files.picture_file import PictureError

if TYPE_CHECKING:
    import torch


def prepare(content: bytes) -> torch.Tensor:
    """The network's input (1, 1, 32, 32) for an uploaded picture.

    Raises PictureError for what is no picture, is damaged, too large, or has no ink.
    """
    prepared = ink.from_image(picture_file.pixels(content))
    if prepared is None:
        raise PictureError(
            _("No ink was found in the picture; please choose one of one digit on plain paper.")
        )
    return prepared
