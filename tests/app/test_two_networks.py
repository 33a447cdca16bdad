"""No page and no cache mixes two networks, however many a server has loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
import streamlit as st
import torch
from streamlit.testing.v1 import AppTest

from lenet import Trace, checkpoint
from lenet.analysis import effective_field
from lenet.model import LeNet5
from lenet.spec import C3
from lenet.units import Unit
from pages.parts.network import sample_units
from pages.parts.network.network import Network
from tests.support.running_app import ROOT
from tests.support.sampling import sampled
from tests.support.second_network import SECOND, second_network

UNIT = Unit(C3, 9, 4, 4)

PAGES = {
    "app": ["drawing=1zYCxAAAIgAAgD0LMQPQqCAA"],
    "pages/explore/architecture": ["part=ideas-and-arithmetic", "part=learned-parameters"],
    "pages/explore/connections": ["on=5&c3=9&s2=3", "consequence=distances&table=" + "f" * 24],
    "pages/explore/receptive_fields": ["about=effective", "about=top-activations"],
    "pages/explore/output_codes": [
        "part=distances",
        "part=by-hand",
        "part=probabilities",
        "part=rejection",
        "part=all-samples",
    ],
}
"""Each page where a number of the network stands on it."""


@pytest.fixture
def two(tmp_path: Path) -> list[Network]:
    """Two checkpoints of LeNet-5 with different weights."""
    made = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        path = tmp_path / f"{seed}.safetensors"
        checkpoint.save(LeNet5().eval(), path, {})
        made.append(Network(checkpoint.read(path), rejection=50.0))
    return made


def test_one_weight_makes_another_identity(two: list[Network]) -> None:
    weights = {name: array.copy() for name, array in two[0].weights.items()}
    assert Network(weights, rejection=3.0).identity == two[0].identity
    weights["c3.bias"][7] += 0.5
    assert len({Network(weights, 50.0).identity, two[0].identity, two[1].identity}) == 3


def test_the_samples_trace_is_that_of_the_network_asked_for(two: list[Network]) -> None:
    first, second, again = (sample_units.trace(network) for network in (*two, two[0]))
    assert again is first, "computed once"
    with torch.inference_mode():
        for network, found in zip(two, (first, second), strict=True):
            expected = Trace.of(network.model, sample_units.inputs()[:3])
            assert torch.allclose(found.output[:3], expected.output, rtol=1e-4)
            assert torch.allclose(found.c3[:3], expected.c3, atol=1e-5)
    assert not torch.allclose(first.c3, second.c3)


def test_the_mean_gradient_is_that_of_the_network_asked_for(two: list[Network]) -> None:
    found = [sample_units.mean_gradient(network, UNIT)[0] for network in (*two, two[0])]
    assert np.array_equal(found[0], found[2])
    assert not np.allclose(found[0], found[1])
    sample_units._mean_gradient.clear()
    fresh = [sample_units.mean_gradient(network, UNIT)[0] for network in reversed(two)]
    assert np.allclose(found[:2], fresh[::-1])


def test_units_of_one_network_are_told_apart(two: list[Network]) -> None:
    places = [UNIT, Unit(C3, 9, 4, 5), Unit(C3, 8, 4, 4)]
    found = [sample_units.mean_gradient(two[0], unit)[0] for unit in places]
    assert not np.allclose(found[0], found[1])
    assert not np.allclose(found[0], found[2])


def test_another_architecture_has_its_own_trace_and_gradient(two: list[Network]) -> None:
    model = second_network()
    weights = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    other = Network(weights, 50.0, SECOND)
    sample_units.trace(two[0])
    assert sample_units.trace(other).architecture is SECOND
    unit = Unit(SECOND.layer("c3"), 7, 4, 4)
    gradient, count = sample_units.mean_gradient(other, unit)
    assert count == 100
    field = effective_field.field_of(unit)
    inside = gradient[field.row : field.last_row + 1, field.column : field.last_column + 1]
    assert gradient.sum() == pytest.approx(inside.sum())
    assert gradient.any()


def sent(block: Any) -> list[bytes]:
    """Everything that a page sends to the browser, in its order."""
    found = []
    for child in getattr(block, "children", {}).values():
        proto = getattr(child, "proto", None)
        if proto is not None:
            found.append(proto.SerializeToString(deterministic=True))
        found += sent(child)
    return found


@pytest.mark.parametrize(
    ("page", "address"),
    sampled([(page, address) for page, tabs in PAGES.items() for address in tabs], 6),
)
def test_a_page_shows_one_network_whatever_was_shown_before(
    page: str, address: str, two: list[Network], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    def shown(network: Network) -> list[bytes]:
        monkeypatch.setattr("pages.parts.network.network.load", lambda: network)
        opened = AppTest.from_file(str(ROOT / f"{page}.py"), default_timeout=60)
        for name, value in parse_qsl(address):
            opened.query_params[name] = value
        opened.run()
        assert not opened.exception
        return sent(opened.main)

    def forget() -> None:
        st.cache_data.clear()
        st.cache_resource.clear()

    forget()
    alone = shown(two[1])
    forget()
    before = shown(two[0])
    assert shown(two[1]) == alone
    assert shown(two[0]) == before
    assert before != alone
