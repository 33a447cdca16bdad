"""Runs Streamlit with a watcher that says where the processor's time goes.

    python -m tests.bench._profiled FILE run app.py ...

A thread looks at all others every two milliseconds. What a thread's own clock has moved since
the last look is booked on what that thread is doing now: so waiting costs nothing, and code that
lets other threads run counts too. Garbage collection is timed exactly. The totals since the start
are written to FILE once a second, so two of them give what happened in between. Linux only.

Python lets the watcher look only between two instructions, and would rather do so where a thread
waits for the system anyway; asked to switch threads fifty times as often as usual, it looks
nearly everywhere alike. Calls into C that keep all others waiting count for where they were made.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
from collections import Counter
from functools import cache
from pathlib import Path
from types import FrameType

INTERVAL = 0.002
SWITCH = 0.0001
"""Seconds: between two looks, and until another thread gets its turn."""

GARBAGE = "garbage collection"
OTHER = "other"
UNSEEN = "between two looks"
WATCHING = "the watcher itself"

PARTS: tuple[tuple[str, str], ...] = (
    ("tests/bench/", WATCHING),
    ("lenet/ink.py", "strokes to input"),
    ("lenet/drawing/canvas_json.py", "strokes to input"),
    ("lenet/drawing/size_normalisation.py", "strokes to input"),
    ("lenet/trace.py", "forward pass"),
    ("lenet/model.py", "forward pass"),
    ("lenet/browser/packing.py", "packing"),
    ("pages/parts/network/network_view.py", "packing"),
    ("lenet/", "rest of the app"),
    ("pages/", "rest of the app"),
    ("app.py", "rest of the app"),
    ("streamlit_drawable_canvas/", "canvas component"),
    ("streamlit/runtime/runtime_util.py", "messages: hashing and protobuf"),
    ("streamlit/runtime/forward_msg_cache.py", "messages: hashing and protobuf"),
    ("streamlit/runtime/forward_msg_queue.py", "messages: hashing and protobuf"),
    ("google/protobuf/", "messages: hashing and protobuf"),
    ("streamlit/web/", "websocket and http"),
    ("uvicorn/", "websocket and http"),
    ("starlette/", "websocket and http"),
    ("websockets/", "websocket and http"),
    ("anyio/", "websocket and http"),
    ("streamlit/elements/", "Streamlit: elements"),
    ("streamlit/components/", "Streamlit: elements"),
    ("streamlit/delta_generator", "Streamlit: elements"),
    ("streamlit/navigation/", "Streamlit: navigation"),
    ("streamlit/commands/", "Streamlit: navigation"),
    ("streamlit/runtime/state/", "Streamlit: widget state"),
    ("streamlit/runtime/metrics_util.py", "Streamlit: usage metrics"),
    ("streamlit/", "Streamlit: running scripts"),
    ("asyncio/", "event loop"),
    ("<frozen importlib", "imports"),
)
"""Where a file belongs: the first beginning of its name that fits. The innermost frame decides."""


def part_of(name: str) -> str | None:
    """The part of the server that a file belongs to; None if that is for its caller to say."""
    return next((part for beginning, part in PARTS if name.startswith(beginning)), None)


@cache
def _short(filename: str) -> str:
    """A file's name from its package on; the project's own from the project's root on."""
    for folder in (f"{Path.cwd()}/", f"{Path(os.__file__).parent}/"):
        filename = filename.removeprefix(folder)
    return filename.rpartition("site-packages/")[2]


class Watcher:
    """Processor seconds of every other thread, by part and by function."""

    def __init__(self) -> None:
        self.parts: Counter[str] = Counter()
        self.functions: Counter[str] = Counter()
        self._clocks: dict[int, int] = {}
        self._collected: Counter[int] = Counter()
        self._collecting: dict[int, int] = {}

    def start(self, file: Path) -> None:
        """Watch from now on, from a thread of its own."""
        sys.setswitchinterval(SWITCH)
        gc.callbacks.append(self._collects)
        threading.Thread(target=self._watch, args=(file,), daemon=True).start()

    def look(self, frames: dict[int, FrameType], natives: dict[int, int]) -> None:
        """Book what each thread has used since the last look on what it is doing."""
        for ident, frame in frames.items():
            native = natives.get(ident)
            if native is None:
                continue
            try:
                clock = time.clock_gettime_ns(_clock_of(native))
            except OSError:  # it has ended meanwhile
                continue
            # What it uses for collecting garbage is booked when that has ended.
            clock = min(clock, self._collecting.get(native, clock))
            # The first look at a thread finds what it has used since it began.
            used = clock - self._clocks.get(native, 0)
            self._clocks[native] = clock
            used -= self._collected.pop(native, 0)
            if used > 0:
                part, function = _whereabouts(frame)
                self.parts[part] += used
                self.functions[function] += used
        for native in self._clocks.keys() - natives.values():
            del self._clocks[native]
            self._collected.pop(native, None)

    def totals(self) -> dict[str, dict[str, float]]:
        """Seconds so far; what threads used after the last look at them is ``UNSEEN``."""
        seen = sum(used for part, used in self.parts.items() if part != UNSEEN)
        self.parts[UNSEEN] = max(time.process_time_ns() - seen, 0)
        return {
            name: {what: used / 1e9 for what, used in counter.items()}
            for name, counter in (("parts", self.parts), ("functions", self.functions))
        }

    def _collects(self, phase: str, _: dict[str, int]) -> None:
        native = threading.get_native_id()
        if phase == "start":
            self._collecting[native] = time.thread_time_ns()
        elif native in self._collecting:
            used = time.thread_time_ns() - self._collecting.pop(native)
            self._collected[native] += used
            self.parts[GARBAGE] += used

    def _watch(self, file: Path) -> None:
        own, written = threading.get_ident(), 0.0
        while True:
            time.sleep(INTERVAL)
            natives = {t.ident or 0: t.native_id or 0 for t in threading.enumerate()}
            natives.pop(own, None)
            self.look(frames(), natives)
            if time.monotonic() - written >= 1:
                written = time.monotonic()
                unfinished = file.with_suffix(".part")
                unfinished.write_text(json.dumps(self.totals()), encoding="utf-8")
                unfinished.replace(file)


def frames() -> dict[int, FrameType]:
    """What each thread is doing, by its identity."""
    return sys._current_frames()


def _clock_of(native: int) -> int:
    """Linux's number for the processor clock of one thread of this process."""
    return (~native << 3) | 6


def _whereabouts(frame: FrameType) -> tuple[str, str]:
    """The part, and the function of that part with what it has called."""
    inner: FrameType | None = frame
    while inner is not None:
        name = _short(inner.f_code.co_filename)
        part = part_of(name)
        if part is not None:
            call = "" if inner is frame else f" > {frame.f_code.co_name}"
            return part, f"{name}:{inner.f_code.co_name}{call}"
        inner = inner.f_back
    return OTHER, f"{_short(frame.f_code.co_filename)}:{frame.f_code.co_name}"


def main() -> None:
    Watcher().start(Path(sys.argv.pop(1)))
    from streamlit.web.cli import main as streamlit

    streamlit(prog_name="streamlit")


if __name__ == "__main__":
    main()
