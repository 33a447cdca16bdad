"""Only LeNet-5's own weights are accepted, and what is written comes back."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

import lenet
from lenet import checkpoint, spec
from lenet.checkpoint import CheckpointError
from lenet.model import LeNet5
from lenet.variants import VARIANTS


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    torch.manual_seed(3)
    path = tmp_path / "some.safetensors"
    checkpoint.save(LeNet5(), path, {"recipe": "none"})
    return path


def test_what_is_saved_comes_back_bit_for_bit(tmp_path: Path) -> None:
    model = LeNet5()
    card = checkpoint.save(model, tmp_path / "w.safetensors", {"recipe": "none"})
    back = checkpoint.load(tmp_path / "w.safetensors")
    for name, parameter in model.named_parameters():
        assert torch.equal(back.get_parameter(name), parameter)
    assert checkpoint.card(tmp_path / "w.safetensors") == card
    assert card["parameters"] == spec.PARAMETERS
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("room", [0, 100_000, 240_200])
def test_a_full_disk_leaves_the_weights_and_the_card_that_were_there(
    saved: Path, full_disk: Callable[[int], None], room: int
) -> None:
    before = {path.name: path.read_bytes() for path in saved.parent.iterdir()}
    full_disk(room)
    with pytest.raises(OSError, match=r"some\.safetensors"):
        checkpoint.save(LeNet5(), saved, {"recipe": "none"})
    assert {path.name: path.read_bytes() for path in saved.parent.iterdir()} == before
    checkpoint.load(saved)


def test_a_loaded_network_is_ready_to_be_shared(saved: Path) -> None:
    model = checkpoint.load(saved)
    assert not model.training
    assert not any(parameter.requires_grad for parameter in model.parameters())
    assert {parameter.device.type for parameter in model.parameters()} == {"cpu"}


def test_the_weights_alone_are_those_of_the_model_in_its_order(saved: Path) -> None:
    weights = checkpoint.read(saved)
    parameters = dict(checkpoint.load(saved).named_parameters())
    assert list(weights) == list(parameters) == list(spec.SHAPES)
    for name, array in weights.items():
        assert array.shape == spec.SHAPES[name]
        assert (torch.tensor(array) == parameters[name]).all()
        assert not array.flags.writeable, "all visitors share them"


def without(name: str) -> Callable[[dict[str, Tensor]], None]:
    return lambda tensors: tensors.__delitem__(name)


def put(name: str, tensor: Tensor) -> Callable[[dict[str, Tensor]], None]:
    return lambda tensors: tensors.__setitem__(name, tensor)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (without("c3.weight"), "c3.weight is missing"),
        (put("c7.weight", torch.zeros(1)), "it also has c7.weight"),
        (put("c3.weight", torch.zeros(16, 6, 5, 5)), "c3.weight is 16 x 6 x 5 x 5, not 60 x 5 x 5"),
        (put("f6.bias", torch.zeros(84, dtype=torch.float64)), "f6.bias is of type"),
        (put("f6.bias", torch.zeros(84, dtype=torch.bfloat16)), "numbers of the type BF16"),
        (put("c1.bias", torch.full((6,), math.nan)), "c1.bias has NaN"),
        (put("c1.bias", torch.full((6,), math.inf)), "c1.bias has NaN or infinity"),
    ],
)
def test_anything_but_lenet5_is_refused(
    saved: Path, change: Callable[[dict[str, Tensor]], None], says: str
) -> None:
    tensors = load_file(saved)
    change(tensors)
    save_file(tensors, saved)
    checkpoint.card_path(saved).unlink()
    with pytest.raises(CheckpointError, match=says) as refusal:
        checkpoint.load(saved)
    assert "\n" not in str(refusal.value)
    assert str(saved) in str(refusal.value)


@pytest.mark.parametrize("length", [0, 7, 100, 240_000])
def test_a_truncated_file_is_refused(saved: Path, length: int) -> None:
    saved.write_bytes(saved.read_bytes()[:length])
    with pytest.raises(CheckpointError, match="no intact safetensors file"):
        checkpoint.load(saved)


def test_a_pickle_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "w.safetensors"
    torch.save(LeNet5().state_dict(), path)
    with pytest.raises(CheckpointError, match="no intact safetensors file"):
        checkpoint.load(path)


def test_weights_and_the_card_of_others_are_refused(saved: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.safetensors"
    checkpoint.save(LeNet5(), other, {})
    saved.write_bytes(other.read_bytes())
    with pytest.raises(CheckpointError, match="do not belong together"):
        checkpoint.load(saved)


@pytest.mark.parametrize("content", ["", "{", "[]", "\xff"])
def test_a_damaged_card_is_refused(saved: Path, content: str) -> None:
    checkpoint.card_path(saved).write_bytes(content.encode("latin-1"))
    with pytest.raises(CheckpointError, match="model card"):
        checkpoint.card(saved)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"nothing\.safetensors"):
        checkpoint.load(tmp_path / "nothing.safetensors")


def test_without_a_recorded_distance_nothing_is_rejected(saved: Path) -> None:
    assert checkpoint.rejection_distance(saved) == math.inf
    checkpoint.card_path(saved).unlink()
    assert checkpoint.rejection_distance(saved) == math.inf


@pytest.mark.parametrize("recorded", [{}, {"distance": "far"}, {"distance": -1}, 20])
def test_an_unusable_distance_is_refused(saved: Path, recorded: object) -> None:
    card = checkpoint.card(saved) | {"rejection": recorded}
    checkpoint.card_path(saved).write_text(json.dumps(card))
    with pytest.raises(CheckpointError, match="rejection distance"):
        checkpoint.rejection_distance(saved)


def test_the_shipped_card_says_where_the_weights_come_from() -> None:
    card = checkpoint.card()
    assert card["parameters"] == spec.PARAMETERS
    for fact in ("recipe", "seed", "epochs", "date", "versions"):
        assert card[fact] is not None
    assert 0 <= card["held_back_error_percent"] < 1
    assert 0 < card["rejection"]["distance"] == checkpoint.rejection_distance()


def test_the_shipped_network_answers_with_a_small_and_nine_large_distances() -> None:
    seven = lenet.ink.from_strokes([[(90, 60), (190, 60), (130, 220)]], size=(280, 280))
    distances = lenet.load()(seven)[0]
    assert int(distances.argmin()) == 7
    assert distances[7] < checkpoint.rejection_distance() < distances.sort().values[1]


def test_a_file_with_its_card_inside_says_of_which_network_it_is(tmp_path: Path) -> None:
    weights = checkpoint.read()
    path = tmp_path / "own.safetensors"
    path.write_bytes(checkpoint.to_bytes(weights, {"title": "Mine", "architecture": "lenet5"}))
    back = checkpoint.read(path)
    assert list(back) == list(weights)
    assert all((back[name] == weights[name]).all() for name in weights)
    path.write_bytes(checkpoint.to_bytes(weights, {"architecture": "max-pool"}))
    with pytest.raises(CheckpointError, match="of the network max-pool, not of lenet5"):
        checkpoint.read(path)
    with pytest.raises(CheckpointError, match="of the network max-pool, not of softmax"):
        checkpoint.read(path, VARIANTS["softmax"].architecture)
