"""Whatever lies where data, weights and settings are expected is read, or refused in a sentence."""

from __future__ import annotations

import contextlib
import gzip
import io
import math
import struct
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save

from lenet import checkpoint, cli, mnist, samples, spec
from lenet.checkpoint import CheckpointError
from lenet.files import bounded
from lenet.mnist import DataError
from lenet.model import LeNet5
from lenet.training import run
from tests.support.mutants import check_sentence, grafts, leaves, mutants, text_of, wild

HERE = Path("digits")
IDX = b"\0\0\x08\x03" + struct.pack(">III", 2, 3, 4) + bytes(range(24))
PACKED = gzip.compress(IDX, mtime=0)
WEIGHTS = save({name: value.detach() for name, value in LeNet5().named_parameters()})
SMALL = save({"c1.bias": torch.zeros(6)}, {"epochs": "[]", "step": "1"})
CARD = {"recipe": "plain", "rejection": {"distance": 30.5}, "sha256": "0" * 64, "seed": 0}
SHEET = samples.SHEET.read_bytes()
FACTS = samples.SHEET.with_suffix(".json").read_bytes()


@given(mutants(IDX), st.sampled_from([1, 3]))
def test_an_idx_file_is_an_array_or_a_sentence(content: bytes, dimensions: int) -> None:
    try:
        array = mnist.read_idx(content, HERE, dimensions)
    except DataError as error:
        check_sentence(error)
        return
    assert array.dtype == np.uint8
    assert array.ndim == dimensions
    assert array.size < len(content)


@given(mutants(PACKED, gzip.compress(bytes(5000))))
def test_what_is_gzipped_is_unpacked_up_to_the_bound_or_refused(content: bytes) -> None:
    try:
        unpacked = bounded.gunzip(content, 1000)
    except (bounded.TooLargeError, EOFError, zlib.error):
        return
    assert len(unpacked) <= 1000
    assert unpacked == gzip.decompress(content)


def test_a_gzip_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(10_000_000)) for _ in range(100)) + packer.flush()
    (tmp_path / "bomb.gz").write_bytes(bomb)
    tracemalloc.start()
    with pytest.raises(DataError, match="unpacked") as refusal:
        mnist.unpack(tmp_path / "bomb.gz")
    assert tracemalloc.get_traced_memory()[1] < 3 * mnist.LARGEST_FILE
    tracemalloc.stop()
    check_sentence(refusal.value)


@given(mutants(WEIGHTS, SMALL))
def test_weights_are_lenet5s_or_a_sentence(content: bytes) -> None:
    try:
        arrays = checkpoint._arrays(HERE, content, spec.LENET5)
    except CheckpointError as error:
        check_sentence(error)
        return
    assert sum(array.size for array in arrays.values()) == 60_000
    assert all(np.isfinite(array).all() for array in arrays.values())


def header(text: bytes, claimed: int | None = None) -> bytes:
    return struct.pack("<Q", len(text) if claimed is None else claimed) + text


@pytest.mark.parametrize(
    "content",
    [
        header(b"{}", 2**63),
        header(b"{}", 2**40),
        header(b'{"a":{"dtype":"F32","shape":[250000000000],"data_offsets":[0,1000000000000]}}'),
        header(b'{"a":{"dtype":"F32","shape":[99999999999,99999999999],"data_offsets":[0,0]}}'),
        header(b'{"a":{"dtype":"F4","shape":[2],"data_offsets":[0,1]}}') + b"\0",
        header(b"[" * 100_000),
        header(b'{"\xf0\x9f":1}'),
    ],
)
def test_weights_that_claim_terabytes_are_refused_at_once(content: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(CheckpointError) as refusal:
        checkpoint._arrays(HERE, content, spec.LENET5)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    check_sentence(refusal.value)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("card") / "some.safetensors"


@given(st.one_of(grafts(CARD).map(text_of), mutants(text_of(CARD)), wild.map(text_of)))
def test_a_card_has_a_distance_or_is_refused(weights: Path, content: bytes) -> None:
    checkpoint.card_path(weights).write_bytes(content)
    try:
        distance = checkpoint.rejection_distance(weights)
    except CheckpointError as error:
        check_sentence(error)
        return
    assert distance == math.inf or 0 < distance <= checkpoint.FARTHEST


@pytest.mark.parametrize(
    "content", [b"[" * 200_000, b"9" * 5_000, b" " * 2_000_000, b'{"a":' * 50_000]
)
def test_a_card_that_is_deep_or_large_is_refused(weights: Path, content: bytes) -> None:
    checkpoint.card_path(weights).write_bytes(content)
    with pytest.raises(CheckpointError) as refusal:
        checkpoint.card(weights)
    check_sentence(refusal.value)


SMALL_SHEET = {"columns": 20, "per_class": 40, "indices": list(range(400))}


facts = st.one_of(
    st.just(FACTS),
    grafts({**SMALL_SHEET, "indices": [1, 2]}).map(text_of),
    mutants(text_of(SMALL_SHEET)),
)


@given(described=facts, sheet=st.one_of(st.just(SHEET), mutants(SHEET)))
def test_samples_are_the_digits_described_or_refused(described: bytes, sheet: bytes) -> None:
    try:
        digits = samples.unpack(sheet, described)
    except (OSError, ValueError, KeyError, TypeError, SyntaxError, OverflowError):
        return  # all of which samples.read turns into a sentence
    assert digits.images.shape == (len(digits), 28, 28)
    assert len(digits.indices) == len(digits)


@pytest.mark.parametrize("facts", [b"", b"[]", b"{" * 99_999, FACTS[:-40], b'{"columns": 1e999}'])
def test_damaged_samples_are_a_sentence(tmp_path: Path, facts: bytes) -> None:
    (tmp_path / "samples.png").write_bytes(SHEET)
    (tmp_path / "samples.json").write_bytes(facts)
    with pytest.raises(DataError) as refusal:
        samples.read(tmp_path / "samples.png")
    check_sentence(refusal.value)


counted = grafts({"__metadata__": {"epochs": "[]"}}).map(lambda value: header(text_of(value)))


@given(st.one_of(mutants(SMALL), counted))
def test_a_runs_state_has_counters_or_is_damaged(content: bytes) -> None:
    try:
        counters = run._metadata(content)
        epochs = run._records(counters.get("epochs", ""))
    except run.DAMAGED:
        return  # all of which Run.resume turns into a sentence
    assert all(isinstance(record, dict) for record in epochs)


folders = st.one_of(
    st.text(max_size=60), st.sampled_from(["/dev/zero", "/dev", "..", "~", "a" * 300])
)


@given(folders)
def test_a_folder_for_mnist_holds_it_or_is_refused(folder: str) -> None:
    try:
        mnist.locate(Path(folder or "."))
    except DataError as error:
        check_sentence(error, quotes=True)


OPTIONS = st.sampled_from(
    "train evaluate predict report data --data --json --seed --epochs --recipe plain --out --help "
    "--resume --checkpoint x.png -1 1e9 0x1 99999999999999999999999 --".split()
)
PARSER = cli.parser()


@given(st.lists(st.one_of(OPTIONS, OPTIONS, leaves.map(str)), max_size=5))
def test_a_command_line_is_understood_or_explained(arguments: list[str]) -> None:
    said, code = io.StringIO(), None
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            PARSER.parse_args(arguments)
    except SystemExit as end:
        code = end.code
    assert code in (None, 0, 2)
    assert code is None or "usage: python -m lenet" in said.getvalue()


def test_a_picture_on_the_command_line_is_bounded_as_an_upload_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    large = tmp_path / "large.png"
    with large.open("wb") as file:
        file.truncate(10**9)
    assert cli.main(["predict", str(large)]) == cli.UNREADABLE
    assert "bytes" in capsys.readouterr().err
