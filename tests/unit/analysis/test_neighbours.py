"""F6 of the packaged digits: the recorded values are the network's, and the nearest are nearest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save

import lenet
from lenet import checkpoint, mnist, packaged_digits
from lenet.analysis import neighbours
from lenet.analysis.neighbours import PackagedF6
from lenet.mnist import DataError
from lenet.spec import AMPLITUDE
from lenet.training import map_of_f6

STEP = 2 * AMPLITUDE / neighbours.LEVELS


def test_what_is_shipped_is_f6_of_the_shipped_network() -> None:
    found, digits = neighbours.recorded(), packaged_digits.load()
    assert found.network == checkpoint.identity(checkpoint.read())
    some = np.arange(0, len(digits), 97)
    model = lenet.load()
    with torch.inference_mode():
        inputs = mnist.as_input(torch.from_numpy(digits.images[some].copy()))
        trace = lenet.Trace.of(model, inputs)
    exact = trace.f6[:, :, 0, 0].numpy()
    assert np.abs(found.values[some] - exact).max() <= STEP / 2 + 1e-5
    assert (found.answers[some] == trace.output.numpy().argmin(1)).all()
    assert found.map is not None
    assert found.map.shape == (len(digits), 2)


def test_the_map_keeps_neighbours_and_says_how_well() -> None:
    """Its ten nearest are of the same class as the digit, as often as in F6 itself."""
    found, labels = neighbours.recorded(), packaged_digits.load().labels
    assert found.map is not None
    assert 0.9 < found.trustworthiness <= 1
    for place in range(0, len(labels), 250):
        away = ((found.map - found.map[place]) ** 2).sum(1)
        near = np.argsort(away)[1:11]
        in_f6 = set(found.nearest(found.values[place], 200).tolist())
        assert len(in_f6 & set(near.tolist())) >= 7, place


def test_the_nearest_are_found_in_their_order() -> None:
    drawn = np.random.default_rng(0)
    found = PackagedF6("0" * 64, drawn.integers(0, 256, (50, 84)).astype(np.uint8))
    assert found.nearest(found.values[7], 1).tolist() == [7]
    other = drawn.uniform(-1.7, 1.7, 84)
    nearest = found.nearest(other, 10)
    away = np.linalg.norm(found.values - other, axis=1)
    assert nearest.tolist() == sorted(range(50), key=lambda place: away[place])[:10]


def test_values_are_kept_within_half_a_step() -> None:
    values = np.linspace(-AMPLITUDE, AMPLITUDE, 8400).reshape(100, 84)
    kept = PackagedF6("0" * 64, neighbours.levels_of(values)).values
    assert np.abs(kept - values).max() <= STEP / 2 + 1e-6


COUNT = packaged_digits.COUNT
LEVELS, MAP = np.zeros((COUNT, 84), np.uint8), np.zeros((COUNT, 2), np.float16)
NAN = np.full((COUNT, 2), np.nan, np.float16)


@pytest.mark.parametrize(
    ("levels", "flat", "facts"),
    [
        (LEVELS[1:], MAP, {}),
        (LEVELS[:, 1:], MAP, {}),
        (LEVELS.astype(np.int8), MAP, {}),
        (LEVELS, MAP[1:], {}),
        (LEVELS, MAP.astype(np.float32), {}),
        (LEVELS, NAN, {}),
        (LEVELS, MAP, {"trustworthiness": "much"}),
        (LEVELS, MAP, {"trustworthiness": "nan"}),
        (LEVELS, MAP, {"trustworthiness": "2"}),
        (LEVELS, MAP, {"network": "shipped"}),
    ],
)
def test_what_cannot_be_f6_is_refused(
    tmp_path: Path, levels: np.ndarray, flat: np.ndarray, facts: dict[str, str]
) -> None:
    said = {"network": "0" * 64, "trustworthiness": "0.9", **facts}
    content = save({"f6": np.ascontiguousarray(levels), "map": flat}, said)
    (tmp_path / neighbours.F6).write_bytes(content)
    with pytest.raises(DataError, match="is damaged"):
        neighbours.recorded(tmp_path)


def test_it_is_made_from_the_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a few digits, because a map of thousands takes a minute."""
    pytest.importorskip("sklearn")
    shipped = neighbours.recorded()
    few = packaged_digits.load().only(np.arange(60))
    monkeypatch.setattr(packaged_digits, "load", lambda: few)
    monkeypatch.setattr(neighbours, "COUNT", len(few))
    told = map_of_f6.save(tmp_path, None)
    found = neighbours.recorded(tmp_path)
    assert (found.levels == shipped.levels[:60]).all()
    assert told["map_of"] == len(found.levels) == 60
    assert found.network == checkpoint.identity(checkpoint.read())
    assert found.trustworthiness == pytest.approx(told["trustworthiness"])
