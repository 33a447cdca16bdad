"""A short own tour as a text in an address: the YAML itself, deflated and sealed."""

from __future__ import annotations

import zlib

from lenet import sealed
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.tour import reading
from lenet.tour.reading import Fault, TourError

LONGEST = 4_000
"""Characters of the longest text; a longer tour lies beside the app."""

PREFIX = "z."
"""What tells such a text from the name of a tour on the server."""


def write(content: bytes) -> str | None:
    """The text of a tour's YAML; None for one that is too long for a link."""
    text = PREFIX + sealed.seal(zlib.compress(content, 9))
    return text if len(text) <= LONGEST else None


def read(text: str) -> bytes:
    """The YAML of a text. Raises TourError for what ``write`` does not make."""
    if len(text) > LONGEST:
        raise _damaged(
            _("The link is longer than a tour may be here: {count}, where {most} are read.").format(
                count=number(len(text)), most=number(LONGEST)
            )
        )
    damaged = _damaged(_("The link is damaged or was cut on its way; please ask for it again."))
    try:
        packed = sealed.unseal(text.removeprefix(PREFIX))
        stream = zlib.decompressobj()
        content = stream.decompress(packed, reading.MOST_BYTES + 1)
    except (sealed.DamagedError, zlib.error):
        raise damaged from None
    if len(content) <= reading.MOST_BYTES and (not stream.eof or stream.unused_data):
        raise damaged
    return content


def _damaged(sentence: str) -> TourError:
    return TourError([Fault(1, "", sentence)])
