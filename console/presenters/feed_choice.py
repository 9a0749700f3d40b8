"""Bronnen: the account holder switches feeds on and off (F63)."""

from __future__ import annotations

from console.bridge import settled
from console.domain.clock import local
from console.domain.failures import Problem, Refused
from console.domain.sources import Looked
from console.presenters.kit import Kit, Presenter
from console.services.sources import Sources
from console.views.settings.feeds import FeedsPage
from console.views.text import clock_text
from contract.vocabulary import AlertSource, Role

HOLDER_ONLY = "Alleen de accounthouder van uw team kan dit veranderen."


def looked_words(found: Looked) -> tuple[str, str]:
    """Return what a look came to in words, and how loud to say it."""
    if not found.unknown_since:
        return f"De bron geeft antwoord, gezien om {_time(found.good_at)}.", "good"
    why = f": {found.why}" if found.why else ""
    words = f"Onbekend sinds {_time(found.unknown_since)}{why}."
    if not found.asked:
        words += " De bron vroeg om rust, dus er is nu niet gekeken."
    return words, "warn"


def _time(stamp: str) -> str:
    at = local(stamp)
    return clock_text(at) if at is not None else "onbekende tijd"


class FeedChoice(Presenter):
    """Fills the page and keeps what is chosen on it."""

    def __init__(self, kit: Kit, page: FeedsPage, parent: Presenter) -> None:
        super().__init__(kit, parent)
        self._page = page
        self._sources = Sources(kit.services.desk)
        page.feeds_requested.connect(self._on_feeds)
        page.lookups_requested.connect(self._on_lookups)
        page.sharing_requested.connect(self._on_sharing)
        page.places.keep_requested.connect(self._on_place)
        page.places.ship_requested.connect(self._on_ship)
        page.places.try_requested.connect(self._on_try)

    def refresh(self) -> None:
        """Read again what is on."""
        self.run(self._load())

    def refused(self, problem: Problem) -> None:
        """Say it on the page."""
        self._page.say(f"{problem.sentence} {problem.next_step}".strip(), "stop")

    async def _load(self) -> None:
        on = await settled(self.kit.services.team.feeds())
        lookups = await settled(self.kit.services.team.lookups())
        person = self.kit.services.desk.person
        may = person is not None and person.may(Role.ACCOUNT_HOLDER)
        why_not = "" if may else HOLDER_ONLY
        self._page.set_feeds(on, self.kit.status().feeds, why_not=why_not)
        self._page.set_lookups(lookups, why_not=why_not)
        shares = await settled(self.kit.services.team.shares())
        self._page.set_sharing(shares, why_not=why_not)
        places = await settled(self._sources.all())
        self._page.places.set_places(places, why_not=why_not)

    def _on_place(self, source_id: str, url: str, hosts: tuple[str, ...]) -> None:
        self.run(self._keep_place(source_id, url, hosts))

    async def _keep_place(self, source_id: str, url: str, hosts: tuple[str, ...]) -> None:
        part = self._page.places
        part.say("")
        try:
            await settled(self._sources.set_place(source_id, url, hosts))
        except Refused as refused:
            problem = refused.problem
            part.refuse(f"{problem.sentence} {problem.next_step}".strip(), problem.code)
            return
        part.say("Bewaard. De centrale gebruikt dit adres vanaf de volgende keer.")
        await self._load()

    def _on_ship(self, source_id: str) -> None:
        self.then(self._sources.ship(source_id), self._on_shipped)

    def _on_shipped(self, _done: None) -> None:
        self._page.places.say("Het meegeleverde adres geldt weer.")
        self.refresh()

    def _on_try(self, source_id: str) -> None:
        self.run(self._try(source_id))

    async def _try(self, source_id: str) -> None:
        """Have central look at the kept address, and say what the lamp says."""
        part, look = self._page.places, self.kit.look_now
        if look is None:
            return
        part.say("De centrale kijkt nu. Dit duurt hooguit 10 seconden.", "plain")
        try:
            found = await look.look_at(source_id)
        except Refused as refused:
            part.say(f"{refused.problem.sentence} {refused.problem.next_step}".strip(), "warn")
            return
        part.say(*looked_words(found))

    def _on_lookups(self, wanted: tuple[str, ...]) -> None:
        self.then(self.kit.services.team.set_lookups(wanted))

    def _on_sharing(self, on: bool) -> None:
        self.then(self.kit.services.team.set_shares(on))

    def _on_feeds(self, wanted: tuple[AlertSource, ...]) -> None:
        self.then(self.kit.services.team.set_feeds(wanted), self._on_kept)

    def _on_kept(self, _done: None) -> None:
        self._page.say("Bewaard. De centrale kijkt binnen een minuut.")
        self.refresh()
