"""The set-up says only what the installed versions understand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from tests.support.colours import contrast, rgb

ROOT = Path(__file__).parents[2]
CONFIGURATION = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"([a-z0-9-]+)==(\S+)")


def options(table: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from options(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


@pytest.mark.parametrize("option", list(options(CONFIGURATION)))
def test_streamlit_knows_every_option_that_is_set(option: str) -> None:
    assert option in config.get_config_options()


def test_nothing_is_sent_to_anyone_and_visitors_get_no_developer_tools() -> None:
    assert CONFIGURATION["browser"]["gatherUsageStats"] is False
    assert CONFIGURATION["client"]["toolbarMode"] == "viewer"
    assert CONFIGURATION["client"]["showErrorLinks"] is False


def test_both_themes_set_the_same_colours_differently() -> None:
    light, dark = CONFIGURATION["theme"]["light"], CONFIGURATION["theme"]["dark"]
    assert light.keys() == dark.keys()
    assert not {name for name in light if light[name] == dark[name]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_accent_can_be_read_on_the_page(theme: str) -> None:
    colours = CONFIGURATION["theme"][theme]
    for background in (colours["backgroundColor"], colours["secondaryBackgroundColor"]):
        assert contrast(rgb(colours["textColor"]), rgb(background)) > 7
        assert contrast(rgb(colours["primaryColor"]), rgb(background)) > 4.5


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_to_the_version_that_is_tested(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [PIN.fullmatch(line) for line in lines if line != "-r requirements.txt"]
    assert pins
    for line in pins:
        assert line, f"{name} has a line without an exact version"
        package, pinned = line.groups()
        assert version(package).partition("+")[0] == pinned, package
