"""The line of figures is right, readable for programs, and comes when there is something to say."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.serving import metrics
from pages.serving.metrics import Reporter, Reruns


def pairs(text: str) -> dict[str, float]:
    return {key: float(value) for key, value in (pair.split("=") for pair in text.split(" "))}


def test_every_run_counts_once_from_its_start_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([10.0, 10.5, 10.52, 11.5])
    monkeypatch.setattr("time.perf_counter", lambda: next(clock))
    reruns, one, other = Reruns(), 1, 2
    reruns.begin(one)
    reruns.begin(other)
    reruns.end(other)
    reruns.end(one)
    reruns.end(one)
    count, times = reruns.take()
    assert count == 2
    assert times == pytest.approx([20, 1500])
    assert reruns.take() == (0, [])


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=200))
def test_so_many_reruns_were_not_slower_than_the_line_says(times: list[float]) -> None:
    ordered = sorted(times)
    for part in (0.5, 0.95, 1.0):
        value = metrics.quantile(ordered, part)
        assert value in times
        assert sum(time <= value for time in times) >= part * len(times)
        assert sum(time < value for time in times) < part * len(times)


def test_the_line_is_pairs_that_a_program_reads() -> None:
    said = pairs(metrics.line(12, 3, [8.0, 9.26, 31.0], metrics.memory_mb()))
    assert said["visitors"] == 12
    assert said["reruns"] == 3
    assert (said["rerun_p50_ms"], said["rerun_p95_ms"]) == (9.3, 31)
    assert 10 < said["memory_mb"] < 100_000
    assert "rerun_p50_ms" not in pairs(metrics.line(1, 0, [], 300)), "no figure without a rerun"


def test_large_figures_are_whole() -> None:
    assert "reruns=12345678 " in metrics.line(1, 12_345_678, [1.0], 1)


def test_nothing_is_said_when_nobody_was_there(caplog: pytest.LogCaptureFixture) -> None:
    present = SimpleNamespace(now=0)
    reruns = Reruns()
    reporter = Reporter(reruns, lambda: present.now)
    with caplog.at_level(logging.INFO, logger="lenet.metrics"):
        reporter.report()
        assert not caplog.records
        present.now = 2
        reporter.report()
        (record,) = caplog.records
    assert pairs(record.getMessage())["visitors"] == 2
