"""A network that a visitor has trained: checked as it comes, then shown on every page."""

from __future__ import annotations

import base64
import gzip
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.numpy import save
from streamlit.testing.v1 import AppTest

from lenet import checkpoint, ink
from lenet.checkpoint import SentWeightsError
from lenet.drawing.strokes import SIDE
from lenet.model import made
from lenet.spec import LENET5
from lenet.variants import MODEL, VARIANTS, UnknownNetworkError
from pages.parts.network.network import Network
from pages.parts.training import keeping
from tests.support.app_pages import SEVEN, page_of, path_of, put_on_canvas

PAGES = {
    "pages/watch/draw.py": {},
    "pages/explore/architecture.py": {"part": "learned-parameters"},
    "pages/explore/connections.py": {},
    "pages/explore/receptive_fields.py": {"about": "top-activations"},
    "pages/explore/output_codes.py": {"part": "rejection"},
    "pages/compare/variants.py": {"networks": "lenet5,max-pool"},
    "pages/compare/invariance.py": {"networks": "lenet5"},
}
"""Every page that shows a network, with what is open there."""


def weights_of(name: str = MODEL, seed: int = 3) -> dict[str, np.ndarray]:
    torch.manual_seed(seed)
    model = made(VARIANTS[name].architecture)
    return {key: tensor.detach().numpy() for key, tensor in model.named_parameters()}


def sent(weights: dict[str, np.ndarray], title: object = "Mine", name: str = MODEL) -> Any:
    text = base64.b64encode(save(weights)).decode()
    return {"title": title, "network": name, "weights": text}


def kept(name: str = MODEL, title: str = "Mine") -> Network:
    return keeping.read(sent(weights_of(name), title, name))


def test_what_is_sent_is_what_is_kept() -> None:
    weights = weights_of()
    own = keeping.read(sent(weights))
    assert own.title == "Mine"
    assert own.rejection == math.inf
    assert all(np.array_equal(own.weights[name], weights[name]) for name in LENET5.shapes)


@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "lenet5-plain"])
def test_every_variant_can_be_kept(name: str) -> None:
    own = keeping.read(sent(weights_of(name), name=name))
    assert own.name == name
    assert own.architecture is VARIANTS[name].architecture


def with_a_value(value: float) -> Any:
    weights = weights_of()
    weights["c3.bias"] = weights["c3.bias"].copy()
    weights["c3.bias"][4] = value
    return sent(weights)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        [],
        {},
        {"network": MODEL, "weights": 5},
        {"network": MODEL, "weights": "no base64!"},
        {"network": MODEL, "weights": "é"},
        {"network": MODEL, "weights": "A" * 8},
        {"network": MODEL, "weights": "A" * 3_000_000},
        {"network": 7, "weights": ""},
        {"network": "another", "weights": ""},
        {**sent(weights_of()), "network": "max-pool"},
        sent({"c1.weight": np.zeros((6, 1, 5, 5), np.float32)}),
        sent({**weights_of(), "more": np.zeros(3, np.float32)}),
        sent({**weights_of(), "c1.bias": np.zeros(6, np.float64)}),
        sent({**weights_of(), "c1.bias": np.zeros(7, np.float32)}),
        with_a_value(math.nan),
        with_a_value(math.inf),
        with_a_value(-2e4),
    ],
)  # fmt: skip
def test_anything_else_is_a_sentence(value: object) -> None:
    with pytest.raises((SentWeightsError, UnknownNetworkError)) as caught:
        keeping.read(value)
    assert str(caught.value).endswith(".")
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("title", [None, "", "  ", 5, "\n\t", "\u202e"])
def test_a_network_always_has_a_name(title: object) -> None:
    assert keeping.read(sent(weights_of(), title)).title == "My network"


def test_a_long_name_is_cut_and_stays_on_its_line() -> None:
    assert keeping.read(sent(weights_of(), "a\nb " * 300)).title.startswith("a b a b")
    assert len(keeping.read(sent(weights_of(), "x" * 5_000)).title) == keeping.LONGEST_TITLE


def opened(app: AppTest, page: str, own: Network | None) -> AppTest:
    if own is not None:
        app.session_state["kept_network"] = own
    put_on_canvas(app, path_of(SEVEN))
    for name, value in PAGES[page].items():
        app.query_params[name] = value
    if "explore" not in page:
        app.switch_page(page)
    app.run()
    assert not app.exception
    assert not app.error
    return app


def bundles(app: AppTest) -> list[dict[str, Any]]:
    found = []
    for each in app.get("bidi_component"):
        if each.proto.component_name == "lenet_bundle":
            packed = gzip.decompress(each.proto.bytes)
            found.append(json.loads(packed[4 : 4 + int.from_bytes(packed[:4], "little")]))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_it_and_says_so(app: AppTest, page: str) -> None:
    own = kept()
    app = opened(page_of(page) if "explore" in page else app, page, own)
    said = [each.value for each in app.markdown if "This network is yours" in each.value]
    assert said == ["This network is yours: **Mine**"]
    if "explore" not in page:  # there the server computes everything
        assert own.identity in {each.get("identity") for each in bundles(app)}
    app.button(key="own_network_back").click().run()
    assert not app.exception
    assert not [each for each in app.markdown if "This network is yours" in each.value]
    assert own.identity not in {each.get("identity") for each in bundles(app)}


def test_pytorch_answers_with_its_weights(app: AppTest) -> None:
    own = kept()
    opened(app, "pages/watch/draw.py", own)
    x = ink.from_strokes([SEVEN], size=(SIDE, SIDE))
    with torch.inference_mode():
        expected = own.model(x)[0].numpy()
    (view,) = [
        each.proto.bytes
        for each in app.get("bidi_component")
        if each.proto.component_name.startswith("lenet_view")
    ]
    packed = gzip.decompress(view)
    values = np.frombuffer(packed[4 + int.from_bytes(packed[:4], "little") :], "<f4")
    layers = LENET5.by_key.values()
    first = sum(layer.units for layer in layers) - 10
    assert np.allclose(values[first : first + 10], expected, rtol=1e-4)


def test_a_network_of_another_kind_stands_where_networks_are_compared(app: AppTest) -> None:
    own = kept("max-pool")
    opened(app, "pages/compare/variants.py", own)
    assert own.identity in {each.get("identity") for each in bundles(app)}
    assert any("Yours, on Variants" in each.value for each in app.markdown)
    app.switch_page("pages/watch/draw.py").run()
    assert not app.exception
    shown = {each.get("identity") for each in bundles(app)}
    assert checkpoint.identity(checkpoint.read()) in shown


def test_a_name_cannot_be_markup(app: AppTest) -> None:
    opened(app, "pages/watch/draw.py", kept(title="<b>**x** [y](z)"))
    (said,) = [each.value for each in app.markdown if "This network is yours" in each.value]
    assert "<" not in said.replace("\\<", "")
    assert "[" not in said.replace("\\[", "")


def test_another_visitor_sees_the_app_s_own(app: AppTest, monkeypatch: Any) -> None:
    own = kept()
    opened(app, "pages/watch/draw.py", own)
    other = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=60)
    other.run()
    assert not other.exception
    assert own.identity not in {each.get("identity") for each in bundles(other)}


def test_its_weights_can_be_downloaded_in_place_of_the_app_s(app: AppTest) -> None:
    app.session_state["download"] = True
    opened(app, "pages/watch/draw.py", kept())
    labels = [button.label for button in app.download_button]
    assert "Weights of this network" in labels
    assert "Weights with their card" not in labels


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [0.0, checkpoint.LARGEST_WEIGHT])
def test_no_page_fails_with_weights_without_sense(app: AppTest, page: str, size: float) -> None:
    random = np.random.default_rng(1)
    weights = {
        name: (size * random.choice([-1, 1], shape)).astype(np.float32)
        for name, shape in LENET5.shapes.items()
    }
    own = keeping.read(sent(weights))
    opened(page_of(page) if "explore" in page else app, page, own)
