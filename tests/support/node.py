"""Runs the browser's own modules in Node.js, where that is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

MODULES = Path(__file__).resolve().parents[2] / "assets" / "network_view"


def run(script: str, data: Any) -> Any:
    """What ``script``, the body of an async function of ``data``, returns.

    It can import every module of the network view by name, as in ``await import("./ink.js")``.
    Skips the test without Node.js. Numbers cross exactly, both ways.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed; the browser tests run these modules in Chromium.")
    with tempfile.TemporaryDirectory() as folder:
        for module in MODULES.glob("*.js"):
            shutil.copy(module, folder)
        # Node.js takes .js files for ES modules only where a package says so.
        Path(folder, "package.json").write_text('{"type": "module"}', encoding="utf-8")
        Path(folder, "main.js").write_text(
            'import { readFileSync } from "node:fs";\n'
            'const data = JSON.parse(readFileSync(0, "utf8"));\n'
            f"const result = await (async () => {{ {script} }})();\n"
            "process.stdout.write(JSON.stringify(result));\n",
            encoding="utf-8",
        )
        done = subprocess.run(
            [node, "main.js"],
            cwd=folder,
            input=json.dumps(data),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
