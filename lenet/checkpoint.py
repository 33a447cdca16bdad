"""Weights and what is known about them: a safetensors file and a model card beside it.

``lenet5.safetensors`` holds the 60,000 numbers under the names of ``LeNet5``'s parameters;
``lenet5.json`` holds the card, in a form that people and programs read. Weights of any other
architecture are kept in the same way; a file that a browser has made has its card inside, as the
safetensors format allows. Nothing is unpickled, ever. Reading and checking weights
needs no torch; only a model to put them into does.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as load_arrays
from safetensors.numpy import save as as_safetensors

from lenet.catalogue import as_list, number
from lenet.catalogue import gettext as _
from lenet.files import atomic, bounded
from lenet.spec import LENET5, Architecture
from lenet.variants import named

if TYPE_CHECKING:
    from lenet.model import Network

SHIPPED = Path(__file__).resolve().parent.parent / "assets" / "lenet5.safetensors"
"""The weights that come with the project."""

LARGEST_WEIGHT = 1e4
"""No weight of a network from outside can be larger: what is computed with it stays finite."""

LARGEST_FILE = 2_000_000
"""Bytes that weights or their card can have; the largest network's take 1.3 million."""

FARTHEST = 1e6
"""Largest rejection distance that makes sense; codes lie some hundred apart."""

Weights = dict[str, np.ndarray]
"""A network's numbers as float32 arrays, by name, in the order of ``Architecture.shapes``."""

Card = dict[str, Any]
"""A model card: ``recipe``, ``seed``, ``epochs``, ``held_back_error_percent``,
``test_error_percent``, ``parameters``, ``rejection`` and more; ``sha256`` is the weights'."""

_WORDS = 100  # characters of what is quoted in a message


class CheckpointError(Exception):
    """Weights or their card cannot be used; the message says why and what to do."""


class SentWeightsError(ValueError):
    """Weights that came from outside cannot be used; the message may quote what is in them."""


def load(path: Path | str | None = None, architecture: Architecture = LENET5) -> Network:
    """The network with the weights of ``path``, or the shipped ones; in eval mode, on the CPU.

    A name without a folder or an ending is one of ``lenet.variants.VARIANTS``, ``"max-pool"``, and
    says the architecture too. The parameters require no gradient, because a network is meant to be
    shared and looked at. Raises CheckpointError as ``read`` does, and UnknownNetworkError.
    """
    if isinstance(path, str) and not Path(path).suffix and Path(path).name == path:
        variant = named(path)
        path, architecture = variant.weights, variant.architecture
    return filled(read(path, architecture), architecture)


def read(path: Path | str | None = None, architecture: Architecture = LENET5) -> Weights:
    """The weights of ``path``, or the shipped ones, without torch; the arrays are read-only.

    Raises CheckpointError unless the file holds exactly the architecture's parameters: every
    name, shape and type, finite numbers, and, where there is a card, the checksum and the
    architecture that it records.
    """
    path = SHIPPED if path is None else Path(path)
    content = _read(path)
    if (within := _architecture_within(content)) not in (None, architecture.name):
        raise _of_another(path, within, architecture)
    weights = _arrays(path, content, architecture)
    if card_path(path).exists():
        _compare(path, content, card(path), architecture)
    return weights


def parse(content: bytes, architecture: Architecture = LENET5, source: str = "") -> Weights:
    """The weights in the bytes of a safetensors file from outside, without torch; read-only.

    ``source`` is what messages call it. Raises SentWeightsError unless they are exactly the
    architecture's parameters as ``read`` wants them, none larger than ``LARGEST_WEIGHT``.
    """
    source = source or _("The file")
    if len(content) > LARGEST_FILE:
        raise SentWeightsError(
            _("{file} has {found} bytes, more than any network here; nothing was changed.").format(
                file=source, found=number(len(content))
            )
        )
    try:
        weights = _arrays(source, content, architecture)
    except CheckpointError as error:
        raise SentWeightsError(str(error)) from error
    for name, array in weights.items():
        if float(np.abs(array).max()) > LARGEST_WEIGHT:
            raise SentWeightsError(
                _("{file} cannot be used: {name} has values beyond ±{most}.").format(
                    file=source, name=name, most=number(LARGEST_WEIGHT)
                )
            )
    return weights


def to_bytes(weights: Weights, facts: Mapping[str, str]) -> bytes:
    """A safetensors file of weights with what is known about them inside, as ``read`` takes it."""
    return as_safetensors({name: array.copy() for name, array in weights.items()}, dict(facts))


def identity(weights: Weights, architecture: Architecture = LENET5) -> str:
    """The SHA-256 of a network's weights: two networks with one identity compute the same.

    Hashed are the arrays with their names and shapes, so it does not depend on a file's layout, and
    the architecture's name if it is another than LeNet-5.
    """
    hashed = hashlib.sha256()
    if architecture is not LENET5:
        hashed.update(f"{architecture.name} ".encode())
    for name, array in weights.items():
        hashed.update(f"{name} {array.shape} ".encode())
        hashed.update(np.ascontiguousarray(array, dtype="<f4").tobytes())
    return hashed.hexdigest()


def filled(weights: Weights, architecture: Architecture = LENET5) -> Network:
    """A network with a copy of weights that have been read, as ``load`` returns it."""
    import torch

    from lenet.model import made

    model = made(architecture)
    model.load_state_dict({name: torch.tensor(array) for name, array in weights.items()})
    return model.eval().requires_grad_(False)


def card(path: Path | str | None = None) -> Card:
    """The card of the weights at ``path``, or of the shipped ones. Raises CheckpointError."""
    place = card_path(SHIPPED if path is None else Path(path))
    try:
        content = bounded.parse_json(_read(place))
    except ValueError as error:
        raise CheckpointError(
            _(
                "The model card {file} is not readable JSON ({reason}); restore it or train again."
            ).format(file=place, reason=_words(error))
        ) from error
    if not isinstance(content, dict):
        raise CheckpointError(
            _("The model card {file} is not a JSON object; restore it.").format(file=place)
        )
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
            _("The model card {file} has no usable rejection distance; restore it.").format(
                file=card_path(place)
            )
        )
    return float(distance)


def save(model: Network, path: Path, facts: Mapping[str, Any]) -> Card:
    """Write ``path`` and its card, each completely or not at all; returns the card written.

    ``facts`` is what the card should say; the architecture's name, the number of parameters and
    the checksum are added.
    """
    from safetensors.torch import save as serialise

    tensors = {name: p.detach().cpu().contiguous() for name, p in model.named_parameters()}
    content = serialise(tensors)
    written = {
        **facts,
        "architecture": model.architecture.name,
        "parameters": sum(tensor.numel() for tensor in tensors.values()),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    # Both are on the disk before either counts, so a full disk leaves what was there. Then the
    # card goes first out of the way: weights without a card load, a card that belongs to other
    # weights would be refused.
    place, card_content = card_path(path), atomic.as_json(written)
    with (
        atomic.pending(path, content) as put_weights,
        atomic.pending(place, card_content) as put_card,
    ):
        place.unlink(missing_ok=True)
        put_weights()
        put_card()
    return written


def card_path(path: Path) -> Path:
    """Where the card of the weights at ``path`` lies: beside it, as ``.json``."""
    return path.with_suffix(".json")


def _read(path: Path) -> bytes:
    try:
        return bounded.read(path, LARGEST_FILE)
    except bounded.TooLargeError as error:
        raise CheckpointError(
            _("{file} cannot be used: {reason}; restore it.").format(file=path, reason=error)
        ) from error
    except FileNotFoundError as error:
        raise CheckpointError(
            _("There is no file {file}; restore it, or train with `python -m lenet train`.").format(
                file=path
            )
        ) from error
    except OSError as error:
        raise CheckpointError(
            _("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror)
        ) from error


def _arrays(path: Path | str, content: bytes, architecture: Architecture) -> Weights:
    """The arrays in a file, if they are the architecture's."""
    shapes = architecture.shapes

    def refuse(why: str) -> CheckpointError:
        if architecture is LENET5:
            text = _("{file} does not hold the weights of a LeNet-5: {why}.")
        else:
            text = _("{file} does not hold the weights of the network {network}: {why}.")
        return CheckpointError(text.format(file=path, network=architecture.name, why=why))

    try:
        arrays = load_arrays(content)
    except KeyError as error:
        raise refuse(
            _("it has numbers of the type {type}, not float32").format(type=_words(error.args[0]))
        ) from error
    except (SafetensorError, ValueError, RuntimeError, OverflowError, TypeError) as error:
        raise refuse(
            _("it is no intact safetensors file ({reason})").format(reason=_words(error))
        ) from error
    if missing := sorted(shapes.keys() - arrays.keys()):
        raise refuse(_("{names} is missing").format(names=as_list(missing)))
    if surplus := sorted(arrays.keys() - shapes.keys()):
        raise refuse(_("it also has {names}").format(names=_words(as_list(surplus))))
    for name, shape in shapes.items():
        array = arrays[name]
        if array.shape != shape:
            raise refuse(
                _("{name} is {found}, not {expected}").format(
                    name=name, found=_shape(array.shape), expected=_shape(shape)
                )
            )
        if array.dtype != np.float32:
            raise refuse(
                _("{name} is of type {type}, not float32").format(name=name, type=array.dtype)
            )
        if not bool(np.isfinite(array).all()):
            raise refuse(_("{name} has NaN or infinity").format(name=name))
        array.setflags(write=False)  # everybody gets the same
    return {name: arrays[name] for name in shapes}


def _words(quoted: object) -> str:
    """What a file or a parser says, fit for a sentence: one short line without odd characters."""
    return "".join(c if c.isprintable() else " " for c in str(quoted))[:_WORDS]


def _shape(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape)) or _("a single number")


def _compare(path: Path, content: bytes, recorded: Card, architecture: Architecture) -> None:
    name = recorded.get("architecture", LENET5.name)  # older cards name none
    if name != architecture.name:
        raise _of_another(path, name, architecture)
    if recorded.get("sha256") != hashlib.sha256(content).hexdigest():
        raise CheckpointError(
            _(
                "{file} and its card {card} do not belong together (the card's SHA-256 is "
                "another): restore both, or delete the card if you changed the weights."
            ).format(file=path, card=card_path(path).name)
        )


def _of_another(path: Path, name: object, architecture: Architecture) -> CheckpointError:
    return CheckpointError(
        _(
            "{file} holds the weights of the network {found}, not of {expected}: load it as "
            "what it is, or restore the file."
        ).format(file=path, found=_words(name), expected=architecture.name)
    )


def _architecture_within(content: bytes) -> object:
    """The architecture that a safetensors file's own header names, or None if it names none."""
    length = int.from_bytes(content[:8], "little")
    try:
        header = bounded.parse_json(content[8 : 8 + length])
        return header["__metadata__"]["architecture"]
    except (ValueError, KeyError, TypeError):
        return None
