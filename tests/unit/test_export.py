"""What is taken along reads back as the very numbers of the trace."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from lenet import checkpoint, export, spec, units
from lenet.checkpoint import CheckpointError
from lenet.model import LeNet5
from lenet.trace import Trace

LAYERS = list(spec.BY_KEY.values())


@pytest.fixture
def trace(network: LeNet5, image: Tensor) -> Trace:
    return Trace.of(network, image)


def lines_of(trace: Trace) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export.activations_csv(trace))))


def test_the_csv_has_a_line_for_every_number_of_the_network(trace: Trace) -> None:
    lines = lines_of(trace)
    assert tuple(lines[0]) == export.COLUMNS
    assert len(lines) == spec.UNITS
    for layer in LAYERS:
        assert sum(line["layer"] == layer.name for line in lines) == layer.units


def test_the_csv_reads_back_as_the_same_float32s(trace: Trace) -> None:
    lines = lines_of(trace)
    for layer in LAYERS:
        own = [line for line in lines if line["layer"] == layer.name]
        values = np.array([line["value"] for line in own]).astype(np.float32)
        assert np.array_equal(values, trace[layer.key].detach().numpy().ravel())
        sums = [line["before_squashing"] for line in own]
        if layer.squashed:
            expected = trace.before[layer.key].detach().numpy().ravel()
            assert np.array_equal(np.array(sums).astype(np.float32), expected)
        else:
            assert set(sums) == {""}


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=1))
def test_any_float32_in_the_csv_reads_back_as_itself(numbers: list[float]) -> None:
    pixels = torch.zeros(spec.INPUT_SIZE**2)
    written = torch.tensor(numbers[: len(pixels)], dtype=torch.float32)
    pixels[: len(written)] = written
    blank = Trace.of(LeNet5(), torch.zeros(1, 1, spec.INPUT_SIZE, spec.INPUT_SIZE))
    trace = replace(blank, values={**blank.values, "input": pixels.reshape(blank.input.shape)})
    back = [line["value"] for line in lines_of(trace)][: spec.INPUT.units]
    read = np.array(back).astype(np.float32)
    assert read.tobytes() == pixels.numpy().tobytes()  # bits, so that -0 counts too


def test_a_lines_place_and_name_are_those_of_the_unit_with_that_value(
    network: LeNet5, trace: Trace
) -> None:
    lines = lines_of(trace)
    keys = {layer.name: layer.key for layer in LAYERS}
    for line in lines[:: len(lines) // 97]:
        place = int(line["map"]), int(line["row"]), int(line["column"])
        unit = units.explain(network, trace, keys[line["layer"]], *place)
        assert line["unit"] == unit.name
        assert float(line["value"]) == pytest.approx(unit.value, rel=1e-5, abs=1e-5)


def test_the_npz_gives_every_array_back_in_its_shape(trace: Trace) -> None:
    with np.load(io.BytesIO(export.activations_npz(trace)), allow_pickle=False) as arrays:
        assert tuple(arrays["layers"]) == tuple(spec.BY_KEY)
        assert tuple(arrays["classes"]) == spec.CLASSES
        named = {"layers", "classes", *spec.BY_KEY}
        assert set(arrays) == named | {f"{layer.key}_before" for layer in spec.SQUASHED}
        for layer in LAYERS:
            assert arrays[layer.key].dtype == np.float32
            assert np.array_equal(arrays[layer.key], trace[layer.key][0].detach().numpy())
        for layer in spec.SQUASHED:
            before = trace.before[layer.key][0].detach().numpy()
            assert np.array_equal(arrays[f"{layer.key}_before"], before)
        assert sum(arrays[layer.key].size for layer in LAYERS) == spec.UNITS


def test_the_same_trace_is_the_same_bytes(trace: Trace) -> None:
    assert export.activations_npz(trace) == export.activations_npz(trace)
    assert export.activations_csv(trace) == export.activations_csv(trace)


@pytest.mark.parametrize("shape", [(2, 1, 32, 32), (1, 1, 36, 36)])
def test_other_than_one_input_of_the_papers_size_is_refused(
    network: LeNet5, shape: tuple[int, ...]
) -> None:
    trace = Trace.of(network, torch.zeros(shape))
    with pytest.raises(ValueError, match="one 32x32 input"):
        export.activations_csv(trace)
    with pytest.raises(ValueError, match="one 32x32 input"):
        export.activations_npz(trace)


def test_the_weights_load_again_from_the_zip(tmp_path: Path, image: Tensor) -> None:
    with zipfile.ZipFile(io.BytesIO(export.weights_zip())) as archive:
        assert archive.namelist() == ["lenet5.safetensors", "lenet5.json", "LICENSE", "NOTICE"]
        archive.extractall(tmp_path)
    unpacked = tmp_path / "lenet5.safetensors"
    assert checkpoint.card(unpacked) == checkpoint.card()
    assert torch.equal(checkpoint.load(unpacked)(image), checkpoint.load()(image))
    licence = checkpoint.SHIPPED.parent.parent / "LICENSE"
    assert (tmp_path / "LICENSE").read_bytes() == licence.read_bytes()


def test_the_zip_is_always_the_same_bytes() -> None:
    assert export.weights_zip() == export.weights_zip()


def test_damaged_weights_are_not_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / checkpoint.SHIPPED.name
    damaged.write_bytes(checkpoint.SHIPPED.read_bytes()[:-1])
    monkeypatch.setattr(checkpoint, "SHIPPED", damaged)
    with pytest.raises(CheckpointError, match="no intact safetensors file"):
        export.weights_zip()
