"""The written work process: read by everybody, ticked per event, written by one (F40)."""

from collections.abc import Sequence
from concurrent.futures import Future

from console.domain.clock import LOCAL, moment
from console.domain.failures import NotAllowed, Problem, Refused
from console.domain.person import Person
from console.domain.workbook import Step, Workbook
from console.services.desk import Desk, Unit
from console.storage import persons
from console.storage import workbooks as stored
from console.storage.database import Connection
from contract.vocabulary import Role

NO_TITLE = Problem("step-title", "De stap heeft nog geen titel.", "Vul een titel in.")


class Workbooks:
    """The one work process of the team; a shipped default is a draft until it is approved."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def current(self, subject_id: str = "") -> Future[Workbook | None]:
        """Return the process with the ticks of one event; without network as well (D-F40)."""
        return self._desk.look(lambda conn: stored.current(conn, subject_id), "workbook")

    def tick(self, step: Step, subject_kind: str, subject_id: str) -> Future[None]:
        """Tick a step for one event, or take the tick away."""

        def work(unit: Unit) -> None:
            if step.tick_id:
                unit.delete("step_tick", step.tick_id)
                unit.log(subject_kind or "step", subject_id, "step_unticked", step.title)
                return
            unit.create(
                "step_tick",
                {
                    "step_id": step.id,
                    "subject_kind": subject_kind,
                    "subject_id": subject_id,
                    "by": unit.person.id,
                    "at": unit.now,
                },
            )

        return self._desk.act(work)

    def write_step(
        self,
        workbook: Workbook,
        step: Step | None,
        *,
        scope: str,
        title: str,
        text: str,
        way_out: str,
    ) -> Future[None]:
        """Change or add a step; only the account holder does. The process gets a new version."""

        def work(unit: Unit) -> None:
            _holder_only(unit)
            if not title.strip():
                raise Refused(NO_TITLE)
            words = {"title": title.strip(), "text": text.strip(), "way_out": way_out.strip()}
            with unit.group():
                if step is None:
                    unit.create(
                        "step",
                        {
                            **words,
                            "workbook_id": workbook.id,
                            "scope": scope,
                            "position": len(workbook.steps) + 1,
                        },
                    )
                else:
                    unit.update("step", step.id, scope=scope, **words)
                _new_version(unit, workbook)

        return self._desk.act(work)

    def remove_step(self, workbook: Workbook, step: Step) -> Future[None]:
        """Take a step out; ticks that were set stay in the history."""

        def work(unit: Unit) -> None:
            _holder_only(unit)
            with unit.group():
                unit.delete("step", step.id)
                _new_version(unit, workbook)

        return self._desk.act(work)

    def move_step(self, workbook: Workbook, step: Step, by: int) -> Future[None]:
        """Put a step so many places earlier or later among the steps of its own screen."""

        def work(unit: Unit) -> None:
            _holder_only(unit)
            order = [one.id for one in workbook.steps]
            places = [n for n, one in enumerate(workbook.steps) if one.scope == step.scope]
            own = [order[n] for n in places]
            at = own.index(step.id)
            to = max(0, min(len(own) - 1, at + by))
            if to == at:
                return
            own.insert(to, own.pop(at))
            for place, step_id in zip(places, own, strict=True):
                order[place] = step_id
            with unit.group():
                for place, step_id in enumerate(order, start=1):
                    unit.update("step", step_id, position=place)
                _new_version(unit, workbook)

        return self._desk.act(work)

    def who_writes(self) -> Future[Problem | None]:
        """Return None where the signed-in person may write, else the sentence that says who may."""
        person = self._desk.person

        def work(conn: Connection) -> Problem | None:
            if person is not None and person.may(Role.ACCOUNT_HOLDER):
                return None
            people = persons.list_persons(conn)
            return _holder_problem([one for one in people if one.active])

        return self._desk.look(work)

    def approve(self, workbook: Workbook) -> Future[None]:
        """Approve the process by name and date; the draft mark goes away."""

        def work(unit: Unit) -> None:
            _holder_only(unit)
            with unit.group():
                unit.update(
                    "workbook",
                    workbook.id,
                    state="approved",
                    approved_by=unit.person.name,
                    version_date=_today(unit),
                )
                unit.log("workbook", workbook.id, "approved", workbook.version)

        return self._desk.act(work)


def _holder_only(unit: Unit) -> None:
    if not unit.person.may(Role.ACCOUNT_HOLDER):
        people = persons.list_persons(unit.conn)
        raise NotAllowed(_holder_problem([one for one in people if one.active]))


def _holder_problem(people: Sequence[Person]) -> Problem:
    holders = [one.name for one in people if one.may(Role.ACCOUNT_HOLDER)]
    whom = " of ".join(holders[:2]) or "de accounthouder van uw team"
    return Problem("not-allowed", "Dit mag alleen de accounthouder.", f"Vraag {whom}.")


def _new_version(unit: Unit, workbook: Workbook) -> None:
    number = int(workbook.version) if workbook.version.isdigit() else 0
    unit.update(
        "workbook",
        workbook.id,
        version=str(number + 1),
        version_date=_today(unit),
        state="draft",
        approved_by="",
    )
    unit.log("workbook", workbook.id, "changed", str(number + 1))


def _today(unit: Unit) -> str:
    at = moment(unit.now)
    return f"{at.astimezone(LOCAL):%Y-%m-%d}" if at else ""
