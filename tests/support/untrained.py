"""Weights of all networks that nobody trained, where it does not matter what they answer."""

from __future__ import annotations

from pathlib import Path

import torch

from lenet import checkpoint
from lenet.model import made
from lenet.variants import MODEL, VARIANTS


def write(folder: Path) -> Path:
    """A file for every network but the shipped one; returns the folder."""
    for seed, (name, variant) in enumerate(VARIANTS.items()):
        if name != MODEL:
            torch.manual_seed(seed)
            checkpoint.save(made(variant.architecture).eval(), folder / f"{name}.safetensors", {})
    return folder
