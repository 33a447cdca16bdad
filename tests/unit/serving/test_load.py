"""What the load benchmarks compute from their readings."""

from __future__ import annotations

import mmap
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.bench import _profiled, load, soak
from tests.support import waiting
from tests.support.process import Reading

TIMES = some.lists(some.floats(0, 60), min_size=1, max_size=200)


@given(TIMES)
def test_spreads_are_numpy_s_percentiles_in_milliseconds(times: Sequence[float]) -> None:
    spread = load.spread(times)
    assert spread["count"] == len(times)
    for name, share in (("p50", 50), ("p95", 95), ("max", 100)):
        assert spread[name] == pytest.approx(1000 * np.percentile(times, share), abs=0.051)


def test_nothing_measured_has_no_percentiles() -> None:
    assert load.spread([]) == {"count": 0, "p50": None, "p95": None, "max": None}


@given(some.floats(-5, 5), some.floats(0, 1e3))
def test_the_slope_of_a_straight_line_is_its_own(rise: float, start: float) -> None:
    times = [10.0 * i for i in range(12)]
    found = soak.slope(times, [start + rise * at for at in times])
    assert found == pytest.approx(rise, abs=1e-6)


def readings(megabytes: Sequence[float], threads: int = 9, files: int = 40) -> soak.Samples:
    return [(10.0 * i, Reading(mb, 0.0, threads, files)) for i, mb in enumerate(megabytes)]


def test_memory_that_swings_is_flat_and_memory_that_climbs_is_not() -> None:
    swings = readings([400 + 30 * (i % 3) for i in range(60)])
    climbs = readings([400 + i for i in range(60)])
    assert soak.compared(swings, "megabytes")["flat"]
    assert not soak.compared(climbs, "megabytes")["flat"]
    assert soak.compared(climbs, "megabytes")["slope_per_hour"] == 360


@contextmanager
def at_work(*tasks: Callable[[threading.Event], object]) -> Iterator[list[threading.Thread]]:
    """Threads that work until they are told to end: when the block is left, also by a failure."""
    ended = threading.Event()
    threads = [threading.Thread(target=task, args=(ended,)) for task in tasks]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def test_a_reading_of_this_process_counts_its_threads_files_memory_and_work() -> None:
    before = Reading.of(os.getpid())
    # Pages of its own: an object may be given memory that is resident already.
    with at_work(*[threading.Event.wait] * 3), mmap.mmap(-1, 60_000_000) as ballast:
        ballast.write(b"x" * len(ballast))
        read, write = os.pipe()
        work = time.process_time() + 0.1
        while time.process_time() < work:
            pass
        during = Reading.of(os.getpid())
        os.close(read)
        os.close(write)
    assert during.threads == before.threads + 3
    assert during.files == before.files + 2
    assert during.megabytes > before.megabytes + 50
    assert during.cpu >= before.cpu + 0.08


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("lenet/ink.py", "strokes to input"),
        ("lenet/model.py", "forward pass"),
        ("lenet/browser/packing.py", "packing"),
        ("pages/watch/draw.py", "rest of the app"),
        ("streamlit/elements/html.py", "Streamlit: elements"),
        ("streamlit/runtime/scriptrunner/script_runner.py", "Streamlit: running scripts"),
        ("uvicorn/server.py", "websocket and http"),
        ("numpy/_core/numeric.py", None),
    ],
)
def test_every_file_belongs_to_the_part_that_it_works_for(file: str, part: str | None) -> None:
    assert _profiled.part_of(file) == part


def test_the_watcher_books_work_where_it_is_done_and_waiting_nowhere() -> None:
    watcher = _profiled.Watcher()

    def toil(ended: threading.Event) -> None:
        while not ended.is_set():
            sum(range(1000))

    with at_work(toil, threading.Event.wait) as threads:
        natives = {thread.ident or 0: thread.native_id or 0 for thread in threads}
        begin = time.monotonic()

        def seen_for_long() -> bool:
            watcher.look({k: v for k, v in _profiled.frames().items() if k in natives}, natives)
            return bool(watcher.functions) and time.monotonic() > begin + 0.2

        waiting.until(seen_for_long, "work was seen for 0.2 seconds", every=0.002)
    busy = sum(used for name, used in watcher.functions.items() if "toil" in name)
    assert busy > 0.9 * sum(watcher.functions.values())


def test_arguments_that_make_no_sense_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for given_ in (["--visitors", "0"], ["--address", "http://a", "--profile"]):
        with pytest.raises(SystemExit):
            load.arguments(given_)
        assert "error:" in capsys.readouterr().err
