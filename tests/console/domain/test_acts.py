"""Every kind, every command and every word of the history has its Dutch words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from console import services
from console.domain import acts, whereabouts
from console.domain.logbook import about_words
from console.storage import terms
from console.views.reports.words import EVENTS
from contract.guard.terms import CHOICE
from contract.kinds import KINDS
from contract.op import Op


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_and_command_can_be_said(kind: str) -> None:
    assert kind in acts.THINGS
    for command in KINDS[kind].commands:
        assert (kind, command) in acts.known()
    for verb in ("create", "update", "delete"):
        words = acts.act_words(Op("o", verb, kind, "r"))
        assert words[0].isupper()
        assert "_" not in words


def test_articles_fit_their_words() -> None:
    assert acts.the("report") == "de melding"
    assert acts.the("post") == "het bericht"
    assert acts.the("post", this=True) == "dit bericht"
    assert acts.the("report", this=True) == "deze melding"
    assert set(acts.THINGS) >= acts.NEUTER


def logged() -> set[str]:
    """Return every word that a service writes as what a line of history says."""
    words: set[str] = set()
    for path in sorted(Path(services.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                what = node.args[2:3] if node.func.attr == "log" else []
                what += node.args[4:5] if node.func.attr == "_keep" else []
                words |= {
                    one.value
                    for part in what
                    for one in ast.walk(part)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    return words


def test_what_services_write_in_the_history_has_dutch_words() -> None:
    said = {*logged(), terms.ALLOWED, terms.PROPOSED, terms.REFUSED, terms.TAKEN_BACK}
    assert len(said) > 60
    assert said - set(acts.HISTORY) == set()
    assert about_words("setting", "", CHOICE) == "de lijst Woorden"


def test_what_reports_show_of_the_history_is_known_for_every_record() -> None:
    own = {"seen", "post"}
    """Lines that older files hold; no act writes them any more."""
    assert set(EVENTS) - own <= set(acts.HISTORY)
    assert acts.history_words("released", "post") == "Uitgegeven"
    assert acts.history_words("released", "report") == "Vrijgegeven"
    assert acts.history_words("something_newer") == "Something newer"


def test_every_state_of_an_act_has_an_icon_and_words() -> None:
    states = {
        value
        for name, value in vars(whereabouts).items()
        if name.isupper() and isinstance(value, str)
    }
    assert states == set(whereabouts.STATES)
    act = whereabouts.Act("a", "0190-abcd-12345678", "x", "", "", "", whereabouts.WAITING)
    assert act.short_id == "12345678"
