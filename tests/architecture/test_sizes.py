"""Nothing grows past what one person reads in one go."""

from __future__ import annotations

import ast

from tests.architecture.source import FUNCTIONS, PROGRAM, modules, name, text, tree

MODULE_LINES = 400
CLASS_METHODS = 25
MAIN_WINDOW_LINES = 250

# Modules and classes above their cap, with the size they may not pass. Only ever shrinks.
EXCEPTIONS: dict[str, int] = {}


def module_lines() -> dict[str, int]:
    """Count the lines of every module, tests included."""
    return {name(path): len(text(path).splitlines()) for path in modules(*PROGRAM, "tests")}


def class_methods() -> dict[str, int]:
    """Count the methods of every class, as ``file::Class``."""
    return {
        f"{name(path)}::{node.name}": sum(isinstance(child, FUNCTIONS) for child in node.body)
        for path in modules(*PROGRAM, "tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    }


def test_no_module_is_longer_than_its_cap() -> None:
    too_long = [
        f"{module} has {lines} lines"
        for module, lines in module_lines().items()
        if lines > EXCEPTIONS.get(module, MODULE_LINES)
    ]
    assert not too_long, f"Split by noun; the cap is {MODULE_LINES} lines: {too_long}"


def test_no_class_has_more_methods_than_its_cap() -> None:
    too_many = [
        f"{owner} has {methods} methods"
        for owner, methods in class_methods().items()
        if methods > EXCEPTIONS.get(owner, CLASS_METHODS)
    ]
    assert not too_many, f"Give the class helpers; the cap is {CLASS_METHODS}: {too_many}"


def test_the_main_window_stays_a_frame() -> None:
    lines = module_lines().get("console/views/main_window.py", 0)
    assert lines <= MAIN_WINDOW_LINES, "A window that is the program cannot be taken apart later."


def test_every_exception_to_a_cap_is_still_needed() -> None:
    sizes = module_lines() | class_methods()
    for owner, allowed in EXCEPTIONS.items():
        cap = CLASS_METHODS if "::" in owner else MODULE_LINES
        assert sizes.get(owner, 0) > cap, f"{owner} fits its cap again: take it off the list."
        assert sizes[owner] == allowed, f"{owner} is {sizes[owner]} now: write that down."
