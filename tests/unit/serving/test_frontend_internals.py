"""What our scripts and styles look for in the pages of Streamlit and in the canvas is still there.

It is no public interface: names of classes, labels of buttons and test ids. Where one is gone, the
live view does not follow the pen or the page's layout falls apart, so this is looked up in the
files of the installed packages; how they work together is tested in a browser.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ASSETS = Path(__file__).parents[3] / "assets"
SOURCE = "".join(
    path.read_text(encoding="utf-8")
    for path in sorted(ASSETS.rglob("*"))
    if path.suffix in (".js", ".css", ".html")
)

CANVAS = {
    "upper-canvas": "Fabric's class of the canvas that gets the pointer's events",
    "dc-container": "the canvas's element around its layers, which gets the ink's colour",
    "dc-canvas": "the canvas's own layers, which have an outline",
    "dc-scroll": "the element that scrolls a canvas wider than its place",
    "dc-toolbar": "the class of the canvas's own row of buttons, which are hidden",
    "Undo": "a button that the page's Undo presses, so that the canvas undoes at once",
    "Reset canvas & history": "a button that the page's Clear presses",
}


def frontend(package: str, folder: str) -> str:
    """All scripts and styles in a folder of an installed package, which is not imported."""
    found = find_spec(package)
    assert found is not None
    assert found.origin is not None
    inside = (Path(found.origin).parent / folder).rglob("*")
    shipped = [path for path in inside if path.suffix in (".js", ".css")]
    return "\n".join(path.read_text(encoding="utf-8") for path in shipped)


@pytest.fixture(scope="module")
def canvas() -> str:
    return frontend("streamlit_drawable_canvas", "frontend")


@pytest.fixture(scope="module")
def streamlit() -> str:
    return frontend("streamlit", "static")


@pytest.mark.parametrize("name", CANVAS)
def test_the_canvas_has_what_the_live_view_looks_for(name: str, canvas: str) -> None:
    assert name in SOURCE, "nobody looks for it any more"
    assert re.search(rf"[\"'`\s.]{re.escape(name)}[\"'`\s{{\]]", canvas)


def test_no_other_class_of_the_canvas_is_looked_for() -> None:
    assert {*re.findall(r"\.(dc-[\w-]+|\w+-canvas)\b", SOURCE)} <= CANVAS.keys()


def test_streamlit_marks_the_elements_that_styles_and_scripts_look_for(streamlit: str) -> None:
    names = {*re.findall(r'data-testid="(\w+)"', SOURCE)}
    assert names
    assert not [name for name in names if not re.search(rf"[\"'`]{name}[\"'`]", streamlit)]


def test_a_containers_key_becomes_a_class(streamlit: str) -> None:
    assert "st-key-" in SOURCE
    assert "st-key-" in streamlit


def test_components_are_in_shadow_roots(streamlit: str) -> None:
    """With ``isolate_styles``, which the canvas asks for and our view has by default."""
    assert "attachShadow" in streamlit


THEIRS = (ASSETS / "loaders" / "streamlit_texts.js").read_text(encoding="utf-8")
EXCHANGED = re.findall(r'^  (?:"(.+?)"|(\w+)): t\(', THEIRS, re.MULTILINE)


@pytest.mark.parametrize("text", ["".join(found) for found in EXCHANGED])
def test_streamlit_says_what_is_exchanged_for_the_pages_language(text: str, streamlit: str) -> None:
    """Where it says something else by now, that stays in English on every page."""
    for sentence in re.split(r"(?<=\.) (?=[A-Z])|'s ", text.removesuffix(".")):
        quoted = re.escape(sentence.removesuffix("."))
        assert re.search(rf"[\"'`\s}}]{quoted}", streamlit), sentence
