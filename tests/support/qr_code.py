"""The QR code on a page, read off the screen as a phone reads it."""

from __future__ import annotations

import io

import numpy as np
import zxingcpp
from PIL import Image
from playwright.sync_api import Page

from tests.support import waiting


def read(page: Page) -> str:
    """What it says, once it is painted."""
    picture = page.get_by_role("img", name="QR code")
    picture.wait_for()

    def text() -> str:
        shot = Image.open(io.BytesIO(picture.screenshot())).convert("L")
        return "".join(code.text for code in zxingcpp.read_barcodes(np.asarray(shot)))

    return waiting.until(text, "a QR code that can be read")
