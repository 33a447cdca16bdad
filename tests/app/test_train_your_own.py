"""Training a network of one's own, as the server sees it: hardly at all."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.numpy import save
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from lenet import packaged_digits
from lenet.browser import bundles
from lenet.model import LeNet5
from lenet.variants import MODEL, VARIANTS, trainable
from tests.support import running_app, visits
from tests.support.visitor import Visitor, warm_up

YOURS = "This network is yours"


def opened(app: AppTest) -> AppTest:
    app.query_params["show"] = "own"
    app.switch_page("pages/learn/training.py").run()
    assert not app.exception
    return app


def sent(app: AppTest) -> dict[str, dict[str, Any]]:
    """The header of what every component gets, by the component's name, bundles by their own."""
    found = {}
    for each in app.get("bidi_component"):
        packed = each.proto.bytes
        if packed[:2] == b"\x1f\x8b":
            packed = gzip.decompress(packed)
        if each.proto.component_name in ("lenet_bundle", "lenet_training_own"):
            header = json.loads(packed[4 : 4 + int.from_bytes(packed[:4], "little")])
            found[header.get("name", "own")] = header
    return found


def test_the_browser_gets_all_that_it_trains_with_once(app: AppTest) -> None:
    found = sent(opened(app))
    own = found["own"]
    assert own["architectures"] in found
    assert own["digits"] in found
    networks = found[bundles.ARCHITECTURES]["networks"]
    assert set(networks) == set(own["titles"]) == set(trainable())
    assert {VARIANTS[name].architecture for name in networks} == {
        variant.architecture for variant in VARIANTS.values()
    }
    for name, described in networks.items():
        assert dict(described["shapes"]).keys() == VARIANTS[name].architecture.shapes.keys()
    assert not own["traced"], "no stroke is answered by PyTorch: it does not know these weights"
    assert own["kept"] is None


def test_digits_that_cannot_be_read_are_a_sentence(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bundles.of_digits.cache_clear()
    read = packaged_digits.read
    monkeypatch.setattr(packaged_digits, "read", lambda: read(tmp_path / "nothing.gz"))
    try:
        assert any("packaged digits" in error.value for error in opened(app).error)
    finally:
        bundles.of_digits.cache_clear()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_app.server() as address:
        visits.run(warm_up(address))
        yield address


def network(seed: int) -> str:
    torch.manual_seed(seed)
    weights = {name: one.detach().numpy() for name, one in LeNet5().named_parameters()}
    return base64.b64encode(save(weights)).decode()


def said(visitor: Visitor) -> str:
    """What the page says of a network that is kept."""
    elements = visitor.elements("own_network")
    return " ".join(one.markdown.body for one in elements if one.WhichOneof("type") == "markdown")


def alerts(visitor: Visitor) -> list[str]:
    return [one.alert.body for one in visitor.elements() if one.WhichOneof("type") == "alert"]


async def keep(visitor: Visitor, value: object) -> None:
    """What the component sends when Keep is pressed, once."""
    (element,) = [
        one.bidi_component
        for one in visitor.elements()
        if one.WhichOneof("type") == "bidi_component"
        and one.bidi_component.component_name == "lenet_training_own"
    ]
    told = json.dumps([{"event": "kept", "value": value}])
    state = WidgetState(
        id=f"$$STREAMLIT_INTERNAL_KEY_{element.id}__events", json_trigger_value=told
    )
    run = await visitor.run(states=[state])
    assert not run.exceptions


def test_a_network_is_kept_once_and_a_wrong_one_changes_nothing(address: str) -> None:
    async def visit() -> None:
        visitor = Visitor(address, "training", query="show=own")
        await visitor.connect()
        await visitor.run()
        await keep(visitor, {"title": "First", "network": MODEL, "weights": network(1)})
        await visitor.run()
        assert said(visitor) == f"{YOURS}: **First**"
        for wrong in ("x", [1], {"network": MODEL}, {"network": "x", "weights": ""}):
            await keep(visitor, wrong)
            assert alerts(visitor)[0].endswith("."), wrong
            assert said(visitor) == f"{YOURS}: **First**", "what was kept stays"
        await visitor.press("own_network_back")
        for _ in range(3):
            await visitor.run()
            assert not said(visitor), "it was sent once"
        await visitor.leave()

    visits.run(visit())


def test_what_one_visitor_keeps_no_other_sees(address: str) -> None:
    async def visit() -> None:
        mine, other = (Visitor(address, "training", query="show=own") for _ in range(2))
        for one in (mine, other):
            await one.connect()
            await one.run()
        await keep(mine, {"title": "Mine", "network": MODEL, "weights": network(2)})
        await other.run()
        assert not said(other)
        await mine.go("")
        assert YOURS in said(mine)
        for one in (mine, other):
            await one.leave()

    visits.run(visit())
