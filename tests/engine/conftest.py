"""Says where the browser's modules were run."""

from __future__ import annotations

import pytest

from tests.support import node


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not node.is_there("node"):
        where = "in Chromium instead" if node.is_there("chromium") else "nowhere"
        terminalreporter.write_line(
            f"Node.js is not installed, so tests/engine ran the browser's modules {where}."
        )
