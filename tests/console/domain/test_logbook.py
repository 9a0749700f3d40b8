"""Every act has Dutch words and stands in one group (F54)."""

from __future__ import annotations

import pytest

from console.domain.acts import HISTORY, known
from console.domain.logbook import (
    CHANGED,
    GROUP_WORDS,
    acts_of,
    group_of,
    what_words,
)
from contract.audit import ACTS_MOST, AuditSearch
from contract.audited import LOGGED


@pytest.mark.parametrize("group", [one for one in GROUP_WORDS if one])
def test_what_a_group_asks_for_is_what_it_holds(group: str) -> None:
    acts = acts_of(group)
    assert 0 < len(acts) <= ACTS_MOST
    AuditSearch(acts=acts)
    assert {group_of(act) for act in acts} == {group}


def test_every_act_is_said_in_words() -> None:
    for what in HISTORY:
        assert what_words(f"{LOGGED}{what}", "report") not in ("", what)
    for kind, command in known():
        said = what_words(command, kind)
        assert said
        assert said != command.replace("_", " ").capitalize()
        assert group_of(command) == CHANGED
    assert acts_of("") == ()
