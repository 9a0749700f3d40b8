"""`check-text` as a program: one JSON document, exit codes, refusals in Dutch."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from contract.guard import KINDS
from contract.guard.cli import MAX_BYTES, MESSAGES, main
from contract.region import NETHERLANDS

ROOT = Path(__file__).resolve().parents[3]
GENERAL = NETHERLANDS.closing_general


def run(capfdbinary: pytest.CaptureFixture[bytes], *argv: str) -> tuple[int, dict[str, object]]:
    code = main(list(argv))
    out, err = capfdbinary.readouterr()
    assert err == b""
    assert out.endswith(b"\n")
    document = json.loads(out.decode("utf-8"))
    assert isinstance(document, dict)
    return code, document


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bericht.txt"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_text_is_checked(
    kind: str, file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_text(f"Let op 🚨\n{GENERAL}", encoding="utf-8")
    code, document = run(capfdbinary, "check-text", "--kind", kind, str(file))
    assert (code, document) == (0, {"outcome": "fine", "findings": []})


def test_findings_exit_0_with_offsets_in_code_points(
    file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_bytes(f"🚨 Bel 06-12345678.\r\n{GENERAL}\r\n".encode())
    code, document = run(capfdbinary, "--kind", "warning", str(file))
    assert code == 0
    assert document == {
        "outcome": "warn",
        "findings": [
            {
                "rule": "phone_number",
                "outcome": "warn",
                "start": 6,
                "end": 17,
                "text": "06-12345678",
            }
        ],
    }


def test_training_turns_the_marker_round(
    file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_text(f"OEFENING Let op.\n{GENERAL}", encoding="utf-8")
    assert run(capfdbinary, "--kind=general", str(file))[1]["outcome"] == "stop"
    assert run(capfdbinary, "--training", "--kind", "general", str(file))[1]["outcome"] == "fine"
    file.write_text(f"Let op.\n{GENERAL}", encoding="utf-8")
    assert run(capfdbinary, "--kind", "general", str(file), "--training")[1]["outcome"] == "stop"


def test_a_byte_order_mark_is_no_text(
    file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_text(f"[plaats]\n{GENERAL}", encoding="utf-8-sig")
    findings = run(capfdbinary, "--kind", "general", str(file))[1]["findings"]
    assert isinstance(findings, list)
    assert (findings[0]["start"], findings[0]["end"]) == (0, 8)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"a" * (MAX_BYTES + 1), "too_large"),
        (b"tekst\x00tekst", "damaged"),
        (b"tekst\x07tekst", "damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "damaged"),
        ("Café 🚨".encode()[:-1], "damaged"),
        ("Café en België".encode("cp1252"), "wrong_encoding"),
        ("Let op.".encode("utf-16"), "wrong_encoding"),
    ],
)
def test_unreadable_input_exits_2_with_a_sentence(
    content: bytes, code: str, file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_bytes(content)
    exit_code, document = run(capfdbinary, "--kind", "warning", str(file))
    assert exit_code == 2
    assert document == {"error": {"code": code, "message": MESSAGES[code]}}


def test_a_missing_file_a_folder_and_a_wrong_call_are_not_found(
    tmp_path: Path, file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_text("Let op.", encoding="utf-8")
    for argv in (
        ["--kind", "warning", str(tmp_path / "weg.txt")],
        ["--kind", "warning", str(tmp_path)],
        ["--kind", "warning", "naam\0"],
        ["--kind", "forward", str(file)],
        ["--kind"],
        [str(file)],
        ["--kind", "warning"],
        ["--soort", "warning", str(file)],
        [],
    ):
        code, document = run(capfdbinary, "check-text", *argv)
        assert code == 2
        error = document["error"]
        assert isinstance(error, dict)
        assert error["code"] == "not_found"
        assert error["message"].endswith(".")


def test_as_a_program_it_writes_utf_8_whatever_the_terminal_speaks(file: Path) -> None:
    file.write_text("[plááts 🚨]", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "contract.guard.cli", "check-text", "--kind", "warning", str(file)],
        cwd=ROOT,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT), "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    findings = json.loads(done.stdout.decode("utf-8"))["findings"]
    assert findings[0]["text"] == "[plááts 🚨]"
    assert findings[1] == {
        "rule": "closing_line_missing",
        "outcome": "stop",
        "start": 10,
        "end": 10,
        "text": "",
    }


def lines_of(capfdbinary: pytest.CaptureFixture[bytes], *argv: str) -> tuple[int, list[str]]:
    code = main(["check-text", "--cases", *argv])
    out, err = capfdbinary.readouterr()
    assert err == b""
    return code, out.decode("utf-8").splitlines()


OWN = """\
# Onze eigen gevallen.
[phone_number]
found = [
  ["Bel Truus op 06-12345678.", "06-12345678"],
  ["Bel Truus op toestel 12.", "12"],
]
fine = [
  "Bel 112.",
  "Truus woont op Elzenlaan 3.",
]

[[case]]
text = "Mail\\u00a0naar truus@voorbeeld.nl of bel 06-12345678."
kind = "feedback"
rules = [["email", "truus@voorbeeld.nl"], ["phone_number", "06-12345678"]]
"""


def test_a_list_of_the_teams_own_says_by_line_what_the_guard_does_otherwise(
    file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_text(OWN, encoding="utf-8")
    code, said = lines_of(capfdbinary, str(file))
    assert code == 1
    assert said == [
        "bericht.txt, regel 5: 'Bel Truus op toestel 12.': niet gevonden: '12' (phone_number)",
        "bericht.txt, regel 9: 'Truus woont op Elzenlaan 3.': wel gevonden: 'Elzenlaan 3' (address)",
        (
            "bericht.txt: 5 gevallen, 3 goed. Gevonden: 3 van 4 plekken. "
            "Ten onrechte iets gevonden: 1 van 2 goede teksten."
        ),
    ]


def test_the_shipped_list_is_run_where_none_is_named(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    code, said = lines_of(capfdbinary)
    assert code == 0
    assert len(said) == 1
    assert said[0].startswith("meegeleverde lijst: ")
    assert "Ten onrechte iets gevonden: 0 van" in said[0]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[phone_number]\nfound = [\n", "De lijst is niet te lezen"),
        ("[phone_number]\nfound = " + "[" * 1000, "De lijst is niet te lezen: er staan te veel"),
        ("[telefoon]\nfine = []\n", "Regel 1: deze regel is er niet: 'telefoon'. Kies uit:"),
        ("[no_groups]\nfine = []\n", "Regel 1: deze regel is er niet: 'no_groups'"),
        ("email = 3\n", "Regel 1: schrijf [email] op een eigen regel."),
        ("[email]\ngevonden = []\n", "Regel 2: “gevonden” kent de lijst niet."),
        ("[email]\nkind = 'brief'\nfine = []\n", "Regel 2: dit soort bericht is er niet"),
        ("[email]\nfound = ['a@b.nl']\n", "Regel 2: een geval onder found is een rij"),
        ("[email]\nfine = [['Bel.']]\n", "Regel 2: een geval onder fine is alleen een tekst."),
        ("[email]\nfine = 'Bel.'\n", "Regel 1: bij email hoort een lijst"),
        (
            "[email]\nfound = [['Mail mij.', 'a@b.nl']]\n",
            "Regel 2: 'a@b.nl' staat niet in de tekst",
        ),
        ("[email]\nfine = []\n", "Er staat geen enkel geval in de lijst."),
        ("[[case]]\ntext = 'Bel.'\n", "Regel 1: een [[case]] heeft een text en een lijst rules."),
        ("[[case]]\ntext = 'Bel.'\nrules = ['email']\n", "Regel 2: in rules staan paren"),
        ("[[case]]\ntext = 'Bel.'\nrules = [['mail', 'Bel']]\n", "Regel 2: deze regel is er niet"),
    ],
)
def test_a_list_that_is_wrong_names_its_line(
    written: str, told: str, file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file.write_text(written, encoding="utf-8")
    code, said = lines_of(capfdbinary, str(file), str(file.parent / "weg.toml"))
    assert code == 2
    assert said[0].startswith(f"bericht.txt: {told}")
    assert said[1] == f"weg.toml: {MESSAGES['not_found']}"
