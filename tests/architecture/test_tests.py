"""The tests themselves: each one can fail, and its name says when."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import FUNCTIONS, modules, name, tree

PROVES = ("assert", "expect", "check", "raises", "warns", "fail", "wait", "until", "must")


def functions_in(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Walk the test functions of a module, those in classes and state machines included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, FUNCTIONS) and node.name.startswith("test_"):
            yield node


def proves_something(function: ast.AST) -> bool:
    """Tell whether a test holds an assert, or calls something that is one by its name."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = node.func
            word = called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)
            if word.lstrip("_").lower().startswith(PROVES):
                return True
    return False


def suite() -> list[Path]:
    """List the modules that hold tests."""
    return [path for path in modules("tests") if path.name.startswith("test_")]


def test_every_test_asserts_something() -> None:
    empty = [
        f"{name(path)}:{function.lineno} {function.name}"
        for path in suite()
        for function in functions_in(path)
        if not proves_something(function)
    ]
    assert not empty, f"A test that cannot fail proves nothing: {empty}"


def test_every_test_name_is_a_sentence() -> None:
    short = [
        f"{name(path)}:{function.lineno} {function.name}"
        for path in suite()
        for function in functions_in(path)
        if len(function.name.split("_")) < 4
    ]
    assert not short, f"Say what holds, in words: {short}"
