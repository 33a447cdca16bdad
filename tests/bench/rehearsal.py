"""Runs the app as a small free host would, and opens every page cold by its own address.

A fresh clone of what is committed, a fresh virtual environment with ``requirements.txt`` and
nothing else, an empty home directory, an environment of three variables, one processor and a
limit on memory. Every page is the first thing that a server of its own is asked for; on the first
page a digit is drawn and verified. Prints one JSON object and ends with status 1 if a page did
not come.

    python -m tests.bench.rehearsal --memory 1024
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.support import running_app
from tests.support.digits import DIGITS

PAGES = {
    "": "Inside LeNet-5",
    "architecture": "The architecture",
    "connections": "The connections between S2 and C3",
    "receptive-fields": "Receptive fields",
    "output-codes": "Output codes",
}
"""Address -> heading of every page."""

_CGROUPS = (  # first version, second version: folder, file of the limit, file of the peak
    ("/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.max_usage_in_bytes"),
    ("/sys/fs/cgroup", "memory.max", "memory.peak"),
)


class Memory:
    """A limit on the memory of all processes that are started through it.

    A control group where the machine lets one be made; otherwise the limit is on each process's
    own writable memory, and the peak is that of its resident memory.
    """

    def __init__(self, megabytes: int) -> None:
        self.bytes = megabytes * 1024 * 1024
        self._group, self._peak = self._make_group()

    def _make_group(self) -> tuple[Path | None, str]:
        for folder, limit, peak in _CGROUPS:
            group = Path(folder) / f"lenet-rehearsal-{os.getpid()}"
            if not (Path(folder) / "cgroup.procs").exists():
                continue
            try:
                group.mkdir()
                (group / limit).write_text(str(self.bytes))
            except OSError:
                if group.exists():
                    group.rmdir()
                continue
            return group, peak
        return None, ""

    @property
    def kind(self) -> str:
        return "control group" if self._group else "limit on each process's data"

    def wrap(self) -> tuple[str, ...]:
        """What to put before a command so that it runs within the limit, on one processor."""
        processor = str(min(os.sched_getaffinity(0)))
        if self._group:
            enter = f'echo $$ > "{self._group}/cgroup.procs" && exec "$@"'
            return ("bash", "-c", enter, "bash", "taskset", "--cpu-list", processor)
        return ("prlimit", f"--data={self.bytes}", "taskset", "--cpu-list", processor)

    def peak_megabytes(self, pid: int) -> int:
        """The most that was used so far."""
        if self._group:
            used = int((self._group / self._peak).read_text())
        else:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            used = 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
        return used // (1024 * 1024)

    def close(self) -> None:
        if self._group:
            self._group.rmdir()


@contextmanager
def installed() -> Iterator[tuple[Path, Path, dict[str, str], float]]:
    """A clone, the environment's Python, the variables to run it with, seconds to install."""
    with tempfile.TemporaryDirectory(prefix="lenet-rehearsal-") as place:
        root, home, venv = (Path(place) / name for name in ("app", "home", "venv"))
        home.mkdir()
        variables = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        start = time.monotonic()
        for command in (
            ["git", "clone", "--quiet", str(running_app.ROOT), str(root)],
            [sys.executable, "-m", "venv", str(venv)],
            [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-cache-dir",
             "--disable-pip-version-check", "-r", str(root / "requirements.txt")],
        ):  # fmt: skip
            subprocess.run(command, check=True, env=variables, stdout=sys.stderr)
        yield root, venv / "bin" / "python", variables, time.monotonic() - start


def open_cold(browser: Browser, address: str, path: str) -> float:
    """Seconds from the start of the page's load to its heading, with nothing amiss."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    start = time.monotonic()
    page.goto(f"{address}/{path}")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(PAGES[path], timeout=90_000)
    running_app.settle(page)
    shown = time.monotonic() - start
    for problem in (page.get_by_role("dialog"), page.get_by_test_id("stException")):
        expect(problem).to_have_count(0)
    if not path:
        _draw(page)
    page.close()
    return shown


def _draw(page: Page) -> None:
    running_app.draw(page, DIGITS["3"], steps=4)
    answer = running_app.wait_for_answer(page, 1)
    if answer["digit"] != "3":
        raise AssertionError(f"A drawn 3 was read as {answer['digit']!r}.")


def rehearse(megabytes: int) -> dict[str, Any]:
    """All that was measured, with ``"failed"``: what went wrong, by page."""
    memory = Memory(megabytes)
    result: dict[str, Any] = {"limit_mb": megabytes, "limited_by": memory.kind}
    result |= {"pages": {}, "failed": {}}
    try:
        with installed() as (root, python, variables, seconds), running_app.chromium() as browser:
            result["install_seconds"] = round(seconds)
            for path in PAGES:
                pids: list[int] = []
                begun = time.monotonic()
                try:
                    with running_app.server(
                        started=pids.append,
                        root=root,
                        python=str(python),
                        only=variables,
                        wrap=memory.wrap(),
                    ) as address:
                        ready = time.monotonic() - begun
                        shown = open_cold(browser, address, path)
                        result["pages"][f"/{path}"] = {
                            "server_seconds": round(ready, 1),
                            "shown_seconds": round(shown, 1),
                            "peak_mb": memory.peak_megabytes(pids[0]),
                        }
                except Exception as error:
                    result["failed"][f"/{path}"] = f"{type(error).__name__}: {error}"
    finally:
        memory.close()
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--memory", type=int, default=1024, metavar="MB", help="default: 1024")
    result = rehearse(parser.parse_args().memory)
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    return 1 if result["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
