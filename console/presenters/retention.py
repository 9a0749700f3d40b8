"""Bewaren: terms, what goes within a month, stops on destruction, what went (F52)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from console.bridge import settled
from console.domain.clock import LOCAL, stamp
from console.domain.failures import Problem, Refused
from console.domain.retention import Question, Standing, gone_words, shortened
from console.presenters.kit import Kit, Presenter
from console.services.retention import Retention
from console.views.settings.retention import RetentionPage
from contract.vocabulary import Role

HOLDER_ONLY = "Alleen de accounthouder van uw team kan dit veranderen."
NO_ROAD = Problem("retention-none", "Hier kan nu niets worden opgevraagd.", "")
NO_SUCH = Problem(
    "hold-unknown",
    "Er is geen melding met dit nummer. Er is niets bewaard.",
    "Kijk het nummer na.",
)
LOOKED_UP = "Opgezocht om de vernietiging te stoppen: {reason}"
KEPT = "Bewaard. De termijnen gelden over een dag. Tot dan draait u ze hier terug."


class RetentionPresenter(Presenter):
    """Fills the page and carries out what is asked of it."""

    def __init__(self, kit: Kit, page: RetentionPage, parent: Presenter) -> None:
        super().__init__(kit, parent)
        self._page = page
        self._retention = Retention(kit.services.desk)
        self._sure: Mapping[str, int] = {}
        page.terms_requested.connect(self._on_terms)
        page.preview_requested.connect(self._on_preview)
        page.back_requested.connect(self._on_back)
        page.go_on_requested.connect(self._on_go_on)
        page.holds.hold_requested.connect(self._on_hold)
        page.holds.lift_requested.connect(self._on_lift)

    def refresh(self, *, ask: bool = True) -> None:
        """Read again what stands here; ``ask``: and what central says of it."""
        self.run(self._load(ask))

    def refused(self, problem: Problem) -> None:
        """Say it on the page; what was typed stays."""
        self._page.say(f"{problem.sentence} {problem.next_step}".strip(), "stop")

    async def _load(self, ask: bool) -> None:
        service, page = self._retention, self._page
        person = self.kit.services.desk.person
        why_not = "" if person is not None and person.may(Role.ACCOUNT_HOLDER) else HOLDER_ONLY
        terms = await settled(service.terms())
        page.set_terms(terms, why_not=why_not)
        holds = await settled(service.holds())
        page.holds.set_holds(holds, why_not)
        if not ask or self.kit.keeping is None:
            return
        standing = await self.kit.keeping.standing()
        page.set_standing(standing, may_put_back=terms.changed_at if terms.before else "")
        page.set_coming(await self.kit.keeping.forecast({}))

    def _on_preview(self, days: Mapping[str, int]) -> None:
        self.run(self._preview(days))

    async def _preview(self, days: Mapping[str, int]) -> None:
        if self.kit.keeping is None:
            raise Refused(NO_ROAD)
        gone = await self.kit.keeping.forecast(days)
        self._page.set_coming(gone)
        words = ", ".join(map(gone_words, gone)) or "er gaat niets weg"
        self._page.say(f"Met deze termijnen gaat binnen een maand: {words}.", "plain")
        self._sure = dict(days)

    def _on_terms(self, days: Mapping[str, int], ground: str) -> None:
        self.run(self._keep(days, ground))

    async def _keep(self, days: Mapping[str, int], ground: str) -> None:
        service = self._retention
        now = await settled(service.terms())
        if shortened(now.days, days) and dict(days) != self._sure:
            # Nobody shortens a term without having seen how many go.
            await self._preview(days)
            self._page.say(
                f"{self._page.said()} Klopt dat? Bewaar de termijnen dan nog eens.", "warn"
            )
            return
        await settled(service.set_terms(days, ground))
        self._sure = {}
        await self._load(True)
        self._page.forget_typed()
        self._page.say(KEPT)

    def _on_back(self) -> None:
        self.run(self._put_back())

    async def _put_back(self) -> None:
        await settled(self._retention.put_back())
        await self._load(True)
        self._page.forget_typed()
        self._page.say("De termijnen van daarvoor gelden weer.")

    def _on_go_on(self) -> None:
        self.run(self._go_on())

    async def _go_on(self) -> None:
        if self.kit.keeping is None:
            raise Refused(NO_ROAD)
        standing: Standing = await self.kit.keeping.go_on()
        self._page.set_standing(standing)
        self._page.say("De ronde gaat verder.")

    def _on_hold(self, number: str, reason: str, until: date) -> None:
        self.run(self._hold(number, reason, until))

    async def _hold(self, number: str, reason: str, until: date) -> None:
        service, part = self._retention, self._page.holds
        part.say("")
        try:
            record = await settled(service.numbered(number)) if number else ""
            if number and not record and self.kit.keeping is not None:
                why = LOOKED_UP.format(reason=reason)[:400]
                asked = Question(number, "", "", "", "accountability", why)
                found = await self.kit.keeping.ask(asked)
                record = next((one.id for one in found.records if one.kind == "report"), "")
            if not record:
                raise Refused(NO_SUCH)
            end = stamp(datetime.combine(until, time(23, 59, 59), LOCAL))
            await settled(service.hold(record, number, reason, end))
        except Refused as refused:
            problem = refused.problem
            part.say(f"{problem.sentence} {problem.next_step}".strip(), "stop")
            return
        part.kept("Deze melding wordt niet vernietigd tot die dag voorbij is.")
        await self._load(False)

    def _on_lift(self, record: str) -> None:
        self.run(self._lift(record))

    async def _lift(self, record: str) -> None:
        await settled(self._retention.lift(record))
        self._page.holds.say("De stop is opgeheven. Wat te oud is, gaat met de volgende ronde weg.")
        await self._load(False)
