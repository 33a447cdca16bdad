"""No visitor's text reaches Markdown or HTML unescaped: read from the source of every page.

What pages write as markup is made of their own words, of numbers, and of ``escape(...)``; what a
visitor says arrives through a handful of calls, which the pages that write markup do not make.
"""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from tests.support.imports import PRODUCT, ROOT, syntax

PAGES = sorted(module for module in PRODUCT if module.split(".")[0] in ("app", "pages"))
MARKUP = {"html", "markdown", "caption", "write", "info", "error", "warning", "success", "table"}
FROM_OUTSIDE = re.compile(
    r"query_params|\.getvalue\(|\.name\b.*upload|json_data|st\.context"
    r"|session_state\[.*\]\.\w+|component_value\.get\("
)


def calls(module: str) -> list[ast.Call]:
    return [node for node in ast.walk(syntax(module)) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("module", PAGES)
def test_html_in_markdown_stays_off(module: str) -> None:
    for call in calls(module):
        for keyword in call.keywords:
            assert keyword.arg not in ("unsafe_allow_html", "unsafe_allow_javascript"), (
                f"{module}, line {call.lineno}"
            )


@pytest.mark.parametrize("module", PAGES)
def test_nothing_is_written_straight_from_what_a_visitor_sends(module: str) -> None:
    for call in calls(module):
        function = ast.unparse(call.func)
        if function.split(".")[0] == "st" and function.split(".")[-1] in MARKUP:
            for argument in call.args:
                text = ast.unparse(argument)
                assert not FROM_OUTSIDE.search(text), f"{module}, line {call.lineno}: {text}"


def is_own_text(node: ast.expr) -> bool:
    """Whether it is a text that stands in the code as it is, looked up in the catalogue or not."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "_":
        (node,) = node.args
    return isinstance(node, ast.Constant)


@pytest.mark.parametrize("module", PAGES)
def test_an_error_is_shown_as_text_and_only_in_one_place(module: str) -> None:
    """``str(error)`` may quote anything; ``errors.escape_markdown`` makes it plain text."""
    for call in calls(module):
        function = ast.unparse(call.func)
        if function in ("st.error", "st.warning"):
            (shown,) = call.args
            escaped = ast.unparse(shown).startswith("escape_markdown(")
            assert escaped or is_own_text(shown), f"{module}, line {call.lineno}"
        assert function != "st.exception", f"{module}, line {call.lineno}"


def test_the_files_name_is_not_asked_for() -> None:
    """An upload's name is the visitor's text; nothing needs it."""
    source = PRODUCT["pages.parts.drawing.controls"].read_text(encoding="utf-8")
    assert "file.name" not in source


def test_the_server_protects_uploads_and_sockets_and_bounds_what_comes() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    server = settings["server"]
    assert server["enableXsrfProtection"] is True
    assert server["enableCORS"] is True
    assert server["enableStaticServing"] is False
    assert server["maxUploadSize"] <= 20
    assert server["maxWidgetStateSize"] <= 2
    assert server["maxMessageSize"] <= 10
    assert settings["client"]["showErrorDetails"] in ("type", "none")
    assert settings["client"]["toolbarMode"] == "viewer"
