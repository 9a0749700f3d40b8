"""House rules that a linter cannot see, each with its reason in the message."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.source import PROGRAM, calls, modules, name, text, tracked, tree

Rule = Callable[[Path], list[str]]
DESK = ("main.py", "console")
MESSAGE_BOX_STATICS = {"question", "information", "warning", "critical", "about", "aboutQt"}


FIRST_TURN = "console/app/first.py"
"""The one turn of Qt's loop before asyncio runs at all: there is nothing yet to strand."""


def exec_calls(path: Path) -> list[str]:
    """Find ``something.exec()``: a nested loop that strands every other task."""
    return [
        f"{name(path)}:{line}"
        for line, call, word in calls(path)
        if word in ("exec", "exec_")
        and isinstance(call.func, ast.Attribute)
        and name(path) != FIRST_TURN
    ]


def lambdas_in_connect(path: Path) -> list[str]:
    """Find ``signal.connect(lambda ...)``: it outlives its widget and shows in no trace."""
    return [
        f"{name(path)}:{line}"
        for line, call, word in calls(path)
        if word == "connect" and any(isinstance(a, ast.Lambda) for a in call.args)
    ]


def bare_labels(path: Path) -> list[str]:
    """Find ``QLabel(variable)``: Qt guesses rich text and opens local files from it."""
    found = []
    for line, call, word in calls(path):
        if word != "QLabel" or not call.args:
            continue
        first = call.args[0]
        is_parent = isinstance(first, ast.Name) and first.id in ("self", "parent")
        is_fixed = isinstance(first, ast.Constant) and isinstance(first.value, str)
        if not (is_parent or is_fixed):
            found.append(f"{name(path)}:{line}")
    return found


def style_sheets(path: Path) -> list[str]:
    """Find ``setStyleSheet``: it makes tables six times slower and forks the look."""
    return [f"{name(path)}:{line}" for line, _, word in calls(path) if word == "setStyleSheet"]


def unowned_tasks(path: Path) -> list[str]:
    """Find tasks that nobody owns: their errors reach nobody and they may vanish."""
    if name(path) == "console/bridge.py":
        return []
    return [
        f"{name(path)}:{line}"
        for line, call, word in calls(path)
        if word in ("create_task", "ensure_future")
        and not (isinstance(call.func, ast.Attribute) and _is_task_group(call.func.value))
    ]


def _is_task_group(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Name) and owner.id in ("group", "task_group")


def nested_loops(path: Path) -> list[str]:
    """Find ``processEvents`` and the ready-made message boxes: both spin a loop of their own."""
    found = []
    for line, call, word in calls(path):
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        box = isinstance(owner, ast.Name) and owner.id == "QMessageBox"
        if word == "processEvents" or (box and word in MESSAGE_BOX_STATICS):
            found.append(f"{name(path)}:{line}")
    return found


def qt_threads(path: Path) -> list[str]:
    """Find ``QThread``: workers belong to the executor that closes in order."""
    return [
        f"{name(path)}:{node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "QThread" for alias in node.names)
    ]


RULES: list[Rule] = [
    exec_calls,
    lambdas_in_connect,
    bare_labels,
    style_sheets,
    unowned_tasks,
    nested_loops,
    qt_threads,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_desk_keeps_the_rule(rule: Rule) -> None:
    broken = [place for path in modules(*DESK) for place in rule(path)]
    assert not broken, f"{rule.__doc__} {broken}"


BROKEN: dict[Rule, str] = {
    exec_calls: "dialog.exec()",
    lambdas_in_connect: "button.clicked.connect(lambda: close())",
    bare_labels: "QLabel(sender)",
    style_sheets: "window.setStyleSheet('color: red')",
    unowned_tasks: "asyncio.create_task(send())",
    nested_loops: "QMessageBox.warning(self, 'a', 'b')",
    qt_threads: "from PySide6.QtCore import QThread",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_sees_what_it_forbids(rule: Rule, tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text(BROKEN[rule], encoding="utf-8")
    assert rule(broken) == ["broken.py:1"]


def test_links_are_opened_in_one_place_only() -> None:
    places = {
        name(path) for path in modules(*DESK) for _, _, word in calls(path) if word == "openUrl"
    }
    assert places == {"console/views/open_safely.py"}, f"One door for links: {sorted(places)}"


def test_no_work_is_left_for_later_in_the_code() -> None:
    mark = re.compile(r"\b(?:TODO|FIXME)\b")
    here = Path(__file__)
    places = [
        f"{name(path)}:{number}"
        for path in modules(*PROGRAM, "tests")
        if path != here
        for number, line in enumerate(text(path).splitlines(), 1)
        if mark.search(line)
    ]
    assert not places, f"Do it, or write it down as an issue: {places}"


def test_test_modules_wait_for_conditions_and_never_sleep() -> None:
    places = [
        f"{name(path)}:{line}"
        for path in modules("tests")
        if "helpers" not in path.parts
        for line, call, word in calls(path)
        if word == "sleep" and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name) and call.func.value.id == "time"
    ]  # fmt: skip
    assert not places, f"Wait for a condition with a deadline (tests/helpers): {places}"


MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/|[A-Z]:\\Users\\")
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("registry", "npmjs", "org"),
            ("deb", "debian", "org"),
            ("proxy", "golang", "org"),
        )
    )
)


def test_no_kept_file_names_a_machine_or_a_registry() -> None:
    places = []
    for path in tracked():
        if path == Path(__file__) or path.stat().st_size > 2_000_000:
            continue
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            if MACHINE_PATHS.search(line) or REGISTRIES.search(line):
                places.append(f"{name(path)}:{number}")
    assert not places, f"Paths and addresses of one machine do not belong here: {places}"
