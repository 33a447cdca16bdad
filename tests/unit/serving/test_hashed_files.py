"""Files that pages fetch one by one: under their hash, below every address, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.serving import hashed_files
from pages.serving.hashed_files import HashedFiles, address_of
from tests.support.asgi import ask


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(hashed_files, "ASSETS", tmp_path)
    made = tmp_path / "training" / "recorded" / "1998-mle" / "00000250.safetensors"
    made.parent.mkdir(parents=True)
    made.write_bytes(b"weights")
    (tmp_path / "secret.bin").write_bytes(b"secret")
    (tmp_path / "training" / "runs.json").write_bytes(b"{}")
    return made


@pytest.mark.parametrize("folder", ["/", "/training/", "/lenet/", "/~/+/files/"])
def test_a_file_is_served_below_every_address_and_kept(file: Path, folder: str) -> None:
    headers, body = ask(HashedFiles, folder + address_of(file))
    assert body == b"weights"
    assert "immutable" in headers["cache-control"]
    assert ask(HashedFiles, folder + address_of(file), "HEAD")[0]["content-length"] == "7"


def test_another_content_has_another_address_and_the_old_one_ends(file: Path) -> None:
    before = address_of(file)
    file.write_bytes(b"other weights")
    assert address_of(file) != before
    assert ask(HashedFiles, f"/{before}")[1] == b"a page"
    assert ask(HashedFiles, f"/{address_of(file)}")[1] == b"other weights"


def test_nothing_else_is_served(file: Path) -> None:
    address = address_of(file)
    hashed = address.split("/")[1]
    for path in (
        address.replace(hashed, "0" * 16),
        address.replace("1998-mle", "../recorded/1998-mle"),
        address.replace("training/", "other/"),
        f"files/{hashed_files._hash_of(b'secret')}/secret.bin",
        f"files/{hashed_files._hash_of(b'secret')}/training/../secret.bin",
        f"files/{hashed_files._hash_of(b'{}')}/training/runs.json",
        "files/",
    ):
        assert ask(HashedFiles, f"/{path}")[1] == b"a page", path
    assert ask(HashedFiles, f"/{address}", "POST")[1] == b"a page"
