"""Writing a post: from a pasted text or by hand, kept as it is typed, decided, released."""

from __future__ import annotations

import base64

import pytest

from console.domain.failures import Refused
from console.domain.post import Finding
from console.domain.second import Eye
from console.services import gate
from console.services.desk import Desk
from console.services.ledger import Handoff
from console.services.posts import Posts
from console.storage.looking import team_of
from console.storage.projection import shown
from contract.looking import holds, public_of
from tests.helpers import town
from tests.helpers.clock import HandClock
from tests.helpers.looking import seed_of
from tests.helpers.profile import PERSON

SEED = seed_of("the colleague")


@pytest.fixture
def posts(desk: Desk) -> Posts:
    """Posts of a desk with an invented village in its file."""
    town.build(desk)
    return Posts(desk)


def general(
    posts: Posts, words: str = "de politie controleert fietslampen", groups: int = 1
) -> str:
    return posts.new_draft(
        "general",
        values={"onderwerp": "fietslampen", "bericht": words},
        group_ids=town.GROUPS[:groups],
    ).result()


def finding(posts: Posts, draft: str, rule: str) -> Finding:
    shown_now = posts.preview(draft, town.GROUPS[0]).result()
    assert shown_now is not None
    return next(one for one in shown_now.findings if one.rule == rule)


def eye(posts: Posts, draft: str, person: str) -> Eye:
    """Return a colleague who looks at the text of the first group."""
    shown_now = posts.preview(draft, town.GROUPS[0]).result()
    assert shown_now is not None
    return Eye(person, shown_now.text, SEED)


def test_a_burgernet_text_is_kept_byte_for_byte(posts: Posts, desk: Desk) -> None:
    original = town.MISSING.replace("\n", "\r\n").encode() + b"  \t"
    read = town.read(desk, original.decode())
    draft = posts.draft(posts.from_alert(read).result()).result()
    assert draft is not None
    kept = desk.look(lambda conn: shown(conn, "alert", draft.alert_id)).result()
    assert kept is not None
    assert base64.b64decode(kept.body["original"]) == original


def test_a_burgernet_text_fills_the_fields_and_presets_consent(posts: Posts, desk: Desk) -> None:
    draft_id = posts.from_alert(town.read(desk), group_ids=town.GROUPS[:2]).result()
    draft = posts.draft(draft_id).result()
    assert draft is not None
    assert draft.values["wie"] == "de heer Voorbeeld, 78 jaar"
    assert draft.values["tijd"] == "14:10"
    assert draft.title.startswith("Vermiste man")
    assert (draft.consent, draft.consent_ground) == ("via_control_room", draft.alert_id)
    assert draft.decided.control_room == "yes"
    assert draft.decided.consent_by == draft.decided.control_room_by == PERSON.name
    assert draft.original == town.MISSING
    assert any(town.MISSING[a:b].startswith("de heer") for a, b in draft.original_spans)
    page = posts.preview(draft_id, town.GROUPS[0]).result()
    assert page is not None
    assert gate.copyable(page), page.findings


@pytest.mark.parametrize(
    "text",
    [
        town.MISSING.replace("Burgernet Vermist persoon\n\n", ""),
        "Wij zoeken onze kat. Wie heeft haar gezien?",
        "Burgernet: uitkijken naar twee mannen op een scooter, overval in de Dorpsstraat om 14:20.",
    ],
)
def test_consent_is_empty_for_anything_but_a_recognised_missing_person(
    posts: Posts,
    desk: Desk,
    text: str,
) -> None:
    read = town.read(desk, text)
    if not read.recognised:
        with pytest.raises(Refused) as caught:
            posts.from_alert(read).result()
        assert caught.value.problem.code == "not-burgernet"
        return
    draft = posts.draft(posts.from_alert(read).result()).result()
    assert draft is not None
    if draft.kind != "missing_person":
        assert draft.consent == ""


def test_the_same_text_twice_opens_the_same_draft(posts: Posts, desk: Desk) -> None:
    read = town.read(desk)
    assert posts.from_alert(read).result() == posts.from_alert(read).result()


def test_a_closing_message_makes_no_broadcast(posts: Posts, desk: Desk) -> None:
    read = town.read(desk, "Burgernet: de actie is om 13:50 beëindigd. Bedankt voor uw hulp.")
    with pytest.raises(Refused) as caught:
        posts.from_alert(read).result()
    assert caught.value.problem.code == "alert-ended"


def test_typing_survives_without_an_op_and_is_released_all_the_same(posts: Posts) -> None:
    draft = general(posts)
    posts.keep_typing(draft, "bericht", "alleen getypt").result()
    found = posts.draft(draft).result()
    assert found is not None
    assert found.values["bericht"] == "alleen getypt"
    posts.release(draft).result()
    row = Handoff(posts._desk).ledger(draft).result()
    assert row is not None
    assert "Alleen getypt." in row.rows[0].text


def test_what_one_person_types_is_not_shown_to_another(posts: Posts, desk: Desk) -> None:
    draft = general(posts)
    posts.keep_typing(draft, "bericht", "geheim").result()
    desk.person = town.COLLEAGUE
    found = posts.draft(draft).result()
    assert found is not None
    assert found.values["bericht"] == "de politie controleert fietslampen"
    assert not found.mine


def test_a_colleague_waits_for_the_pen_takes_it_with_a_reason_or_after_ten_minutes(
    posts: Posts,
    desk: Desk,
    clock: HandClock,
) -> None:
    draft = general(posts)
    desk.person = town.COLLEAGUE
    with pytest.raises(Refused) as caught:
        posts.keep_field(draft, "bericht", "van mij").result()
    assert caught.value.problem.sentence == "Ruben Voorbeeld schrijft dit bericht nu."
    posts.take_over(draft, "hij is weggeroepen").result()
    posts.keep_field(draft, "bericht", "van mij").result()
    clock.move(minutes=11)
    desk.person = PERSON
    posts.keep_field(draft, "bericht", "weer van mij").result()
    found = posts.draft(draft).result()
    assert found is not None
    assert found.values["bericht"] == "weer van mij"


def test_groups_are_ticked_in_order_and_by_hand_is_marked(posts: Posts) -> None:
    draft = general(posts)
    posts.tick_group(draft, town.GROUPS[2], True).result()
    posts.set_groups(draft, [town.GROUPS[1], town.GROUPS[2]]).result()
    found = Handoff(posts._desk).ledger(draft).result()
    assert found is not None
    assert [(row.group_id, row.chosen_by_hand) for row in found.rows] == [
        (town.GROUPS[2], True),
        (town.GROUPS[1], False),
    ]
    posts.tick_group(draft, town.GROUPS[2], False).result()
    found = Handoff(posts._desk).ledger(draft).result()
    assert found is not None
    assert [row.group_id for row in found.rows] == [town.GROUPS[1]]


def test_each_group_gets_its_own_first_line_and_the_text_is_frozen(
    posts: Posts, desk: Desk
) -> None:
    draft = general(posts, groups=2)
    desk.act(lambda unit: unit.update("group", town.GROUPS[1], area_id="")).result()
    posts.release(draft).result()
    found = Handoff(desk).ledger(draft).result()
    assert found is not None
    first = [row.text.splitlines()[0] for row in found.rows]
    assert first == [
        "*POLITIE Voorbeeldland – Lagebrug*",
        "*POLITIE Voorbeeldland – Regiegroep Elzenkade*",
    ]
    with pytest.raises(Refused) as caught:
        posts.keep_field(draft, "bericht", "toch anders").result()
    assert caught.value.problem.code == "released"


def test_a_warning_needs_a_reason_and_the_reason_counts_for_every_group(posts: Posts) -> None:
    draft = general(posts, "wij staan bij Stationsstraat 14", groups=2)
    one = finding(posts, draft, "address")
    assert one.field_name == "bericht"
    assert one.remedies[0] == "Laat nummer weg"
    with pytest.raises(Refused):
        posts.decide(draft, one, "  ").result()
    posts.decide(draft, one, "dit is het bureau zelf").result()
    assert finding(posts, draft, "address").answered
    posts.release(draft).result()


def test_a_decision_counts_for_that_text_only_and_holds_no_words(posts: Posts, desk: Desk) -> None:
    draft = general(posts, "wij staan bij Stationsstraat 14")
    posts.decide(draft, finding(posts, draft, "address"), "eigen bureau").result()
    posts.keep_field(draft, "bericht", "wij staan bij Stationsstraat 15").result()
    assert not finding(posts, draft, "address").answered
    kept = desk.look(lambda conn: shown(conn, "post", draft)).result()
    assert kept is not None
    assert "Stationsstraat" not in str(kept.body["decisions"])


def test_a_stop_does_not_go_away_with_a_reason(posts: Posts) -> None:
    draft = general(posts, "houd hem vast tot wij er zijn")
    with pytest.raises(Refused) as caught:
        posts.decide(draft, finding(posts, draft, "appeal_to_act"), "moet echt").result()
    assert caught.value.problem.code == "no-way-past"


@pytest.mark.parametrize(
    ("second", "code"),
    [("", "second-missing"), (PERSON.id, "second-same"), (town.READER.id, "second-missing")],
)
def test_initials_with_an_age_need_a_second_person_of_their_own(
    posts: Posts, second: str, code: str
) -> None:
    draft = general(posts, "het gaat om J.K. (34)")
    one = finding(posts, draft, "initials_with_age")
    with pytest.raises(Refused) as caught:
        posts.decide(draft, one, "is al bekend", eye(posts, draft, second)).result()
    assert caught.value.problem.code == code
    posts.decide(draft, one, "is al bekend", eye(posts, draft, town.COLLEAGUE.id)).result()
    posts.release(draft).result()


def test_who_looked_along_did_so_at_this_text_and_signed_it(posts: Posts, desk: Desk) -> None:
    draft = general(posts, "het gaat om J.K. (34)")
    one = finding(posts, draft, "initials_with_age")
    posts.decide(draft, one, "is al bekend", eye(posts, draft, town.COLLEAGUE.id)).result()
    taken = posts.draft(draft).result().decisions[0]  # type: ignore[union-attr]
    team = desk.look(team_of).result()
    assert holds(taken, public_of(SEED), team=team, post=draft)
    posts.keep_field(draft, "bericht", "wij zoeken J.K. (34)").result()
    assert not finding(posts, draft, "initials_with_age").answered, "another text than was seen"
    with pytest.raises(Refused):
        posts.release(draft).result()
    posts.keep_field(draft, "bericht", "het gaat om J.K. (34)").result()
    posts.release(draft).result()


def test_a_name_of_the_directory_is_found(posts: Posts) -> None:
    draft = general(posts, "vraag het aan Truus Verzonnen")
    assert finding(posts, draft, "name").text == "Truus Verzonnen"


def test_a_text_that_is_too_long_for_a_field_is_refused_and_nothing_is_cut(posts: Posts) -> None:
    draft = general(posts)
    with pytest.raises(Refused) as caught:
        posts.keep_field(draft, "bericht", "a" * 4001).result()
    assert caught.value.problem.code == "too-long"
    assert "Bericht" in caught.value.problem.sentence


def test_the_list_has_sections(posts: Posts) -> None:
    busy, ready, released = general(posts), general(posts), general(posts)
    posts.make_ready(ready).result()
    posts.release(released).result()
    dropped = general(posts)
    posts.drop(dropped).result()
    sections = {row.id: row.section for row in posts.rows().result()}
    assert sections == {busy: "busy", ready: "ready", released: "unconfirmed"}


def test_a_report_gives_place_time_and_area(posts: Posts, desk: Desk) -> None:
    report = desk.act(
        lambda unit: unit.create(
            "report",
            {
                "category": "vehicle",
                "text": "Busje rijdt rondjes",
                "place": "Havenkade, Lagebrug",
                "heard_at": "2026-03-10T13:20:00.000Z",
                "area_id": "area-lagebrug",
            },
        )
    ).result()
    draft = posts.draft(posts.new_draft("warning", report_id=report).result()).result()
    assert draft is not None
    assert (draft.values["plaats"], draft.values["tijd"]) == ("Havenkade, Lagebrug", "14:20")
    assert draft.area_name == "Lagebrug"


def test_another_template_keeps_the_fields_they_share(posts: Posts) -> None:
    draft = posts.new_draft("warning", values={"wat": "inbrekers", "plaats": "Havenkade"}).result()
    posts.choose_template(draft, town.template_id("witness_appeal")).result()
    found = posts.draft(draft).result()
    assert found is not None
    assert found.kind == "witness_appeal"
    assert found.values == {"wat": "inbrekers", "plaats": "Havenkade"}
