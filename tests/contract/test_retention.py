"""Retention: every kind and table has its law, purpose and term, and stages follow the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from central.models import metadata as central_tables
from console.models.base import RECORDS
from console.models.base import metadata as desk_tables
from contract import retention, retention_tables
from contract.kinds import KINDS
from contract.retention import RULES, TERMS, Ending, Regime, Stage, stage_of, terms_of

START = datetime(2026, 1, 1, tzinfo=UTC)
AT = "2026-01-01T00:00:00.000Z"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_names_its_law_its_purpose_and_its_term(kind: str) -> None:
    assert kind in RULES, f"{kind}: say in contract/retention.py how long it is kept, and why"
    rule = RULES[kind]
    assert rule.purpose.endswith(".")
    known = KINDS[kind].fields
    assert set(rule.since) <= set(known)
    assert rule.ended is None or rule.ended[0] in known
    for of, field in rule.follows:
        assert field in known
        assert of[1:-1] in known if of.startswith("(") else of in KINDS
    assert set(rule.term) <= set(TERMS)
    assert bool(rule.term) == (rule.ending not in (Ending.KEPT, Ending.FOLLOWS))
    if rule.regime is Regime.WPG:
        assert rule.ending in (Ending.STAGES, Ending.FOLLOWS)
    assert set(retention.CONTACT.get(kind, ())) <= set(known)


def test_every_table_of_desk_and_central_names_its_law_purpose_and_term() -> None:
    said = "say in contract/retention_tables.py how long this table is kept, and why"
    local = set(desk_tables.tables) - {table.name for table in RECORDS.values()}
    assert set(retention_tables.DESK) == local, said
    assert set(retention_tables.CENTRAL) >= set(central_tables.tables), said
    for kept in (*retention_tables.DESK.values(), *retention_tables.CENTRAL.values()):
        assert kept.purpose.endswith(".")
        assert kept.until.endswith(".")


def test_every_term_has_its_ground_in_words() -> None:
    assert all(term.ground.endswith(".") and term.days >= term.least for term in TERMS.values())
    own = {"grounds": {"free_days": "Besluit van de korpsleiding."}}
    assert retention.grounds_of(own)["free_days"] == "Besluit van de korpsleiding."
    assert retention.grounds_of(own)["asked_days"] == TERMS["asked_days"].ground


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (0, Stage.FREE),
        (364, Stage.FREE),
        (365, Stage.ASKED),
        (1825, Stage.ASKED),
        (1826, Stage.ACCOUNTABILITY),
        (3651, Stage.ACCOUNTABILITY),
        (3652, Stage.DESTROY),
    ],
)
def test_a_report_walks_the_stages_by_its_first_day(days: int, stage: Stage) -> None:
    now = START + timedelta(days=days)
    assert stage_of("report", {"created_at": AT}, _stamp(now), now, terms_of(None)) is stage


def test_a_hold_suspends_destruction_and_nothing_else() -> None:
    late = START + timedelta(days=4000)
    until = _stamp(late + timedelta(days=1))
    over = _stamp(late - timedelta(days=1))
    body = {"created_at": AT}
    assert stage_of("report", body, AT, late, terms_of(None), until) is Stage.ACCOUNTABILITY
    assert stage_of("report", body, AT, late, terms_of(None), over) is Stage.DESTROY
    year = START + timedelta(days=400)
    assert stage_of("report", body, AT, year, terms_of(None), until) is Stage.ASKED


def test_an_administrator_goes_thirty_days_after_leaving_and_never_before() -> None:
    now = START + timedelta(days=30)
    left = {"active": False, "left_at": AT}
    assert stage_of("administrator", left, AT, now, terms_of(None)) is Stage.DESTROY
    day_before = now - timedelta(days=1)
    assert stage_of("administrator", left, AT, day_before, terms_of(None)) is Stage.FREE
    there = {"active": True, "left_at": AT}
    assert stage_of("administrator", there, AT, now, terms_of(None)) is Stage.FREE


def test_a_date_after_the_last_change_is_not_believed() -> None:
    body = {"created_at": "2099-01-01T00:00:00Z"}
    late = START + timedelta(days=400)
    assert stage_of("report", body, AT, late, terms_of(None)) is Stage.ASKED


@given(
    value=st.one_of(
        st.none(),
        st.text(max_size=5),
        st.fixed_dictionaries(
            {
                "terms": st.dictionaries(
                    st.sampled_from([*TERMS, "odd"]),
                    st.one_of(st.integers(-5, 50_000), st.text(max_size=3), st.booleans()),
                )
            }
        ),
    ),
    day=st.integers(0, 60_000),
)
@settings(max_examples=60)
def test_whatever_a_setting_says_the_stages_keep_their_order(value: object, day: int) -> None:
    terms = terms_of(value)
    assert set(terms) == set(TERMS)
    assert terms["free_days"] <= terms["asked_days"] <= terms["destroy_days"]
    assert all(TERMS[name].least <= days for name, days in terms.items())
    order = list(Stage)
    now = START + timedelta(days=day)
    stages = [
        order.index(stage_of("report", {"created_at": AT}, AT, moment, terms))
        for moment in (now, now + timedelta(days=1), now + timedelta(days=400))
    ]
    assert stages == sorted(stages)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
