"""Whatever is called a link is a drawing, or one sentence; and never costs much."""

from __future__ import annotations

import base64
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet import sealed
from lenet.drawing import canvas_json, link
from lenet.drawing.link import LinkError
from lenet.drawing.strokes import FARTHEST, MOST_POSITIONS, MOST_STROKES, WIDEST_PEN, Drawing
from tests.support.digits import DIGITS
from tests.support.mutants import check_sentence, mutants

DRAWINGS = [
    Drawing([[(x, y) for x, y in stroke] for stroke in DIGITS[digit]], [20] * len(DIGITS[digit]))
    for digit in "348"
]
DRAWINGS.append(Drawing([[(1.0, 2.0)]], [8], np.pad(np.full((20, 20), 77, np.uint8), 6)))
VALID = [(link.write(drawing) or "").encode() for drawing in DRAWINGS]
CONTENTS = [base64.b64decode(text[1:] + b"=" * (-len(text[1:]) % 4), b"-_")[3:] for text in VALID]


def read(text: str) -> None:
    """Reads, and checks what came of it."""
    try:
        drawing = link.read(text)
    except LinkError as error:
        check_sentence(error)
        return
    assert len(drawing.strokes) == len(drawing.pens) <= MOST_STROKES
    assert sum(map(len, drawing.strokes)) <= MOST_POSITIONS
    loaded = canvas_json.write(drawing, "#ffffff")
    assert canvas_json.read(loaded).strokes == drawing.strokes, "the canvas takes it"
    assert all(1 <= pen <= WIDEST_PEN for pen in drawing.pens)
    assert all(stroke and np.abs(stroke).max() <= FARTHEST for stroke in drawing.strokes)
    if drawing.picture is not None:
        assert drawing.picture.shape == (32, 32)
        assert drawing.picture.dtype == np.uint8
    again = link.write(drawing)
    assert again is None or link.read(again).strokes == drawing.strokes


@given(st.one_of(st.text(max_size=60), mutants(*VALID).map(lambda b: b.decode("latin-1"))))
def test_any_text(text: str) -> None:
    read(text)


@given(mutants(*CONTENTS))
def test_any_content_whose_checksum_is_right(content: bytes) -> None:
    """Who makes a link on purpose can make its checksum too."""
    read(link._VERSION + sealed.seal(content))


@pytest.mark.parametrize("filling", [b"\x00", b"\xff", b"\x55", b"\x92\x49\x24"])
@pytest.mark.parametrize("start", [b"\x00", CONTENTS[0][:9], CONTENTS[3][:40]])
def test_the_longest_link_takes_a_moment_at_most(start: bytes, filling: bytes) -> None:
    content = start + filling * 9_000
    content = content[: link.LONGEST * 3 // 4 - 10]
    begin = time.process_time()
    read(link._VERSION + sealed.seal(content))
    assert time.process_time() - begin < 0.2


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    import zlib

    bomb = zlib.compress(b"\0" * 50_000_000, 9)[:5_000]
    content = bytes([1, 0, 0, 32, 32]) + len(bomb).to_bytes(2, "big") + bomb
    with pytest.raises(LinkError):
        link.read(link._VERSION + sealed.seal(content))
