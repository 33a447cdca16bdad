"""PyTorch is loaded once for all, behind the pages, and its failure is a sentence."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from pages.serving import pytorch
from pages.serving.pytorch import Loading, PyTorchError


def test_nobody_is_told_that_it_is_there_before_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    may_end = Event()
    begun: list[None] = []

    def fake_import() -> None:
        begun.append(None)
        may_end.wait()

    monkeypatch.setattr(pytorch, "_import_torch", fake_import)
    loading = Loading()
    assert not any(loading.ready() or loading.done() for _ in range(3))
    may_end.set()
    assert loading.wait()
    assert loading.ready()
    assert loading.done()
    assert len(begun) == 1, "asking again begins no second import"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that run to their end when they are started."""

    def thread(target: Callable[..., None], args: tuple[Any, ...], **_: object) -> Any:
        return SimpleNamespace(start=lambda: target(*args))

    monkeypatch.setattr(pytorch, "Thread", thread)


@pytest.mark.usefixtures("at_once")
def test_what_follows_comes_once_when_it_is_there(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    loading, found = Loading(), list[bool]()

    def afterwards() -> None:
        found.append(loading.ready())
        raise ValueError("a sample is missing")

    monkeypatch.setattr(pytorch, "_import_torch", lambda: None)
    with caplog.at_level(logging.WARNING, logger="lenet"):
        for _ in range(3):
            loading.start(afterwards)
    assert found == [True]
    assert loading.ready(), "nobody else needs it"
    (line,) = caplog.records
    assert "a sample is missing" in line.getMessage()


@pytest.mark.usefixtures("at_once")
def test_nothing_follows_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fake_import() -> None:
        raise ImportError("libtorch_cpu.so")

    followed: list[None] = []
    monkeypatch.setattr(pytorch, "_import_torch", fake_import)
    Loading().start(lambda: followed.append(None))
    assert not followed


def test_a_failure_is_a_sentence_for_everybody_who_asks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fake_import() -> None:
        raise OSError("libtorch_cpu.so: cannot open shared object file")

    monkeypatch.setattr(pytorch, "_import_torch", fake_import)
    loading = Loading()
    with caplog.at_level(logging.ERROR, logger="lenet"):
        for _ in range(2):
            with pytest.raises(PyTorchError, match="pip install") as refusal:
                loading.wait()
        with pytest.raises(PyTorchError):
            loading.ready()
    assert loading.done()
    assert "libtorch" not in str(refusal.value)
    (line,) = caplog.records
    assert "libtorch_cpu.so" in line.getMessage()
