"""Arrows point down: what may import what, read from the source of every file.

app -> a page -> pages/parts -> pages/serving -> lenet/figures -> the library -> trace -> model
-> spec -> the kinds of layers -> codes and squashing functions. A name that is imported for its
type alone is no arrow.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

STOREYS = [  # from the ground up; a module belongs to the longest name that begins its own
    "lenet.codes",
    "lenet.squashing",
    "lenet.kinds",
    "lenet.spec",
    "lenet.model",
    "lenet.trace",
    "lenet",
    "lenet.figures",
    "pages.serving",
    "pages.parts",
    "pages",
    "app",
]
LONGEST_PAGE = 150
NAMES_ON_THE_INDEX = {"PIL": "pillow", "streamlit_drawable_canvas": "streamlit-drawable-canvas"}
RUNS_WHAT_IT_READS = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PRODUCT = {
    module_name(path): path
    for path in [ROOT / "app.py", *(ROOT / "lenet").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
}


@cache
def syntax(module: str) -> ast.Module:
    return ast.parse(PRODUCT[module].read_text(encoding="utf-8"))


def running(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes below one, without what stands under ``if TYPE_CHECKING``."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from running(child)


@cache
def imports(module: str) -> frozenset[str]:
    """Full names of the modules that a module imports, inside functions too."""
    found = set()
    for node in running(syntax(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{module} imports by a dot"
            assert not node.level, f"{module} imports by a dot"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in PRODUCT else node.module)
    return frozenset(found)


def ours(module: str) -> frozenset[str]:
    return imports(module) & PRODUCT.keys()


def others(module: str) -> set[str]:
    """Top-level names of what is imported from outside the project and standard library."""
    top = {name.partition(".")[0] for name in imports(module)}
    return top - {name.partition(".")[0] for name in PRODUCT} - sys.stdlib_module_names


def storey(module: str) -> int:
    names = [name for name in STOREYS if module == name or module.startswith(f"{name}.")]
    return STOREYS.index(max(names, key=len))


EVERYTHING = sorted(PRODUCT)
LIBRARY = [module for module in EVERYTHING if module.startswith("lenet")]
PAGES = [module for module in EVERYTHING if storey(module) == STOREYS.index("pages")]


def test_the_house_is_there() -> None:
    assert {"app", "lenet", "lenet.spec", "lenet.model"} <= PRODUCT.keys()
    assert "pages.watch.draw" in PAGES
    assert "lenet.spec" in ours("lenet.model"), "the reading of imports works"
    assert "torch" in others("lenet.model")


@pytest.mark.parametrize("module", EVERYTHING)
def test_nothing_imports_from_a_storey_above_its_own(module: str) -> None:
    upwards = {name for name in ours(module) if storey(name) > storey(module)}
    assert not upwards


def test_nothing_imports_in_a_circle() -> None:
    try:
        TopologicalSorter({module: ours(module) - {module} for module in PRODUCT}).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_the_specification_knows_the_kinds_of_layers_and_nothing_else() -> None:
    below = {"lenet.codes", "lenet.squashing"}
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


@pytest.mark.parametrize("module", EVERYTHING)
def test_what_it_imports_is_pinned_for_the_app(module: str) -> None:
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==", pins, re.MULTILINE))
    assert {NAMES_ON_THE_INDEX.get(name, name) for name in others(module)} <= pinned


@pytest.mark.parametrize("module", EVERYTHING)
def test_nothing_loads_a_file_that_can_run_code(module: str) -> None:
    assert not {name.partition(".")[0] for name in imports(module)} & RUNS_WHAT_IT_READS
    for node in ast.walk(syntax(module)):
        if isinstance(node, ast.Call):
            call = ast.unparse(node.func)
            assert call not in {"torch.load", "torch.save", "eval", "exec"}, f"line {node.lineno}"
            assert not any(argument.arg == "allow_pickle" for argument in node.keywords)


@pytest.mark.parametrize(
    "module", ["lenet", "lenet.spec", "lenet.checkpoint", "lenet.ink", "lenet.samples"]
)
def test_what_the_first_picture_needs_is_there_without_torch(module: str) -> None:
    heavy = "{'torch', 'streamlit', 'plotly'}"
    source = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
