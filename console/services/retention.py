"""The terms of the team and the stops on destruction: settings that the account holder keeps (F52)."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from console.domain.failures import NotAllowed, Problem, Refused
from console.domain.retention import Hold, TermsSeen
from console.services.desk import Desk, Unit
from console.services.team import HOLDER_ONLY
from console.storage import retention
from console.storage.database import Connection
from console.storage.posts import setting_value
from console.storage.projection import shown
from contract.retention import HOLD_PREFIX, MOST_DAYS, SETTING, TERMS, grounds_of, terms_of
from contract.vocabulary import Role

NO_GROUND = Problem(
    "retention-ground",
    "Er staat nog niet op welke grond u van de termijnen afwijkt. Er is niets bewaard.",
    "Schrijf de grond op: een besluit, een wet of een afspraak.",
)
ODD_DAYS = Problem(
    "retention-days",
    "Een termijn klopt niet. Er is niets bewaard.",
    "Typ een getal in dagen. Vrij te gebruiken is het kortst, vernietigen het langst.",
)
NO_REASON = Problem(
    "hold-reason",
    "Er staat nog niet waarom dit bewaard moet blijven. Er is niets bewaard.",
    "Schrijf de reden op, zoals het nummer van de klacht.",
)


class Retention:
    """Reads and writes what central goes by."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def terms(self) -> Future[TermsSeen]:
        """Return the terms in force with their grounds, and what they were before."""

        def work(conn: Connection) -> TermsSeen:
            value = setting_value(conn, SETTING)
            before = value.get("before")
            return TermsSeen(
                terms_of(value),
                grounds_of(value),
                terms_of({"terms": before}) if isinstance(before, Mapping) else {},
                str(value.get("changed_at") or ""),
            )

        return self._desk.look(work, "retention.terms")

    def set_terms(self, days: Mapping[str, int], ground: str) -> Future[None]:
        """Keep other terms on a ground; central goes by them a day later. The same is nothing."""

        def work(unit: Unit) -> None:
            self._holder(unit)
            value = setting_value(unit.conn, SETTING)
            now = terms_of(value)
            wanted = {**now, **days}
            if wanted == now:
                return
            if terms_of({"terms": wanted}) != wanted or not _fit(wanted):
                raise Refused(ODD_DAYS)
            changed = [name for name in TERMS if wanted[name] != now[name]]
            own = [name for name in changed if wanted[name] != TERMS[name].days]
            if own and not ground.strip():
                raise Refused(NO_GROUND)
            grounds = {
                name: words
                for name, words in dict(value.get("grounds") or {}).items()
                if name not in changed
            }
            grounds.update(dict.fromkeys(own, ground.strip()))
            self._keep(unit, wanted, grounds, now, "retention_changed", changed)

        return self._desk.act(work)

    def put_back(self) -> Future[None]:
        """Take the last change of the terms back, before a round went by them."""

        def work(unit: Unit) -> None:
            self._holder(unit)
            value = setting_value(unit.conn, SETTING)
            before = value.get("before")
            if not isinstance(before, Mapping):
                return
            terms = terms_of({"terms": before})
            grounds = {
                name: words
                for name, words in dict(value.get("grounds") or {}).items()
                if terms[name] == terms_of(value)[name]
            }
            self._keep(unit, terms, grounds, None, "retention_put_back", [])

        return self._desk.act(work)

    def holds(self) -> Future[tuple[Hold, ...]]:
        """Return the stops on destruction."""
        return self._desk.look(retention.holds, "retention.holds")

    def numbered(self, number: str) -> Future[str]:
        """Return the id of the report here with this number; empty where there is none."""
        return self._desk.look(lambda conn: retention.report_with(conn, number))

    def hold(self, record: str, number: str, reason: str, until: str) -> Future[None]:
        """Stop the destruction of a report until a moment (a stamp), for a reason."""

        def work(unit: Unit) -> None:
            self._holder(unit)
            if not reason.strip():
                raise Refused(NO_REASON)
            value = {
                "kind": "report",
                "id": record,
                "number": number,
                "reason": reason.strip(),
                "person": unit.person.id,
                "until": until,
            }
            with unit.group():
                self._put(unit, HOLD_PREFIX + record, value)
                unit.log("setting", HOLD_PREFIX + record, "hold_set", reason=reason.strip())

        return self._desk.act(work)

    def lift(self, record: str) -> Future[None]:
        """Lift a stop: the next round may destroy what is due."""

        def work(unit: Unit) -> None:
            self._holder(unit)
            with unit.group():
                unit.delete("setting", HOLD_PREFIX + record)
                unit.log("setting", HOLD_PREFIX + record, "hold_lifted")

        return self._desk.act(work)

    @staticmethod
    def _holder(unit: Unit) -> None:
        if not unit.person.may(Role.ACCOUNT_HOLDER):
            raise NotAllowed(HOLDER_ONLY)

    def _keep(
        self,
        unit: Unit,
        terms: Mapping[str, int],
        grounds: Mapping[str, str],
        before: Mapping[str, int] | None,
        what: str,
        changed: list[str],
    ) -> None:
        value: dict[str, Any] = {"terms": dict(terms), "grounds": dict(grounds)}
        if before is not None:
            value.update(before=dict(before), changed_at=unit.now)
        with unit.group():
            self._put(unit, SETTING, value)
            unit.log("setting", SETTING, what, " ".join(changed))

    @staticmethod
    def _put(unit: Unit, setting: str, value: Mapping[str, Any]) -> None:
        if shown(unit.conn, "setting", setting) is None:
            unit.create("setting", {"value": dict(value)}, setting)
        else:
            unit.update("setting", setting, value=dict(value))


def _fit(terms: Mapping[str, int]) -> bool:
    stages = [terms[name] for name in ("free_days", "asked_days", "destroy_days")]
    return stages == sorted(stages) and max(terms.values()) <= MOST_DAYS
