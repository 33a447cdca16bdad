"""Every text that a visitor can read stands in the catalogue, and can be translated."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.support import texts
from tests.support.javascript import HOLE

THEIRS = texts.ROOT / "assets" / "loaders" / "streamlit_texts.js"
"""It has the texts of Streamlit that are to be exchanged."""

EVERYTHING = [*texts.READ_BY_VISITORS, *texts.JAVASCRIPT, *texts.HTML]
EVERYTHING.remove(THEIRS)
THEY_LOOK_UP = [
    path for path in (*texts.PYTHON, *texts.JAVASCRIPT) if path.stem not in ("catalogue", "words")
]


def name(path: Path) -> str:
    return path.relative_to(texts.ROOT).as_posix()


@pytest.mark.parametrize("path", EVERYTHING, ids=name)
def test_no_text_for_visitors_stands_outside_the_catalogue(path: Path) -> None:
    assert not list(map(str, texts.literals(path)))


def test_the_template_for_translators_has_the_texts_of_the_code() -> None:
    """``make catalogue`` writes it."""
    found = texts.TEMPLATE.read_bytes() if texts.TEMPLATE.exists() else b""
    assert found == texts.template(), "run: make catalogue"


NEVER_ONE = {
    "assets/invariance": "of the 441 places of a map, and of all samples of all networks",
    "assets/code_morph": "one of 84 places, too",
    "assets/network_view/captions.js": "what a unit reads, and the units of a layer",
    "assets/training/machine": "LeNet-5's kernels, and moments of recorded runs, from 250 on",
    "lenet/analysis/connection_table.py": "Table I's",
    "lenet/analysis/disagreements.py": "LeNet-5's",
    "lenet/drawing/canvas_json.py": "a limit",
    "lenet/drawing/link.py": "a limit",
    "lenet/figures/fields.py": "the packaged samples",
    "lenet/files/picture_file.py": "millions",
    "lenet/glossary.py": "LeNet-5's",
    "lenet/ink.py": "a limit",
    "lenet/mnist.py": "sizes, as in 60000 x 28 x 28",
    "pages/parts/architecture": "LeNet-5's",
    "pages/parts/connections": "Table I's",
    "pages/parts/drawing/downloads.py": "all of LeNet-5's",
    "pages/parts/output_codes": "the packaged samples",
    "pages/parts/receptive_fields": "sides of inputs that have a digit in them",
}
"""Where a count stands before a noun in a text that has no form for one."""

COUNTED = re.compile(
    r"(?<![\u00d7\u2013] )(?<!\u00d7)\{\w+\} (?:[\w-]+ )?(?:maps|units|pixels|parameters|"
    r"connections|kernels|numbers|digits|samples|places|products|bits|biases|pairs|classes|characters|strokes|"
    r"layers|positions|weights|neighbours|differences|times)\b"
)


def test_a_count_and_its_noun_are_looked_up_together() -> None:
    """So that nothing says "1 maps", in any language."""
    glued = []
    for path in (*texts.PYTHON, *texts.JAVASCRIPT):
        where = path.relative_to(texts.ROOT).as_posix()
        if not where.startswith(tuple(NEVER_ONE)):
            found = [text for _, text, *_ in texts.extracted(path) if isinstance(text, str)]
            glued += [f"{where}: {text}" for text in found if COUNTED.search(text)]
    assert not glued


@pytest.mark.parametrize("path", THEY_LOOK_UP, ids=name)
def test_every_look_up_can_work(path: Path) -> None:
    """A literal with named placeholders, filled under the same names, in the visitor's language."""
    assert not list(map(str, texts.mistakes(path)))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("st.caption('Draw a digit.')", ["Draw a digit."]),
        ("st.button('Undo', key='undo')", ["Undo"]),
        ("tabs({'first': 'Layers'}, key='part')", ["Layers"]),
        ("choice(_('Map'), {'first-map': 'First'}, 'first-map', key='m')", ["First"]),
        ("x = f'{n} units'", [f"{HOLE} units"]),
        ("x = 'yes' if y else 'not connected'", ["not connected"]),
        ("raise InkError('A drawing is needed.')", ["A drawing is needed."]),
        ("go.Scatter(hovertemplate='value %{y}')", ["value %{y}"]),
        ("layout = {'title': 'error, %'}", ["error, %"]),
        ("st.html('<img alt=\"A code\">')", ['<img alt="A code">']),
        ("st.html('<p class=\"page lead\"></p>')", []),
        ("st.caption(_('Draw a digit.'))", []),
        ("_('The digit is {digit}.').format(digit='no digit')", ["no digit"]),
        ("'''A docstring, for programmers.'''", []),
        ("log.warning('the file is gone')", []),
        ("raise ValueError('must be a number')", []),
        ("assert x, 'this cannot be'", []),
        ("x['the key of it'] = y", []),
        ("key = 'receptive-fields'", []),
    ],
)
def test_a_literal_in_python_is_found(source: str, found: list[str]) -> None:
    assert [each.text for each in texts.python_literals(ast.parse(source))] == found


@pytest.mark.parametrize(
    ("source", "right"),
    [
        ("def f(): return _('It is {digit}.').format(digit=3)", True),
        ("def f(): return ngettext('{n} bit', '{n} bits', n).format(n=n)", True),
        ("def f(): return ngettext('one bit', '{n} bits', n).format(n=n)", True),
        ("def f(): return _('It is {digit}.').format(number=3)", False),
        ("def f(): return _('It is {}.').format(3)", False),
        ("def f(): return _(f'It is {digit}.')", False),
        ("def f(): return _(text)", False),
        ("def f(): return f'<b>{_(\"It is.\")}</b>'", False),
        ("TEXT = _('It is.')", False),
        ("@st.dialog(_('Title'))\ndef f(): pass", False),
        ("def f(x=_('It is.')): pass", False),
        ("class A:\n    x = _('It is.')", False),
        ("TEXT = lambda: _('It is.')", True),
    ],
)
def test_a_wrong_look_up_in_python_is_found(source: str, right: bool) -> None:
    assert bool(texts.python_mistakes(ast.parse(source))) is not right


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("label.textContent = 'Copied';", ["Copied"]),
        ("x = `${n} units`;", [f"{HOLE} units"]),
        ("x = a ? 'against it' : 'for it';", ["against it", "for it"]),
        ("node.setAttribute('aria-label', 'Class');", ["Class"]),
        ("make('span', 'number', 'Undo')", ["Undo"]),
        ("x = `<b>${f('not connected')}</b>`;", ["not connected"]),
        ("x = t('not connected');", []),
        ("x = t('{n} of them', { n: f('not connected') });", ["not connected"]),
        ("x = tn('{n} unit of it', '{n} units of it', n);", []),
        ("import x from './a b c.js'; // and a comment", []),
        ("throw new Error('this is a mistake');", []),
        ("node.className = 'big number';", []),
        ("x = /a b 'c d/.test(y) / 2;", []),
    ],
)
def test_a_literal_in_javascript_is_found(source: str, found: list[str]) -> None:
    assert [each.text for each in texts.javascript_literals(source)] == found


@pytest.mark.parametrize(
    ("source", "right"),
    [
        ("t('It is {digit}.', { digit })", True),
        ("t('It is {digit}.', { digit: f(a, b) })", True),
        ("t('It is {digit}.', values)", True),
        ("tn('{n} bit', '{n} bits', n)", True),
        ("t('It ' + 'is.')", True),
        ("t('It is {digit}.')", False),
        ("t('It is {digit}.', { number: 3 })", False),
        ("t(`It is ${digit}.`)", False),
        ("t(text)", False),
        ("`${t(text)}`", False),
    ],
)
def test_a_wrong_look_up_in_javascript_is_found(source: str, right: bool) -> None:
    assert bool(texts.javascript_mistakes(source)) is not right


def test_a_text_in_a_template_is_found() -> None:
    source = '<p aria-label="The network"\n data-digit="">\n<b class="name">Draw</b></p>'
    assert [each.text for each in texts.html_literals(source)] == ["Draw", "The network"]
    assert not texts.html_literals('<div class="network" role="group" data-delta=""></div>')


def test_texts_are_taken_from_nested_calls_too(tmp_path: Path) -> None:
    script = tmp_path / "a.js"
    script.write_text("x = `${t('One {x}', { x: t('two') })}`; tn('{n} bit', '{n} bits', n);")
    assert [text for _, text, _, _ in texts.extracted(script)] == [
        ("{n} bit", "{n} bits"),
        "One {x}",
        "two",
    ]
