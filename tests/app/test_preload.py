"""A server at rest has loaded what its pages need, before anybody has opened one."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.bench.load import look_round
from tests.support import running_app, waiting
from tests.support.process import Reading

LOADED = "everything is loaded"


def test_the_first_visitor_finds_everything_loaded(tmp_path: Path) -> None:
    log, pids = tmp_path / "server.log", list[int]()
    with running_app.server(started=pids.append, log=log) as address:
        waiting.until(lambda: LOADED in log.read_text(encoding="utf-8"), f"{LOADED!r} in the log")
        at_rest = Reading.of(pids[0]).megabytes
        asyncio.run(look_round(address))
        used = Reading.of(pids[0]).megabytes
    said = log.read_text(encoding="utf-8")
    assert "WARNING" not in said
    assert "ERROR" not in said
    assert used < 1.1 * at_rest, "opening every page should add little"
