"""What a person does to a feedback: begin, choose, keep, release, put ready, waive (F23, F30)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.failures import Refused, StorageTrouble
from console.views.dialogs.waiver import WaiverDialog
from console.views.feedback.screen import FeedbackScreen

if TYPE_CHECKING:
    from console.presenters.feedback import FeedbackPresenter

AGAIN_S = 5.0
"""When what the disk refused is tried again."""

READY = "Klaargezet voor de balie. Het blijft van u tot het is geplaatst."
WAIVED = "Geen terugkoppeling. De klok staat stil, de reden is vastgelegd."


class FeedbackActs(QObject):
    """Acts go one after the other, in the order of the keys.

    Nothing is read for the screen between two acts: a newer read would end the older one, and the
    act that follows with it. ``picked`` is an outcome that is chosen but not on disk yet.
    """

    def __init__(self, owner: FeedbackPresenter, view: FeedbackScreen, window: QWidget) -> None:
        """``owner`` holds the broadcast; ``window`` is what the question hangs over."""
        super().__init__(owner)
        self._owner = owner
        self._view = view
        self._window = window
        self._services = owner.kit.services
        self._order = asyncio.Lock()
        self._beginning = ""
        self.picked = ""
        view.waive_requested.connect(self._on_waive)
        view.answer.form.outcome_chosen.connect(self._on_outcome)
        view.answer.issue_requested.connect(self._on_issue)
        view.answer.ready_requested.connect(self._on_ready)

    def begin(self, post_id: str) -> None:
        """Begin the draft, once, at the first letter."""
        if self._beginning != post_id:
            self._beginning = post_id
            self._in_order(self._start, post_id)

    def keep(self, post_id: str) -> None:
        """Make an op of every field that is not kept yet."""
        self._in_order(self._keep_for, post_id, dict(self._owner.unsaved))

    def forget(self) -> None:
        """Another broadcast came to the front."""
        self._beginning, self.picked = "", ""

    def _in_order(self, step: Callable[..., Coroutine[Any, Any, object]], *given: Any) -> None:
        self._owner.run(self._when_free(step, given))

    async def _when_free(
        self, step: Callable[..., Coroutine[Any, Any, object]], given: tuple[Any, ...]
    ) -> None:
        async with self._order:
            await step(*given)

    async def _start(self, post_id: str) -> str:
        draft = self._owner.draft
        if draft is not None and draft.answers == post_id:
            return draft.id
        return await settled(self._services.feedback.start(post_id))

    async def _choose(self, post_id: str, outcome: str) -> None:
        try:
            draft_id = await self._start(post_id)
            await self._keep(draft_id, dict(self._owner.unsaved))
            await settled(self._services.feedback.choose(draft_id, outcome))
        except Refused:
            kept = self._owner.draft.outcome if self._owner.draft else ""
            self._view.answer.form.outcomes.select(kept, silent=True)
            raise
        finally:
            if self.picked == outcome:
                self.picked = ""
        self._owner.was_kept("", "")
        self._owner.refresh()

    async def _keep_for(self, post_id: str, fields: dict[str, str]) -> None:
        """Keep what was typed; while the disk refuses it is said, and tried again."""
        while True:
            try:
                await self._keep(await self._start(post_id), fields)
                return
            except StorageTrouble as trouble:
                self._owner.refused(trouble.problem)
                await asyncio.sleep(AGAIN_S)

    async def _keep(self, draft_id: str, fields: dict[str, str]) -> None:
        for name, text in fields.items():
            await settled(self._services.posts.keep_field(draft_id, name, text))
            self._owner.was_kept(name, text)

    async def _release(self, draft_id: str) -> None:
        await self._keep(draft_id, dict(self._owner.unsaved))
        await settled(self._services.posts.release(draft_id))
        self._owner.forget()
        self._view.stop_writing()
        self._owner.kit.navigator.open("issue", post_id=draft_id)

    async def _make_ready(self, draft_id: str) -> None:
        await self._keep(draft_id, dict(self._owner.unsaved))
        await settled(self._services.posts.make_ready(draft_id))
        self._view.stop_writing()
        self._owner.kit.messages.good(READY)

    async def _waive(self, post_id: str, reason: str, note: str) -> None:
        draft = self._owner.draft
        await settled(self._services.feedback.waive(post_id, reason, note))
        if draft is not None and draft.mine and draft.answers == post_id:
            await settled(self._services.posts.drop(draft.id))
        self._owner.forget()
        self._view.stop_writing()
        self._owner.kit.messages.good(WAIVED)

    def _on_outcome(self, outcome: str) -> None:
        if self._owner.card is not None:
            post_id = self._owner.card.row.post_id
            self.picked, self._beginning = outcome, post_id
            self._in_order(self._choose, post_id, outcome)

    def _on_issue(self) -> None:
        if self._owner.draft is not None:
            self._in_order(self._release, self._owner.draft.id)

    def _on_ready(self) -> None:
        if self._owner.draft is not None:
            self._in_order(self._make_ready, self._owner.draft.id)

    def _on_waive(self) -> None:
        if self._owner.card is None:
            return
        dialog = WaiverDialog(self._window, self._owner.card.row.title)
        dialog.finished.connect(self._on_waived)
        dialog.open()
        self._owner.kit.navigator.add_layer(dialog)

    def _on_waived(self, result: object) -> None:
        if isinstance(result, tuple) and self._owner.card is not None:
            reason, note = result
            self._in_order(self._waive, self._owner.card.row.post_id, reason, note)
