"""The 5,000 digits that a browser trains with: which they are, and what damaged files say."""

from __future__ import annotations

import base64
import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lenet import cli, packaged_digits, samples
from lenet.browser import bundles
from lenet.mnist import DataError, Digits
from tests.support import node
from tests.support.sampling import sampled


def test_they_are_those_that_are_held_back() -> None:
    digits = packaged_digits.load()
    assert len(np.unique(digits.indices)) == packaged_digits.COUNT
    for part in (digits.labels[:4_000], digits.labels[4_000:], digits.labels[:100]):
        counts = np.bincount(part, minlength=10)
        assert (counts == len(part) // 10).all()
    assert packaged_digits.FILE.stat().st_size <= packaged_digits.LARGEST_FILE


def test_the_samples_of_the_gallery_are_among_those_that_judge() -> None:
    digits, shown = packaged_digits.load(), samples.load()
    judges = {int(index): place for place, index in enumerate(digits.indices[4_000:], 4_000)}
    for image, label, index in zip(shown.images, shown.labels, shown.indices, strict=True):
        place = judges[int(index)]
        assert digits.labels[place] == label
        np.testing.assert_array_equal(digits.images[place], image)


def test_packed_from_mnist_they_are_the_same() -> None:
    """Of a MNIST made up of them, and of digits that are not held back."""
    digits = packaged_digits.load()
    training = Digits(
        np.zeros((60_000, 28, 28), np.uint8), np.zeros(60_000, np.uint8), np.arange(60_000)
    )
    later = np.setdiff1d(training.indices, digits.indices)
    training.images[digits.indices], training.labels[digits.indices] = digits.images, digits.labels
    training.labels[later] = 10  # no class of theirs
    again = packaged_digits.unpack(packaged_digits.pack(training))
    np.testing.assert_array_equal(again.indices, digits.indices)
    np.testing.assert_array_equal(again.images, digits.images)


@pytest.mark.skipif("LENET_DATA" not in os.environ, reason="LENET_DATA names no copy of MNIST")
def test_the_command_writes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "digits.gz"
    assert cli.main(["data", "--data", os.environ["LENET_DATA"], "--packaged", str(path)]) == 0
    written, shipped = packaged_digits.load(path), packaged_digits.load()
    np.testing.assert_array_equal(written.images, shipped.images)
    np.testing.assert_array_equal(written.indices, shipped.indices)


@pytest.mark.parametrize("place", sampled(range(0, 5_000, 499), 3))
def test_the_browser_has_the_same(place: int) -> None:
    digits = packaged_digits.load()
    packed = gzip.decompress(bundles.of_digits())
    length = int.from_bytes(packed[:4], "little")
    found = node.run(
        """
        const { digitsOf } = await import("./training/digits.js");
        const bytes = Uint8Array.from(atob(data.pixels), (letter) => letter.charCodeAt(0));
        const found = digitsOf({ ...data.header, values: new Float32Array(bytes.slice().buffer) });
        return {
          label: found.labels[data.place],
          image: Array.from(found.images.subarray(784 * data.place, 784 * (data.place + 1))),
          counts: [found.images.length, found.labels.length, found.learn],
        };
        """,
        {
            "header": json.loads(packed[4 : 4 + length]),
            "pixels": base64.b64encode(packed[4 + length :]).decode(),
            "place": place,
        },
    )
    assert found["label"] == digits.labels[place]
    assert found["image"] == digits.images[place].ravel().tolist()
    assert found["counts"] == [5_000 * 784, 5_000, 4_000]


@pytest.mark.parametrize(
    "damaged",
    [
        lambda content: content[:-9],
        lambda content: content + b"more",
        lambda content: b"not gzipped",
        lambda content: gzip.compress(b"\2\0\0\0{}" + bytes(packaged_digits.COUNT * 28 * 28)),
        lambda content: gzip.compress(gzip.decompress(content)[:-784]),
        lambda content: gzip.compress(gzip.decompress(content).replace(b'"digits"', b'"others"')),
        lambda content: bytes(packaged_digits.LARGEST_FILE + 1),
    ],
)
def test_a_damaged_file_is_a_sentence(tmp_path: Path, damaged: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "digits.gz"
    path.write_bytes(damaged(packaged_digits.read()))
    with pytest.raises(DataError, match=r"^The packaged digits cannot be read; restore .*\.$"):
        packaged_digits.load(path)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        packaged_digits.read(tmp_path / "none.gz")
