"""PyTorch is loaded once for all, behind the pages, and its failure is a sentence."""

from __future__ import annotations

import logging
from threading import Event

import pytest

from pages.serving import pytorch
from pages.serving.pytorch import Loading, PyTorchError


def test_nobody_is_told_that_it_is_there_before_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    may_end = Event()
    begun: list[None] = []

    def settle() -> None:
        begun.append(None)
        may_end.wait()

    monkeypatch.setattr(pytorch, "_settle", settle)
    loading = Loading()
    assert not any(loading.ready() or loading.over() for _ in range(3))
    may_end.set()
    assert loading.wait()
    assert loading.ready()
    assert loading.over()
    assert len(begun) == 1, "asking again begins no second import"


def test_a_failure_is_a_sentence_for_everybody_who_asks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def settle() -> None:
        raise OSError("libtorch_cpu.so: cannot open shared object file")

    monkeypatch.setattr(pytorch, "_settle", settle)
    loading = Loading()
    with caplog.at_level(logging.ERROR, logger="lenet"):
        for _ in range(2):
            with pytest.raises(PyTorchError, match="pip install") as refusal:
                loading.wait()
        with pytest.raises(PyTorchError):
            loading.ready()
    assert loading.over()
    assert "libtorch" not in str(refusal.value)
    (line,) = caplog.records
    assert "libtorch_cpu.so" in line.getMessage()
