"""What imports what in the product, read from the source of every file.

A name that is imported for its type alone is no arrow. A *package* is what
``docs/architecture.md`` draws as one box: a folder, or a module that stands by itself in
``lenet/``. ``python -m tests.support.imports`` prints the arrows of every drawing there.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


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
    """The modules of the product among them."""
    return imports(module) & PRODUCT.keys()


def others(module: str) -> set[str]:
    """Top-level names of what is imported from outside the project and standard library."""
    top = {name.partition(".")[0] for name in imports(module)}
    return top - {name.partition(".")[0] for name in PRODUCT} - sys.stdlib_module_names


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def package(module: str) -> str:
    """The box that a module is in: lenet.figures, pages.parts.network, lenet.spec, app."""
    parts = module.split(".")
    return ".".join(parts[: 3 if parts[:2] == ["pages", "parts"] else 2])


def group(module: str) -> str:
    """The box in the drawing of the whole: ``lenet`` for what stands in no folder of it."""
    parts = module.split(".")
    if parts[0] == "lenet":
        return ".".join(parts[:2]) if ROOT.joinpath(*parts[:2]).is_dir() else "lenet"
    return ".".join(parts[:2]) if parts[1:2] in (["parts"], ["serving"]) else parts[0]


LEFT_OUT = {"lenet.catalogue"}
"""What nearly everything imports; drawn, it would hide the rest."""

Arrows = set[tuple[str, str]]


def arrows(box: Callable[[str], str] = package) -> Arrows:
    """(from, to) for all boxes, of which one holds a module that imports one of the other."""
    pairs = {(box(module), box(imported)) for module in PRODUCT for imported in ours(module)}
    return {(start, end) for start, end in pairs if start != end}


def drawings() -> dict[str, Arrows]:
    """The arrows of each drawing in ``docs/architecture.md``, by its heading."""
    every = {pair for pair in arrows() if pair[1] not in LEFT_OUT}
    return {
        "The whole": {pair for pair in arrows(group) if not within(pair[0], "lenet")},
        "The pages": {pair for pair in every if not any(within(name, "lenet") for name in pair)},
        "The library": {pair for pair in every if within(pair[0], "lenet")},
    }


def drawn(text: str) -> dict[str, Arrows]:
    """The arrows that a document draws: lines ``a --> b & c`` in ``mermaid`` blocks, by heading."""
    found: dict[str, Arrows] = {}
    heading, inside = "", False
    for line in text.splitlines():
        if line.startswith("```"):
            inside = line == "```mermaid"
        elif line.startswith("#") and not inside:
            heading = line.lstrip("# ")
        elif inside and (arrow := re.fullmatch(r"\s*([\w.]+) --> (.+)", line)):
            ends = arrow[2].split("&")
            found.setdefault(heading, set()).update((arrow[1], end.strip()) for end in ends)
    return found


def as_mermaid(found: Arrows) -> str:
    """The lines of a ``mermaid`` block."""
    lines = [
        f"    {start} --> {' & '.join(sorted(end for begin, end in found if begin == start))}"
        for start in sorted({start for start, _ in found})
    ]
    return "\n".join(["graph TD", *lines])


if __name__ == "__main__":
    for heading, found in drawings().items():
        print(f"{heading}\n\n{as_mermaid(found)}\n")  # noqa: T201
