"""Runs the browser's own modules in Node.js, where that is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ASSETS = Path(__file__).resolve().parents[2] / "assets"


def run(script: str, data: Any) -> Any:
    """What ``script``, the body of an async function of ``data``, returns.

    It can import every module in assets by its path, as in ``await import("./engine/ink.js")``.
    Skips the test without Node.js. Numbers cross exactly, both ways.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed; the browser tests run these modules in Chromium.")
    source = (
        'import { readFileSync } from "node:fs";\n'
        'const data = JSON.parse(readFileSync(0, "utf8"));\n'
        f"const result = await (async () => {{ {script} }})();\n"
        "process.stdout.write(JSON.stringify(result));\n"
    )
    done = subprocess.run(
        [node, "--input-type=module", "--eval", source],
        cwd=ASSETS,
        input=json.dumps(data),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
