"""The draw page as one HTML file: network, samples and all languages in it, no request to anywhere.

It holds the bundles that the app sends to a browser (``lenet.browser.bundles``), compressed and in
base64, and what ``assets/single_file`` makes a page of. It computes in the browser what the app
computes there; in place of PyTorch's answer to every stroke it holds traces that PyTorch recorded,
with which the browser compares its own when the file is opened.
"""

from __future__ import annotations

import base64
import contextvars
import hashlib
from collections.abc import Callable
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from lenet import catalogue, checkpoint, samples
from lenet.browser import bundles
from lenet.browser.assets import asset, modules_behind, version
from lenet.browser.packing import pack
from lenet.browser.place import DRAW_PAGE
from lenet.catalogue import gettext as _
from lenet.checkpoint import Weights
from lenet.drawing import non_digits
from lenet.drawing.strokes import PENS, SIDE
from lenet.spec import CLASSES, LENET5

if TYPE_CHECKING:
    from lenet.model import Network

T = TypeVar("T")

NAME = "inside-lenet5.html"
"""What the file is called where nobody says otherwise."""

LARGEST = 1_500_000
"""Bytes that the file may have."""

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
        "page": bundles.compressed(_page(weights, model, language)),
    }
    script = asset("single_file", "start.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = asset("single_file", "page.html")
    for place, text in {
        "digest": digest,
        "title": _in_language(language or catalogue.SOURCE, lambda: _("Inside LeNet-5")),
        "style": asset("", "page.css") + asset("single_file", "page.css"),
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
        "languages": {name: catalogue.NAMES[name] for name in catalogue.LANGUAGES},
        "places": {name: _in_language(name, _place) for name in catalogue.LANGUAGES},
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
        },
    }
    return pack(header, [_as_words(gallery.images), _as_words(traces)])


def _as_words(values: np.ndarray) -> np.ndarray:
    """Any numbers as the 32-bit words that a bundle holds; their bytes are the same."""
    content = np.ascontiguousarray(values).tobytes()
    assert len(content) % 4 == 0
    return np.frombuffer(content, dtype="<f4")


def _place() -> dict[str, Any]:
    """The view has no address of its own to write: a file in a frame has none."""
    return DRAW_PAGE.described(LENET5) | {"address": False}


def _non_digit(key: str) -> dict[str, Any]:
    drawing = non_digits.drawing(key)
    names = {name: _in_language(name, non_digits.names)[key] for name in catalogue.LANGUAGES}
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
    return "<br>".join(
        f'<span lang="{name}">{escape(_in_language(name, text))}</span>'
        for name in catalogue.LANGUAGES
    )


def _texts(language: str) -> str:
    return repr(sorted(catalogue.messages(language).items(), key=str))


def _in_language(name: str, make: Callable[[], T]) -> T:
    """What ``make`` returns in a language; the language of whoever asks stays as it is."""

    def made() -> T:
        catalogue.use_language(name)
        return make()

    return contextvars.copy_context().run(made)
