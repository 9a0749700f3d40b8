"""Every public name says what it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import FUNCTIONS, PROGRAM, modules, name, tree

# Qt's own names are documented by Qt: the camelCase ones, and these.
QT_OVERRIDE = re.compile(
    r"[a-z]+[A-Z]|(?:data|flags|paint|event|index|parent|sort|shape|text|role|child|rect|count)$"
)


def public_names(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Walk the public functions, classes and methods that are this project's own names."""
    for node in tree(path).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            for child in node.body:
                if isinstance(child, FUNCTIONS) and _is_own(child):
                    yield f"{node.name}.{child.name}", child
        elif isinstance(node, FUNCTIONS) and _is_own(node):
            yield node.name, node


def _is_own(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    if node.name.startswith("_") or QT_OVERRIDE.match(node.name):
        return False
    marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
    return not marks & {"setter", "overload", "override"}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name(path)
        for path in modules(*PROGRAM, "tests")
        if tree(path).body and not ast.get_docstring(tree(path))
    ]
    assert not silent, f"Begin each module with one plain line: {silent}"


def test_every_public_name_has_a_docstring() -> None:
    silent = [
        f"{name(path)}:{getattr(node, 'lineno', 0)} {owner}"
        for path in modules(*PROGRAM)
        if "versions" not in path.parts
        for owner, node in public_names(path)
        if not ast.get_docstring(node)  # type: ignore[arg-type]
    ]
    assert not silent, f"{len(silent)} names are silent: {silent}"
