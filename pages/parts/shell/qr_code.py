"""QR codes of addresses."""

from __future__ import annotations

import re

import segno
from segno.encoder import DataOverflowError

from lenet.drawing import link

LONGEST = link.LONGEST + 2_000
"""Characters of an address that this page can have: a drawing, and the state of its widgets."""


def qr_code(address: object) -> str | None:
    """An address as a QR code, black on white, a data URI of SVG; None where it cannot be one.

    What the browser sends is checked: only a web address of at most ``LONGEST`` characters, all
    of them allowed in one, becomes a code, and the code is all that comes out.
    """
    if not isinstance(address, str) or len(address) > LONGEST:
        return None
    if not re.fullmatch(r"https?://[!-;=?-~]+", address, re.ASCII):
        return None
    try:
        code = segno.make_qr(address, error="l", boost_error=False)
    except DataOverflowError:
        return None
    return str(code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True))
