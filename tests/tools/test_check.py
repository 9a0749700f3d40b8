"""The checks: every one runs, and one that finds something fails the whole."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PROGRAM, modules, name, text
from tools import check


def test_only_places_with_python_code_are_checked(tmp_path: Path) -> None:
    (tmp_path / "central" / "auth").mkdir(parents=True)
    (tmp_path / "contract").mkdir()
    (tmp_path / "contract" / "op.py").touch()
    (tmp_path / "run.py").touch()
    assert check.code_paths(tmp_path) == ["run.py", "contract"]


def test_one_finding_fails_the_whole_and_the_rest_still_runs(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    clean = (sys.executable, "-c", "print('looked')")
    found = (sys.executable, "-c", "raise SystemExit(3)")
    listed = [check.Check("first", found), check.Check("second", clean)]
    monkeypatch.setattr(check, "checks", lambda paths: listed)
    assert check.main([]) == 1
    printed = capfd.readouterr().out
    assert "looked" in printed
    assert [line.split()[:2] for line in printed.splitlines()[-2:]] == [
        ["FAILED", "first"],
        ["ok", "second"],
    ]
    assert check.main(["second"]) == 0
    assert check.main(["third"]) == 2


def test_a_tool_that_is_not_needed_may_be_absent_and_is_named_so(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    spare = check.Check("spare", ("no-such-program-anywhere",), needed=False)
    monkeypatch.setattr(check, "checks", lambda paths: [spare])
    assert check.main([]) == 0
    assert "absent spare" in capfd.readouterr().out
    needed = check.Check("needed", ("no-such-program-anywhere",))
    monkeypatch.setattr(check, "checks", lambda paths: [needed])
    assert check.main([]) == 1


def test_weaknesses_are_looked_for_in_all_that_runs_and_each_exception_has_its_reason(
    tmp_path: Path,
) -> None:
    paths = check.code_paths()
    command = check.weaknesses(paths)
    assert {"console", "contract", "central", "main.py", "run.py", "tools"} <= set(command)
    assert not {"tests", "benchmarks"} & set(command)
    bare = [
        f"{name(path)}:{number}"
        for path in modules(*PROGRAM)
        for number, line in enumerate(text(path).splitlines(), 1)
        if "# nosec" in line and not re.search(r"# nosec B\d{3}(?: #|:) \w+\W+\w+", line)
    ]
    assert not bare, f"Say which finding it is and why it is none: {bare}"
    (tmp_path / "asked.py").write_text("import pickle\npickle.loads(given())\n", encoding="utf-8")
    found = check.Check("weaknesses", check.weaknesses([str(tmp_path)]), hushed=True)
    assert check.run_check(found)[0] == "FAILED"
