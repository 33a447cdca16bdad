"""The documents name only what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.imports import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
IN_THE_PROJECT = r"(?:app\.py|(?:assets|deploy|docs|lenet|pages|tests)/[\w./-]*)"
MADE_LATER = {
    "assets/engine/kinds.js",
    "assets/locale/de.po",
    "pages/explore/name.py",
    "pages/parts/name/",
}


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.name)
def document(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_every_file_that_is_named_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(rf"`({IN_THE_PROJECT})`", text))
    named |= set(re.findall(rf"(?:pytest|texts) ((?:{IN_THE_PROJECT} ?)+)", text))
    files = {name for names in named for name in names.split()} - MADE_LATER
    assert not [name for name in sorted(files) if not (ROOT / name).exists()]


def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert not [link for link in local if not (document.parent / link).exists()]


def test_every_name_is_in_the_file_beside_it(document: Path) -> None:
    """As in `name` (`folder/module.py`)."""
    text = " ".join(document.read_text(encoding="utf-8").split())
    for names, file in re.findall(rf"`([^`]+)` \(`({IN_THE_PROJECT})`\)", text):
        source = (ROOT / file).read_text(encoding="utf-8")
        last = re.findall(r"\w+", names.replace("(...)", ""))[-1]
        assert re.search(rf"\b{last}\b", source), f"{names} is not in {file}"


def test_every_module_that_is_run_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for module in re.findall(r"python -m (tests\.[\w.]+)", text):
        assert ROOT.joinpath(*module.split(".")).with_suffix(".py").is_file(), module


def test_every_target_of_make_is_there(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = document.read_text(encoding="utf-8")
    asked = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
    assert asked <= targets


def test_the_front_page_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 130
