"""Tests wait for states, and let time pass only to see that nothing happens."""

from __future__ import annotations

import ast
import asyncio
from itertools import count
from pathlib import Path

import pytest

from tests.support import waiting

TESTS = Path(__file__).parents[2]
SOURCES = sorted(path.relative_to(TESTS).as_posix() for path in TESTS.rglob("*.py"))
LETS_TIME_PASS = {
    "support/waiting.py": "the one place to wait",
    "support/crowd.py": "visitors take their time",
    "bench/_profiled.py": "looks at a server at regular times",
    "bench/networks_memory.py": "measures a server once it is at rest",
    "bench/load.py": "measures a server at regular times",
    "bench/own_training.py": "measures a page at regular times",
    "bench/soak.py": "measures a server at regular times",
}


@pytest.mark.parametrize("name", SOURCES)
def test_no_other_source_waits_for_a_fixed_time(name: str) -> None:
    if name in LETS_TIME_PASS:
        return
    for node in ast.walk(ast.parse((TESTS / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            call = ast.unparse(node)
            waits = call.split("(")[0].endswith((".sleep", "wait_for_timeout"))
            # Without a time to wait it only lets other coroutines go on.
            assert not waits or call == "asyncio.sleep(0)", f"line {node.lineno}: {call}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert "setTimeout" + "(" not in node.value, f"line {node.lineno}"
        if isinstance(node, ast.ImportFrom) and node.module in ("time", "asyncio"):
            assert "sleep" not in {alias.name for alias in node.names}, f"line {node.lineno}"


def test_what_comes_is_returned_and_what_does_not_is_named() -> None:
    numbers = count()
    assert waiting.until(lambda: next(numbers) > 3, "a number above 3", every=0) is True
    assert next(numbers) == 5
    with pytest.raises(AssertionError, match="not within 0 seconds: a miracle"):
        waiting.until(lambda: None, "a miracle", seconds=0)


def test_others_go_on_while_a_coroutine_waits() -> None:
    done: list[str] = []

    async def look() -> bool:
        return bool(done)

    async def work() -> None:
        done.append("work")

    async def both() -> None:
        working = asyncio.create_task(work())
        assert await waiting.until_async(look, "the work is done", every=0)
        await working

    asyncio.run(both())
    assert done == ["work"]
