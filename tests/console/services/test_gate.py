"""One gate on every path that ends in a text for a group: one list of cases runs over all eight (D18)."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.failures import Refused
from console.domain.post import RecordedPost
from console.services.desk import Desk
from console.services.feedback import Feedback
from console.services.followups import FollowUps
from console.services.gate import Copyable
from console.services.ledger import Handoff
from console.services.posts import Posts
from contract.region import NETHERLANDS, QuickAnswer
from tests.helpers import town

ROOT = Path(__file__).resolve().parents[3]

CASES = [
    ("Bel de buurman op 06-12345678", "phone_number"),
    ("Bel de buurman op 06 12 34 56 78", "phone_number"),
    ("Mail naar iemand@voorbeeld.example", "email"),
    ("Zijn nummer is 111222333", "bsn"),
    ("Rekening NL91 ABNA 0417 1643 00", "iban"),
    ("Hij woont op Stationsstraat 14", "address"),
    ("Hij is geboren op 3 maart 1950", "birth_date"),
    ("Het gaat om J.K. (34)", "initials_with_age"),
    ("Houd hem vast tot wij er zijn", "appeal_to_act"),
    ("De man liep op [straat] weg", "unfilled_field"),
    ("De man liep op {{straat}} weg", "unfilled_field"),
    ("OEFENING dit is een oefening", "training_marker"),
]
"""A fragment and the rule that must find it, whatever kind of text it stands in."""


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
    assert set(makers) == {"console/services/gate.py"}, "A text for a group leaves by one door (D18)."
