"""Woorden: the account holder decides which words are no name (F26)."""

from __future__ import annotations

from functools import partial

from console.bridge import settled
from console.domain.failures import Problem
from console.presenters.feed_choice import HOLDER_ONLY
from console.presenters.kit import Kit, Presenter
from console.services.terms import TermList
from console.views.settings.words import WordsPage
from contract.vocabulary import Role


class TermsPresenter(Presenter):
    """Fills the page and carries out what is decided on it."""

    def __init__(self, kit: Kit, page: WordsPage, parent: Presenter) -> None:
        super().__init__(kit, parent)
        self._page = page
        self._terms = TermList(kit.services.desk)
        page.allow_requested.connect(self._on_allow)
        page.refuse_requested.connect(self._on_refuse)
        page.take_back_requested.connect(self._on_take_back)

    def refresh(self) -> None:
        """Read the words again."""
        self.run(self._load())

    def refused(self, problem: Problem) -> None:
        """Say it on the page; what was typed stays."""
        self._page.say(f"{problem.sentence} {problem.next_step}".strip(), "stop")

    async def _load(self) -> None:
        terms = await settled(self._terms.all())
        person = self.kit.services.desk.person
        may = person is not None and person.may(Role.ACCOUNT_HOLDER)
        self._page.set_terms(terms, self.kit.clock.now(), why_not="" if may else HOLDER_ONLY)

    def _on_allow(self, word: str) -> None:
        words = f"“{word.strip()}” mag nu. De controle laat het op elke desk staan."
        self.then(self._terms.allow(word), partial(self._on_kept, words))

    def _on_refuse(self, word: str) -> None:
        words = f"“{word}” is niet toegestaan. De controle blijft ernaar vragen."
        self.then(self._terms.refuse(word), partial(self._on_kept, words))

    def _on_take_back(self, word: str) -> None:
        words = f"“{word}” is teruggenomen. De controle vraagt er weer naar."
        self.then(self._terms.take_back(word), partial(self._on_kept, words))

    def _on_kept(self, words: str, _done: None) -> None:
        self._page.add.kept()
        self._page.say(words)
        self.refresh()
