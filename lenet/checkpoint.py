"""Weights and what is known about them: a safetensors file and a model card beside it.

``lenet5.safetensors`` holds the 60,000 numbers under the names of ``LeNet5``'s parameters;
``lenet5.json`` holds the card, in a form that people and programs read. Nothing is unpickled,
ever.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load as parse
from safetensors.torch import save as serialise
from torch import Tensor

from lenet import bounded
from lenet.model import LeNet5

SHIPPED = Path(__file__).resolve().parent.parent / "assets" / "lenet5.safetensors"
"""The weights that come with the project."""

LARGEST_FILE = 1_000_000
"""Bytes that weights or their card can have; the weights take a quarter of it."""

FARTHEST = 1e6
"""Largest rejection distance that makes sense; codes lie some hundred apart."""

Card = dict[str, Any]
"""A model card: ``recipe``, ``seed``, ``epochs``, ``held_back_error_percent``,
``test_error_percent``, ``parameters``, ``rejection`` and more; ``sha256`` is the weights'."""


_WORDS = 100  # characters of what is quoted in a message


class CheckpointError(Exception):
    """Weights or their card cannot be used; the message says why and what to do."""


def load(path: Path | str | None = None) -> LeNet5:
    """The network with the weights of ``path``, or the shipped ones; in eval mode, on the CPU.

    Its parameters require no gradient, because it is meant to be shared and looked at.
    Raises CheckpointError unless the file holds exactly LeNet-5's parameters: every name,
    shape and type, finite numbers, and, where there is a card, the checksum it records.
    """
    path = SHIPPED if path is None else Path(path)
    content = _read(path)
    tensors = _tensors(path, content)
    if card_path(path).exists():
        _compare(path, content, card(path))
    model = LeNet5()
    model.load_state_dict(tensors)
    return model.eval().requires_grad_(False)


def card(path: Path | str | None = None) -> Card:
    """The card of the weights at ``path``, or of the shipped ones. Raises CheckpointError."""
    place = card_path(SHIPPED if path is None else Path(path))
    try:
        content = bounded.parse_json(_read(place))
    except ValueError as error:
        raise CheckpointError(
            f"The model card {place} is not readable JSON ({_words(error)}); restore it or train "
            "again."
        ) from error
    if not isinstance(content, dict):
        raise CheckpointError(f"The model card {place} is not a JSON object; restore it.")
    return content


def rejection_distance(path: Path | str | None = None) -> float:
    """The distance beyond which a drawing is no digit these weights know.

    Infinity for weights whose card records no such distance. Raises CheckpointError.
    """
    place = SHIPPED if path is None else Path(path)
    if not card_path(place).exists() and path is not None:
        return math.inf
    recorded = card(place).get("rejection")
    if recorded is None:
        return math.inf
    distance = recorded.get("distance") if isinstance(recorded, dict) else None
    if (
        not isinstance(distance, int | float)
        or isinstance(distance, bool)
        or not 0 < distance <= FARTHEST
    ):
        raise CheckpointError(
            f"The model card {card_path(place)} has no usable rejection distance; restore it."
        )
    return float(distance)


def save(model: LeNet5, path: Path, facts: Mapping[str, Any]) -> Card:
    """Write ``path`` and its card, each completely or not at all; returns the card written.

    ``facts`` is what the card should say; the number of parameters and the checksum are added.
    """
    tensors = {name: p.detach().cpu().contiguous() for name, p in model.named_parameters()}
    content = serialise(tensors)
    written = {
        **facts,
        "parameters": sum(tensor.numel() for tensor in tensors.values()),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    # The card goes first out of the way: weights without a card load, a card that belongs to
    # other weights would be refused.
    card_path(path).unlink(missing_ok=True)
    write(path, content)
    write_json(card_path(path), written)
    return written


def card_path(path: Path) -> Path:
    """Where the card of the weights at ``path`` lies: beside it, as ``.json``."""
    return path.with_suffix(".json")


def write(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old one or the new one, never half of it."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)


def write_json(path: Path, content: object) -> None:
    """Write ``content`` as indented JSON, like ``write``."""
    write(path, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


def _read(path: Path) -> bytes:
    try:
        return bounded.read(path, LARGEST_FILE)
    except bounded.TooLargeError as error:
        raise CheckpointError(f"{path} cannot be used: {error}; restore it.") from error
    except FileNotFoundError as error:
        raise CheckpointError(
            f"There is no file {path}; restore it, or train with `python -m lenet train`."
        ) from error
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror}.") from error


def _tensors(path: Path, content: bytes) -> dict[str, Tensor]:
    """The tensors in a file, if they are LeNet-5's."""

    def refuse(why: str) -> CheckpointError:
        return CheckpointError(f"{path} does not hold the weights of a LeNet-5: {why}.")

    try:
        tensors = parse(content)
    except (SafetensorError, ValueError, KeyError, RuntimeError, OverflowError) as error:
        raise refuse(f"it is no intact safetensors file ({_words(error)})") from error
    expected = dict(LeNet5().named_parameters())
    if missing := sorted(expected.keys() - tensors.keys()):
        raise refuse(f"{', '.join(missing)} is missing")
    if surplus := sorted(tensors.keys() - expected.keys()):
        raise refuse(f"it also has {_words(', '.join(surplus))}")
    for name, parameter in expected.items():
        tensor = tensors[name]
        if tensor.shape != parameter.shape:
            raise refuse(f"{name} is {_shape(tensor)}, not {_shape(parameter)}")
        if tensor.dtype != parameter.dtype:
            raise refuse(f"{name} is of type {tensor.dtype}, not {parameter.dtype}")
        if not bool(torch.isfinite(tensor).all()):
            raise refuse(f"{name} has NaN or infinity")
    return tensors


def _words(told: object) -> str:
    """What a file or a parser says, fit for a sentence: one short line without odd characters."""
    return "".join(c if c.isprintable() else " " for c in str(told))[:_WORDS]


def _shape(tensor: Tensor) -> str:
    return " x ".join(map(str, tensor.shape)) or "a single number"


def _compare(path: Path, content: bytes, recorded: Card) -> None:
    if recorded.get("sha256") != hashlib.sha256(content).hexdigest():
        raise CheckpointError(
            f"{path} and its card {card_path(path).name} do not belong together (the card's "
            "SHA-256 is another): restore both, or delete the card if you changed the weights."
        )
