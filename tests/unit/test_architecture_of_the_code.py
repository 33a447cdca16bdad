"""Arrows point down: what may import what, read from the source of every file.

app -> a page -> pages/parts -> pages/serving -> lenet/browser -> lenet/figures -> lenet/analysis
-> the rest of the library -> trace -> model -> spec
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.support import javascript
from tests.support.imports import (
    PRODUCT,
    ROOT,
    Arrows,
    arrows,
    as_mermaid,
    drawings,
    drawn,
    imports,
    others,
    ours,
    syntax,
    within,
)

LAYERS = [  # from the ground up; a module belongs to the longest name that begins its own
    [
        "lenet.spec",
        "lenet.codes",
        "lenet.kinds",
        "lenet.squashing",
        "lenet.unit",
        "lenet.catalogue",
        "lenet.sealed",
    ],
    ["lenet.model", "lenet.files"],
    ["lenet.trace", "lenet.drawing"],
    ["lenet.units"],
    ["lenet"],
    ["lenet.analysis", "lenet.training"],
    ["lenet.figures"],
    ["lenet.browser"],
    ["lenet.cli", "lenet.__main__"],
    ["pages.serving"],
    ["pages.parts.common"],
    ["pages.parts.network"],
    ["pages.parts.drawing"],
    ["pages.parts"],
    ["pages"],
    ["app"],
]
LONGEST_PAGE = 150
INTERNALS = "pages.serving.streamlit_internals"
"""The one module that reaches what Streamlit and uvicorn do not document."""
FRAMEWORKS = {"streamlit", "starlette", "uvicorn", "streamlit_drawable_canvas", "h11"}
DOCUMENTED = {
    "streamlit": "all that is called st",
    "streamlit.delta_generator.DeltaGenerator": "the type of containers, for annotations",
    "streamlit_drawable_canvas.st_canvas": "the component",
    "starlette.datastructures.Headers": "for middleware",
    "starlette.datastructures.MutableHeaders": "for middleware",
    "starlette.middleware.Middleware": "what st.App takes",
    "starlette.types": "types of ASGI",
}
"""What every module may import of them."""
NAMES_ON_THE_INDEX = {
    "HersheyFonts": "hershey-fonts",
    "pi_heif": "pi-heif",
    "PIL": "pillow",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
    "cv2": "opencv-python-headless",
    "streamlit_drawable_canvas": "streamlit-drawable-canvas",
}
RUNS_WHAT_IT_READS = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
ARCHITECTURE = ROOT / "docs" / "architecture.md"


def layer(module: str) -> int:
    """The number of a module's layer: 0 is the lowest."""
    names = {name: n for n, names in enumerate(LAYERS) for name in names if within(module, name)}
    return names[max(names, key=len)]


EVERYTHING = sorted(PRODUCT)
LIBRARY = [module for module in EVERYTHING if within(module, "lenet")]
PAGES = [
    module
    for module in EVERYTHING
    if within(module, "pages") and layer(module) == layer("pages.watch")
]


def test_the_code_is_there() -> None:
    assert {"app", "lenet", "lenet.spec", "lenet.model"} <= PRODUCT.keys()
    assert "pages.watch.draw" in PAGES
    assert "lenet.spec" in ours("lenet.model"), "the reading of imports works"
    assert "torch" in others("lenet.model")


@pytest.mark.parametrize("module", EVERYTHING)
def test_nothing_imports_from_a_layer_above_its_own(module: str) -> None:
    upwards = {name for name in ours(module) if layer(name) > layer(module)}
    assert not upwards


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    assert not circle({(module, name) for module in PRODUCT for name in ours(module) - {module}})


def test_packages_do_not_import_each_other_in_a_circle() -> None:
    assert not circle(arrows())


def circle(pairs: Arrows) -> str:
    graph: dict[str, set[str]] = {}
    for start, end in pairs:
        graph.setdefault(start, set()).add(end)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return " -> ".join(error.args[1])
    return ""


def test_a_circle_is_found() -> None:
    assert circle({("a", "b"), ("b", "c"), ("c", "a")})
    assert not circle({("a", "b"), ("b", "c"), ("a", "c")})


@pytest.mark.parametrize("heading", list(drawings()))
def test_the_document_draws_exactly_the_arrows_of_the_code(heading: str) -> None:
    """``python -m tests.support.imports`` prints what belongs there."""
    found = drawn(ARCHITECTURE.read_text(encoding="utf-8")).get(heading, set())
    right = drawings()[heading]
    assert not found - right, "drawn, but no longer in the code"
    assert not right - found, "in the code, but not drawn"


def test_a_drawing_is_read_as_it_was_written() -> None:
    pairs = {("app", "pages.parts"), ("app", "pages.serving"), ("pages", "pages.parts")}
    text = f"# One\n\nWords.\n\n```mermaid\n{as_mermaid(pairs)}\n```\n\n## Two\n\nWords.\n"
    assert drawn(text) == {"One": pairs}


def test_nothing_outside_the_tests_imports_from_them() -> None:
    assert not {module for module in PRODUCT if "tests" in others(module)}
    for path in sorted((ROOT / "deploy").rglob("*.py")):
        assert not re.search(r"^\s*(from|import) tests\b", path.read_text("utf-8"), re.MULTILINE)


def test_the_engine_imports_nothing_but_itself_and_its_words() -> None:
    """It runs in a page, in a worker and in Node.js alike."""
    engine = ROOT / "assets" / "engine"
    wording = [ROOT / "assets" / "shared" / name for name in ("words.js", "plural.js")]
    modules = [*sorted(engine.rglob("*.js")), *wording]
    assert len(modules) > 1
    for path in modules:
        found = javascript.tokens(path.read_text(encoding="utf-8"))
        for name in javascript.imported(found):
            target = (path.parent / name).resolve()
            assert name.startswith("."), f"{path.name} imports {name}"
            assert target.is_relative_to(engine) or target in wording, f"{path.name} imports {name}"
            assert target.is_file(), f"{path.name} imports {name}"
        words = {token.text for token in found if token.kind == "word"}
        assert not words & {"document", "window", "navigator"}, f"{path.name} knows the page"


def test_the_specification_knows_the_kinds_of_layers_and_nothing_else() -> None:
    below = {"lenet.catalogue", "lenet.codes", "lenet.squashing"}
    assert {name for name in ours("lenet.spec") if not name.startswith("lenet.kinds")} <= below
    assert not others("lenet.spec")


@pytest.mark.parametrize("module", LIBRARY)
def test_the_library_does_not_know_streamlit(module: str) -> None:
    assert not {name for name in others(module) if name.startswith("streamlit")}


def test_only_the_figures_know_plotly() -> None:
    know = {module for module in EVERYTHING if "plotly" in others(module)}
    assert know
    assert all(module.startswith("lenet.figures.") for module in know)


@pytest.mark.parametrize("module", PAGES)
def test_a_page_is_a_storyboard_of_its_own(module: str) -> None:
    assert not ours(module) & set(PAGES)
    assert len(PRODUCT[module].read_text(encoding="utf-8").splitlines()) < LONGEST_PAGE


def names_imported_from(frameworks: set[str], module: str) -> dict[str, str]:
    """Name in the module -> full name of what it stands for, also those imported as types."""
    found = dict[str, str]()
    for node in ast.walk(syntax(module)):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return {name: whole for name, whole in found.items() if whole.split(".")[0] in frameworks}


def is_documented(whole: str) -> bool:
    return whole in DOCUMENTED or whole.rpartition(".")[0] in DOCUMENTED.keys() - {"streamlit"}


@pytest.mark.parametrize("module", EVERYTHING)
def test_only_one_module_reaches_what_frameworks_do_not_document(module: str) -> None:
    if module == INTERNALS:
        return
    theirs = names_imported_from(FRAMEWORKS, module)
    assert not {whole for whole in theirs.values() if not is_documented(whole)}
    for node in ast.walk(syntax(module)):
        if isinstance(node, ast.Attribute):
            path = ast.unparse(node)
            owner = theirs.get(path.split(".")[0])
            assert not (owner and isinstance(node.ctx, ast.Store)), f"{path}, line {node.lineno}"
            assert not path.startswith("st.runtime"), f"{path}, line {node.lineno}"


@pytest.mark.parametrize("module", EVERYTHING)
def test_private_names_of_others_are_not_used(module: str) -> None:
    if module == INTERNALS:
        return
    nodes = [*ast.walk(syntax(module))]
    own = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {node.attr for node in nodes if isinstance(node, ast.Attribute) and is_self(node.value)}
    for node in nodes:
        if isinstance(node, ast.Attribute):
            private = node.attr.startswith("_") and not node.attr.startswith("__")
            assert not private or node.attr in own, f"{ast.unparse(node)}, line {node.lineno}"
        elif isinstance(node, ast.ImportFrom):
            parts = f"{node.module}.{'.'.join(alias.name for alias in node.names)}".split(".")
            private = any(part.startswith("_") for part in parts if part != "__future__")
            assert not private, f"line {node.lineno}"


def is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


@pytest.mark.parametrize("module", EVERYTHING)
def test_only_one_part_of_pages_asks_whether_pytorch_has_loaded(module: str) -> None:
    if module.startswith("pages.") and not module.startswith("pages.serving."):
        asks = bool(re.search(r"\bLOADING\b", PRODUCT[module].read_text(encoding="utf-8")))
        assert asks == (module == "pages.parts.common.waiting")


@pytest.mark.parametrize("module", EVERYTHING)
def test_what_it_imports_is_pinned_for_the_app(module: str) -> None:
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    if module.startswith("lenet.training."):  # which may need more than the app
        pins += (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==", pins, re.MULTILINE))
    assert {NAMES_ON_THE_INDEX.get(name, name) for name in others(module)} <= pinned


@pytest.mark.parametrize("module", EVERYTHING)
def test_nothing_loads_a_file_that_can_run_code(module: str) -> None:
    imported = {name.partition(".")[0] for name in imports(module)}
    if module == "lenet.training.sweep":  # its workers exchange tasks, and no file is read so
        imported -= {"joblib"}
    assert not imported & RUNS_WHAT_IT_READS
    for node in ast.walk(syntax(module)):
        if isinstance(node, ast.Call):
            call = ast.unparse(node.func)
            forbidden = {"torch.load", "torch.save", "joblib.load", "joblib.dump", "eval", "exec"}
            assert call not in forbidden, f"line {node.lineno}"
            assert not any(argument.arg == "allow_pickle" for argument in node.keywords)


@pytest.mark.parametrize(
    "module",
    [
        "lenet",
        "lenet.spec",
        "lenet.unit",
        "lenet.browser.bundles",
        "lenet.checkpoint",
        "lenet.drawing",
        "lenet.drawing.link",
        "lenet.files.picture_file",
        "lenet.ink",
        "lenet.samples",
    ],
)
def test_what_the_first_picture_needs_is_there_without_torch(module: str) -> None:
    heavy = "{'torch', 'streamlit', 'plotly'}"
    source = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
