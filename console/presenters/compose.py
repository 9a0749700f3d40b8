"""Opstellen: typing is kept, the guard answers at each key, groups are ticked (F22-F26, F35)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL
from console.domain.decided import TOLD
from console.domain.directory import Candidate
from console.domain.failures import Problem
from console.domain.post import Draft, Template
from console.domain.writing import Writing
from console.presenters.compose_remedies import Remedies
from console.presenters.compose_state import (
    POST_FIELDS,
    find_candidates,
    name_allowed,
    newer_of,
    notice_for,
    taken_words,
    template_words,
    ticks_of,
    with_field,
    with_tick,
)
from console.presenters.compose_typing import FieldKeeper
from console.presenters.kit import Kit, Presenter
from console.presenters.photo_door import PhotoDoor
from console.services.drafts import PURPOSES
from console.views.keys.table import keys_of
from console.views.posts.compose import ComposeScreen
from console.views.posts.words import when_of
from console.views.screen import Screen
from contract.vocabulary import PostStatus, PostType

GONE = Problem("gone", "Dit bericht staat er niet meer.", "Kijk in de lijst met berichten.")


class ComposePresenter(Presenter):
    """One draft at a time. Values typed here win over what comes back until they are kept."""

    watches = ("post", "placement", "alert", "template", "group", "photo")

    def __init__(self, kit: Kit, view: ComposeScreen, window: QWidget) -> None:
        """Tie the wishes of the view to the services."""
        super().__init__(kit, view)
        self._view = view
        self._remedies = Remedies(kit, view, window, self)
        self._post_id = ""
        self._turn = 0
        self._draft: Draft | None = None
        self._writing: Writing | None = None
        self.values: dict[str, str] = {}
        """What stands in the fields now."""
        self._keeper = FieldKeeper(self)
        self._keeper.kept.connect(self._on_kept)
        self._candidates: list[Candidate] = []
        self._templates: list[Template] = []
        self._at = 0
        self.text = ""
        """The text of the preview on the screen, whole."""
        self._proposes = False
        self._releasing = False
        # Not an argument of one reading: a newer reading takes the place of the one under way.
        self._fresh = False
        view.edited.connect(self.edit)
        view.left.connect(self._keeper.left)
        view.tick_requested.connect(self._on_tick)
        view.preview_requested.connect(self._on_preview_step)
        view.template_chosen.connect(self._on_template)
        view.issue_requested.connect(self._on_issue)
        view.leave_requested.connect(self._on_leave)
        view.remedy_requested.connect(self._remedies.act_on)
        view.act_requested.connect(self._remedies.act)
        view.finding_elsewhere.connect(self._remedies.go_elsewhere)
        self._photo = PhotoDoor(self, window, view.header, keys_of("photo", "writing"))
        view.photo_requested.connect(self._on_photo)

    @property
    def draft(self) -> Draft | None:
        """The draft on the screen."""
        return self._draft

    def open(self, post_id: str = "", **params: Any) -> None:
        """Show a draft, or begin one of a ``kind`` (from a report, alert, area or groups)."""
        self._shown, self._stale = True, False
        self._post_id, self._draft, self._writing = post_id, None, None
        self.values = {}
        self._keeper.begin(post_id)
        self._at, self._proposes, self._fresh = 0, False, True
        self._view.set_opening()
        if post_id:
            self.run(self._load())
        elif params.get("kind"):
            self.run(self._begin(**params))
        else:
            self.kit.navigator.open("new_post", **params)

    def leave(self) -> None:
        """Keep every word before another screen comes to the front."""
        self.keep_fields()
        super().leave()

    def refresh(self) -> None:
        """Something changed, here or elsewhere: read again, but leave unsaved words alone."""
        if self._post_id and not self._releasing:
            self.run(self._load())

    def tick(self) -> None:
        """An action grows old while one writes: the notice and the guard say so."""
        if self._shown and self._draft is not None:
            self._show_notice()
            self.show_preview()

    def edit(self, name: str, text: str) -> None:
        """A field changed under the hand: show it at once, keep it within half a second."""
        if self._writing is None:
            return
        if name in POST_FIELDS:
            self._writing = with_field(self._writing, name, text)
        self.values[name] = text
        self._keeper.typed(name, text)
        self.show_preview()
        if name in ("consent", TOLD):
            self._keeper.keep_fields()

    def set_value(self, name: str, text: str) -> None:
        """A remedy changed a field."""
        entry = self._view.form.entries.get(name)
        if entry is not None:
            entry.set_text(text)
            self.edit(name, text)

    def keep_fields(self) -> None:
        """Make an op of every field that is not kept yet."""
        self._keeper.keep_fields()

    def show_preview(self) -> None:
        """Compose and check what one group will see; no file is asked (D07)."""
        writing = self._writing
        if writing is None:
            return
        targets = writing.targets
        self._at = min(self._at, max(0, len(targets) - 1))
        group_id = targets[self._at].group_id if targets else ""
        # What is no field, such as where a copy stood before, shows as it will go out.
        values = {**writing.values, **self.values}
        shown = self.kit.services.posts.look(writing, group_id, values)
        self.text = shown.text
        if not targets and self._draft is not None:
            shown = replace(shown, group_name="")
        self._view.set_preview(shown, self._at + 1, len(targets))
        allowed = name_allowed(writing.kind, self.values, writing)
        self._view.set_good("wie", "naam mag: toestemming bekend" if allowed else "")
        self._show_notice()

    async def _begin(self, kind: str, **params: Any) -> None:
        self._proposes = not params.get("group_ids")
        params["group_ids"] = tuple(params.get("group_ids") or ())
        self._post_id = await settled(self.kit.services.posts.new_draft(kind, **params))
        self._keeper.begin(self._post_id)
        await self._load()

    async def _load(self) -> None:
        post_id, posts = self._post_id, self.kit.services.posts
        self._turn += 1
        turn = self._turn
        draft = await settled(posts.draft(post_id))
        if turn != self._turn:
            return
        if draft is None:
            self.kit.messages.problem(GONE)
            self.kit.navigator.back()
            return
        await self._step_back(draft)
        if draft.status not in (PostStatus.DRAFT, PostStatus.READY):
            if self._fresh or self._shown:
                self.kit.navigator.open("issue", post_id=post_id)
            return
        if turn != self._turn:
            return
        writing = await settled(posts.writing(post_id))
        if turn != self._turn:
            # Asking on would take its place in the line of reads from the newer one.
            return
        candidates = await find_candidates(self.kit.services, draft, writing)
        if turn != self._turn:
            # What was read before a newer change takes no turn from it, and never goes over it: the
            # action may have ended since.
            return
        if self._proposes and writing is not None:
            self._proposes = False
            ticked = [one.group_id for one in candidates if one.ticked]
            if ticked and not writing.targets:
                await settled(posts.set_groups(post_id, ticked))
                if turn != self._turn:
                    return
                writing = await settled(posts.writing(post_id))
        purpose = PURPOSES.get(PostType(draft.type), draft.type)
        templates = await settled(self.kit.services.templates.active(purpose))
        if post_id == self._post_id and writing is not None and turn == self._turn:
            self._show(draft, writing, candidates, templates)

    async def _step_back(self, draft: Draft) -> None:
        """A colleague took the draft under the hand: keep what was typed as a copy, and say so."""
        before = self._draft
        if self._fresh or before is None or before.id != draft.id or self._releasing:
            return
        words = taken_words(before, draft, self.kit.clock.now())
        if not words:
            return
        unsaved = self._keeper.take()
        # What stands in the fields is theirs from now on. Said before anything is waited for: a
        # second look at the same change must not step back again, with nothing left to copy.
        self._draft, self._fresh = draft, True
        copied = await settled(self.kit.services.posts.copy_of_mine(draft.id, unsaved))
        kept = " Wat u typte, staat als kopie bij Berichten." if copied else ""
        self.kit.messages.warn(f"{words}{kept}")

    def _show(
        self,
        draft: Draft,
        writing: Writing,
        candidates: list[Candidate],
        templates: list[Template],
    ) -> None:
        fresh, self._fresh = self._fresh, False
        for name, text in self._keeper.unsaved.items():
            writing = with_field(writing, name, text)
        self._draft, self._writing, self._candidates = draft, writing, candidates
        self.values = {**draft.values, **self._keeper.unsaved}
        self._templates = templates
        offers = [(one.id, template_words(one)) for one in templates]
        if draft.template is not None and draft.template.id not in dict(offers):
            offers.insert(0, (draft.template.id, template_words(draft.template)))
        acute = draft.template is not None and draft.template.message_class == "acute"
        self._view.set_templates(offers, draft.template.id if draft.template else "")
        self._view.set_draft(
            replace(
                draft,
                values=self.values,
                consent=writing.consent,
                consent_ground=writing.consent_ground,
            ),
            acute=acute,
            fresh=fresh,
        )
        if fresh:
            self._view.set_saved("")
            if draft.saved_at:
                self._view.set_saved(f"Bewaard om {when_of(draft.saved_at, self.kit.clock.now())}")
        self._show_groups()
        self.show_preview()
        self._photo.show(draft.id)
        if fresh:
            # The fields are open again by now; before that none of them takes the keyboard.
            self._view.form.focus_first()

    def _show_groups(self) -> None:
        if self._writing is not None:
            self._view.set_groups(self._candidates, ticks_of(self._writing))

    def _show_notice(self) -> None:
        draft = self._draft
        if draft is None or self._writing is None:
            return
        draft = replace(draft, unseen_reason=self._writing.unseen_reason)
        newer = newer_of(draft, self._templates) if draft.newer_version else None
        author = self.kit.status().at_desk(draft.author_id)
        station = author.station if author else ""
        self._view.set_notice(notice_for(draft, newer, self.kit.clock.now(), station))

    def _on_kept(self) -> None:
        now = self.kit.clock.now().astimezone(LOCAL)
        self._view.set_saved(f"Bewaard om {now:%H:%M}")

    def _on_tick(self, group_id: str, on: bool) -> None:
        group = next((one for one in self._candidates if one.group_id == group_id), None)
        if group is None or self._writing is None:
            return
        by_hand = not group.ticked
        self._writing = with_tick(self._writing, group, on, by_hand=by_hand)
        self._show_groups()
        self.show_preview()
        self.then(self.kit.services.posts.tick_group(self._post_id, group_id, on))

    def _on_preview_step(self, step: int) -> None:
        total = len(self._writing.targets) if self._writing else 0
        if total:
            self._at = (self._at + step) % total
            self.show_preview()

    def _on_template(self, template_id: str) -> None:
        self.keep_fields()
        self.then(self.kit.services.posts.choose_template(self._post_id, template_id))

    def _on_issue(self) -> None:
        # What is not on the screen yet may not go out: Ctrl+Enter can come before the draft does.
        if not self._releasing and self._draft is not None:
            self._releasing = True
            self.run(self._release())

    async def _release(self) -> None:
        post_id, posts = self._post_id, self.kit.services.posts
        try:
            await self._keeper.keep_now()
            await settled(posts.release(post_id))
        finally:
            self._releasing = False
        self.kit.navigator.open("issue", post_id=post_id)

    def _on_photo(self) -> None:
        self.keep_fields()
        self._photo.open(self._draft.id if self._draft else "", text=self.text)

    def _on_leave(self) -> None:
        self.keep_fields()
        self.kit.navigator.back()

    def newer_template(self) -> str:
        """Return the id of the newer version of the template, empty for none."""
        newer = newer_of(self._draft, self._templates)
        return newer.id if newer else ""


def make(kit: Kit, window: QWidget) -> tuple[Screen, Presenter]:
    """Build the screen; opened with ``post_id``, or ``kind`` and where it starts from."""
    view = ComposeScreen(window)
    return view, ComposePresenter(kit, view, window)
