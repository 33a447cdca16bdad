"""Whoever is alone is alone, and gets a turn although others come and go."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

from tests.support import waiting
from tests.support.taking_turns import turn


def test_many_share_the_machine_and_one_alone_waits_for_them_and_keeps_others_out(
    tmp_path: Path,
) -> None:
    said: list[str] = []
    leave = {name: threading.Event() for name in ("first", "second", "alone", "late")}

    def come(name: str) -> threading.Thread:
        def stay() -> None:
            with turn(tmp_path, alone=name == "alone"):
                said.append(f"{name} in")
                assert leave[name].wait(60)
                said.append(f"{name} out")

        thread = threading.Thread(target=stay)
        thread.start()
        return thread

    threads = [come("first"), come("second")]
    waiting.until(lambda: len(said) == 2, "two are there together")
    threads.append(come("alone"))
    threads[-1].join(0.2)
    assert len(said) == 2, "whoever wants to be alone waits"
    threads.append(come("late"))
    for name in leave:
        waiting.until(partial(said.__contains__, f"{name} in"), f"{name} is there")
        leave[name].set()
        waiting.until(partial(said.__contains__, f"{name} out"), f"{name} has left")
    for thread in threads:
        thread.join()
    assert said[2:] == ["first out", "second out", "alone in", "alone out", "late in", "late out"]
