"""Runs the model: over the programs as they are, or over a sown bug until it is found."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.bench import Totals, shelf
from tests.model.machine import Team
from tests.model.mutants import Mutant
from tests.model.oracles import FIRST, Broken

STEPS_OF_A_RUN = 25


@dataclass(frozen=True, slots=True)
class Found:
    """By which promise a bug was seen and after how many runs; no oracle: it was not."""

    oracle: str
    runs: int


def run(examples: int, *, derandomize: bool, shrink: bool = True) -> Totals:
    """Run the model; returns what was seen in how many runs. Raises ``Broken``."""
    shelf()
    Team.totals = Totals()
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    run_state_machine_as_test(
        Team,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS_OF_A_RUN,
            deadline=None,
            derandomize=derandomize,
            database=None,
            phases=phases,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Team.totals


def hunt(mutant: Mutant, examples: int, *, derandomize: bool = True) -> Found:
    """Run the model over a sown bug until something breaks.

    Anything but a broken promise is raised: a crash is no proof that the model looks.
    """
    shelf()
    FIRST.clear()
    with mutant.sown():
        try:
            run(examples, derandomize=derandomize, shrink=False)
        except Broken:
            return Found(FIRST[0].oracle, Team.totals.runs)
    return Found("", Team.totals.runs)
