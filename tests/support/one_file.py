"""The page of one file, as the tests make and take it apart."""

from __future__ import annotations

import base64
import gzip
import json
import re
from functools import cache
from typing import Any

import numpy as np

from lenet import checkpoint
from lenet.browser import single_file


@cache
def content() -> bytes:
    """The file for the shipped network, made once."""
    weights = checkpoint.read()
    model = checkpoint.filled(weights)
    return single_file.build(weights, checkpoint.rejection_distance(), model)


def blocks(page: bytes) -> dict[str, bytes]:
    """What the file holds, by name, still compressed."""
    found = re.findall(r'<script type="text/plain" data-bundle="([^"]+)">([^<]*)<', page.decode())
    return {name: base64.b64decode(text, validate=True) for name, text in found}


def unpacked(bundle: bytes) -> tuple[dict[str, Any], bytes]:
    """(header, the bytes after it) of a bundle."""
    plain = gzip.decompress(bundle)
    end = 4 + int.from_bytes(plain[:4], "little")
    return json.loads(plain[4:end]), plain[end:]


def traces(bundle: bytes) -> np.ndarray:
    """(inputs, numbers) float32: the recorded traces in the bundle called ``page``."""
    header, rest = unpacked(bundle)
    start = header["samples"]["side"] ** 2 * len(header["samples"]["labels"])
    recorded = np.frombuffer(rest[start:], "<f2").astype(np.float32)
    return recorded.reshape(len(header["recorded"]), -1)


def with_damaged_trace(page: bytes, factor: float) -> bytes:
    """The same file with one recorded value, the largest of the last trace, made so much larger."""
    old = blocks(page)["page"]
    header, rest = unpacked(old)
    side, count = header["samples"]["side"], len(header["samples"]["labels"])
    traces = np.frombuffer(rest[count * side * side :], "<f2").copy()
    last = traces[-len(traces) // len(header["recorded"]) :]
    last[np.argmax(last)] *= factor
    text = json.dumps(header).encode()
    made = len(text).to_bytes(4, "little") + text + rest[: count * side * side] + traces.tobytes()
    old_text, new_text = map(base64.b64encode, (old, gzip.compress(made)))
    assert page.count(old_text) == 1
    return page.replace(old_text, new_text)
