"""Who says that the model looks? Each bug that is sown into one function is found by its promise.

A bug that only makes the programs fall over proves nothing and fails the test.
"""

from __future__ import annotations

import os

import pytest

from tests.model.hunt import hunt
from tests.model.mutants import MORE, SOWN, Mutant

RUNS = int(os.environ.get("BUURTDESK_MODEL_RUNS", "0"))
MOST = 4000
"""A bug that is not seen by then counts as not seen (sync.md §12 T2)."""


@pytest.mark.timeout(0)
@pytest.mark.parametrize("mutant", SOWN + MORE, ids=lambda mutant: mutant.name.replace(" ", "-"))
def test_a_sown_bug_is_found_by_the_promise_it_breaks(mutant: Mutant) -> None:
    found = hunt(mutant, MOST, derandomize=not RUNS)
    assert found.oracle in mutant.seen_by, f"{mutant.name}: {found}"


def test_the_thirteen_bugs_of_the_plan_are_all_sown() -> None:
    assert len({mutant.name for mutant in SOWN}) == 13
