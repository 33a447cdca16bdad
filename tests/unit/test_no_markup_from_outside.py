"""No visitor's text reaches Markdown or HTML unescaped: values are followed through the source.

What pages write as HTML is made of literals, catalogue texts, numbers and ``html.escape(...)``,
wherever it was put together. What a visitor sends is not written as Markdown.
"""

from __future__ import annotations

import ast
import tomllib
from textwrap import dedent

import pytest

from tests.support.imports import PRODUCT, ROOT, syntax
from tests.support.values import Source

PAGES = sorted(module for module in PRODUCT if module.split(".")[0] in ("app", "pages"))
SOURCE = Source({module: syntax(module) for module in PAGES})
MARKDOWN = {"markdown", "caption", "write", "info", "success", "header", "subheader", "title"}


def calls(module: str) -> list[ast.Call]:
    return [node for node in ast.walk(syntax(module)) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("module", PAGES)
def test_html_in_markdown_stays_off(module: str) -> None:
    for call in calls(module):
        for keyword in call.keywords:
            assert keyword.arg not in ("unsafe_allow_html", "unsafe_allow_javascript"), (
                f"{module}, line {call.lineno}"
            )


def written(tree: ast.AST, kinds: set[str]) -> list[ast.expr]:
    """What is given to Streamlit as HTML or Markdown."""
    return [
        argument
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in kinds
        and not ast.unparse(call.func).startswith(("_log.", "components."))
        for argument in call.args[:1]
    ]


@pytest.mark.parametrize("module", PAGES)
def test_html_is_made_of_literals_numbers_and_escaped_texts(module: str) -> None:
    for argument in written(syntax(module), {"html"}):
        assert SOURCE.is_safe_html(argument), f"line {argument.lineno}: {ast.unparse(argument)}"


@pytest.mark.parametrize("module", PAGES)
def test_what_a_visitor_sends_is_not_written_as_markdown(module: str) -> None:
    for argument in written(syntax(module), MARKDOWN):
        assert not SOURCE.is_sent(argument), f"line {argument.lineno}: {ast.unparse(argument)}"


@pytest.mark.parametrize(
    ("source", "safe"),
    [
        ("st.html('<b>x</b>')", True),
        ("st.html(f'<b>{escape(name)}</b>')", True),
        ("st.html(f'<b>{number(x, 2)}, {n:,} and {x:.2f}</b>')", True),
        ("st.html(_('It is {digit}.').format(digit=escape(digit)))", True),
        ("rows = ''.join(f'<i>{escape(x)}</i>' for x in y)\nst.html(f'<p>{rows}</p>')", True),
        ("def f(title): st.html(title)\nf('Title')\nf(escape(x))", True),
        ("def g(x): return escape(x)\nst.html(g(name))", True),
        ("HEAD = ('a', 'b')\ndef f(): st.html(''.join(x for x in HEAD))", True),
        ("st.html(f'<b>{name}</b>')", False),
        ("st.html(f'<b>{layer.name}</b>')", False),
        ("st.html(f'<b>{name!r:>20}</b>')", False),
        ("st.html(_('It is {digit}.').format(digit=digit))", False),
        ("rows = ''.join(f'<i>{x}</i>' for x in y)\nst.html(f'<p>{rows}</p>')", False),
        ("text = 'a'\ntext += name\nst.html(text)", False),
        ("def f(title): st.html(title)\nf('Title')\nf(page.title)", False),
        ("def g(x): return x\nst.html(g(st.query_params['x']))", False),
        ("def f():\n  title = names()\n  st.html(title)", False),
    ],
)
def test_html_is_followed_to_where_it_comes_from(source: str, safe: bool) -> None:
    tree = ast.parse(in_a_function(source))
    (argument,) = written(tree, {"html"})
    assert Source({"m": tree}).is_safe_html(argument) is safe


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("st.caption(st.query_params['x'])", True),
        ("asked = st.query_params.get('x')\nst.caption(f'It is {asked}.')", True),
        ("def f(x): st.caption(x)\nf(component_value.get('a', 'b'))", True),
        ("def g(): return component_value.get('a', 'b')\nst.caption(g())", True),
        ("def g(): return component_value.get('a', 'b')\nst.caption(number(g()))", False),
        ("asked = st.query_params.get('x')\nst.caption(escape_markdown(asked))", False),
        ("st.caption(_('Draw.') if component_value.get('a') == 'b' else 'Stop.')", False),
        ("asked = st.query_params\ndef f(x): st.caption(x)\nf(layer.name)", False),
    ],
)
def test_what_a_visitor_sends_is_followed_to_where_it_is_written(source: str, sent: bool) -> None:
    tree = ast.parse(in_a_function(source))
    (argument,) = written(tree, MARKDOWN)
    assert Source({"m": tree}).is_sent(argument) is sent


def in_a_function(source: str) -> str:
    """Names that are assigned belong to a function, unless the source has functions itself."""
    if "def " in source:
        return source
    return "def page():\n" + "\n".join(f"    {line}" for line in dedent(source).splitlines())


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
