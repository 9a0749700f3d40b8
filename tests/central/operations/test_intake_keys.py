"""Keys of outside report forms, made and ended on the command line (F10)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from central.__main__ import main
from central.operations.keys import KEY_VARIABLE
from contract import routes
from tests.helpers.central_line import KEY, CentralLine

REPORT = {"reference": "1", "text": "Hek staat open", "place": "Dorpsstraat"}


def test_a_key_made_by_words_lets_a_report_in_until_it_is_ended(
    line: CentralLine,
    place: Path | str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY.hex())
    where = ["--file" if isinstance(place, Path) else "--database", str(place)]
    assert main(["intake-key", "list", *where]) == 0
    assert "Er zijn geen sleutels." in capsys.readouterr().out
    assert main(["intake-key", "new", "Meld Het", *where]) == 0
    found = re.search(r"bdi_[\w-]+", capsys.readouterr().out)
    assert found is not None
    headers = {routes.INTAKE_HEADER: found[0]}
    sent = line.call("POST", routes.intake(line.team), REPORT, token="", headers=headers)
    assert sent.status_code == 201
    assert main(["intake-key", "list", "--team", "Kennemer Kust", *where]) == 0
    said = capsys.readouterr().out
    assert "Meld Het  in gebruik" in said
    assert main(["intake-key", "end", said.split()[0], *where]) == 0
    again = line.call("POST", routes.intake(line.team), REPORT, token="", headers=headers)
    assert again.status_code == 401


@pytest.mark.parametrize(
    "words",
    [
        ["new"],
        ["new", "x" * 61],
        ["end"],
        ["end", "unknown"],
        ["list", "--team", "Ander team"],
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    line: CentralLine,
    place: Path | str,
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY.hex())
    where = ["--file" if isinstance(place, Path) else "--database", str(place)]
    assert main(["intake-key", *words, *where]) == 2
    assert capsys.readouterr().err.strip()
    assert line.call("GET", routes.intake_keys(line.team)).json()["items"] == []
