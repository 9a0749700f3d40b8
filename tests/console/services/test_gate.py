"""One gate on every path that ends in a text for a group: one list of cases runs over all eight (D18)."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.failures import Refused
from console.domain.findings import open_findings
from console.domain.post import RecordedPost
from console.domain.writing import Writing
from console.services import drafts, gate
from console.services.desk import Desk
from console.services.feedback import Feedback
from console.services.followups import FollowUps
from console.services.gate import Copyable
from console.services.ledger import Handoff
from console.services.posts import Posts
from contract.guard.cases import load_cases
from contract.region import NETHERLANDS, QuickAnswer
from tests.helpers import town

ROOT = Path(__file__).resolve().parents[3]

CASES = [
    ("Bel de buurman op 06-12345678", "phone_number"),
    ("Zijn nummer is 111222333", "bsn"),
    ("Houd hem vast tot wij er zijn", "appeal_to_act"),
]
"""A fragment and the rule that must find it, taken through every service as a whole."""

LISTED = [case for case in load_cases() if case.kind == "warning"]
"""The cases whose answer does not depend on the kind of text; every path has a kind of its own."""


FREE = {"missing_person": ("name", "licence_plate", "sensitive_trait")}
"""What a kind of text lets through that the list, made for a warning, does not."""


def _put(desk: Desk, kind: str, field: str, words: str, post_type: str = "broadcast") -> str:
    posts = Posts(desk)
    values = {
        "onderwerp": "fietslampen",
        "bericht": "de politie controleert",
        "periode": "9 tot en met 15 november",
        "cijfers": "twaalf meldingen",
        "afloop": "alles is afgehandeld",
        field: words,
    }
    return posts.new_draft(
        kind, post_type=post_type, values=values, group_ids=town.GROUPS[:1]
    ).result()


def _placed(desk: Desk) -> tuple[str, str]:
    """Return a placed post and its row."""
    hand = Handoff(desk)
    post_id = _put(desk, "general", "bericht", "de politie controleert")
    Posts(desk).release(post_id).result()
    found = hand.ledger(post_id).result()
    assert found is not None
    hand.copy(found.rows[0].id).result()
    hand.placed(found.rows[0].id).result()
    return post_id, found.rows[0].id


def broadcast(desk: Desk, words: str) -> object:
    return Posts(desk).release(_put(desk, "general", "bericht", words)).result()


def feedback(desk: Desk, words: str) -> object:
    service = Feedback(desk)
    draft = service.start(_placed(desk)[0]).result()
    service.choose(draft, "nothing_found").result()
    Posts(desk).keep_field(draft, "zin", words).result()
    return Posts(desk).release(draft).result()


def correction(desk: Desk, words: str) -> object:
    draft = FollowUps(desk).correction(_placed(desk)[1]).result()
    Posts(desk).keep_field(draft, "uitleg", words).result()
    return Posts(desk).release(draft).result()


def forward(desk: Desk, words: str) -> object:
    draft = FollowUps(desk).forward(_placed(desk)[0], town.GROUPS[1:2]).result()
    Posts(desk).keep_field(draft, "bericht", words).result()
    return Posts(desk).release(draft).result()


def imported(desk: Desk, words: str) -> object:
    posts = Posts(desk)
    draft = posts.from_alert(town.read(desk), group_ids=town.GROUPS[:1]).result()
    posts.keep_field(draft, "lezer", words).result()
    return posts.release(draft).result()


def overview(desk: Desk, words: str) -> object:
    return Posts(desk).release(_put(desk, "overview", "cijfers", words, "overview")).result()


def quick_answer(desk: Desk, words: str) -> object:
    answer = QuickAnswer("call_emergency_first", "112 is niet gebeld", words)
    desk.region = replace(NETHERLANDS, quick_answers={answer.key: answer})
    return FollowUps(desk).quick_answer("").result()


def _writing(desk: Desk, post_id: str) -> Writing:
    return desk.act(lambda unit: drafts.writing_of(unit, post_id, desk)).result()


def _field(desk: Desk, post_id: str, name: str) -> Callable[[str], Writing]:
    one = _writing(desk, post_id)
    return lambda words: replace(one, values={**one.values, name: words})


def writings(desk: Desk) -> dict[str, Callable[[str], Writing]]:
    """Per path what makes its writing with these words in it, as the service hands it to the gate."""
    placed_id, row_id = _placed(desk)
    answer = Feedback(desk).start(placed_id).result()
    Feedback(desk).choose(answer, "nothing_found").result()
    forwarded = FollowUps(desk).forward(placed_id, town.GROUPS[1:2]).result()
    taken_in = Posts(desk).from_alert(town.read(desk), group_ids=town.GROUPS[:1]).result()
    line = f"*POLITIE Voorbeeldland – Lagebrug*\n{{}}\n{NETHERLANDS.closing_general}"
    post = RecordedPost("general", "", line.format("Wij zijn er"), town.GROUPS[:1], desk.now())
    kept = _writing(desk, FollowUps(desk).record_afterwards(post).result()[0])
    fixed = FollowUps(desk)._plain("quick_answer", "")
    return {
        "broadcast": _field(desk, _put(desk, "general", "bericht", ""), "bericht"),
        "feedback": _field(desk, answer, "zin"),
        "correction": _field(desk, FollowUps(desk).correction(row_id).result(), "uitleg"),
        "forward": _field(desk, forwarded, "bericht"),
        "imported": _field(desk, taken_in, "lezer"),
        "overview": _field(desk, _put(desk, "overview", "cijfers", "", "overview"), "cijfers"),
        "quick_answer": lambda words: replace(fixed, text=words),
        "recorded": lambda words: replace(kept, text=line.format(words)),
    }


def recorded(desk: Desk, words: str) -> object:
    text = f"*POLITIE Voorbeeldland – Lagebrug*\n{words}.\n{NETHERLANDS.closing_general}"
    post = RecordedPost("general", "", text, town.GROUPS[:1], desk.now())
    _, findings = FollowUps(desk).record_afterwards(post).result()
    if findings:
        raise ReportedError([one.rule for one in findings])
    return None


class ReportedError(Exception):
    """The report of a post recorded afterwards names rules; it refuses nothing."""

    def __init__(self, rules: list[str]) -> None:
        super().__init__(rules)
        self.rules = rules


PATHS: list[Callable[[Desk, str], object]] = [
    broadcast, feedback, correction, forward, imported, overview, quick_answer, recorded,
]  # fmt: skip


@pytest.fixture
def village(desk: Desk) -> Desk:
    """A desk with an invented village in its file."""
    town.build(desk)
    return desk


@pytest.mark.parametrize("path", PATHS, ids=lambda one: one.__name__)
def test_a_clean_text_passes_on_every_path(
    village: Desk, path: Callable[[Desk, str], object]
) -> None:
    answer = path(village, "Wij kijken vanavond extra rond")
    assert answer is None or isinstance(answer, Copyable)


@pytest.mark.parametrize(("words", "rule"), CASES, ids=lambda one: one[:24])
@pytest.mark.parametrize("path", PATHS, ids=lambda one: one.__name__)
def test_every_case_is_held_on_every_path(
    village: Desk, path: Callable[[Desk, str], object], words: str, rule: str
) -> None:
    with pytest.raises((Refused, ReportedError)) as caught:
        path(village, words)
    if isinstance(caught.value, ReportedError):
        assert rule in caught.value.rules
    else:
        assert isinstance(caught.value, Refused)
        assert caught.value.problem.code == f"guard-{rule}"
        assert caught.value.problem.sentence.startswith("Nog open: 1 ")


def _plain(words: str) -> str:
    """A template may begin its sentence with a capital and put lines together."""
    return " ".join(words.split()).casefold()


def _open(seen: gate.Inspected) -> list[tuple[str, str]]:
    return [(one.rule, one.text) for one in open_findings(seen.findings)]


@pytest.mark.timeout(180)
def test_the_whole_list_of_cases_is_held_on_every_path(village: Desk) -> None:
    paths = writings(village)
    assert list(paths) == [one.__name__ for one in PATHS]
    for name, write in paths.items():
        wrong = []
        for case in LISTED:
            one = write(case.text)
            seen = gate.inspect(one, "", region=NETHERLANDS, now=village.clock.now())
            # What else a text says is a description too: origin is not its only feature then.
            apart = {"origin_only", *FREE.get(one.kind, ())}
            found = {(rule, _plain(part)) for rule, part in _open(seen) if rule not in apart}
            asked = {(rule, _plain(part)) for rule, part in case.expected if rule not in apart}
            if found != asked:
                wrong.append((case.text, found ^ asked))
        assert not wrong, (name, wrong)


@pytest.mark.parametrize("path", PATHS[:6], ids=lambda one: one.__name__)
def test_a_refused_release_changes_nothing(
    village: Desk, path: Callable[[Desk, str], object]
) -> None:
    with pytest.raises(Refused):
        path(village, "Houd hem vast tot wij er zijn")
    newest = Posts(village).rows().result()[0]
    assert newest.status == "draft"
    found = Handoff(village).ledger(newest.id).result()
    assert found is not None
    assert all(row.text == "" for row in found.rows)


def test_a_post_without_groups_is_stopped(village: Desk) -> None:
    posts = Posts(village)
    draft = posts.new_draft("general", values={"onderwerp": "a", "bericht": "b"}).result()
    with pytest.raises(Refused) as caught:
        posts.release(draft).result()
    assert caught.value.problem.code == "guard-no_groups"


def test_a_missing_person_without_consent_is_stopped(village: Desk) -> None:
    posts = Posts(village)
    values = {
        "wie": "een man van 78",
        "tijd": "14:10",
        "plaats": "Stationsstraat",
        "toestand": "te voet",
        "uiterlijk": "blauwe jas",
    }
    draft = posts.new_draft("missing_person", values=values, group_ids=town.GROUPS).result()
    with pytest.raises(Refused) as caught:
        posts.release(draft).result()
    assert caught.value.problem.code == "guard-consent_missing"
    posts.keep_field(draft, "consent", "reason").result()
    with pytest.raises(Refused):
        posts.release(draft).result()
    posts.keep_field(draft, "consent_ground", "levensgevaar, besluit meldkamer").result()
    posts.release(draft).result()


def test_in_training_every_text_carries_the_word_and_a_live_text_is_stopped(village: Desk) -> None:
    village.training = True
    draft = _put(village, "general", "bericht", "wij oefenen vandaag")
    Posts(village).release(draft).result()
    found = Handoff(village).ledger(draft).result()
    assert found is not None
    assert "OEFENING" in found.rows[0].text.splitlines()[0]
    assert FollowUps(village).quick_answer("").result().text.startswith("OEFENING")


def test_a_reader_never_reaches_a_copyable_text(village: Desk) -> None:
    _, row_id = _placed(village)
    draft = _put(village, "general", "bericht", "nog een bericht")
    village.person = town.READER
    for act in (
        lambda: Posts(village).release(draft),
        lambda: Handoff(village).copy(row_id),
        lambda: FollowUps(village).quick_answer(""),
        lambda: FollowUps(village).correction(row_id),
        lambda: Feedback(village).start(draft),
    ):
        with pytest.raises(Refused) as caught:
            act().result()
        assert caught.value.problem.code == "not-allowed"


def test_only_the_gate_makes_a_copyable_text() -> None:
    makers = []
    for path in sorted((ROOT / "console").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name == "Copyable":
                    makers.append(path.relative_to(ROOT).as_posix())
    assert set(makers) == {"console/services/gate.py"}, (
        "A text for a group leaves by one door (D18)."
    )
