"""A file is written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lenet.files import atomic


def test_json_is_written_for_people_and_programs(tmp_path: Path) -> None:
    path = tmp_path / "card.json"
    atomic.write_json(path, {"name": "Zürich", "figures": [1, 2]})
    text = path.read_text(encoding="utf-8")
    assert json.loads(text) == {"name": "Zürich", "figures": [1, 2]}
    assert "Zürich" in text
    assert text.endswith("}\n")


def test_nothing_is_replaced_before_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "file"
    atomic.write(path, b"old")
    with atomic.pending(path, b"new") as put:
        assert path.read_bytes() == b"old"
        put()
        assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path], "nothing is left beside it"


def test_what_is_never_asked_for_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    atomic.write(path, b"old")
    with pytest.raises(KeyError), atomic.pending(path, b"new"):
        raise KeyError
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_named_and_changes_nothing(
    tmp_path: Path, full_disk: Callable[[int], None]
) -> None:
    path = tmp_path / "file"
    atomic.write(path, b"old")
    full_disk(2)
    with pytest.raises(OSError, match="file") as refusal:
        atomic.write(path, b"new content")
    assert refusal.value.filename == str(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
