"""MNIST is found, fetched over a bad connection, and refused when it is not MNIST."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
import torch

from lenet import mnist
from lenet.mnist import DataError, File, Pair

TRAINING, TEST = 60, 20


def idx(array: np.ndarray) -> bytes:
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes((0, 0, 8, array.ndim)) + sizes + array.tobytes()


def described(name: str, array: np.ndarray) -> File:
    return File(name, hashlib.sha256(idx(array)).hexdigest(), array.shape)


@dataclass(frozen=True)
class Small:
    """A data set of MNIST's form, small enough for a test."""

    arrays: dict[str, np.ndarray]
    files: dict[mnist.Part, Pair]

    def write(self, folder: Path, packed: bool = True) -> Path:
        for name, array in self.arrays.items():
            content = idx(array)
            path = folder / (name + ".gz" if packed else name)
            path.write_bytes(gzip.compress(content) if packed else content)
        return folder


@pytest.fixture(scope="module")
def small() -> Small:
    random = np.random.default_rng(1)
    arrays, files = {}, {}
    parts: list[tuple[mnist.Part, int]] = [("train", TRAINING), ("test", TEST)]
    for part, count in parts:
        real = mnist.FILES[part]
        arrays[real.images.name] = random.integers(0, 256, (count, 28, 28)).astype(np.uint8)
        arrays[real.labels.name] = random.integers(0, 10, count).astype(np.uint8)
        files[part] = Pair(
            described(real.images.name, arrays[real.images.name]),
            described(real.labels.name, arrays[real.labels.name]),
        )
    return Small(arrays, files)


# Finding and reading ---------------------------------------------------------------------


@pytest.mark.parametrize("packed", [True, False], ids=["gzipped", "plain"])
def test_what_is_read_is_what_was_written(small: Small, tmp_path: Path, packed: bool) -> None:
    digits = mnist.load("test", small.write(tmp_path, packed), small.files)
    names = mnist.FILES["test"]
    assert (digits.images == small.arrays[names.images.name]).all()
    assert (digits.labels == small.arrays[names.labels.name]).all()
    assert (digits.indices == np.arange(TEST)).all()


def test_lenet_data_names_the_folder_and_an_argument_overrides_it(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LENET_DATA", str(small.write(tmp_path)))
    assert mnist.locate(files=small.files) == tmp_path
    (tmp_path / mnist.FILES["test"].labels.packed).unlink()
    with pytest.raises(DataError, match=r"LENET_DATA names.*t10k-labels-idx1-ubyte\.gz"):
        mnist.locate(files=small.files)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(DataError, match=r"The folder you named.*train-images-idx3-ubyte\.gz"):
        mnist.locate(empty, small.files)


def test_a_complete_cache_is_used_without_asking_anyone(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LENET_DATA", raising=False)
    monkeypatch.setattr(mnist, "cache", lambda: small.write(tmp_path))
    monkeypatch.setattr(mnist, "urlopen", None)  # calling it would fail
    assert mnist.locate(files=small.files) == tmp_path


def damage_of(content: bytes, how: str) -> bytes:
    other_labels = idx(np.arange(TEST, dtype=np.uint8))
    return {
        "cut short": gzip.compress(content)[:-20],
        "fewer numbers than its header promises": gzip.compress(content[:-1]),
        "more numbers than its header promises": gzip.compress(content + b"\0"),
        "of floats": gzip.compress(b"\0\0\x0d\x03" + content[4:]),
        "labels under the name of images": gzip.compress(other_labels),
        "a web page": b"<html>404</html>",
        "empty": b"",
        "a piece of a header": content[:9],
        "another count": gzip.compress(idx(np.zeros((TEST + 1, 28, 28), np.uint8))),
        "one pixel changed": gzip.compress(content[:-1] + bytes([content[-1] ^ 1])),
    }[how]


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("cut short", "cut short or damaged"),
        ("fewer numbers than its header promises", "its header promises"),
        ("more numbers than its header promises", "its header promises"),
        ("of floats", "not an IDX file of images"),
        ("labels under the name of images", "it holds labels"),
        ("a web page", "not an IDX file of images"),
        ("empty", "not an IDX file of images"),
        ("a piece of a header", "ends within its header"),
        ("another count", "21 x 28 x 28 numbers where"),
        ("one pixel changed", "SHA-256 differs"),
    ],
)
def test_a_damaged_file_is_refused_by_name(
    small: Small, tmp_path: Path, how: str, says: str
) -> None:
    small.write(tmp_path)
    path = tmp_path / mnist.FILES["test"].images.packed
    path.write_bytes(damage_of(idx(small.arrays[mnist.FILES["test"].images.name]), how))
    with pytest.raises(DataError, match=says) as refusal:
        mnist.load("test", tmp_path, small.files)
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


# Fetching --------------------------------------------------------------------------------


@dataclass
class Server:
    """A mirror with faults; ``asked`` keeps (path, Range header) of every request."""

    contents: dict[str, bytes]
    cuts: list[int] = field(default_factory=list)  # each answer in turn ends after so many bytes
    ranges: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def server(small: Small) -> Iterator[Server]:
    packed = {f"/{name}.gz": gzip.compress(idx(a), mtime=0) for name, a in small.arrays.items()}
    state = Server(packed)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            state.asked.append((self.path, wanted))
            content = state.contents.get(self.path)
            if content is None:
                self.send_error(404)
                return
            first = 0
            if wanted and state.ranges:
                first = int(wanted.removeprefix("bytes=").rstrip("-"))
                if first >= len(content):
                    self.send_error(416)
                    return
                self.send_response(206)
                self.send_header(
                    "Content-Range", f"bytes {first}-{len(content) - 1}/{len(content)}"
                )
            else:
                self.send_response(200)
            self.send_header("Content-Length", str(len(content) - first))
            self.end_headers()
            sent = content[first:]
            self.wfile.write(sent[: state.cuts.pop(0)] if state.cuts else sent)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        Thread(target=http.serve_forever, daemon=True).start()
        state.address = f"http://127.0.0.1:{http.server_port}/"
        yield state
        http.shutdown()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lenet.mnist.time.sleep", lambda _: None)


def fetched(small: Small, folder: Path, *mirrors: str) -> np.ndarray:
    """Fetch the test images and read them."""
    images = small.files["test"].images
    return mnist.read(mnist.fetch(folder, [images], mirrors), images)


def original(small: Small) -> np.ndarray:
    return small.arrays[mnist.FILES["test"].images.name]


def test_a_download_arrives_whole_and_leaves_nothing_half_done(
    small: Small, server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "cache"
    assert (fetched(small, folder, server.address) == original(small)).all()
    assert [path.name for path in folder.iterdir()] == [mnist.FILES["test"].images.packed]


def test_a_cut_connection_is_continued_where_it_broke(
    small: Small, server: Server, tmp_path: Path
) -> None:
    server.cuts = [1000, 500]
    assert (fetched(small, tmp_path, server.address) == original(small)).all()
    assert [wanted for _, wanted in server.asked] == [None, "bytes=1000-", "bytes=1500-"]


def test_what_an_interrupted_run_left_is_continued_by_the_next(
    small: Small, server: Server, tmp_path: Path
) -> None:
    name = mnist.FILES["test"].images.packed
    (tmp_path / f"{name}.part").write_bytes(server.contents[f"/{name}"][:700])
    assert (fetched(small, tmp_path, server.address) == original(small)).all()
    assert server.asked == [(f"/{name}", "bytes=700-")]


def test_a_part_that_was_already_whole_is_simply_used(
    small: Small, server: Server, tmp_path: Path
) -> None:
    name = mnist.FILES["test"].images.packed
    (tmp_path / f"{name}.part").write_bytes(server.contents[f"/{name}"])
    assert (fetched(small, tmp_path, server.address) == original(small)).all()


def test_a_server_that_cannot_continue_starts_afresh(
    small: Small, server: Server, tmp_path: Path
) -> None:
    server.cuts, server.ranges = [1000], False
    assert (fetched(small, tmp_path, server.address) == original(small)).all()


def test_a_wrong_beginning_is_thrown_away(small: Small, server: Server, tmp_path: Path) -> None:
    name = mnist.FILES["test"].images.packed
    (tmp_path / f"{name}.part").write_bytes(b"from somewhere else")
    assert (fetched(small, tmp_path, server.address) == original(small)).all()
    assert [wanted for _, wanted in server.asked] == ["bytes=19-", None]


def test_the_next_mirror_is_asked_when_one_has_a_wrong_file_or_none(
    small: Small, server: Server, tmp_path: Path
) -> None:
    name = mnist.FILES["test"].images.packed
    server.contents[f"/wrong/{name}"] = gzip.compress(idx(np.ones((TEST, 28, 28), np.uint8)))
    mirrors = [server.address + "none/", server.address + "wrong/", server.address]
    assert (fetched(small, tmp_path, *mirrors) == original(small)).all()


def test_a_wrong_file_from_everywhere_is_not_kept_and_the_message_says_what_to_do(
    small: Small, server: Server, tmp_path: Path
) -> None:
    name = mnist.FILES["test"].images.packed
    server.contents[f"/{name}"] = gzip.compress(idx(np.ones((TEST, 28, 28), np.uint8)))
    with pytest.raises(DataError, match=r"SHA-256 differs.*--data or LENET_DATA") as refusal:
        fetched(small, tmp_path, server.address)
    assert server.address in str(refusal.value)
    assert not list(tmp_path.iterdir())


def test_no_connection_at_all_is_one_sentence(small: Small, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="could not be downloaded"):
        fetched(small, tmp_path, "http://127.0.0.1:9/")  # the discard port: nobody listens


# What is held back, and what the network gets ---------------------------------------------


def test_the_first_of_each_class_are_held_back(small: Small, tmp_path: Path) -> None:
    digits = mnist.load("train", small.write(tmp_path), small.files)
    mask = mnist.held_back(digits, per_class=2)
    for label in range(10):
        places = np.flatnonzero(digits.labels == label)
        assert mask[places[:2]].all()
        assert not mask[places[2:]].any()


def test_an_image_becomes_an_input_with_two_pixels_of_paper_around() -> None:
    images = torch.arange(256).repeat(4)[: 28 * 28].reshape(1, 28, 28).to(torch.uint8)
    x = mnist.as_input(images)
    assert x.shape == (1, 1, 32, 32)
    assert x.dtype == torch.float32
    expected = np.pad(-0.1 + 1.275 * images[0].numpy() / 255, 2, constant_values=-0.1)
    assert np.allclose(x[0, 0].numpy(), expected, atol=1e-6)


@pytest.mark.skipif("LENET_DATA" not in os.environ, reason="LENET_DATA names no copy of MNIST")
def test_the_real_mnist_is_accepted() -> None:
    folder = Path(os.environ["LENET_DATA"])
    training, test = mnist.load("train", folder), mnist.load("test", folder)
    assert (len(training), len(test)) == (60_000, 10_000)
    held_back = training.only(mnist.held_back(training))
    assert (np.bincount(held_back.labels) == 500).all()
