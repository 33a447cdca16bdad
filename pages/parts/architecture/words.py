"""What the kinds of layers are called, and what is said of a layer."""

from __future__ import annotations

from lenet import spec
from lenet.catalogue import gettext as _


def kind(name: str) -> str:
    """A kind of layer, by its name in ``Layer.kind``."""
    return {
        "input": _("input"),
        "convolution": _("convolution"),
        "full connection": _("full connection"),
        "sub-sampling": _("sub-sampling"),
        "max pooling": _("max pooling"),
        "RBF": _("RBF"),
        "softmax": _("softmax"),
    }[name]


def step(name: str) -> str:
    """What leads to a layer of a kind, in the short lines of Fig. 2."""
    return {
        "convolution": _("convolutions"),
        "full connection": _("full\nconnection"),
        "sub-sampling": _("sub-sampling"),
        "max pooling": _("max\npooling"),
        "RBF": _("distances\nto codes"),
        "softmax": _("softmax"),
    }[name]


def note(layer: spec.Layer) -> str:
    """How a layer's parameters and connections come about."""
    if layer is spec.C3:
        return _("Table I has {kernels} kernels; each of the {maps} maps has a bias.").format(
            kernels=layer.kernels, maps=layer.maps
        )
    kernels = _("A kernel for each map that is read, and a bias; the whole map shares them.")
    return {
        "convolution": kernels,
        "full connection": kernels,
        "sub-sampling": _(
            "A coefficient and a bias for each map; a unit is joined to its inputs and a bias."
        ),
        "RBF": _("The codes are fixed, so nothing is trained here; each unit reads all of F6."),
    }[layer.kind]


def question(layer: spec.Layer) -> str:
    """What one may ask of a layer's learned parameters."""
    strength = _("How strongly does each map pass its input on, and at which threshold?")
    return {
        spec.C1.key: _("What does each kernel look for? Orange wants ink, blue wants paper."),
        spec.S2.key: strength,
        spec.C3.key: _("Which kernel stands at which X of Table I?"),
        spec.S4.key: strength,
        spec.C5.key: _("What does one unit want of each S4 map?"),
        spec.F6.key: _("Which C5 units speak for which place of the code?"),
    }[layer.key]
