"""The page of one file: complete, closed to the network, small, and always the same."""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from html.parser import HTMLParser

import numpy as np
import pytest
import torch

from lenet import catalogue, checkpoint, mnist, samples
from lenet.browser import single_file
from lenet.browser.assets import ASSETS, asset, modules, modules_behind
from lenet.tour import shelf
from lenet.trace import Trace
from tests.support import javascript, one_file

PAGE = one_file.content()
BLOCKS = one_file.blocks(PAGE)
ADDRESS = re.compile(r"https?://[^\s\"'`)]+")
NAMES_NOT_ADDRESSES = {"http://www.w3.org/2000/svg"}
CONNECTS = {"fetch", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "importScripts"}


class Elements(HTMLParser):
    """All elements of the page with their attributes, and the text of its scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"style": [], "script": []}
        self._inside = ""
        self.feed(PAGE.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        runs = tag == "script" and dict(attrs).get("type") == "module"
        self._inside = tag if tag == "style" or runs else ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[self._inside].append(data)


ELEMENTS = Elements()


def test_nothing_in_it_names_anything_outside_of_it() -> None:
    for tag, attributes in ELEMENTS.found:
        for name in ("src", "href", "srcset", "poster", "action", "data"):
            assert (attributes.get(name) or "data:").startswith("data:"), f"{tag} {name}"
    for style in [*ELEMENTS.texts["style"], one_file.unpacked(BLOCKS["modules"])[0]["style"]]:
        assert "@import" not in style
        assert all(url.startswith(("data:", "#")) for url in re.findall(r"url\(([^)]*)\)", style))


def test_its_modules_connect_to_nowhere() -> None:
    header, _ = one_file.unpacked(BLOCKS["modules"])
    assert len(header["modules"]) > 30
    for path, text in {**header["modules"], "start": ELEMENTS.texts["script"][0]}.items():
        assert set(ADDRESS.findall(text)) <= NAMES_NOT_ADDRESSES, path
        words = {token.text for token in javascript.tokens(text) if token.kind == "word"}
        assert not words & CONNECTS, path


def test_its_policy_forbids_all_connections_and_all_scripts_but_its_own() -> None:
    [policy] = [
        attributes["content"] or ""
        for tag, attributes in ELEMENTS.found
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["connect-src"] == "'none'"
    digest = hashlib.sha256(ELEMENTS.texts["script"][0].encode()).digest()
    own = f"'sha256-{base64.b64encode(digest).decode()}'"
    assert rules["script-src"] == f"{own} 'unsafe-eval' blob:"
    # What the policy applies to must come after it.
    tags = [tag for tag, _ in ELEMENTS.found]
    assert tags.index("meta") < tags.index("style") < tags.index("script")


def test_it_is_small_enough_and_always_the_same() -> None:
    assert len(PAGE) <= single_file.LARGEST
    weights = checkpoint.read()
    rejection = checkpoint.rejection_distance()
    assert single_file.build(weights, rejection, checkpoint.filled(weights)) == PAGE


def test_it_holds_the_weights_to_the_last_bit() -> None:
    header, values = one_file.unpacked(BLOCKS["network"])
    weights = checkpoint.read()
    assert header["identity"] == checkpoint.identity(weights)
    assert header["rejection"] == checkpoint.rejection_distance()
    assert values == b"".join(array.astype("<f4").tobytes() for array in weights.values())


def test_it_holds_every_sample_and_every_language() -> None:
    header, values = one_file.unpacked(BLOCKS["page"])
    images = samples.load().images
    assert values[: images.size] == images.tobytes()
    assert list(header["languages"]) == list(catalogue.LANGUAGES)
    for name in catalogue.LANGUAGES:
        words, _ = one_file.unpacked(BLOCKS[f"words-{name}"])
        assert words["messages"] == catalogue.messages(name)
        assert all(name in one["names"] for one in header["nonDigits"])


def test_its_colours_are_those_of_the_app() -> None:
    config = (ASSETS.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    themes = tomllib.loads(config)["theme"]
    style = asset("single_file", "page.css")
    for name, light in themes["light"].items():
        own = re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
        assert f"--st-{own}: light-dark({light}, {themes['dark'][name]});" in style


def test_it_holds_the_letters_that_a_device_may_lack_and_the_steps_about_drawing() -> None:
    header, _ = one_file.unpacked(BLOCKS["page"])
    assert header["withLetters"] == ["ko", "zh"]
    for name in header["withLetters"]:
        letters, _ = one_file.unpacked(BLOCKS[f"letters-{name}"])
        assert set(re.findall(r"url\(([^,)]*)", letters["style"])) == {"data:font/woff2;base64"}
    drawn = [step.id for step in shelf.shipped().steps if step.page == "draw"]
    for name in catalogue.LANGUAGES:
        assert [step["id"] for step in header["tours"][name]["steps"]] == drawn


def test_its_traces_are_pytorchs_rounded_to_half_precision() -> None:
    header, values = one_file.unpacked(BLOCKS["page"])
    gallery = samples.load()
    assert sorted(gallery.labels[header["recorded"]].tolist()) == list(range(10))
    traces = np.frombuffer(values[gallery.images.size :], "<f2").reshape(10, -1)
    model = checkpoint.load()
    for number, trace in zip(header["recorded"], traces, strict=True):
        image = torch.from_numpy(gallery.images[number : number + 1].copy())
        with torch.inference_mode():
            own = Trace.of(model, mnist.as_input(image))
        layers = [own[key].numpy().ravel() for key in model.architecture.by_key][1:]
        expected = np.concatenate(layers)
        assert trace.shape == expected.shape
        difference = np.abs(trace.astype(float) - expected) / (1 + np.abs(expected))
        assert 0 < difference.max() <= 2**-11


def test_the_language_to_begin_with_can_be_given() -> None:
    weights = checkpoint.read()
    page = single_file.build(weights, 1.0, checkpoint.filled(weights), catalogue.SOURCE)
    assert one_file.unpacked(one_file.blocks(page)["page"])[0]["language"] == catalogue.SOURCE
    assert one_file.unpacked(BLOCKS["page"])[0]["language"] is None


def test_modules_are_followed_from_one_to_the_next() -> None:
    found = modules_behind("single_file/page.js")
    assert {"engine/forward.js", "canvas/pen.js", "shared/words.js"} <= found.keys()
    assert "present/present.js" not in found
    for path, text in found.items():
        named = javascript.imported(javascript.tokens(text))
        assert all(name.startswith(".") for name in named), path
    assert not [path for path in modules() if path.startswith("single_file/")], "the app has no use"


@pytest.mark.parametrize("changed", ["page.html", "page.css", "start.js"])
def test_another_text_gives_another_name(monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    before = single_file.made_of()
    longer = lambda folder, name: asset(folder, name) + " " * (name == changed)  # noqa: E731
    monkeypatch.setattr("lenet.browser.single_file.asset", longer)
    single_file.made_of.cache_clear()
    assert single_file.made_of() != before
    monkeypatch.undo()
    single_file.made_of.cache_clear()
    assert single_file.made_of() == before
