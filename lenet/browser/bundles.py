"""What several components of a page need, each as the bytes that a browser gets once.

A bundle is a name, and what ``assets/loaders/bundle.js`` makes of the rest: the modules, the texts
of a language, a network. Whoever needs one names it, and ``assets/loaders/mount.js`` waits for it.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlencode

from lenet import catalogue, glossary, mnist, packaged_digits, samples
from lenet.browser.assets import (
    GROUPS,
    asset,
    modules,
    modules_for,
    version,
    version_for,
    without_comments,
)
from lenet.browser.description import describe_network, describe_spec, preparation
from lenet.browser.packing import pack
from lenet.checkpoint import Weights
from lenet.figures import palette
from lenet.figures.schemes import schemes
from lenet.spec import LENET5, Architecture
from lenet.variants import trainable

SAMPLES = "samples"
"""The name of the bundle of the packaged samples."""

DIGITS = packaged_digits.NAME
"""The name of the bundle of the packaged digits to train with."""

ARCHITECTURES = "architectures"
"""The name of the bundle of what networks there are to train."""


def words_name(language: str) -> str:
    """The name of the bundle of a language's texts."""
    return f"words-{language}"


def network_name(identity: str) -> str:
    """The name of the bundle of the network with that identity."""
    return f"network-{identity}"


@cache
def of_modules() -> bytes:
    """The modules of the app; ``version()`` is the bundle's name."""
    return with_modules(version(), modules())


@cache
def of_modules_for(group: str) -> bytes:
    """What the pages of a group need besides; the browser adds it to what it comes after."""
    before = GROUPS[group].after
    header = {
        "name": version_for(group),
        "after": version_for(before) if before else version(),
        "modules": _sent(modules_for(group)),
    }
    return compressed(pack(header, []))


def with_modules(name: str, texts: Mapping[str, str]) -> bytes:
    """Modules by their paths, with the styles and palettes that the network view needs."""
    header = {
        "name": name,
        "modules": _sent(texts),
        "style": asset("network_view", "style.css"),
        "cursorStyle": asset("canvas", "cursor.css"),
        "palettes": palette.described(),
        "spec": describe_spec(),
    }
    return compressed(pack(header, []))


def _sent(texts: Mapping[str, str]) -> dict[str, str]:
    return {path: without_comments(text) for path, text in texts.items()}


@cache
def of_words(language: str) -> bytes:
    """The texts of a language, its layers' names, how it writes numbers, and help on names."""
    with catalogue.in_language(language):
        layers = {layer.name: layer.title for layer in LENET5.by_key.values()}
    header = {
        "layers": layers,
        "name": words_name(language),
        "language": language,
        "messages": catalogue.messages(language),
        "plural": catalogue.plural_rule(language),
        "symbols": catalogue.symbols(language),
        "percent": catalogue.percent_sign(language),
        "help": _help(language),
    }
    return compressed(pack(header, []))


def _help(language: str) -> dict[str, dict[str, str]]:
    """What is said of the names on the draw page, by their keys."""
    pictures = schemes()
    with catalogue.in_language(language):
        entries = (*glossary.layers(), *glossary.on_the_draw_page())
    return {
        entry.key: {
            "name": entry.name,
            "text": entry.text,
            "picture": pictures[entry.key],
            "page": entry.page,
            "chosen": urlencode(entry.chosen),
        }
        for entry in entries
    }


def of_network(weights: Weights, rejection: float, architecture: Architecture = LENET5) -> bytes:
    """A network: its architecture, and its weights as they are."""
    described = describe_network(weights, rejection, architecture)
    header = {"name": network_name(described["identity"]), **described}
    return compressed(pack(header, weights.values()))


@cache
def of_samples() -> bytes:
    """The packaged samples as inputs of a network; ``labels`` are their digits.

    Raises DataError if they cannot be read.
    """
    import torch

    gallery = samples.load()
    inputs = mnist.as_input(torch.from_numpy(gallery.images.copy())).numpy()
    header = {"name": SAMPLES, "labels": gallery.labels.tolist()}
    return compressed(pack(header, [inputs]))


@cache
def of_digits() -> bytes:
    """The 5,000 packaged digits; ``assets/training/digits.js`` unpacks their pixels.

    Raises DataError if they cannot be read.
    """
    return packaged_digits.read()


@cache
def of_architectures() -> bytes:
    """Every architecture of the variants, without weights, and how a drawing is prepared."""
    networks = {
        name: {
            "spec": describe_spec(variant.architecture),
            "shapes": list(variant.architecture.shapes.items()),
        }
        for name, variant in trainable().items()
    }
    header = {"name": ARCHITECTURES, "networks": networks, "normalisation": preparation()}
    return compressed(pack(header, []))


def compressed(data: bytes) -> bytes:
    """The same data give the same bytes."""
    return gzip.compress(data, mtime=0)
