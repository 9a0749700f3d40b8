"""The forms of the directory: opened in the place of the card, kept while typed, saved as one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.bridge import settled
from console.domain.area_history import holds_groups
from console.domain.directory import AdministratorRow
from console.domain.directory_map import DirectoryMap
from console.domain.failures import Problem
from console.presenters.typing_buffer import TypingBuffer
from console.services.memory import Memory
from console.views.dialogs.directory import Confirm
from console.views.groups.editor import Editor
from console.views.groups.forms import AreaEditor, GroupEditor, Options, PersonEditor
from console.views.groups.picker import Option
from console.views.groups.screen import GroupsScreen
from contract.dutch import word
from contract.leavers import is_pseudonym
from contract.vocabulary import AreaLevel, GroupKind

if TYPE_CHECKING:
    from console.presenters.groups import GroupsPresenter
    from console.presenters.kit import Kit

LEFT = "was beheerder; kies om terug te zetten"
AWAY = "Haal het nummer ook van de teamtelefoon. Weer beheerder? Kies de naam bij Nieuwe beheerder."
OLD_NUMBER = "Bewaard. Haal het oude nummer ook van de teamtelefoon."


class GroupForms(QObject):
    """Opens, keeps and saves the forms; a refusal is shown at its field."""

    def __init__(self, kit: Kit, screen: GroupsScreen, presenter: GroupsPresenter) -> None:
        super().__init__(presenter)
        self._kit = kit
        self._screen = screen
        self._presenter = presenter
        self._directory = kit.services.directory
        self._memory = Memory(kit.services.desk)
        self._buffer = TypingBuffer(presenter)
        self._subject = ""
        self._record = ""
        self._person: AdministratorRow | None = None
        self._confirm: Confirm | None = None

    def new_group(self) -> None:
        """Open an empty form for a group, under what is chosen in the tree."""
        self._presenter.run(self._open_new("group"))

    def new_person(self) -> None:
        """Open an empty form for an administrator of the group on show."""
        self._presenter.run(self._open_new("person"))

    def edit_card(self) -> None:
        """Open the form of the card on show."""
        if self._screen.detail.editor() is None:
            self._presenter.run(self._open_card())

    def edit_person(self, row: AdministratorRow) -> None:
        """Open the form of an administrator."""
        self._presenter.run(self._open_person(row))

    def refused(self, problem: Problem) -> bool:
        """Show a refusal in the form; False where no form is open."""
        editor = self._screen.detail.editor()
        if editor is None:
            return False
        editor.show_problem(problem)
        return True

    def put_aside(self) -> None:
        """Close the form because something else was chosen; what was typed is kept."""
        if self._screen.detail.editor() is None:
            return
        self._buffer.flush()
        self._screen.detail.close_editor()
        self._kit.messages.info("Uw tekst is bewaard. Druk E om verder te gaan.")

    def flush(self) -> None:
        """Keep what is being typed, now."""
        self._buffer.flush()

    async def _open_new(self, kind: str) -> None:
        options, here = await self._options(), self._screen.detail.shown()
        editor: Editor
        if kind == "group":
            under = [_key(here)] if here[0] else []
            editor = GroupEditor(options, under=_may_hold(options, under))
        elif kind == "area":
            editor = AreaEditor(options, inside=_key(here) if here[0] == "area" else "")
        else:
            editor = PersonEditor(options, group=_key(here) if here[0] == "group" else "")
        self._record, self._person = "", None
        if isinstance(editor, GroupEditor | AreaEditor | PersonEditor):
            editor.kind_chosen.connect(self._on_kind)
        await self._show(editor, f"directory:new-{kind}")

    async def _open_card(self) -> None:
        kind, record_id = self._screen.detail.shown()
        options = await self._options()
        group, area = self._screen.detail.group.card(), self._screen.detail.area.card()
        self._record, self._person = record_id, None
        if kind == "group" and group is not None:
            await self._show(GroupEditor(options, group), f"directory:{record_id}")
        elif kind == "area" and area is not None:
            await self._show(AreaEditor(options, area), f"directory:{record_id}")

    async def _open_person(self, row: AdministratorRow) -> None:
        editor = PersonEditor(await self._options(), row)
        editor.leave_requested.connect(self._on_leave)
        self._record, self._person = row.id, row
        await self._show(editor, f"directory:{row.id}")

    async def _show(self, editor: Editor, subject: str) -> None:
        self._subject = subject
        typed = await settled(self._memory.typed(subject))
        editor.put_texts(typed)
        editor.edited.connect(self._on_edited)
        editor.save_requested.connect(self._on_save)
        editor.cancel_requested.connect(self._on_cancel)
        self._screen.detail.show_editor(editor)

    async def _options(self) -> Options:
        return options_of(await settled(self._directory.shape()))

    def _on_kind(self, kind: str) -> None:
        self._buffer.flush()
        self._presenter.run(self._open_new(kind))

    def _on_edited(self) -> None:
        editor = self._screen.detail.editor()
        if editor is not None:
            self._buffer.keep(self._subject, editor.texts())

    def _on_cancel(self) -> None:
        self._buffer.forget(self._subject)
        self._close()

    def _on_save(self) -> None:
        editor = self._screen.detail.editor()
        if editor is not None:
            editor.clear_problem()
            self._presenter.run(self._save(editor))

    async def _save(self, editor: Editor) -> None:
        words, shown = "Bewaard.", ("", "")
        if isinstance(editor, GroupEditor):
            saved = await settled(self._directory.save_group(editor.values(), self._record))
            shown = ("group", saved)
        elif isinstance(editor, AreaEditor):
            saved = await settled(self._directory.save_area(editor.values(), self._record))
            shown = ("area", saved)
        elif isinstance(editor, PersonEditor):
            words = await self._save_person(editor)
            shown = ("group", editor.group_id()) if editor.group_id() else ("", "")
        self._buffer.forget(self._subject)
        self._kit.messages.good(words)
        self._close()
        self._presenter.show_record(*shown)

    async def _save_person(self, editor: PersonEditor) -> str:
        form, group_id = editor.values(), editor.group_id()
        if editor.known_id():
            await settled(self._directory.seat(editor.known_id(), group_id, form.role))
            return "Bewaard."
        await settled(self._directory.save_administrator(form, self._record, group_id))
        had = self._person is not None and self._person.has_phone
        return OLD_NUMBER if had and form.phone is not None else "Bewaard."

    def _on_leave(self) -> None:
        row = self._person
        if row is None:
            return
        ask = Confirm(
            self._screen.window(),
            f"{row.name} is geen beheerder meer",
            f"{row.name} gaat uit {row.group_name}. Was dit de laatste groep, dan sluit de kaart. "
            "De geschiedenis blijft.",
            "Haal uit de groep",
        )
        ask.confirmed.connect(self._on_leave_confirmed)
        ask.open()
        self._kit.navigator.add_layer(ask)

    def _on_leave_confirmed(self) -> None:
        if self._person is not None:
            self._presenter.run(self._leave(self._person))

    async def _leave(self, row: AdministratorRow) -> None:
        await settled(self._directory.leave(row.id, row.group_id))
        self._buffer.forget(self._subject)
        words = AWAY if row.has_phone else "Bewaard."
        self._kit.messages.good(words)
        self._close()

    def _close(self) -> None:
        self._screen.detail.close_editor()
        self._screen.take_focus()


def options_of(shape: DirectoryMap) -> Options:
    """Return everything that can be chosen in the forms, by name."""
    areas, tiers, groups = [], [], []
    for area in shape.areas.values():
        if area.ended_year and not holds_groups(shape, area.id):
            # What went up in another is no place to hang something under any more.
            continue
        around = shape.areas.get(area.parent_id)
        level = word(area.level, AreaLevel).lower()
        detail = f"{level} in {around.name}" if around else level
        areas.append(Option("area", area.id, area.name, detail))
    for group in shape.groups.values():
        if group.gone:
            continue
        place = shape.areas.get(shape.area_of(group.id))
        kind = word(group.kind, GroupKind).lower()
        icon = "person-group" if group.kind == GroupKind.NEIGHBOURHOOD else "shield"
        option = Option(
            "group", group.id, group.name, f"{kind}, {place.name}" if place else kind, icon
        )
        groups.append(option)
        if group.kind != GroupKind.NEIGHBOURHOOD:
            tiers.append(option)
    people = [
        Option(
            "administrator",
            one.id,
            one.name,
            ", ".join(shape.groups_of(one.id)[:2]) if one.active else LEFT,
            "person",
        )
        for one in shape.people.values()
        if one.active or not is_pseudonym(one.name)
    ]
    return Options(
        _sorted(areas), _sorted(tiers), _sorted(groups), _sorted(people), shape.member_limit
    )


def _sorted(options: list[Option]) -> tuple[Option, ...]:
    return tuple(sorted(options, key=_by_name))


def _by_name(one: Option) -> str:
    return one.name.casefold()


def _key(place: tuple[str, str]) -> str:
    return f"{place[0]}:{place[1]}"


def _may_hold(options: Options, keys: list[str]) -> list[str]:
    known = {one.key for one in (*options.areas, *options.tiers)}
    return [key for key in keys if key in known]
