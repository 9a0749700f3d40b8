"""The project's own files as the architecture tests read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("run.py", "main.py", "console", "contract", "central", "tools", "benchmarks")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def modules(*places: str) -> list[Path]:
    """List the Python modules under the named files and folders, in a fixed order."""
    found: list[Path] = []
    for place in places:
        path = ROOT / place
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return [path for path in found if "__pycache__" not in path.parts]


def name(path: Path) -> str:
    """Write a file as people name it: relative to the checkout, forward slashes."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


@cache
def text(path: Path) -> str:
    """Read a file once."""
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """Parse a module once."""
    return ast.parse(text(path), filename=str(path))


def calls(path: Path) -> Iterator[tuple[int, ast.Call, str]]:
    """Walk every call in a module: line, node and the last word of what is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                yield node.lineno, node, called.attr
            elif isinstance(called, ast.Name):
                yield node.lineno, node, called.id


@cache
def tracked() -> tuple[Path, ...]:
    """List the files that git keeps; in a copy without git, every file outside hidden folders."""
    try:
        answer = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode("utf-8")
    except (OSError, subprocess.CalledProcessError):
        every = (path for path in ROOT.rglob("*") if path.is_file())
        return tuple(p for p in every if not p.relative_to(ROOT).parts[0].startswith("."))
    return tuple(ROOT / line for line in answer.split("\0") if line and (ROOT / line).is_file())
