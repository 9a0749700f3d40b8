"""Bronnen: the account holder switches feeds on and off (F63)."""

from __future__ import annotations

from console.bridge import settled
from console.domain.failures import Problem
from console.presenters.kit import Kit, Presenter
from console.views.settings.feeds import FeedsPage
from contract.vocabulary import AlertSource, Role

HOLDER_ONLY = "Alleen de accounthouder van uw team kan dit veranderen."


class FeedChoice(Presenter):
    """Fills the page and keeps what is chosen on it."""

    def __init__(self, kit: Kit, page: FeedsPage, parent: Presenter) -> None:
        super().__init__(kit, parent)
        self._page = page
        page.feeds_requested.connect(self._on_feeds)
        page.lookups_requested.connect(self._on_lookups)
        page.sharing_requested.connect(self._on_sharing)

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

    def _on_lookups(self, wanted: tuple[str, ...]) -> None:
        self.then(self.kit.services.team.set_lookups(wanted))

    def _on_sharing(self, on: bool) -> None:
        self.then(self.kit.services.team.set_shares(on))

    def _on_feeds(self, wanted: tuple[AlertSource, ...]) -> None:
        self.then(self.kit.services.team.set_feeds(wanted), self._on_kept)

    def _on_kept(self, _done: None) -> None:
        self._page.say("Bewaard. De centrale kijkt binnen een minuut.")
        self.refresh()
