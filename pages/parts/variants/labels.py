"""What a network has otherwise than LeNet-5, in a few words for each layer."""

from __future__ import annotations

from collections.abc import Callable

from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number, percent
from lenet.spec import LENET5, Layer
from lenet.variants import RANDOM_TABLE, Variant, reads_of

_Change = Callable[[Layer, Layer], str | None]
"""What is said of a layer beside LeNet-5's of the same key, or None where they do not differ."""


def of(variant: Variant) -> dict[str, list[str]]:
    """The key of every layer that is changed or added, with what it has otherwise."""
    found: dict[str, list[str]] = {}
    for layer in variant.architecture.layers:
        if layer.key in variant.added:
            found[layer.key] = [_kind(layer)]
        elif layer.key in variant.changed:
            other = LENET5.layer(layer.key)
            said = [change(layer, other) for change in (_kinds, _maps, _tables, _squashes, _drops)]
            found[layer.key] = [text for text in said if text]
    return found


def _kinds(layer: Layer, other: Layer) -> str | None:
    return None if layer.kind == other.kind else _kind(layer)


def _kind(layer: Layer) -> str:
    names = {
        "average pooling": _("plain averages"),
        "max pooling": _("maxima"),
        "softmax": _("softmax"),
        "local connection": _("own kernels"),
        "fixed convolution": _("by hand"),
        "response normalisation": _("normalised"),
        "full connection": ngettext("{count} unit", "{count} units", layer.maps).format(
            count=number(layer.maps)
        ),
    }
    if layer.kind == "max pooling" and layer.kernel != 2:
        return _("maxima of {size}×{size}").format(size=layer.kernel)
    return names[layer.kind]


def _maps(layer: Layer, other: Layer) -> str | None:
    if layer.maps == other.maps:
        return None
    return ngettext("{count} map", "{count} maps", layer.maps).format(count=number(layer.maps))


def _tables(layer: Layer, other: Layer) -> str | None:
    """Which maps are read, where the layers have equally many."""
    if layer.maps != other.maps or layer.reads == other.reads or layer.kind == "softmax":
        return None
    if layer.reads_all:
        return _("all kernels")
    if layer.reads == reads_of(RANDOM_TABLE):
        return _("random table")
    return _("two halves")


def _squashes(layer: Layer, other: Layer) -> str | None:
    if layer.squash in (other.squash, None):
        return None
    names = {"relu": _("ReLU"), "sigmoid": _("sigmoid"), "plain tanh": _("plain tanh")}
    return names[layer.squash or ""]


def _drops(layer: Layer, other: Layer) -> str | None:
    if layer.dropout == other.dropout:
        return None
    return _("dropout {share}").format(share=percent(layer.dropout))
