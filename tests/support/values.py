"""Where a value comes from, followed through the source: assignments, parameters and returns.

Enough of it to say that what becomes HTML is made of literals, catalogue texts, numbers and
``html.escape``, and that nothing a visitor sends is written as Markdown.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

Function = ast.FunctionDef | ast.AsyncFunctionDef

ESCAPES = {"escape", "html.escape"}
NUMBERS = {"number", "percent", "len", "round", "int", "float", "sum", "range"}
OWN_TEXTS = {"_", "gettext", "ngettext", "asset"}
PASSES_ON = {"join", "format", "replace", "strip", "items", "values", "keys", "get"}
COLLECTS = {"enumerate", "zip", "sorted", "list", "tuple", "reversed", "str", "dict"}

SENT = {"query_params", "json_data", "context", "getvalue", "file_uploader", "text_input"}
"""Names through which what a visitor sends reaches a page."""

SENT_BY = {"component_value.get"}
MADE_PLAIN = {*ESCAPES, *NUMBERS, "escape_markdown", "unit_of"}


@dataclass
class Source:
    """Modules by name, and what is known of the values in them."""

    modules: Mapping[str, ast.Module]
    _scopes: dict[ast.AST, tuple[str, Function | None]] = field(default_factory=dict)
    _functions: dict[str, list[Function]] = field(default_factory=dict)
    _calls: dict[str, list[ast.Call]] = field(default_factory=dict)
    _parents: dict[ast.AST, ast.AST] = field(default_factory=dict)
    _found: dict[ast.Name, list[ast.AST]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for module, tree in self.modules.items():
            self._index(tree, module, None)

    def _index(self, node: ast.AST, module: str, inside: Function | None) -> None:
        self._scopes[node] = module, inside
        if isinstance(node, Function):
            self._functions.setdefault(node.name, []).append(node)
            inside = node
        if isinstance(node, ast.Call):
            self._calls.setdefault(_last_name(node.func), []).append(node)
        for child in ast.iter_child_nodes(node):
            self._parents[child] = node
            self._index(child, module, inside)

    # --- HTML: safe only if known to be ----------------------------------------------------

    def is_safe_html(self, node: ast.AST, seen: frozenset[ast.AST] = frozenset()) -> bool:
        """Whether a value is made of literals, catalogue texts, numbers and escaped texts alone."""
        if node in seen:
            return True  # a circle adds nothing
        seen |= {node}

        def safe(other: ast.AST) -> bool:
            return self.is_safe_html(other, seen)

        match node:
            case ast.Constant():
                return True
            case ast.JoinedStr(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
                return all(map(safe, parts))
            case ast.FormattedValue(value=value, format_spec=spec):
                return _formats_a_number(spec) or safe(value)
            case ast.Dict(keys=keys, values=values):
                return all(safe(part) for part in (*keys, *values) if part is not None)
            case ast.BinOp(left=left, right=right):
                return safe(left) and safe(right)
            case ast.IfExp(body=body, orelse=orelse):
                return safe(body) and safe(orelse)
            case ast.BoolOp(values=values):
                return all(map(safe, values))
            case ast.GeneratorExp(elt=made) | ast.ListComp(elt=made):
                return safe(made)
            case ast.Starred(value=value) | ast.keyword(value=value):
                return safe(value)
            case ast.Subscript(value=value):
                return safe(value)
            case ast.Call():
                return self._is_safe_call(node, safe)
            case ast.Name():
                return self._every_origin(node, safe)
        return False

    def _is_safe_call(self, node: ast.Call, safe: Callable[[ast.AST], bool]) -> bool:
        name, last = ast.unparse(node.func), _last_name(node.func)
        if name in ESCAPES or name in NUMBERS or name in OWN_TEXTS:
            return True
        if isinstance(node.func, ast.Attribute) and last in PASSES_ON:
            return all(map(safe, [node.func.value, *node.args, *node.keywords]))
        if name in COLLECTS:
            return all(map(safe, node.args))
        functions = self._functions.get(last, [])
        returned = [value for function in functions for value in _returned(function)]
        return bool(returned) and all(map(safe, returned))

    # --- what visitors send: unsafe only if known to be -------------------------------------

    def is_sent(self, node: ast.AST, seen: frozenset[ast.AST] = frozenset()) -> bool:
        """Whether a value is made of what a visitor sends, without having been made plain."""
        if node in seen:
            return False
        seen |= {node}
        if isinstance(node, ast.Call):
            return self._is_sent_by_call(node, seen)
        if isinstance(node, ast.FormattedValue) and _formats_a_number(node.format_spec):
            return False
        if isinstance(node, ast.Compare | ast.Lambda):
            return False
        if isinstance(node, ast.Attribute | ast.Name) and _last_name(node) in SENT:
            return True
        if isinstance(node, ast.Name):
            return not self._every_origin(node, lambda value: not self.is_sent(value, seen), True)
        return any(self.is_sent(child, seen) for child in ast.iter_child_nodes(node))

    def _is_sent_by_call(self, node: ast.Call, seen: frozenset[ast.AST]) -> bool:
        name, last = ast.unparse(node.func), _last_name(node.func)
        if name in SENT_BY or last in SENT:
            return True
        if name in COLLECTS or (isinstance(node.func, ast.Attribute) and last in PASSES_ON):
            return any(self.is_sent(child, seen) for child in ast.iter_child_nodes(node))
        # The library bounds what it is given, so only functions of the pages pass texts on.
        returned = [value for each in self._functions.get(last, []) for value in _returned(each)]
        return name not in MADE_PLAIN and any(self.is_sent(value, seen) for value in returned)

    # --- where names come from ----------------------------------------------------------------

    def _every_origin(
        self, name: ast.Name, holds: Callable[[ast.AST], bool], unknown: bool = False
    ) -> bool:
        """Whether something holds for all that a name is given; ``unknown`` if nothing is seen."""
        origins = self._origins(name)
        return all(map(holds, origins)) if origins else unknown

    def _origins(self, name: ast.Name) -> list[ast.AST]:
        if name not in self._found:
            self._found[name] = list(self._find_origins(name))
        return self._found[name]

    def _find_origins(self, name: ast.Name) -> Iterator[ast.AST]:
        module, function = self._scopes[name]
        around: ast.AST = name
        while around in self._parents:
            around = self._parents[around]
            for generator in getattr(around, "generators", []):
                if _binds(generator.target, name.id):
                    yield generator.iter
                    return
        found = False
        for node in ast.walk(function) if function else ():
            for value in _given(node, name.id):
                found = True
                yield value
        if found:
            return
        if function and (place := _parameter(function, name.id)) is not None:
            for call in self._calls.get(function.name, []):
                yield from _argument(call, name.id, place)
            return
        for statement in self.modules[module].body:
            yield from _given(statement, name.id)


def _last_name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _formats_a_number(spec: ast.AST | None) -> bool:
    """``:,`` or ``:.2f``: fails for whatever is no number."""
    if not isinstance(spec, ast.JoinedStr) or not spec.values:
        return False
    last = spec.values[-1]
    return isinstance(last, ast.Constant) and str(last.value)[-1:] in set("dfeg%,")


def _returned(function: Function) -> list[ast.AST]:
    """What a function returns."""
    return [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and node.value is not None
    ]


def _binds(target: ast.AST, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(target))


def _given(node: ast.AST, name: str) -> Iterator[ast.AST]:
    """What a statement gives to a name."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                    pairs = zip(target.elts, value.elts, strict=False)
                    yield from (part for to, part in pairs if _binds(to, name))
                elif _binds(target, name) and not isinstance(target, ast.Subscript | ast.Attribute):
                    yield value
        case (
            ast.AnnAssign(target=ast.Name(id=to), value=ast.AST() as value)
            | ast.AugAssign(target=ast.Name(id=to), value=value)
            | ast.NamedExpr(target=ast.Name(id=to), value=value)
        ) if to == name:
            yield value
        case ast.For(target=target, iter=value) if _binds(target, name):
            yield value
        case ast.withitem(context_expr=value, optional_vars=ast.Name(id=to)) if to == name:
            yield value


def _parameter(function: Function, name: str) -> int | None:
    """A parameter's place among the positional ones; -1 for one that is given by name only."""
    arguments = function.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    if name in names:
        return names.index(name) - (names[0] in ("self", "cls"))
    return -1 if name in [argument.arg for argument in arguments.kwonlyargs] else None


def _argument(call: ast.Call, name: str, place: int) -> Iterator[ast.AST]:
    if 0 <= place < len(call.args):
        yield call.args[place]
    yield from (keyword.value for keyword in call.keywords if keyword.arg == name)
