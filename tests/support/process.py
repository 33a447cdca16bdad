"""What Linux says about a running process: memory, processor time, threads, open files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Reading:
    """One look at a process: resident memory in MB (10^6 bytes), seconds of processor time."""

    megabytes: float
    cpu: float
    threads: int
    files: int

    @classmethod
    def of(cls, pid: int) -> Reading:
        """Raises OSError when there is no such process, or no /proc."""
        process = Path("/proc") / str(pid)
        # The name, in brackets, may hold anything; the numbers follow the last bracket.
        numbers = (process / "stat").read_text().rpartition(")")[2].split()
        status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
        return cls(
            megabytes=round(int(status["VmRSS"].split()[0]) * 1024 / 1e6, 1),
            cpu=(int(numbers[11]) + int(numbers[12])) / _TICK,
            threads=int(numbers[17]),
            files=sum(1 for _ in (process / "fd").iterdir()),
        )
