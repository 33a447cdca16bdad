"""How numbers cross to the browser: a JSON header's length, the header, float32 values."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from typing import Any

import numpy as np


def pack(header: dict[str, Any], arrays: Iterable[np.ndarray]) -> bytes:
    """Bytes that ``assets/engine/unpack.js`` unpacks again; little-endian, arrays laid flat."""
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    values = b"".join(np.ascontiguousarray(array, dtype="<f4").tobytes() for array in arrays)
    return len(text).to_bytes(4, "little") + text + values


def zipped(packed: bytes) -> bytes:
    """The same for less than half of the bytes; the loader of components unzips what is zipped."""
    return gzip.compress(packed, compresslevel=1, mtime=0)
