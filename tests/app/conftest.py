"""The draw page without a browser."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.serving.pytorch import LOADING
from tests.support.running_app import ROOT


@pytest.fixture(autouse=True)
def _a_warm_server() -> None:
    """Pages that are opened while PyTorch is being loaded are another test's business."""
    LOADING.wait()


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    st.cache_resource.clear()  # every test is a server that has just started
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
