"""Sjablonen: the account holder writes a new version; nothing sent ever changes (F24)."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.compose import Composed, render
from console.domain.layout import BadLayout
from console.domain.post import Preview, PreviewSpan, Template
from console.presenters.kit import Kit, Presenter
from console.views.posts.templates import TemplatesScreen
from console.views.screen import Screen
from contract.vocabulary import Role

LOCKED_OLD = "Oude versies zijn alleen te lezen."
LOCKED_ROLE = "Alleen de accounthouder verandert sjablonen."
UNCHANGED = "Er is nog niets veranderd."


class TemplatesPresenter(Presenter):
    """The list, one version in the editor, its problems and preview while one types."""

    watches = ("template",)

    def __init__(self, kit: Kit, view: TemplatesScreen) -> None:
        """Tie the editor to the service."""
        super().__init__(kit, view)
        self._view = view
        self._rows: list[Template] = []
        self._versions: list[Template] = []
        self._shown_one: Template | None = None
        self._wanted = ""
        self._old = False
        view.chosen.connect(self._on_chosen)
        view.segment_changed.connect(self._on_segment)
        view.editor.changed.connect(self._on_edited)
        view.editor.save_requested.connect(self._on_save)
        view.editor.retire_requested.connect(self._on_retire)
        view.editor.version_chosen.connect(self._on_version)

    def open(self, template_id: str = "", **_params: Any) -> None:
        """Show the list, with a template chosen where one is named."""
        self._shown, self._stale = True, False
        self._wanted = template_id
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self.then(self.kit.services.templates.rows(old=self._old), self._show)

    def _show(self, rows: list[Template]) -> None:
        self._rows = rows
        self._view.set_rows(rows)
        if self._wanted and self._view.list.set_current(self._wanted):
            self._wanted = ""
        self._on_chosen(self._view.list.current_id())

    def _on_chosen(self, template_id: str) -> None:
        one = next((row for row in self._rows if row.id == template_id), None)
        if one is not None and one != self._shown_one:
            self._shown_one = one
            self.then(self.kit.services.templates.versions(one), self._show_versions)

    def _show_versions(self, versions: list[Template]) -> None:
        self._versions = versions
        if self._shown_one is not None:
            self._show_one(self._shown_one)

    def _show_one(self, one: Template) -> None:
        self._shown_one = one
        self._view.editor.set_template(one, self._versions, locked=self._locked(one))
        self._check()

    def _locked(self, one: Template) -> str:
        person = self.kit.services.desk.person
        if person is None or not person.may(Role.ACCOUNT_HOLDER):
            return LOCKED_ROLE
        return LOCKED_OLD if one.state == "retired" else ""

    def _check(self) -> None:
        edited = self._view.editor.edited()
        if edited is None or self._shown_one is None:
            return
        problems = self.kit.services.templates.check(edited.layout, edited.fields)
        locked = self._locked(self._shown_one)
        reason = locked
        if not locked and problems:
            reason = "Los eerst op wat er in de tekst niet klopt."
        elif not locked and edited == self._shown_one:
            reason = UNCHANGED
        self._view.editor.set_problems(problems, reason)
        self._view.editor.set_preview(self._preview(edited))

    def _preview(self, template: Template) -> Preview | None:
        desk = self.kit.services.desk
        values = {one.name: one.default or one.label.lower() for one in template.fields}
        try:
            made: Composed = render(
                template,
                values,
                team="Voorbeeldteam",
                area_name="Voorbeelddorp",
                region=desk.region,
                urgent=template.urgent,
                training=desk.training,
            )
        except BadLayout:
            return None
        spans = [PreviewSpan(part.start, part.end, "field") for part in made.parts]
        spans.append(PreviewSpan(*made.closing, "closing"))
        return Preview("", "", made.text, tuple(spans))

    def _on_edited(self) -> None:
        self._check()

    def _on_segment(self, segment: str) -> None:
        self._old = segment == "old"
        self.refresh()

    def _on_version(self, template_id: str) -> None:
        one = next((row for row in self._versions if row.id == template_id), None)
        if one is not None:
            self._show_one(one)

    def _on_save(self) -> None:
        edited = self._view.editor.edited()
        if edited is not None:
            self.then(self.kit.services.templates.save(edited), self._on_saved)

    def _on_saved(self, template_id: str) -> None:
        self._wanted, self._shown_one = template_id, None
        self.kit.messages.good("Bewaard als nieuwe versie. Verzonden berichten veranderen niet.")
        self.refresh()

    def _on_retire(self) -> None:
        if self._shown_one is not None:
            self.then(self.kit.services.templates.retire(self._shown_one.id), self._on_retired)

    def _on_retired(self, _done: None) -> None:
        self._shown_one = None
        self._view.list.clear_current()
        self.kit.messages.info("Uit gebruik. Oude berichten blijven leesbaar.")


def make(kit: Kit, window: QWidget) -> tuple[Screen, Presenter]:
    """Build the screen; may be opened with ``template_id``."""
    view = TemplatesScreen(window)
    return view, TemplatesPresenter(kit, view)
