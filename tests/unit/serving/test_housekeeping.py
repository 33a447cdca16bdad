"""Once a minute a server lets go of what nobody needs, and a failure of that ends nothing."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator

import pytest

from pages.serving import housekeeping, metrics, streamlit_internals


@pytest.fixture
def nothing_is_frozen() -> Iterator[None]:
    """Objects that PyTorch's import has frozen stay so afterwards."""
    frozen = gc.get_freeze_count() > 0
    gc.unfreeze()
    yield
    gc.unfreeze()
    if frozen:
        gc.freeze()


@pytest.fixture
def dropped(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each round would wait for expired sessions to be dropped."""
    calls: list[float] = []
    monkeypatch.setattr(
        streamlit_internals, "drop_expired_sessions", lambda patience: calls.append(patience)
    )
    return calls


class Knot:
    """An object that refers to itself, which only the garbage collector removes."""

    def __init__(self, gone: threading.Event) -> None:
        self.itself = self
        self.gone = gone

    def __del__(self) -> None:
        self.gone.set()


@pytest.mark.usefixtures("nothing_is_frozen")
def test_a_round_drops_expired_sessions_and_collects_garbage(
    monkeypatch: pytest.MonkeyPatch, dropped: list[float]
) -> None:
    monkeypatch.setattr(metrics, "visitors", lambda: 3)
    gone = threading.Event()
    Knot(gone)
    housekeeping.tidy()
    assert dropped == [housekeeping.INTERVAL]
    assert gone.is_set()
    assert gc.get_freeze_count() == 0, "visitors' objects would never be collected"


@pytest.mark.usefixtures("nothing_is_frozen", "dropped")
def test_without_visitors_what_was_frozen_is_collected_and_the_rest_frozen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metrics, "visitors", lambda: 0)
    gone = threading.Event()
    Knot(gone)
    gc.freeze()
    gc.collect()
    assert not gone.is_set(), "the test froze nothing"
    housekeeping.tidy()
    assert gone.is_set()
    assert gc.get_freeze_count() > 0


def test_a_round_that_fails_is_one_line_in_the_log_and_the_next_one_comes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waits: list[float] = []

    class EndOfTest(BaseException):
        pass

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            raise EndOfTest

    def fail() -> None:
        raise RuntimeError("secret-of-a-visitor")

    monkeypatch.setattr("pages.serving.housekeeping.time.sleep", wait)
    monkeypatch.setattr(housekeeping, "tidy", fail)
    with caplog.at_level(logging.WARNING, logger="lenet"), pytest.raises(EndOfTest):
        housekeeping._run()
    assert waits == [housekeeping.INTERVAL] * 3
    assert len(caplog.records) == 2
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


def test_it_starts_once_and_switches_off_what_is_not_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    rounds = threading.Event()
    monkeypatch.setattr(housekeeping, "_started", threading.Lock())
    monkeypatch.setattr(housekeeping, "_run", rounds.set)
    for name in ("watch_no_modules", "look_for_no_tables"):
        monkeypatch.setattr(streamlit_internals, name, lambda name=name: done.append(name))
    for _ in range(2):
        housekeeping.start()
    assert rounds.wait(30)
    assert sorted(done) == ["look_for_no_tables", "watch_no_modules"]
