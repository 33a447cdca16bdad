"""The Variants page without a browser: which networks it compares, and what it says of them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

import lenet
from lenet import Trace
from lenet.variants import VARIANTS
from pages.parts.compare.chosen import ON_INVARIANCE, ON_VARIANTS, Comparison
from pages.parts.variants import labels
from tests.support import recorded, untrained
from tests.support.app_pages import SEVEN, path_of, put_on_canvas

PAGES = {"variants": ON_VARIANTS, "invariance": ON_INVARIANCE}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Weights that nobody trained, and made-up results: what is tested does not depend on them."""
    untrained.write(recorded.write(tmp_path))
    monkeypatch.setattr("lenet.variants.FOLDER", tmp_path)
    return tmp_path


def opened(app: AppTest, page: str, networks: str | None = None) -> AppTest:
    if networks is not None:
        app.query_params["networks"] = networks
    app.switch_page(f"pages/compare/{page}.py").run()
    assert not app.exception
    return app


def chosen(app: AppTest) -> list[str]:
    (widget,) = app.multiselect
    return list(widget.value)


def in_the_address(app: AppTest) -> str | None:
    found = app.query_params.get("networks")
    return found[0] if isinstance(found, list) else found


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_its_own_networks_and_leaves_them_out_of_the_address(
    app: AppTest, page: str
) -> None:
    opened(app, page)
    assert chosen(app) == list(PAGES[page].defaults)
    assert in_the_address(app) is None
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_the_address_names_the_networks_by_identifiers_in_the_order_of_choice(
    app: AppTest, page: str
) -> None:
    opened(app, page, "relu, lenet1,relu")
    assert chosen(app) == ["relu", "lenet1"]
    app.multiselect[0].select("max-pool").run()
    assert in_the_address(app) == "relu,lenet1,max-pool"
    assert app.multiselect[0].options == [each.title() for each in VARIANTS.values()]


@pytest.mark.parametrize("page", PAGES)
def test_an_unknown_name_is_one_sentence_and_the_others_open(app: AppTest, page: str) -> None:
    opened(app, page, "max-pool,<b>alexnet</b>,linear")
    (error,) = app.error
    assert all(name in error.value.replace("\\", "") for name in VARIANTS)
    assert "alexnet" in error.value
    assert chosen(app) == ["max-pool", "linear"]
    app.run()
    assert not app.error, "said once"
    assert in_the_address(app) == "max-pool,linear"


def test_only_unknown_names_open_the_page_as_it_is_at_first(app: AppTest) -> None:
    opened(app, "variants", "alexnet")
    assert chosen(app) == list(ON_VARIANTS.defaults)


def test_more_networks_than_fit_are_left_out_with_a_sentence(app: AppTest) -> None:
    names = list(VARIANTS)[:6]
    opened(app, "variants", ",".join(names))
    assert chosen(app) == names[:4]
    (error,) = app.error
    assert "6" in error.value
    assert "4" in error.value


@pytest.mark.parametrize(("page", "enough"), [("variants", False), ("invariance", True)])
def test_one_network_is_enough_where_nothing_is_compared_side_by_side(
    app: AppTest, page: str, enough: bool
) -> None:
    opened(app, page, "relu")
    asked = [caption.value for caption in app.caption if caption.value.startswith("Choose")]
    assert (not asked) == enough


@pytest.mark.parametrize("page", PAGES)
def test_damaged_weights_are_said_and_the_other_networks_work(
    app: AppTest, page: str, folder: Path
) -> None:
    (folder / "max-pool.safetensors").write_bytes(b"not weights")
    (folder / "relu.safetensors").unlink()
    opened(app, page, "max-pool,linear,relu,lenet5")
    first, second = (error.value for error in app.error)
    assert "max-pool" in first
    assert "relu" in second
    assert chosen(app) == ["max-pool", "linear", "relu", "lenet5"]
    assert sent(app) == {"linear", "lenet5"}


def test_the_browser_is_given_the_chosen_networks_on_these_pages_alone(app: AppTest) -> None:
    app.run()
    assert sent(app) == {"lenet5"}
    opened(app, "variants", "relu,linear")
    assert {"relu", "linear"} <= sent(app)


def sent(app: AppTest) -> set[str]:
    """The architectures of the networks that the browser is given."""
    found = set()
    for each in app.get("bidi_component"):
        data = each.proto.bytes
        if each.proto.component_name == "lenet_bundle" and data:
            plain = gzip.decompress(data)
            header = json.loads(plain[4 : 4 + int.from_bytes(plain[:4], "little")])
            if header["name"].startswith("network-"):
                found.add(header["spec"]["name"])
    return found


def test_a_walk_to_another_page_and_back_keeps_the_choice(app: AppTest) -> None:
    opened(app, "variants", "relu,linear")
    app.query_params.clear()  # as Streamlit does on a walk
    opened(app, "invariance")
    assert chosen(app) == list(ON_INVARIANCE.defaults)
    app.query_params.clear()
    opened(app, "variants")
    assert chosen(app) == ["relu", "linear"]


def test_every_default_is_a_network_there_is() -> None:
    for comparison in PAGES.values():
        assert isinstance(comparison, Comparison)
        assert set(comparison.defaults) <= set(VARIANTS)
        assert comparison.least <= len(comparison.defaults) <= comparison.most


def compared(app: AppTest) -> tuple[dict[str, Any], np.ndarray]:
    """What the browser is told of the networks under the pen: the header and all values."""
    (element,) = [
        each
        for each in app.get("bidi_component")
        if each.proto.component_name == "lenet_comparison"
    ]
    plain = gzip.decompress(element.proto.bytes)
    length = int.from_bytes(plain[:4], "little")
    return json.loads(plain[4 : 4 + length]), np.frombuffer(plain[4 + length :], "<f4")


def test_the_browser_is_told_what_pytorch_makes_of_the_drawing_in_every_network(
    app: AppTest,
) -> None:
    opened(app, "variants", "lenet1,response-norm,linear")
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    header, values = compared(app)
    assert header["traced"]
    assert not header["empty"]
    assert [one["name"] for one in header["networks"]] == ["lenet1", "response-norm", "linear"]
    units = [VARIANTS[one["name"]].architecture.units for one in header["networks"]]
    drawn = torch.tensor(values[sum(units[:2]) :][:1024]).reshape(1, 1, 32, 32)
    assert drawn.max() > 1, "the input of the last network is ink on paper"
    at = 0
    for one in header["networks"]:
        model = lenet.load(one["name"])
        trace = Trace.of(model, drawn)
        for key, layer in model.architecture.by_key.items():
            found = values[at : at + layer.units]
            np.testing.assert_allclose(found, trace[key].numpy().ravel(), rtol=1e-5, atol=1e-5)
            at += layer.units


def test_without_ink_nothing_has_an_answer(app: AppTest) -> None:
    opened(app, "variants", "lenet1,linear")
    header, _ = compared(app)
    assert header["empty"]
    assert header["reference"] == ["c1", "s2", "c3", "s4", "c5", "f6"]


@pytest.mark.parametrize("name", VARIANTS)
def test_every_change_has_its_words(name: str) -> None:
    variant = VARIANTS[name]
    found = labels.of(variant)
    assert set(found) == {*variant.added, *variant.changed} & set(variant.architecture.by_key)
    assert all(text for texts in found.values() for text in texts)
    assert all(found.values()), "whatever differs is said"


def test_the_words_say_what_differs() -> None:
    said = {name: labels.of(variant) for name, variant in VARIANTS.items()}
    assert said["lenet5-plain"] == {}
    assert said["max-pool"] == {"s2": ["maxima"], "s4": ["maxima"]}
    assert said["overlapping-pool"]["s2"] == ["maxima of 3×3"]
    assert said["full-c3"] == {"c3": ["all kernels"]}
    assert said["random-table"] == {"c3": ["random table"]}
    assert said["textbook"]["c3"] == ["all kernels", "plain tanh"]
    assert said["two-towers"] == {"c3": ["two halves"], "c5": ["two halves"]}
    assert said["dropout"] == {"c5": ["dropout 50%"], "f6": ["dropout 50%"]}
    assert said["unshared"] == {"c1": ["own kernels"]}
    assert said["lenet1"]["c3"] == ["12 maps"]
    assert said["fully-connected"] == {"h1": ["300 units"], "output": ["softmax"]}
    assert said["response-norm"] == {"n2": ["normalised"], "n4": ["normalised"]}
