"""A terminal sees a bar that moves; a log file sees one line."""

from __future__ import annotations

import io

import pytest

from lenet.files import progress
from lenet.files.progress import Progress, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("lenet.files.progress.time.monotonic", lambda: now[0])
    return now


def test_time_left_is_what_the_speed_so_far_promises(clock: list[float]) -> None:
    terminal = Terminal()
    bar = Progress("Work", 100, terminal)
    bar.show(40)  # resumed: these forty took no time today
    clock[0] += 10
    bar.show(60, "half way")
    assert "60% half way 20 s left" in terminal.getvalue()


def test_the_bar_fills_and_ends_on_a_line_of_its_own(clock: list[float]) -> None:
    terminal = Terminal()
    bar = Progress("Work", 10, terminal)
    clock[0] += 75
    bar.show(10)
    bar.finish("all")
    assert "#" * progress.WIDTH in terminal.getvalue()
    assert terminal.getvalue().endswith("Work all in 1:15 min\x1b[K\n")


def test_a_log_file_gets_the_last_line_only(clock: list[float]) -> None:
    log = io.StringIO()
    bar = Progress("Work", 10, log)
    bar.show(5)
    bar.finish("all")
    assert log.getvalue() == "Work all in 0 s\n"


def test_an_unknown_total_is_no_error(clock: list[float]) -> None:
    terminal = Terminal()
    Progress("Work", 0, terminal).show(3, "3 MB")
    assert "3 MB" in terminal.getvalue()


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (59, "59 s"), (60, "1:00 min"), (3723, "1:02:03 h")]
)
def test_durations_are_short_to_read(seconds: float, said: str) -> None:
    assert duration(seconds) == said
