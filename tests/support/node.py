"""Runs the browser's own modules without a page: in Node.js, or in Chromium where there is none."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.running_app import chromium_path

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets"


def run(script: str, data: Any) -> Any:
    """What ``script``, the body of an async function of ``data``, returns.

    It can import every module in assets by its path, as in ``await import("./engine/ink.js")``.
    Numbers cross exactly, both ways. Skips the test where there is neither Node.js nor Chromium.
    """
    for name, run_in in ENGINES.items():
        if is_there(name):
            return run_in(script, data)
    pytest.skip("There is neither Node.js nor Chromium to run the browser's modules.")


def is_there(name: str) -> bool:
    """Whether ``node`` or ``chromium`` is installed."""
    if name == "node":
        return shutil.which("node") is not None
    command = [sys.executable, "-m", "tests.support.chromium"]
    return (
        chromium_path() is not None
        or not subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode
    )


def in_node(script: str, data: Any) -> Any:
    """The same in Node.js."""
    node = shutil.which("node")
    assert node is not None
    source = (
        'import { readFileSync } from "node:fs";\n'
        'const data = JSON.parse(readFileSync(0, "utf8"));\n'
        f"const result = await (async () => {{ {script} }})();\n"
        "process.stdout.write(JSON.stringify(result));\n"
    )
    return _answer([node, "--input-type=module", "--eval", source], ASSETS, json.dumps(data))


def in_chromium(script: str, data: Any) -> Any:
    """The same in an empty page of Chromium, in a process of its own."""
    asked = json.dumps({"script": script, "data": data})
    return _answer([sys.executable, "-m", "tests.support.in_chromium"], ROOT, asked)


ENGINES: dict[str, Callable[[str, Any], Any]] = {"node": in_node, "chromium": in_chromium}


def _answer(command: list[str], folder: Path, asked: str) -> Any:
    done = subprocess.run(
        command, cwd=folder, input=asked, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
