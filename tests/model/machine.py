"""The whole of it: three desks with four people, one central, and a line that keeps nothing.

Every rule is one thing that can happen. What must hold is checked by ``Server`` and ``Desk`` after
each of them, and once more when at the end the line is good again and everything was exchanged.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.model.bench import (
    DEATH,
    DESK,
    DESKS,
    PLACE,
    WORDS,
)
from tests.model.memory import Died
from tests.model.people import People


class Team(People):
    """Everything that may happen: acts, requests, replies, losses, deaths, a restore."""

    @rule(desk=DESK, pull=st.booleans(), limit=st.sampled_from([1, 2, 500]), die_at=DEATH)
    def ask(self, desk: str, pull: bool, limit: int, die_at: int) -> None:
        """A desk makes its next request."""
        try:
            request = self.desks[desk].ask(self._next(), pull=pull, limit=limit, die_at=die_at)
        except Died:
            return
        if request is not None:
            self.bag.requests.append(request)

    @rule(index=PLACE, twice=st.booleans(), die_at=DEATH)
    def central_gets_a_request(self, index: int, twice: bool, die_at: int) -> None:
        """One of the requests under way arrives, perhaps to arrive again."""
        request = self.bag.take_request(index, keep=twice)
        if request is not None:
            self._answer(request, die_at)

    @rule(index=PLACE, twice=st.booleans(), die_at=DEATH)
    def a_desk_gets_a_reply(self, index: int, twice: bool, die_at: int) -> None:
        """One of the replies under way arrives, perhaps late, perhaps to arrive again."""
        reply = self.bag.take_reply(index, keep=twice)
        if reply is not None:
            self._take(reply, die_at)

    @rule(index=PLACE, reply=st.booleans())
    def something_gets_lost(self, index: int, reply: bool) -> None:
        """A request or a reply disappears."""
        if reply:
            self.bag.take_reply(index)
        else:
            self.bag.take_request(index)

    @rule(desk=DESK)
    def a_desk_waits_no_longer(self, desk: str) -> None:
        """No answer within the time: it is asked again later."""
        self.desks[desk].give_up()

    @rule(desk=DESK)
    def a_desk_is_killed(self, desk: str) -> None:
        """The process ends between two units of work."""
        self.desks[desk].die()

    @rule(desk=DESK, lose_reply=st.booleans(), meanwhile=st.booleans(), word=WORDS)
    def a_desk_exchanges(self, desk: str, lose_reply: bool, meanwhile: bool, word: str) -> None:
        """A whole exchange, of which the first reply may be lost while somebody goes on typing."""
        one = self.desks[desk]
        if one.mind.waiting is not None:
            one.give_up()
        if lose_reply:
            if meanwhile:
                self._do(desk, ("report", "r1", "edit"), word)
            request = one.ask(self._next(), pull=False, limit=500)
            if request is not None:
                self._answer_only(request)
                if meanwhile:
                    self._do(desk, ("report", "r1", "edit"), word.upper())
                one.give_up()
        self._exchange(one)

    @rule(desk=DESK, other=DESK, limit=st.sampled_from([1, 500]), word=WORDS)
    def a_page_comes_late(self, desk: str, other: str, limit: int, word: str) -> None:
        """The desk asked again meanwhile, and got newer news."""
        one = self.desks[desk]
        self._call(one)
        if other == desk:
            return
        late = one.ask(self._next(), pull=True, limit=limit)
        assert late is not None
        page = self._answer_only(late)
        one.give_up()
        self._do(other, ("report", "r1", "edit"), word)
        self._call(self.desks[other])
        newer = one.ask(self._next(), pull=True, limit=500)
        assert newer is not None
        self._take(self._answer_only(newer))
        self._take(page)

    @rule(desk=DESK, pull=st.booleans(), die_at=st.integers(1, 14), word=WORDS)
    def a_desk_dies_over_a_reply(self, desk: str, pull: bool, die_at: int, word: str) -> None:
        """The process ends while an answer is being taken in."""
        one = self.desks[desk]
        if pull:
            other = next(name for name in DESKS if name != desk)
            self._do(other, ("report", "r1", "edit"), word)
            self._call(self.desks[other])
        if one.mind.waiting is not None:
            one.give_up()
        request = one.ask(self._next(), pull=pull, limit=500)
        if request is not None:
            self._take(self._answer_only(request), die_at)

    @rule(desk=DESK, die_at=st.integers(1, 10))
    def central_dies_over_a_push(self, desk: str, die_at: int) -> None:
        """The server ends before its commit; the desk hears nothing and sends again later."""
        one = self.desks[desk]
        if one.mind.waiting is not None:
            one.give_up()
        request = one.ask(self._next(), pull=False, limit=500)
        if request is not None:
            self._answer(request, die_at)

    @rule(desk=DESK, order=st.sampled_from(["as sent", "overtaken", "first lost"]), word=WORDS)
    def a_desk_sends_ahead(self, desk: str, order: str, word: str) -> None:
        """A second batch goes out before the first is answered, and may get there first."""
        one = self.desks[desk]
        self._call(one)
        for kind, record_id, said in (
            ("report", "r1", word),
            ("report", "r1", word.upper()),
            ("template", "t1", word.title()),
        ):
            self._do(desk, (kind, record_id, "edit"), said)
        first = one.ask(self._next(), pull=False, limit=1)
        second = one.ask(self._next(), pull=False, limit=1)
        if first is None or second is None:
            return
        if order == "as sent":
            replies = [self._answer_only(first), self._answer_only(second)]
            self._take(replies[1])
            self._take(replies[0])
            return
        early = self._answer_only(second)
        if order == "overtaken":
            self._take(early)
            self._take(self._answer_only(first))
        else:
            one.give_up()

    @rule()
    def central_is_backed_up(self) -> None:
        """A copy is made."""
        self.server.back_up()

    @rule(desk=DESK)
    def central_is_set_back(self, desk: str) -> None:
        """The copy is put back: all that came after it, just heard by a desk, is lost there."""
        self._call(self.desks[desk])
        self.server.restore()

    @rule()
    def graves_are_collected(self) -> None:
        """History grows shorter; who was away longer must fetch everything again."""
        self.server.collect(min(one.known.seen for one in self.desks.values()))
