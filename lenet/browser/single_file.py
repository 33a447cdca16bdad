"""The draw page as one HTML file: network, samples and all languages in it, no request to anywhere.

It holds the bundles that the app sends to a browser (``lenet.browser.bundles``), compressed and in
base64, and what ``assets/single_file`` makes a page of. It computes in the browser what the app
computes there; in place of PyTorch's answer to every stroke it holds traces that PyTorch recorded,
with which the browser compares its own when the file is opened.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from lenet import catalogue, checkpoint, samples
from lenet.browser import bundles
from lenet.browser.assets import ASSETS, asset, modules_behind, version
from lenet.browser.packing import pack
from lenet.browser.place import DRAW_PAGE
from lenet.catalogue import gettext as _
from lenet.checkpoint import Weights
from lenet.drawing import non_digits
from lenet.drawing.strokes import PENS, SIDE
from lenet.spec import CLASSES, LENET5
from lenet.tour import shelf

if TYPE_CHECKING:
    from lenet.model import Network

NAME = "inside-lenet5.html"
"""What the file is called where nobody says otherwise."""

LARGEST = 1_500_000
"""Bytes that the file may have."""

_PAGE = "draw"  # as tours call it
_ENTRY = "single_file/page.js"
_LOADED_FIRST = "loaders/mount.js"


def build(weights: Weights, rejection: float, model: Network, language: str | None = None) -> bytes:
    """The file for a network: ``weights``, its ``rejection`` distance, and the ``model`` they fill.

    ``language`` is the one to begin with, in place of the browser's own. The same network and the
    same texts give the same bytes. Raises DataError if the samples cannot be read.
    """
    held = {
        "loader": asset("loaders", "bundle.js").encode(),
        "modules": bundles.with_modules("modules", modules_behind(_ENTRY, _LOADED_FIRST)),
        "network": bundles.of_network(weights, rejection),
        **{bundles.words_name(name): bundles.of_words(name) for name in catalogue.LANGUAGES},
        **{_letters_name(name): _letters(name) for name in _with_letters()},
        "page": bundles.compressed(_page(weights, model, language)),
    }
    script = asset("single_file", "start.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = asset("single_file", "page.html")
    for place, text in {
        "digest": digest,
        "title": _title(language or catalogue.SOURCE),
        "style": asset("", "page.css") + asset("single_file", "page.css") + _fonts("names"),
        "unopened": _in_every_language(_unopened),
        "noscript": _in_every_language(_noscript),
        "bundles": "\n".join(map(_block, held, held.values())),
        "script": script,
    }.items():
        page = page.replace(f"<!--{place}-->", text)
    return page.encode()


@cache
def made_of() -> str:
    """A name for all that a file is made of besides its network: other texts, another name."""
    modules = modules_behind(_ENTRY, _LOADED_FIRST)
    parts = [version(), *modules.values(), *map(_texts, catalogue.LANGUAGES)]
    parts += [asset("single_file", name) for name in ("page.html", "page.css", "start.js")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def recorded(model: Network) -> tuple[list[int], np.ndarray]:
    """The numbers of ten samples, one of each class, and what PyTorch makes of them.

    That is, one row each: every layer after the input, in half precision.
    """
    import torch

    from lenet import mnist
    from lenet.trace import Trace

    gallery = samples.load()
    numbers = [int(np.flatnonzero(gallery.labels == digit)[0]) for digit in range(len(CLASSES))]
    inputs = mnist.as_input(torch.from_numpy(gallery.images[numbers].copy()))
    with torch.inference_mode():
        trace = Trace.of(model, inputs)
    layers = [trace[key].reshape(len(numbers), -1).numpy() for key in LENET5.by_key][1:]
    return numbers, np.concatenate(layers, axis=1).astype("<f2")


def _page(weights: Weights, model: Network, language: str | None) -> bytes:
    """What the page is told, and the bytes of all samples and of the recorded traces."""
    gallery = samples.load()
    numbers, traces = recorded(model)
    header = {
        "needs": [bundles.network_name(checkpoint.identity(weights))],
        "language": language,
        "withLetters": _with_letters(),
        "tours": {name: _tour(name) for name in catalogue.LANGUAGES},
        "languages": {name: catalogue.NAMES[name] for name in catalogue.LANGUAGES},
        "places": {name: _place(name) for name in catalogue.LANGUAGES},
        "canvas": {"side": SIDE, "pens": PENS},
        "samples": {
            "side": gallery.images.shape[-1],
            "labels": [CLASSES[label] for label in gallery.labels],
            "classes": CLASSES,
        },
        "nonDigits": [_non_digit(key) for key in non_digits.names()],
        "recorded": numbers,
        "html": {
            "canvas": asset("canvas", "canvas.html"),
            "network": asset("network_view", "view.html"),
            **{
                name: {"html": asset(name, f"{name}.html"), "css": asset(name, f"{name}.css")}
                for name in ("keys", "gallery", "language")
            },
            "tour": {"html": "", "css": asset("tour", "tour.css")},
        },
    }
    return pack(header, [_as_words(gallery.images), _as_words(traces)])


def _as_words(values: np.ndarray) -> np.ndarray:
    """Any numbers as the 32-bit words that a bundle holds; their bytes are the same."""
    content = np.ascontiguousarray(values).tobytes()
    assert len(content) % 4 == 0
    return np.frombuffer(content, dtype="<f4")


def _title(language: str) -> str:
    with catalogue.in_language(language):
        return _("Inside LeNet-5")


def _place(language: str) -> dict[str, Any]:
    """The view has no address of its own to write: a file in a frame has none."""
    with catalogue.in_language(language):
        return DRAW_PAGE.described(LENET5) | {"address": False}


def _tour(language: str) -> dict[str, Any]:
    """The built-in tour, without the steps of the pages that only the app has."""
    whole = shelf.shipped()
    steps = tuple(step for step in whole.steps if step.page == _PAGE)
    with catalogue.in_language(language):
        return replace(whole, steps=steps).described(catalogue.gettext)


def _with_letters() -> list[str]:
    """The languages for which fonts are shipped: many devices have no letters of theirs."""
    return [name for name in catalogue.LANGUAGES if (ASSETS / "fonts" / f"{name}.css").exists()]


def _letters_name(language: str) -> str:
    return f"letters-{language}"


def _letters(language: str) -> bytes:
    header = {"name": _letters_name(language), "style": _fonts(language)}
    return bundles.compressed(pack(header, []))


def _fonts(name: str) -> str:
    """A style sheet of fonts with the fonts in it."""

    def inside(found: re.Match[str]) -> str:
        content = base64.b64encode((ASSETS / "fonts" / found[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{content})"

    return re.sub(r'url\("fonts/([\w-]+\.woff2)[^"]*"\)', inside, asset("fonts", f"{name}.css"))


def _non_digit(key: str) -> dict[str, Any]:
    drawing = non_digits.drawing(key)
    names = {}
    for language in catalogue.LANGUAGES:
        with catalogue.in_language(language):
            names[language] = non_digits.names()[key]
    return {"key": key, "names": names, "strokes": drawing.strokes, "pens": drawing.pens}


def _block(name: str, content: bytes) -> str:
    text = base64.b64encode(content).decode()
    return f'<script type="text/plain" data-bundle="{name}">{text}</script>'


def _unopened() -> str:
    return _(
        "This browser cannot open the page. It needs Chrome or Edge 123, Firefox 128, Safari 17.5, "
        "or a newer one; please update it, or open the file in another."
    )


def _noscript() -> str:
    return _(
        "The network is computed by JavaScript, which is switched off here; please allow it, or "
        "open the file in another browser."
    )


def _in_every_language(text: Callable[[], str]) -> str:
    """A sentence for whom no language can be chosen, once for each, as HTML."""
    sentences = []
    for language in catalogue.LANGUAGES:
        with catalogue.in_language(language):
            sentences.append(f'<span lang="{language}">{escape(text())}</span>')
    return "<br>".join(sentences)


def _texts(language: str) -> str:
    return repr(sorted(catalogue.messages(language).items(), key=str))
