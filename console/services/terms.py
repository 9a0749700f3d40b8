"""Words that are no name of a person: propose, allow, refuse, take back (F26).

A proposal is a line in the history, so anybody who does the daily work can make one. The list is a
setting of the team: the account holder decides, every desk and central go by it.
"""

from concurrent.futures import Future

from console.domain.failures import NotAllowed, Problem, Refused
from console.domain.terms import Terms
from console.services.desk import Desk, Unit
from console.services.drafts import WORK_ROLES
from console.services.team import HOLDER_ONLY
from console.storage import terms as stored
from console.storage.posts import setting_value
from console.storage.projection import shown
from contract.guard.terms import CHOICE, MOST_TERMS, allowed_terms, clean, fault_of, same
from contract.vocabulary import Role

FAULTS = {
    "empty": Problem(
        "term-empty",
        "Dit is geen woord dat een naam kan lijken.",
        "Schrijf het woord zoals het in het bericht staat.",
    ),
    "long": Problem(
        "term-long", "Dit is te lang voor een woord.", "Schrijf alleen het woord dat geen naam is."
    ),
    "data": Problem(
        "term-data",
        "Hier staat meer in dan een woord: de controle vindt er een nummer, adres of kenmerk in.",
        "Alleen een woord dat op een naam lijkt kan op de lijst.",
    ),
}
ON_THE_LIST = Problem(
    "term-standing", "Dit woord staat al op de lijst.", "De controle laat het al staan."
)
NOT_THERE = Problem("term-gone", "Dit woord staat niet meer op de lijst.", "Er is niets veranderd.")
FULL = Problem(
    "term-full",
    f"Op de lijst staan al {MOST_TERMS} woorden.",
    "Neem eerst een woord terug dat niet meer nodig is.",
)


class TermList:
    """The team's list of words the guard lets stand where it would see a name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> Future[Terms]:
        """Return what is allowed and what waits."""
        return self._desk.look(stored.terms, "terms")

    def propose(self, text: str, reason: str = "") -> Future[None]:
        """Propose a word the guard took for a name; proposing it again changes nothing."""

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            term = _good(text)
            now = stored.terms(unit.conn)
            if any(same(one.text) == same(term) for one in (*now.allowed, *now.proposed)):
                return
            unit.log("setting", CHOICE, stored.PROPOSED, term, reason=reason.strip()[:400])

        return self._desk.act(work)

    def allow(self, text: str) -> Future[None]:
        """Put a word on the list, proposed or not."""

        def work(unit: Unit) -> None:
            _holder_only(unit)
            term = _good(text)
            listed = allowed_terms(setting_value(unit.conn, CHOICE))
            if same(term) in map(same, listed):
                raise Refused(ON_THE_LIST)
            if len(listed) >= MOST_TERMS:
                raise Refused(FULL)
            _keep(unit, (term, *listed), stored.ALLOWED, term)

        return self._desk.act(work)

    def refuse(self, text: str) -> Future[None]:
        """Turn a proposal down; the guard goes on asking."""

        def work(unit: Unit) -> None:
            _holder_only(unit)
            waiting = stored.terms(unit.conn).proposed
            term = next((one.text for one in waiting if same(one.text) == same(text)), None)
            if term is None:
                raise Refused(NOT_THERE)
            unit.log("setting", CHOICE, stored.REFUSED, term)

        return self._desk.act(work)

    def take_back(self, text: str) -> Future[None]:
        """Take a word off the list: from now on the guard asks again."""

        def work(unit: Unit) -> None:
            _holder_only(unit)
            listed = allowed_terms(setting_value(unit.conn, CHOICE))
            left = tuple(one for one in listed if same(one) != same(text))
            if left == listed:
                raise Refused(NOT_THERE)
            _keep(unit, left, stored.TAKEN_BACK, clean(text))

        return self._desk.act(work)


def _keep(unit: Unit, terms: tuple[str, ...], what: str, term: str) -> None:
    value = {**setting_value(unit.conn, CHOICE), "terms": list(terms)}
    with unit.group():
        if shown(unit.conn, "setting", CHOICE) is None:
            unit.create("setting", {"value": value}, CHOICE)
        else:
            unit.update("setting", CHOICE, value=value)
        unit.log("setting", CHOICE, what, term)


def _good(text: str) -> str:
    term = clean(text)
    fault = fault_of(term)
    if fault is not None:
        raise Refused(FAULTS[fault])
    return term


def _holder_only(unit: Unit) -> None:
    if not unit.person.may(Role.ACCOUNT_HOLDER):
        raise NotAllowed(HOLDER_ONLY)
