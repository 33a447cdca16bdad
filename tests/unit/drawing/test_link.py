"""A drawing survives its way through an address, and nothing else is taken for one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lenet import ink, mnist, samples
from lenet.drawing import link, size_normalisation
from lenet.drawing.link import LinkError
from lenet.drawing.strokes import FARTHEST, GRID, WIDEST_PEN, Drawing
from tests.support import pens
from tests.support.digits import DIGITS
from tests.support.sampling import count

places = st.integers(-400 * GRID, 700 * GRID).map(lambda steps: steps / GRID)
strokes = st.lists(st.tuples(places, places), min_size=1, max_size=40)
pictures = st.none() | st.binary(min_size=400, max_size=400).filter(any).map(
    lambda levels: np.pad(np.frombuffer(levels, np.uint8).reshape(20, 20), 6)
)
drawings = st.builds(
    lambda drawn, picture: Drawing([s for s, _ in drawn], [p for _, p in drawn], picture),
    st.lists(st.tuples(strokes, st.integers(1, WIDEST_PEN)), max_size=5),
    pictures,
)


def same(one: Drawing, other: Drawing) -> bool:
    pictures = [np.zeros((32, 32)) if s.picture is None else s.picture for s in (one, other)]
    return (one.strokes, one.pens) == (other.strokes, other.pens) and bool(
        (pictures[0] == pictures[1]).all()
    )


@given(drawings)
@example(Drawing())
@example(Drawing([[(-FARTHEST, FARTHEST), (FARTHEST, -FARTHEST)]], [20]))
def test_a_drawing_comes_back_exactly(drawing):
    text = link.write(drawing)
    assert text is not None
    assert same(link.read(text), drawing)


@given(drawings)
def test_an_address_can_hold_it(drawing):
    text = link.write(drawing)
    assert text is not None
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_nothing_drawn_is_nothing_in_the_address():
    assert link.write(Drawing()) == ""
    assert link.read("").is_empty


def test_a_drawing_off_the_grid_is_taken_to_it():
    text = link.write(Drawing([[(10.003, 20.5), (30.0, 40.0)]], [20]))
    assert text is not None
    assert link.read(text).strokes == [[(10.0, 20.5), (30.0, 40.0)]]


def written(rate: float, phase: float) -> list[list[list[tuple[float, float]]]]:
    """Digits in 40 or 130 ways of writing, with so many pen positions to a pixel."""
    drawings = []
    for drawing in pens.drawings(writers=count(few=40, many=130)):
        drawings.append([resampled(stroke, rate, phase) for stroke in drawing.strokes])
    return drawings


def resampled(stroke, rate: float, phase: float) -> list[tuple[float, float]]:
    points = np.array(stroke, dtype=np.float64)
    lengths = np.hypot(*np.diff(points, axis=0).T) if len(points) > 1 else np.zeros(0)
    along = np.concatenate([[0], lengths.cumsum()])
    at = np.linspace(0, along[-1], max(1, int(along[-1] * rate)))
    path = np.stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)], axis=1)
    path = np.rint((path - phase) * GRID) / GRID + phase if phase else np.rint(path)
    return [(float(x), float(y)) for x, y in path]


@pytest.mark.parametrize(
    ("rate", "phase", "most"),
    [(0.3, 0.0, 700), (0.3, 1 / GRID, 2000), (0.7, 0.0, 1400)],
    ids=["a mouse", "a finger", "a slow mouse"],
)
def test_a_three_stroke_digit_takes_at_most_two_thousand_characters(rate, phase, most):
    longest = 0
    for drawing in written(rate, phase):
        three = (drawing * 3)[:3]  # as many strokes, however few the writer needed
        text = link.write(Drawing(three, [20] * 3))
        assert text is not None
        longest = max(longest, len(text))
    assert 100 < longest <= most


def test_every_sample_digit_comes_back_as_the_same_input():
    for image in samples.load().images[::20]:
        padded = np.pad(image, 2)
        text = link.write(Drawing(picture=padded))
        assert text is not None
        assert len(text) < 500
        picture = link.read(text).picture
        assert picture is not None
        assert (picture == padded).all()


def test_grey_levels_say_exactly_what_mnist_says():
    import torch

    images = torch.from_numpy(samples.load().images[::40].copy())
    for image, x in zip(images.numpy(), mnist.as_input(images), strict=True):
        levels = size_normalisation.grey_levels(x[None])
        assert (levels == np.pad(image, 2)).all()
        np.testing.assert_allclose(size_normalisation.as_input(levels / 255)[0], x, atol=1e-6)


def test_the_network_sees_the_same_to_the_last_bit():
    drawn = [[(x + 0.25, y + 0.015625) for x, y in stroke] for stroke in DIGITS["4"]]
    text = link.write(Drawing(drawn, [20, 20]))
    assert text is not None
    before, after = ink.from_strokes(drawn), ink.from_strokes(link.read(text).strokes)
    assert before is not None
    assert after is not None
    assert (before == after).all()


GOOD = link.write(Drawing([[(x, y) for x, y in DIGITS["3"][0]]], [20])) or ""


@pytest.mark.parametrize("length", range(1, len(GOOD)))
def test_a_link_that_was_cut_is_refused(length):
    with pytest.raises(LinkError, match=r"damaged or was cut"):
        link.read(GOOD[:length])


@given(st.integers(0, len(GOOD) - 1), st.characters(max_codepoint=0x2FFF))
def test_a_changed_character_is_noticed(at, character):
    changed = GOOD[:at] + character + GOOD[at + 1 :]
    try:
        read = link.read(changed)
    except LinkError:
        return
    # The very last bits of base64 may mean nothing.
    assert at == len(GOOD) - 1 or character == GOOD[at]
    assert same(read, link.read(GOOD))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1", "damaged"),
        ("9AAAA", "another version"),
        ("1 <script>alert(1)</script>", "damaged"),
        ("1" + "A" * link.LONGEST, "more than"),
        ("1\u0661\u0662", "damaged"),
    ],
)
def test_what_is_no_link_is_refused_in_a_sentence(text, says):
    with pytest.raises(LinkError, match=says) as refused:
        link.read(text)
    assert str(refused.value).endswith(".")


def test_a_drawing_too_long_for_an_address_gets_none():
    random = np.random.default_rng(1)
    scribble = [(float(x), float(y)) for x, y in random.uniform(0, 280, (5_000, 2))]
    assert link.write(Drawing([scribble], [20])) is None
