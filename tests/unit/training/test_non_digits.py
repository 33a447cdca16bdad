"""What is no digit: of every kind, varied, repeatable, and drawn like everything else."""

from __future__ import annotations

import pytest
import torch

from lenet.ink import STROKE_RADIUS
from lenet.training import non_digits, synthetic

DIGITS, LABELS = synthetic.draw(
    synthetic.read_styles(), 900, STROKE_RADIUS, torch.Generator().manual_seed(3)
)


def made(kind: non_digits.Maker, seed: int = 1, count: int = 60) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return kind(count, DIGITS, LABELS, STROKE_RADIUS, generator)


@pytest.mark.parametrize("kind", non_digits.KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_draws_images_that_repeat_with_their_seed(kind: non_digits.Maker) -> None:
    images = made(kind)
    assert images.shape[1:] == (28, 28)
    assert images.dtype == torch.uint8
    assert len(images) >= 60
    assert (images.flatten(1).amax(1) > 128).all(), "each has ink"
    assert len(images.flatten(1).unique(dim=0)) > 0.9 * len(images), "they differ"
    assert torch.equal(images, made(kind))
    assert not torch.equal(images, made(kind, seed=2)[: len(images)])


def test_shares_are_of_the_whole() -> None:
    assert sum(non_digits.KINDS.values()) == pytest.approx(1)


def test_drawings_fit_the_box_that_digits_fit() -> None:
    for kind in (
        non_digits.characters,
        non_digits.styles,
        non_digits.compositions,
        non_digits.scribbles,
    ):
        ink = made(kind) > 127
        heights, widths = ink.any(2).sum(1), ink.any(1).sum(1)
        longest = torch.maximum(heights, widths)
        assert longest.max() <= 21
        assert longest.float().mean() > 18


def test_styles_of_what_is_no_digit_have_names_and_no_digit() -> None:
    styles = synthetic.read_styles("non_digit_styles.txt")
    assert all(style.digit == synthetic.NO_DIGIT for style in styles)
    assert len({style.name for style in styles}) == len(styles)


def test_an_overlay_holds_all_the_ink_of_two_different_digits() -> None:
    images = made(non_digits.overlays).int()
    flat, digits = images.flatten(1), DIGITS.flatten(1).int()
    for image in flat[:10]:
        inside = (digits <= image).all(1)
        assert len(LABELS[inside].unique()) >= 2


def test_what_lies_on_its_side_is_a_digit_turned_by_a_quarter() -> None:
    known = {bytes(image.numpy().tobytes()) for image in DIGITS}
    for image in made(non_digits.lying)[:10]:
        turned = [image.rot90(k).contiguous().numpy().tobytes() for k in (1, 3)]
        assert any(one in known for one in turned)
