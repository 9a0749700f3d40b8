"""What a desk that worked alone and a team have in common, and what becomes of the rest."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain import joining
from console.domain.joining import Why
from contract.op import Record


def test_areas_pair_by_code_and_groups_by_name_and_municipality() -> None:
    mine = [
        record("area", "a1", name="Zandvoort", level="municipality", code="GM0473"),
        record(
            "area", "a2", name="Noord", level="neighbourhood", code="BU04730001", parent_id="a1"
        ),
        record("group", "g1", name="Buurtapp  Noord", area_id="a2"),
        record("group", "g2", name="Strandwacht", area_id="a2"),
    ]
    team = [
        record("area", "b1", name="Gemeente Zandvoort", level="municipality", code="gm0473"),
        record("area", "b2", name="Gemeente Zandvoort", level="municipality"),
        record("area", "b3", name="Wijk Noord", level="district", parent_id="b2"),
        record("group", "h1", name="buurtapp noord", area_id="b3"),
        record("group", "h2", name="Strandwacht"),
    ]
    found = joining.preview(mine, team)
    pairs = {pair.mine.id: (pair.theirs.id, pair.why) for pair in found.to_decide}
    assert pairs == {"a1": ("b1", Why.CODE), "g1": ("h1", Why.NAME)}
    assert found.new == {"area": 1, "group": 1}


def test_two_groups_that_fit_equally_well_are_not_proposed() -> None:
    team = [record("group", one, name="Centrum") for one in ("h1", "h2")]
    found = joining.preview([record("group", "g1", name="Centrum")], team)
    assert found.pairs == ()
    assert found.new == {"group": 1}


def test_two_of_ours_never_become_one_of_theirs() -> None:
    mine = [record("person", one, name="Sanne de Wit") for one in ("p1", "p2")]
    found = joining.preview(mine, [record("person", "q1", name="Sanne de Wit")])
    assert [pair.mine.id for pair in found.to_decide] == ["p1"]
    assert found.new == {"person": 1}


def test_administrators_pair_by_number_however_it_is_written() -> None:
    mine = [record("administrator", "m1", name="Jan", phone="06-12345678")]
    team = [record("administrator", "n1", name="J. Jansen", phone="+31612345678")]
    (pair,) = joining.preview(mine, team).to_decide
    assert (pair.why, pair.differs) == (Why.PHONE, ("name", "phone"))


def test_what_shipped_is_here_already_and_only_changed_texts_are_asked_about() -> None:
    mine = [record("template", "t1", layout="a"), record("template", "t2", layout="own words")]
    team = [record("template", "t1", layout="a"), record("template", "t2", layout="b")]
    found = joining.preview(mine, team)
    assert (found.already, found.pairs, found.new) == (2, (), {})
    assert [pair.mine.id for pair in found.texts] == ["t2"]
    assert joining.plan(mine, team, {}, {}).records == ()
    (copy,) = joining.plan(mine, team, {}, {("template", "t2"): "t9"}).records
    assert (copy.id, copy.body["layout"]) == ("t9", "own words")


def test_everything_that_pointed_at_a_paired_record_points_at_the_teams() -> None:
    mine = [
        record("person", "p1", name="Sanne de Wit"),
        record("area", "a1", name="Kust", code="WK01"),
        record("group", "g1", name="Kust", area_id="a1"),
        record("report", "r1", area_id="a1", holder="p1", text="p1 stond bij a1"),
        record("log_entry", "l1", subject_id="r1", by="p1"),
        record("handover", "h1", kept=[{"kind": "report", "id": "r1", "holder": "p1"}]),
    ]
    team = [record("person", "q1", name="x"), record("area", "b1"), record("group", "h1")]
    same = {("person", "p1"): "q1", ("area", "a1"): "b1"}
    sent = {one.id: one.body for one in joining.plan(mine, team, same, {}).records}
    assert list(sent) == ["g1", "r1", "h1", "l1"]
    assert sent["g1"]["area_id"] == "b1"
    assert (sent["r1"]["holder"], sent["r1"]["text"]) == ("q1", "p1 stond bij a1")
    assert sent["h1"]["kept"][0]["holder"] == "q1"
    assert sent["l1"] == {"subject_id": "r1", "by": "q1"}


def test_a_link_that_the_team_has_already_is_not_made_twice() -> None:
    mine = [
        record("group", "g1", name="Kust"),
        record("group_parent", "l1", group_id="g1", parent_kind="area", parent_id="a1"),
        record("group_parent", "l2", group_id="g1", parent_kind="area", parent_id="a2"),
    ]
    team = [
        record("group", "h1", name="Kust"),
        record("group_parent", "m1", group_id="h1", parent_kind="area", parent_id="b1"),
    ]
    same = {("group", "g1"): "h1", ("area", "a1"): "b1"}
    sent = joining.plan(mine, team, same, {}).records
    assert [one.id for one in sent] == ["l2"]


def test_graves_and_the_teams_own_settings_stay_out() -> None:
    mine = [record("setting", "region", value={}), record("report", "r1", deleted=True)]
    assert joining.preview(mine, []).new == {}
    assert joining.plan(mine, [], {}, {}).records == ()


def test_areas_that_stand_in_each_other_do_not_turn_round_for_ever() -> None:
    loop = [
        record("area", "a1", name="A", parent_id="a2"),
        record("area", "a2", name="B", parent_id="a1"),
        record("group", "g1", name="G", area_id="a1"),
    ]
    assert joining.preview(loop, []).new == {"area": 2, "group": 1}


IDS = st.sampled_from([f"{letter}{digit}" for letter in "abc" for digit in range(4)])
BODIES = st.fixed_dictionaries(
    {}, optional={"name": st.sampled_from(["Kust", "Duin"]), "area_id": IDS, "code": IDS}
)
RECORDS = st.lists(
    st.builds(
        lambda kind, key, body: Record(kind, key, 1, body),
        st.sampled_from(["area", "group", "report", "template", "group_parent"]),
        IDS,
        BODIES,
    ),
    max_size=20,
    unique_by=lambda one: (one.kind, one.id),
)


@given(RECORDS, RECORDS, st.randoms(use_true_random=False))
def test_every_record_is_either_sent_or_the_teams_already(
    mine: list[Record], team: list[Record], chance: Any
) -> None:
    found = joining.preview(mine, team)
    same = {p.key: p.theirs.id for p in found.to_decide if chance.random() < 0.5}
    done = joining.plan(mine, team, same, {})
    there = {(one.kind, one.id): one.body for one in team}
    sent = {(one.kind, one.id): one for one in done.records}
    again = {key for key in sent.keys() & there.keys() if sent[key].body != there[key]}
    assert again == sent.keys() & there.keys(), "only what may hold news goes where it is already"
    for one in mine:
        key = (one.kind, one.id)
        if one.kind != "group_parent":
            assert (key in sent and key not in again) != (key in same or key in there)
    gone = set(done.ids)
    for one in done.records:
        if one.kind != "group_parent" and one.body.get("area_id") in gone:
            raise AssertionError("an id that no longer exists is still pointed at")


def test_what_went_along_before_and_changed_since_is_sent_again() -> None:
    mine = [
        record("report", "r1", number="0314-001", title="Intussen"),
        record("report", "r2", number="0314-002", title="Zelfde"),
        record("report", "r3", number="0314-003", title=""),
        record("template", "t1", name="Eigen"),
    ]
    team = [
        record("report", "r1", number="0314-011", title="Eerst", number_before="0314-001"),
        record("report", "r2", number="0314-012", title="Zelfde", number_before="0314-002"),
        record("report", "r3", number="0314-013", title="Weg", number_before="0314-003"),
        record("template", "t1", name="Van het team"),
    ]
    done = joining.plan(mine, team, {}, {})
    assert [one.id for one in done.records] == ["r1", "r3"]


@given(st.lists(st.integers(1, 60)), st.integers(1, 5))
def test_pieces_hold_everything_in_order_and_no_more_than_they_may(
    weights: list[int], most: int
) -> None:
    records = [record("area", f"a{at}", weight=heavy) for at, heavy in enumerate(weights)]
    cut = joining.pieces(records, most, lambda one: int(one.body["weight"]), 50)
    assert [one for piece in cut for one in piece] == records
    for piece in cut:
        held = sum(int(one.body["weight"]) for one in piece)
        assert len(piece) <= most
        assert held <= 50 or len(piece) == 1


@given(st.recursive(st.text(max_size=3), lambda part: st.lists(part) | st.dictionaries(IDS, part)))
def test_words_that_are_no_id_stay_as_they_are(value: Any) -> None:
    assert joining.rewritten(value, {"no-such-id": "other"}) == value


def record(kind: str, record_id: str, deleted: bool = False, **body: Any) -> Record:
    return Record(kind, record_id, 1, body, deleted)
