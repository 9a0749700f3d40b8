"""The forms of a group, an area and an administrator (screens.md §5.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.directory import AdministratorRow, AreaCard, GroupCard
from console.domain.directory_forms import AdministratorForm, AreaForm, GroupForm, WhoForm
from console.views.groups.editor import Editor, Labelled, lines_of
from console.views.groups.picker import Option, Picker
from console.views.widgets.button import Button
from console.views.widgets.choice import Choice
from console.views.widgets.divider import Divider
from console.views.widgets.field import Field, TimeField
from console.views.widgets.segments import Segments
from console.views.widgets.text import Text
from console.views.widgets.tick import Tick
from contract.dutch import word
from contract.vocabulary import (
    AdministratorRole,
    AreaLevel,
    AreaRole,
    GroupKind,
    GroupState,
    Reach,
    Wish,
)

HIDDEN = "bekend; leeg laten houdt hem"
KEPT = "leeg laten verandert niets"


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen in the forms."""

    areas: tuple[Option, ...] = ()
    tiers: tuple[Option, ...] = ()
    groups: tuple[Option, ...] = ()
    people: tuple[Option, ...] = ()
    member_limit: int = 1024


def _choice(label: str, words: type[StrEnum], chosen: str) -> Labelled:
    items = [(str(one), _capital(word(one, words))) for one in words]
    choice = Choice(items, label)
    choice.select(chosen)
    return Labelled(label, choice)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class NewSwitch(Editor):
    """A form of something new says which of the three it is, and lets that be changed."""

    kind_chosen = Signal(str)

    def add_switch(self, chosen: str) -> None:
        """Put the three kinds above the form."""
        switch = Segments(
            [("group", "Groep", None), ("area", "Gebied", None), ("person", "Beheerder", None)],
            "Wat wilt u maken",
        )
        switch.select(chosen)
        switch.selected_changed.connect(self.kind_chosen)
        self.form.addWidget(switch)


class GroupEditor(NewSwitch):
    """A group: what it is, what it hangs under, where it lies, what it wants, how it is reached."""

    def __init__(
        self,
        options: Options,
        card: GroupCard | None = None,
        under: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Without ``card`` it is a new group, hung under the keys of ``under``."""
        super().__init__(f"Bewerk {card.name}" if card else "Nieuw", parent)
        self._card = card
        if card is None:
            self.add_switch("group")
        self.name = Field("Naam", max_length=120)
        self.kind = _choice("Soort", GroupKind, card.kind if card else GroupKind.NEIGHBOURHOOD)
        hung = [f"{kind}:{key}" for kind, key, _ in card.parents] if card else list(under)
        offers = tuple(one for one in options.tiers if card is None or one.id != card.id)
        self.parents = Picker("Hangt onder", (*offers, *options.areas), hung,
                              hint="meer dan een mag")  # fmt: skip
        lies = [f"area:{card.own_area_id}"] if card and card.own_area_id else []
        self.area = Picker(
            "Ligt in", options.areas, lies, hint="het gebied op de kaart", many=False
        )
        self.streets = Field("Straten", "gescheiden door een komma", multi_line=True, lines=3,
                             max_length=20_000)  # fmt: skip
        self.postcodes = Field("Postcodes", "gescheiden door een komma", max_length=5000)
        self.members = Field("Leden", "schatting", max_length=9)
        self.limit = Field("Grens", f"leeg is {options.member_limit}", max_length=9)
        self.state = _choice("Stand", GroupState, card.state if card else GroupState.ACTIVE)
        self.wish = _choice("Wil krijgen", Wish, card.wish if card else Wish.ACUTE_ONLY)
        self.quiet_from, self.quiet_until = TimeField("Stil van"), TimeField("tot")
        self.reach = _choice("Weg", Reach, card.reach if card else Reach.DIRECT)
        self.via = Field("Via wie", "als het niet direct is", max_length=120)
        known = bool(card and card.invite_link)
        self.invite = Field("Uitnodigingslink", HIDDEN if known else "niet verplicht", secret=True,
                            max_length=200, placeholder="https://chat.whatsapp.com/")  # fmt: skip
        self.note = Field("Notitie", multi_line=True, lines=3, max_length=2000)
        self._lay_out()
        if card is not None:
            self._fill(card)

    def values(self) -> GroupForm:
        """Return what is filled in."""
        typed = self.invite.text().strip()
        return GroupForm(
            name=self.name.text(),
            kind=self.kind.choice.selected(),
            area_id=self.area.first_id(),
            parents=self.parents.pairs(),
            streets=lines_of(self.streets.text()),
            postcodes=lines_of(self.postcodes.text()),
            members=self.members.text(),
            member_limit=self.limit.text(),
            state=self.state.choice.selected(),
            wish=self.wish.choice.selected(),
            quiet_from=self.quiet_from.text(),
            quiet_until=self.quiet_until.text(),
            reach=self.reach.choice.selected(),
            reach_via=self.via.text(),
            invite_link=typed or None,
            note=self.note.text(),
        )

    def _lay_out(self) -> None:
        self.add_row(("name", self.name, 3), ("kind", self.kind, 2))
        self.add("parents", self.parents)
        self.add("area_id", self.area)
        self.add("streets", self.streets)
        self.add("postcodes", self.postcodes)
        self.add_row(
            ("members", self.members, 1), ("member_limit", self.limit, 1), ("state", self.state, 1)
        )
        self.add_row(
            ("wish", self.wish, 1),
            ("quiet_from", self.quiet_from, 0),
            ("quiet_until", self.quiet_until, 0),
        )
        self.add_row(("reach", self.reach, 1), ("reach_via", self.via, 1))
        self.add("invite_link", self.invite)
        self.add("note", self.note)

    def _fill(self, card: GroupCard) -> None:
        self.name.set_text(card.name)
        self.streets.set_text(", ".join(card.streets))
        self.postcodes.set_text(", ".join(f"{one[:4]} {one[4:]}" for one in card.postcodes))
        self.members.set_text(str(card.members or ""))
        self.limit.set_text(str(card.own_limit or ""))
        self.quiet_from.set_text(card.quiet_from)
        self.quiet_until.set_text(card.quiet_until)
        self.via.set_text(card.reach_via)
        self.note.set_text(card.note)


class AreaEditor(NewSwitch):
    """An area: its level, where it lies, what adjoins it, and who is who (F12, F13)."""

    def __init__(
        self,
        options: Options,
        card: AreaCard | None = None,
        inside: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Without ``card`` it is a new area, in the area with key ``inside``."""
        super().__init__(f"Bewerk {card.name}" if card else "Nieuw", parent)
        if card is None:
            self.add_switch("area")
        others = tuple(one for one in options.areas if card is None or one.id != card.id)
        lies = [f"area:{card.parent_id}"] if card and card.parent_id else [inside]
        beside = [f"area:{key}" for key, _ in card.neighbours] if card else []
        self.name = Field("Naam", max_length=120)
        self.level = _choice("Niveau", AreaLevel, card.level if card else AreaLevel.VILLAGE)
        self.code = Field("CBS-code", "niet verplicht", placeholder="GM, WK of BU", max_length=20)
        self.inhabitants = Field("Inwoners", "leeg is onbekend", max_length=12)
        self.people_year = Field("Jaar van dat aantal", "niet verplicht", max_length=4)
        self.people_source = Field("Waar het staat", "niet verplicht", max_length=80)
        self.parents = Picker("Ligt in", others, lies, hint="leeg mag", many=False)
        self.neighbours = Picker("Grenst aan", others, beside)
        self.note = Field("Notitie", multi_line=True, lines=3, max_length=2000)
        self.who: dict[str, tuple[Field, Field]] = {}
        self.add_row(("name", self.name, 3), ("level", self.level, 2))
        self.add_row(("code", self.code, 1), ("inhabitants", self.inhabitants, 1))
        self.add_row(
            ("inhabitants_year", self.people_year, 1),
            ("inhabitants_source", self.people_source, 1),
        )
        self.add("parents", self.parents)
        self.add("neighbours", self.neighbours)
        self.form.addWidget(Divider())
        self.form.addWidget(Text("Wie is wie", "body_strong"))
        own = {one.role: one for one in card.who if one.id} if card else {}
        for role in AreaRole:
            name = Field(word(role, AreaRole), max_length=120)
            note = Field(
                "Erbij",
                name=f"Bij {word(role, AreaRole)}",
                placeholder="bijvoorbeeld: bereikbaar tot 21:30",
                max_length=400,
            )
            there = own.get(role)
            name.set_text(there.name if there else "")
            note.set_text(there.note if there else "")
            self.who[role] = (name, note)
            self.add_row((f"who_{role}", name, 1), (f"note_{role}", note, 1))
        self.add("note", self.note)
        if card is not None:
            self.name.set_text(card.name)
            self.code.set_text(card.code)
            self.inhabitants.set_text("" if card.inhabitants is None else str(card.inhabitants))
            self.people_year.set_text(str(card.inhabitants_year or ""))
            self.people_source.set_text(card.inhabitants_source)
            self.note.set_text(card.note)

    def values(self) -> AreaForm:
        """Return what is filled in."""
        return AreaForm(
            name=self.name.text(),
            level=self.level.choice.selected(),
            code=self.code.text(),
            parent_id=self.parents.first_id(),
            inhabitants=self.inhabitants.text(),
            inhabitants_year=self.people_year.text(),
            inhabitants_source=self.people_source.text(),
            note=self.note.text(),
            neighbours=tuple(key for _, key in self.neighbours.pairs()),
            who=tuple(
                WhoForm(role, name.text(), note.text()) for role, (name, note) in self.who.items()
            ),
        )


class PersonEditor(NewSwitch):
    """An administrator's card (F14). What is stored of number and address stays out of sight."""

    leave_requested = Signal()

    def __init__(
        self,
        options: Options,
        row: AdministratorRow | None = None,
        group: str = "",
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Without ``row`` it is somebody new, in the group with key ``group``."""
        super().__init__(f"Bewerk {row.name}" if row else "Nieuw", parent)
        self._row = row
        if row is None:
            self.add_switch("person")
        seat = [f"group:{row.group_id}"] if row else [group]
        self.known = Picker("Staat al in de lijst", options.people, many=False,
                            hint="dan alleen de groep kiezen")  # fmt: skip
        self.name = Field("Naam", max_length=120)
        self.role = _choice(
            "Rol", AdministratorRole, row.role if row else AdministratorRole.ADMINISTRATOR
        )
        self.group = Picker("Groep", options.groups, seat, many=False)
        known = KEPT if row and row.has_phone else "06-12345678"
        self.phone = Field("Telefoon", known, max_length=40)
        self.email = Field("E-mail", KEPT if row else "niet verplicht", max_length=200)
        self.forget = Tick("Haal het nummer weg")
        self.wish = _choice("Wil krijgen", Wish, (row.wish if row else "") or Wish.ACUTE_ONLY)
        self.quiet_from, self.quiet_until = TimeField("Stil van"), TimeField("tot")
        self.reach = _choice("Weg", Reach, row.reach if row else Reach.DIRECT)
        self.burgernet = Tick("Doet mee met Burgernet")
        if row is None:
            self.add("known", self.known)
        self.add_row(("name", self.name, 3), ("role", self.role, 2))
        self.add("group_id", self.group)
        self.add_row(("phone", self.phone, 1), ("email", self.email, 1))
        if row is not None and row.has_phone:
            self.form.addWidget(self.forget)
        else:
            self.forget.setParent(self)
            self.forget.hide()
        self.add_row(
            ("wish", self.wish, 1),
            ("quiet_from", self.quiet_from, 0),
            ("quiet_until", self.quiet_until, 0),
        )
        self.add("reach", self.reach)
        self.form.addWidget(self.burgernet)
        self.name.set_text(name)
        if row is None:
            self.known.changed.connect(self._on_known)
            return
        self.name.set_text(row.name)
        self.quiet_from.set_text(row.quiet_from)
        self.quiet_until.set_text(row.quiet_until)
        self.burgernet.setChecked(row.on_burgernet)
        leave = Button("Is geen beheerder meer…")
        leave.clicked.connect(self.leave_requested)
        self.foot.insertWidget(0, leave)

    def known_id(self) -> str:
        """The administrator that was chosen from the list; empty for somebody new."""
        return self.known.first_id() if self._row is None else ""

    def group_id(self) -> str:
        """The group they get a seat in."""
        return self.group.first_id()

    def values(self) -> AdministratorForm:
        """Return what is filled in; an empty number or address is left as it is."""
        phone, email = self.phone.text().strip(), self.email.text().strip()
        return AdministratorForm(
            name=self.name.text(),
            phone="" if self.forget.isChecked() and not phone else phone or None,
            email=email or None,
            role=self.role.choice.selected(),
            wish=self.wish.choice.selected(),
            quiet_from=self.quiet_from.text(),
            quiet_until=self.quiet_until.text(),
            reach=self.reach.choice.selected(),
            on_burgernet=self.burgernet.isChecked(),
        )

    def _on_known(self) -> None:
        # Somebody who is known keeps their card; only the group and the role are asked.
        taken = bool(self.known.first_id())
        for widget in (self.name, self.phone, self.email, self.wish, self.quiet_from,
                       self.quiet_until, self.reach, self.burgernet):  # fmt: skip
            widget.setEnabled(not taken)
