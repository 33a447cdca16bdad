"""The draw page without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.stage import ROOT


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
