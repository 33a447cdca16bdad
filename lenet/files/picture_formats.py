"""The formats of picture files that can be read; named without importing what reads them."""

from __future__ import annotations

FORMATS = ("PNG", "JPEG", "WebP", "GIF", "BMP", "TIFF", "HEIC")
"""As they are called; what a file holds is seen from its bytes, not its name."""
