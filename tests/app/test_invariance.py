"""The Invariance page without a browser: what the browser is given, and what is said in words."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from lenet import ink, mnist, samples, spec
from lenet.browser import assets, bundles
from lenet.drawing.strokes import SIDE
from lenet.variants import COMPARED_WITH, MODEL
from pages.parts.network import network
from tests.support import untrained
from tests.support.app_pages import SEVEN, path_of, put_on_canvas, sent

PAGE = "pages/compare/invariance.py"
COMPONENT = "lenet_invariance"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Weights that nobody trained: what is tested does not depend on them."""
    untrained.write(tmp_path)
    monkeypatch.setattr("lenet.variants.FOLDER", tmp_path)
    return tmp_path


def opened(app: AppTest, networks: str | None = None) -> AppTest:
    if networks is not None:
        app.query_params["networks"] = networks
    app.switch_page(PAGE).run()
    assert not app.exception
    assert not app.error
    return app


def bundle_names(app: AppTest) -> set[str]:
    found = set()
    for each in app.get("bidi_component"):
        if each.proto.component_name == "lenet_bundle":
            packed = gzip.decompress(each.proto.bytes)
            length = int.from_bytes(packed[:4], "little")
            found.add(json.loads(packed[4 : 4 + length])["name"])
    return found


def test_the_browser_gets_the_input_and_what_pytorch_makes_of_it(app: AppTest) -> None:
    opened(app, "lenet5,lenet1,fully-connected")
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    header, values = sent(app, COMPONENT)
    assert [one["name"] for one in header["networks"]] == ["lenet5", "lenet1", "fully-connected"]
    assert [one["codes"] for one in header["networks"]] == [True, False, False]
    assert not header["empty"]
    prepared = ink.from_strokes([SEVEN], (SIDE, SIDE))
    assert prepared is not None
    pixels = spec.INPUT_SIZE**2
    np.testing.assert_array_equal(values[:pixels], prepared.flatten())
    for i, name in enumerate(("lenet5", "lenet1", "fully-connected")):
        with torch.inference_mode():
            expected = network.variant(name).model(prepared)[0]
        found = values[pixels + 10 * i : pixels + 10 * (i + 1)]
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)


def test_without_ink_it_gets_paper(app: AppTest) -> None:
    opened(app, "lenet1,lenet5")
    header, values = sent(app, COMPONENT)
    assert header["empty"]
    np.testing.assert_array_equal(values[: spec.INPUT_SIZE**2], np.float32(spec.BACKGROUND))
    assert len(values) == spec.INPUT_SIZE**2 + 20


def test_everything_that_the_component_waits_for_is_sent(app: AppTest) -> None:
    opened(app)
    header, _ = sent(app, COMPONENT)
    networks = {bundles.network_name(one["identity"]) for one in header["networks"]}
    assert networks <= {*header["needs"]}
    needed = {*header["needs"], header["samples"]}
    assert needed <= bundle_names(app)
    assert assets.version_for("comparing") in bundle_names(app)


def test_the_samples_are_the_packaged_ones_prepared_like_all_digits() -> None:
    packed = gzip.decompress(bundles.of_samples())
    length = int.from_bytes(packed[:4], "little")
    gallery = samples.load()
    assert json.loads(packed[4 : 4 + length])["labels"] == gallery.labels.tolist()
    values = np.frombuffer(packed[4 + length :], "<f4").reshape(-1, 1, 32, 32)
    expected = mnist.as_input(torch.from_numpy(gallery.images.copy()))
    np.testing.assert_array_equal(values, expected)


@pytest.mark.parametrize(
    ("key", "networks"),
    [
        ("sharing", ["fully-connected", "unshared", COMPARED_WITH, MODEL]),
        ("distortions", [MODEL, COMPARED_WITH]),
        ("estimate", [MODEL]),
    ],
)
def test_the_words_put_their_networks_side_by_side(
    app: AppTest, key: str, networks: list[str]
) -> None:
    opened(app, "relu")
    app.button(key=f"compare_{key}").click().run()
    assert not app.exception
    assert list(app.multiselect[0].value) == networks
    assert [one["name"] for one in sent(app, COMPONENT)[0]["networks"]] == networks


def test_samples_that_cannot_be_read_are_said_and_the_rest_works(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged() -> bytes:
        raise mnist.DataError("The packaged samples cannot be read.")

    monkeypatch.setattr(bundles, "of_samples", damaged)
    app.switch_page(PAGE).run()
    assert not app.exception
    assert [each.value for each in app.error] == ["The packaged samples cannot be read."]
    assert sent(app, COMPONENT)[0]["samples"] == ""
