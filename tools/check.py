"""Run every check of the code and print a summary: ``python3 run.py check``.

Each tool runs even when an earlier one found something, so one round shows everything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("run.py", "main.py", "console", "contract", "central", "tools", "benchmarks", "tests")


@dataclass(frozen=True)
class Check:
    """One tool: the name in the summary, its command with the program first, and its weight.

    A check that is not needed is left out, and named as such, where its program is absent.
    ``hushed``: what it says beside its findings is not shown.
    """

    name: str
    command: tuple[str, ...]
    needed: bool = True
    hushed: bool = False

    def program(self) -> str | None:
        """Find the program in this environment, else on the machine."""
        scripts = sysconfig.get_path("scripts")
        return shutil.which(self.command[0], path=scripts) or shutil.which(self.command[0])


def code_paths(root: Path = ROOT) -> list[str]:
    """List the files and folders under root that hold Python code."""
    return [
        name
        for name in CODE
        if (root / name).is_file() or next((root / name).rglob("*.py"), None) is not None
    ]


def checks(paths: list[str]) -> list[Check]:
    """Name every check, over the given files and folders where the tool takes them."""
    return [
        Check("format", ("ruff", "format", "--check", *paths)),
        Check("lint", ("ruff", "check", *paths)),
        Check("types", ("mypy", *paths)),
        Check("walls", ("lint-imports",)),
        Check("dependencies", ("deptry", ".")),
        Check("weaknesses", weaknesses(paths), hushed=True),
        # reuse has no built package for every Python, so it is used where found, never needed.
        Check("licences", ("reuse", "lint", "--quiet"), needed=False),
    ]


def weaknesses(paths: list[str]) -> tuple[str, ...]:
    """Return bandit's command: over what runs at a desk or at central, and over the tools."""
    own = [path for path in paths if path not in ("tests", "benchmarks")]
    return ("bandit", "-q", "-r", "-c", "pyproject.toml", *own)


def run_check(check: Check) -> tuple[str, float]:
    """Run one check with its output on the screen; answers ok, FAILED or absent, and seconds."""
    program = check.program()
    print(f"--- {check.name}: {' '.join(check.command[:2])}", flush=True)
    if program is None:
        return ("FAILED" if check.needed else "absent"), 0.0
    started = time.monotonic()
    environment = dict(os.environ, PYTHONUTF8="1", PYTHONPATH=str(ROOT))
    aside = subprocess.DEVNULL if check.hushed else None
    command = [program, *check.command[1:]]
    code = subprocess.call(command, cwd=ROOT, env=environment, stderr=aside)
    return ("FAILED" if code else "ok"), time.monotonic() - started


def main(argv: list[str]) -> int:
    """Run all checks, or those named; returns 0 when every one is clean, else 1."""
    every = checks(code_paths())
    unknown = set(argv) - {check.name for check in every}
    if unknown:
        known = ", ".join(check.name for check in every)
        print(f"Onbekende controle: {', '.join(sorted(unknown))}. Kies uit: {known}.")
        return 2
    wanted = [check for check in every if not argv or check.name in argv]
    results = [(check, *run_check(check)) for check in wanted]
    print("--- summary")
    for check, outcome, seconds in results:
        print(f"{outcome:6} {check.name:14} {seconds:6.1f} s")
    return 1 if any(outcome == "FAILED" for _, outcome, _ in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
