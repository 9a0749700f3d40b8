"""run.py: what it needs, what it refuses, and what it never takes for good."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import run

ROOT = Path(run.ROOT)
Start = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point run.py at an empty checkout with a lock file of its own, and no uv on the PATH."""
    monkeypatch.setattr(run, "LOCK", str(tmp_path / "requirements.lock"))
    monkeypatch.setattr(run, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(run, "STAMP", str(tmp_path / ".venv" / "buurtdesk.stamp"))
    python = tmp_path / ".venv" / Path(run.VENV_PYTHON).relative_to(ROOT / ".venv")
    monkeypatch.setattr(run, "VENV_PYTHON", str(python))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    return tmp_path


@pytest.fixture
def start() -> Start:
    """Start run.py as a person does; skipped where that would begin a set-up inside a test."""
    if not run.environment_is_good(run.wanted_stamp()):
        pytest.skip("the environment was not made by run.py")

    def run_it(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(ROOT / "run.py"), *words],
            cwd=cwd,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    return run_it


def test_an_older_python_gets_one_plain_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert run.main([]) == 1
    assert capsys.readouterr().err == (
        "Buurtdesk heeft Python 3.11 of nieuwer nodig. Dit is Python 3.9.\n"
    )


def test_an_unknown_word_shows_the_words_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["dansen"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Onbekend woord: dansen" in captured.err
    assert "read-chat" in captured.err


def test_help_and_version_speak_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["help"]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {verb} " in listed for verb in run.VERBS)
    assert run.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("Buurtdesk 0.")


def test_only_what_every_start_needs_is_imported_before_the_verb() -> None:
    heavy = ("subprocess", "ctypes", "tomllib", "shutil", "tempfile", "hashlib", "venv")
    program = f"import sys; import run; print([m for m in {heavy!r} if m in sys.modules])"
    answer = subprocess.run(
        [sys.executable, "-S", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"


def test_readers_need_no_system_library_and_a_window_needs_the_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing_there(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("ctypes.CDLL", nothing_there)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert run.missing_packages(run.VERBS["read-chat"]) == []
    assert run.missing_packages(run.VERBS["test"]) == list(run.QT_LIBRARIES.values())
    with_window = [*run.QT_LIBRARIES.values(), *run.WINDOW_LIBRARIES.values()]
    assert run.missing_packages(run.VERBS["desk"]) == with_window
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert run.missing_packages(run.VERBS["desk"]) == list(run.QT_LIBRARIES.values())


def test_a_person_without_rights_gets_the_exact_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/apt-get" if "apt" in name else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(run.SetupFailed, match="sudo apt-get update && sudo apt-get install") as why:
        run.install_packages(["libegl1", "libgl1"])
    assert "libegl1 libgl1" in str(why.value)


def test_a_system_without_apt_gets_the_names_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(run.SetupFailed, match="heten ze: libegl1"):
        run.install_packages(["libegl1"])


def test_the_desk_says_so_where_there_is_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(run.SetupFailed, match="geen scherm"):
        run.need_screen(run.VERBS["desk"])
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    run.need_screen(run.VERBS["desk"])


def test_a_stamp_of_another_lock_file_or_without_python_is_not_good(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text("a==1\n")
    python = Path(run.VENV_PYTHON)
    python.parent.mkdir(parents=True)
    python.touch()
    stamp = run.wanted_stamp()
    assert not run.environment_is_good(stamp)
    run.write_stamp(stamp)
    assert run.environment_is_good(stamp)
    (checkout / "requirements.lock").write_text("a==2\n")
    assert not run.environment_is_good(run.wanted_stamp())
    python.unlink()
    assert not run.environment_is_good(stamp)


def test_a_missing_lock_file_is_said_in_dutch(checkout: Path) -> None:
    with pytest.raises(run.SetupFailed, match=r"requirements\.lock ontbreekt"):
        run.wanted_stamp()


def test_a_disk_that_refuses_is_said_in_dutch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(verb: run.Verb) -> None:
        raise PermissionError(13, "Permission denied", run.STAMP)

    monkeypatch.setattr(run, "set_up", refuse)
    assert run.main(["read-chat", "x"]) == 1
    assert "Het klaarzetten lukte niet" in capsys.readouterr().err


@pytest.mark.slow
def test_a_set_up_that_fails_leaves_no_stamp_and_the_next_one_mends_it(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    lock = checkout / "requirements.lock"
    lock.write_text(f"nergens-te-vinden==1 --hash=sha256:{'0' * 64}\n")
    Path(run.STAMP).parent.mkdir()
    Path(run.STAMP).write_text("een eerdere")
    with pytest.raises(run.SetupFailed, match="Kijk of deze computer het netwerk op mag"):
        run.make_environment(run.wanted_stamp())
    assert not Path(run.STAMP).exists()
    assert Path(run.VENV_PYTHON).exists()

    lock.write_text("# niets nodig\n")
    run.make_environment(run.wanted_stamp())
    assert run.environment_is_good(run.wanted_stamp())


def test_verbs_import_from_the_checkout_and_speak_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PYTHONPATH", "/elders")
    monkeypatch.setenv("PYTHONHOME", "/elders")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("BUURTDESK_HOME", "map")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    environment = run.environment_for(run.VERBS["test"])
    assert environment["PYTHONPATH"] == run.ROOT
    assert "PYTHONHOME" not in environment
    assert environment["LC_ALL"] == "C.UTF-8"
    assert environment["BUURTDESK_HOME"] == os.path.abspath("map")
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert "QT_QPA_PLATFORM" not in run.environment_for(run.VERBS["desk"])


def test_the_whole_suite_runs_in_three_processes_and_a_choice_in_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert run.arguments_for("test", []) == ["-n", "3", "--dist", "worksteal"]
    assert run.arguments_for("test", ["tests/test_run.py"]) == ["tests/test_run.py"]
    assert run.arguments_for("read-chat", []) == []
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert run.arguments_for("test", []) == []


@pytest.mark.parametrize("verb", ["read-chat", "read-alert", "read-register"])
def test_a_reader_finds_its_file_from_the_callers_folder(
    verb: str, start: Start, tmp_path: Path
) -> None:
    (tmp_path / "leeg.txt").write_bytes(b"")
    (tmp_path / "json.py").write_text("raise SystemExit('the folder of the caller was imported')")
    found = start(verb, "leeg.txt", cwd=tmp_path)
    assert found.returncode == 2
    assert '"empty"' in found.stdout
    assert start(verb, "weg.txt", cwd=tmp_path).stdout.count('"not_found"') == 1
