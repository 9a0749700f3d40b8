"""The papers in docs/ say what the code says: words, codes, keys, settings, addresses, figures."""

from __future__ import annotations

import ast
import importlib
import json
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from console.domain import refusals
from console.paths import Profile
from console.settings import Settings
from contract import vocabulary
from contract.dutch import WORDS
from contract.guard import RULES
from contract.kinds import KINDS
from contract.problems import PROBLEMS, ProblemCode, type_of
from contract.vocabulary import OpStatus
from tests.architecture.source import ROOT, calls, modules, name, text, tracked, tree
from tools import key_tables

DOCS = ROOT / "docs"
PROGRAM = ("main.py", "run.py", "console", "contract", "central", "tools", "benchmarks", "tests")


def papers() -> list[Path]:
    """List every Markdown file that is kept."""
    return [path for path in tracked() if path.suffix == ".md" and path.is_file()]


def rows(paper: str) -> list[list[str]]:
    """Read the cells of every table row of a paper."""
    lines = text(DOCS / paper).splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|") and not line.startswith("|---")
    ]


def word_lists() -> list[type[StrEnum]]:
    """List the closed word lists of the contract."""
    return [
        found
        for found in vars(vocabulary).values()
        if isinstance(found, type) and issubclass(found, StrEnum) and found is not StrEnum
    ]


@pytest.mark.parametrize("words", word_lists(), ids=lambda words: words.__name__)
def test_every_word_of_a_closed_list_has_its_dutch_word_in_the_glossary(
    words: type[StrEnum],
) -> None:
    assert set(WORDS[words]) == {str(value) for value in words}
    part = text(DOCS / "glossary.md").split(f"### {words.__name__}\n")[1].split("\n#")[0]
    for value, dutch in WORDS[words].items():
        assert f"| `{value}` | {dutch} |" in part


def test_every_reason_for_a_refusal_stands_in_the_glossary_with_its_sentence() -> None:
    glossary = text(DOCS / "glossary.md")
    missing = [
        code
        for code in sorted(refusals.codes())
        if f"| `{code}` | {refusals.problem(code).sentence} |" not in glossary
    ]
    assert not missing, f"docs/glossary.md, Why an act is refused: {missing}"


def history_words() -> set[str]:
    """Collect what services write in the field ``what`` of a history line."""
    found: set[str] = set()
    for path in modules("console"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in ("log", "_command") and len(node.args) >= 3:
                parts = ast.walk(node.args[2])
                found |= {
                    part.value
                    for part in parts
                    if isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and re.fullmatch(r"[a-z][a-z0-9_]*", part.value)
                }
    return found


def test_every_word_of_the_history_stands_in_the_glossary() -> None:
    part = text(DOCS / "glossary.md").split("## Words in the history")[1].split("\n## ")[0]
    words = history_words()
    assert len(words) > 40
    missing = sorted(word for word in words if f"`{word}`" not in part)
    assert not missing, f"docs/glossary.md, Words in the history: {missing}"


@pytest.mark.parametrize("code", ProblemCode)
def test_every_problem_of_a_request_stands_in_the_protocol(code: ProblemCode) -> None:
    line = [row for row in rows("sync.md") if row[0] == f"`{type_of(code)}`"]
    assert len(line) == 1, f"docs/sync.md §9 misses {code}"
    assert line[0][1] == str(PROBLEMS[code].status)


def test_every_answer_to_an_op_stands_in_the_protocol() -> None:
    named = {row[0].strip("`") for row in rows("sync.md")}
    assert set(OpStatus) <= named


def test_every_address_of_central_stands_in_the_protocol_and_no_other() -> None:
    told: set[tuple[str, str]] = set()
    for row in rows("sync.md"):
        found = re.fullmatch(r"(GET|HEAD|PATCH|POST|PUT|DELETE) `([^?`]+)[^`]*`", row[0])
        if found:
            told.add((found[1], found[2]))
    there = {("GET", "/v1/openapi.json")}
    for feature in (
        "accounts",
        "auth",
        "blobs",
        "devices",
        "live",
        "looking",
        "operations",
        "sync",
        "team",
    ):
        router = importlib.import_module(f"central.{feature}.endpoints").router
        there |= {(method, one.path) for one in router.routes for method in one.methods}
    assert told == there


def test_every_kind_of_record_stands_in_the_protocol() -> None:
    part = text(DOCS / "sync.md").split("\nKinds: ")[1].split(".\n")[0]
    assert set(re.split(r",\s+", part)) == set(KINDS)


def test_every_rule_of_the_guard_stands_in_the_security_page_with_its_outcome() -> None:
    told: dict[str, str] = {}
    for row in rows("security.md"):
        if len(row) == 3 and row[1] in ("stop", "warn"):
            told |= dict.fromkeys(re.findall(r"`(\w+)`", row[0]), row[1])
    assert told == dict(RULES)


def test_every_setting_is_explained_with_its_default() -> None:
    told = {row[0]: row[1].strip("`") for row in rows("operations.md") if len(row) == 4}
    for field, default in vars_of(Settings()).items():
        written = json.dumps(default) if not isinstance(default, str) else default
        expected = {"station": "the computer's name"}.get(field, written or "empty")
        assert told.get(f"`{field}`") == expected, field


def vars_of(settings: Settings) -> dict[str, object]:
    """Return the settings by name."""
    return {field: getattr(settings, field) for field in Settings.__dataclass_fields__}


def test_every_file_of_a_profile_is_explained() -> None:
    operations = text(DOCS / "operations.md")
    profile = Profile(Path("profile"))
    for one in ("database", "central_database", "keys", "settings", "log", "lock"):
        place = getattr(profile, one).relative_to(profile.root).as_posix()
        assert f"`{place}`" in operations, place


OPENING = (
    "console/app",
    "console/storage/key_troubles.py",
    "console/storage/connection.py",
    "console/storage/schema.py",
)


@pytest.mark.parametrize("place", OPENING)
def test_every_way_the_desk_may_not_open_is_explained(place: str) -> None:
    told = {code for row in rows("operations.md") for code in re.findall(r"`([a-z-]+)`", row[0])}
    known = {
        call.args[0].value
        for path in modules(place)
        for _, call, word in calls(path)
        if word == "Problem" and isinstance(call.args[0], ast.Constant)
    }
    assert known
    assert not known - told, "docs/operations.md says what to do when the desk does not open."


def test_the_manual_holds_every_key_and_no_other() -> None:
    keys = text(DOCS / "manual.nl.md").split(key_tables.HEADING)[1]
    assert keys == key_tables.tables(), "Run python -m tools.key_tables."


def figures() -> set[str]:
    """Collect the name of every figure the benchmarks make."""
    found: set[str] = set()
    for path in modules("benchmarks"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            if called in ("against", "at_p95", "at_least", "within", "in_budget", "Figure"):
                found |= set(_names(node.args[0]))
    return found


def _names(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        fixed = "".join(str(p.value) for p in node.values if isinstance(p, ast.Constant))
        yield from (f"{fixed}{size}" for size in ("10k", "100k", "1m"))


def test_every_figure_of_the_benchmarks_is_explained() -> None:
    requirements = text(DOCS / "requirements.md")
    names = figures()
    assert "list_filter_p95_1m" in names
    missing = sorted(one for one in names if f"`{one}`" not in requirements)
    assert not missing, f"docs/requirements.md, Figures: {missing}"


def test_what_docstrings_name_as_their_source_is_explained() -> None:
    told = {row[0] for row in rows("requirements.md")}
    named: set[str] = set()
    for path in modules(*PROGRAM):
        named |= set(re.findall(r"\b(?:F[0-6][0-9]|D(?:0[1-9]|1[0-8]))\b", text(path)))
    assert not named - told, "docs/requirements.md says what the short names mean."


@pytest.mark.parametrize("paper", ["sync.md", "security.md"])
def test_every_section_that_code_points_at_exists(paper: str) -> None:
    there = set(re.findall(r"^## (\d+)\.", text(DOCS / paper), flags=re.M))
    for path in modules(*PROGRAM):
        for start, end in re.findall(rf"{re.escape(paper)} §(\d+)[\d.]*(?:-§?(\d+))?", text(path)):
            assert {start, end or start} <= there, f"{name(path)} points at {paper} §{start}"


def test_every_paper_the_code_names_is_explained() -> None:
    told = text(DOCS / "requirements.md")
    named: set[str] = set()
    for path in modules("console", "contract", "central"):
        named |= set(re.findall(r"\b(\w+\.md)\b", text(path)))
    assert not [paper for paper in sorted(named) if paper not in told and paper != "README.md"]


def anchors(path: Path) -> set[str]:
    """Return the places in a paper that a link may point at."""
    heads = re.findall(r"^#+ (.+)$", text(path), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_link_between_papers_leads_somewhere() -> None:
    broken = []
    for paper in papers():
        for target in re.findall(r"\]\(([^)\s]+)\)", text(paper)):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, place = target.partition("#")
            path = (paper.parent / file).resolve() if file else paper
            if not path.exists() or (place and place not in anchors(path)):
                broken.append(f"{name(paper)}: {target}")
    assert not broken


def test_every_file_and_test_that_a_paper_names_exists() -> None:
    kept = {name(path) for path in tracked()}
    tests = set().union(*(re.findall(r"def (test_\w+)", text(one)) for one in modules("tests")))
    wrong = []
    for paper in papers():
        for word in re.findall(r"`([\w./-]+)`", text(paper)):
            inside = word.split("/")[0] in ("console", "central", "contract", "tests", "tools")
            place = word.rstrip("/")
            if (
                inside
                and "/" in word
                and not any(one == place or one.startswith(f"{place}/") for one in kept)
            ):
                wrong.append(f"{name(paper)}: {word}")
            if re.fullmatch(r"test_\w+", word) and word not in tests:
                wrong.append(f"{name(paper)}: {word}")
    assert not wrong


THREATS = 23


def test_every_threat_has_a_test_that_would_notice_and_what_is_out_of_scope_is_said() -> None:
    part = text(DOCS / "security.md").split("\n## 7. Threats\n")[1].split("\n## ")[0]
    table, _, beyond = part.partition("\n### Out of scope\n")
    met: set[int] = set()
    for line in table.splitlines():
        if not re.match(r"\| \d", line):
            continue
        numbers, threat, defence, tests = (cell.strip() for cell in line.strip("| ").split(" | "))
        assert threat
        assert defence
        assert re.search(r"`test_\w+`", tests), f"security.md §7: no test for {numbers} {threat}"
        for first, last in re.findall(r"(\d+)(?:-(\d+))?", numbers):
            # A range is a row about many threats at once: each still has one of its own.
            met |= set() if "," in numbers else set(range(int(first), int(last or first) + 1))
    assert met == set(range(1, THREATS + 1))
    assert len(beyond.split()) > 20


def test_every_decision_has_its_four_parts_and_its_number() -> None:
    for path in sorted((DOCS / "decisions").glob("*.md")):
        heads = re.findall(r"^## (.+)$", text(path), flags=re.M)
        assert heads == ["Context", "Decision", "Consequences", "Refused"], name(path)
        assert text(path).startswith(f"# {int(path.name[:4])}. "), name(path)


def test_the_changelog_keeps_its_form() -> None:
    changelog = text(ROOT / "CHANGELOG.md")
    versions = re.findall(r"^## (.+)$", changelog, flags=re.M)
    assert versions
    for version in versions:
        assert re.fullmatch(r"\[Unreleased\]|\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", version)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", changelog, flags=re.M)) <= kinds


def test_papers_hold_no_line_that_is_hard_to_read() -> None:
    long = [
        f"{name(paper)}:{number}"
        for paper in papers()
        for number, line in enumerate(text(paper).splitlines(), 1)
        if len(line) > 110 and not line.startswith("|") and "`" not in line and "](" not in line
    ]
    assert not long


READERS = {
    "read-chat": "console.intake.read_chat",
    "read-alert": "console.intake.read_alert",
    "check-text": "contract.guard.cli",
    "read-register": "console.intake.read_register",
}


@pytest.mark.parametrize("verb", READERS)
def test_the_readme_shows_what_a_reader_really_prints(
    verb: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    block = text(ROOT / "README.md").split("## Readers on the command line")[1].split("```")[1]
    example = next(one for one in block.split("$ cat ") if f"run.py {verb} " in one)
    given, _, rest = example.partition("$ python3 run.py ")
    file, _, content = given.partition("\n")
    (tmp_path / file).write_text(content, encoding="utf-8")
    command, _, told = rest.partition("\n")
    words = [str(tmp_path / word) if word == file else word for word in command.split()[1:]]
    assert importlib.import_module(READERS[verb]).main(words) == 0
    printed = re.sub(r"\s", "", capfdbinary.readouterr().out.decode("utf-8"))
    for piece in re.sub(r"\s", "", told).split("…"):
        assert piece.strip(",") in printed
