"""A network that a visitor has trained comes to the server, once, and is kept for the visit."""

from __future__ import annotations

import base64
import binascii
import math

from lenet import checkpoint
from lenet.catalogue import gettext as _
from lenet.checkpoint import SentWeightsError
from lenet.spec import LENET5
from lenet.variants import MODEL, named
from pages.parts.network import network
from pages.parts.network.network import Network

LONGEST_TITLE = 40
"""Characters of what a visitor calls a network."""

_LONGEST = 4 * -(-checkpoint.LARGEST_FILE // 3)


def keep(sent: object) -> Network:
    """Keep what the trainer sends: ``title``, ``network`` and, in base64, a safetensors file.

    Raises SentWeightsError or UnknownNetworkError, with a sentence, for anything else; what was
    kept before then stays.
    """
    own = read(sent)
    network.keep(own)
    return own


def read(sent: object) -> Network:
    """The network that was sent, all of it checked. Raises as ``keep`` does."""
    value = sent if isinstance(sent, dict) else {}
    name, text = value.get("network"), value.get("weights")
    if not isinstance(name, str) or not isinstance(text, str) or len(text) > _LONGEST:
        raise _nothing_sent()
    variant = named(name)
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _nothing_sent() from None
    architecture = variant.architecture
    weights = checkpoint.parse(content, architecture, _("What your browser sent"))
    kept_as = MODEL if architecture is LENET5 else name
    return Network(weights, math.inf, architecture, kept_as, _title(value.get("title")))


def _title(sent: object) -> str:
    """A name on one line, without odd characters; never empty."""
    text = sent if isinstance(sent, str) else ""
    shown = "".join(one if one.isprintable() else " " for one in text[:1_000])
    return " ".join(shown.split())[:LONGEST_TITLE].strip() or _("My network")


def _nothing_sent() -> SentWeightsError:
    return SentWeightsError(
        _("Your browser sent no network that can be read; press Keep for this visit once more.")
    )
