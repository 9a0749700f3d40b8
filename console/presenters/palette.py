"""Ctrl+K: fills the palette with what can be done and found, and opens what is chosen (09h)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.directory import SearchHit
from console.presenters.kit import Kit, Presenter
from console.presenters.shell import POPUPS, SCREENS
from console.views.dialogs.palette import PaletteDialog, PaletteRow, matches_in
from console.views.keys.table import COMMANDS, shown

MOST = 5
LEAST = 2
"""Under so many letters nothing is searched."""

SCOPES = ("everywhere", "outside", "reports")
"""Commands of these scopes open from anywhere; the others belong to a screen of their own."""

_OTHERS = (
    ("Instellingen", "settings", "gear"),
    ("Sjablonen", "templates", "document"),
    ("Dekking: groepen per 1.000 inwoners", "coverage", "chart"),
    ("Aanmelding van een bewoner", "signup", "person"),
    ("Borden: aanvragen en plan", "signs", "flag"),
    ("Cijfers: tellingen voor de gemeente", "figures", "chart"),
    ("Inzage: alles over een persoon", "subject", "person"),
    ("Leg een bericht van de telefoon vast", "record", "phone"),
    ("Oude melding opzoeken", "old_report", "history"),
)
"""What opens from the palette and the menu but has no key of its own."""

LOGBOOK = "Logboek: wie zag, kopieerde of veranderde wat"
SIGN_IN = "Samenwerken: opnieuw aanmelden of aansluiten"

_PAGES = {
    "words": ("Woorden: wat op een naam lijkt en mag", "tag"),
    "retention": ("Bewaren: hoe lang wat blijft", "calendar"),
    "logbook": (LOGBOOK, "history"),
    "central": (SIGN_IN, "link"),
}
"""The pages of the settings that are asked for by themselves."""

_FIRST = ("new_report", "import", "new_post", "feedback", "handover")
"""What stands there before anything is typed."""

_ICONS = {
    "reports": "inbox",
    "posts": "message",
    "feedback": "reply",
    "groups": "people",
    "burgernet": "antenna",
    "handover": "swap",
    "process": "book",
    "new_report": "plus",
    "new_post": "pencil",
    "import": "download",
    "tray": "list",
    "whereabouts": "history",
    "relief": "clock",
    "whatsapp": "check",
    "key_sheet": "keyboard",
    "menu": "menu",
    "feedback_now": "reply",
    "process_panel": "book",
    "paste": "paste",
    "team_phone": "phone",
    "group": "people",
    "area": "pin",
    "administrator": "person",
    "street": "pin",
    "report": "inbox",
    "post": "message",
}


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing the palette and the menu open: words, key, and what opens."""

    command: str
    words: str
    key: str
    target: str
    icon: str
    params: dict[str, Any] = field(default_factory=dict)


def doings() -> list[Doing]:
    """Return every command that opens a screen or a form, each target once per wording."""
    made: dict[str, Doing] = {}
    for row in COMMANDS:
        target = SCREENS.get(row.id) or POPUPS.get(row.id)
        if target is None or row.scope not in SCOPES or row.id in ("palette", "lock"):
            continue
        icon = _ICONS.get(target, "arrow-right")
        made.setdefault(row.words, Doing(row.id, row.words, shown(row.keys[0]), target, icon))
    for words, target, icon in _OTHERS:
        made[words] = Doing(target, words, "", target, icon)
    for page, (words, icon) in _PAGES.items():
        made[words] = Doing(f"settings_{page}", words, "", "settings", icon, {"page": page})
    return list(made.values())


class PalettePresenter(Presenter):
    """Asks at every letter; what comes back late for an older text is left aside."""

    def __init__(self, kit: Kit, dialog: PaletteDialog) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._doings = doings()
        self._targets: dict[str, tuple[str, dict[str, Any]]] = {}
        self._hits: list[SearchHit] = []
        dialog.typed.connect(self._on_typed)
        dialog.chosen.connect(self._on_chosen)
        self._show("", [])

    def _on_typed(self, text: str) -> None:
        # What is on show always fits what is typed, so a quick Enter never opens something else.
        self._hits = [hit for hit in self._hits if _fits(hit, text)]
        self._show(text, self._hits)
        if len(text.strip()) >= LEAST:
            self.then(self.kit.services.lookup.find(text), partial(self._on_found, text))

    def _on_found(self, text: str, hits: list[SearchHit]) -> None:
        if self._dialog.is_open() and self._dialog.text() == text:
            self._hits = hits
            self._show(text, hits)

    def _show(self, text: str, hits: Sequence[SearchHit]) -> None:
        self._targets = {}
        places = [hit for hit in hits if hit.kind in ("group", "area", "administrator")]
        cases = [hit for hit in hits if hit.kind in ("report", "post")]
        streets = [hit for hit in hits if hit.kind == "street"]
        self._dialog.set_rows(
            (
                ("Doen", self._doing_rows(text, places)),
                ("Groepen", [self._hit_row(hit, text) for hit in places[:MOST]]),
                ("Meldingen en berichten", [self._hit_row(hit, text) for hit in cases[:MOST]]),
                ("Straten", [self._hit_row(hit, text, at) for at, hit in _few(streets)]),
            ),
            f"Niets met “{text.strip()}”. Typ een deel van een naam, straat of melding.",
        )

    def _doing_rows(self, text: str, places: Sequence[SearchHit]) -> list[PaletteRow]:
        words = text.casefold().split()
        if not words:
            first = {doing.target: doing for doing in reversed(self._doings)}
            return [self._doing_row(first[one], text) for one in _FIRST if one in first]
        rows = [
            self._doing_row(doing, text)
            for doing in self._doings
            if all(_holds(doing.words, word) for word in words)
        ]
        rows.sort(key=lambda row: not row.title.casefold().startswith(text.strip().casefold()))
        return [*self._for_place(text, places), *rows][:MOST]

    def _for_place(self, text: str, places: Sequence[SearchHit]) -> list[PaletteRow]:
        """Offer a message for the first area or group that was found, and a report there."""
        order = {"area": 0, "group": 1}
        wanted = sorted((hit for hit in places if hit.kind in order), key=lambda h: order[h.kind])
        if not wanted:
            return []
        hit = wanted[0]
        group = hit.kind == "group"
        about: dict[str, Any] = {"group_ids": (hit.id,)} if group else {"area_id": hit.id}
        rows = [("message", f"Maak bericht voor {hit.title}", "new_post", about)]
        if not group:
            report = {"place": hit.title}
            rows.append(("plus", f"Nieuwe melding in {hit.title}", "new_report", report))
        made = []
        for icon, title, target, params in rows:
            row_id = f"do:{target}:{hit.id}"
            self._targets[row_id] = (target, params)
            made.append(PaletteRow(row_id, icon, title, "", _match(title, text)))
        return made

    def _doing_row(self, doing: Doing, text: str) -> PaletteRow:
        row_id = f"do:{doing.command}"
        self._targets[row_id] = (doing.target, doing.params)
        return PaletteRow(row_id, doing.icon, doing.words, "", _match(doing.words, text), doing.key)

    def _hit_row(self, hit: SearchHit, text: str, place: int = 0) -> PaletteRow:
        row_id = f"{hit.kind}:{hit.id}:{place}"
        self._targets[row_id] = _target(hit)
        icon = _ICONS.get(hit.kind, "search")
        return PaletteRow(row_id, icon, hit.title, hit.detail, _match(hit.title, text))

    def _on_chosen(self, row_id: str) -> None:
        target = self._targets.get(row_id)
        if target is None:
            return
        name, params = target
        if "administrator_id" in params:
            seat = self.kit.services.lookup.group_of(params["administrator_id"])
            self.then(seat, self._on_seat)
            return
        self._leave_for(name, params)

    def _on_seat(self, group_id: str) -> None:
        self._leave_for("groups", {"group_id": group_id} if group_id else {})

    def _leave_for(self, name: str, params: dict[str, Any]) -> None:
        # Closed first: there is never a popup over a popup.
        self._dialog.close_with(name)
        self.kit.navigator.open(name, **params)


def open_palette(kit: Kit, window: QWidget, **_: Any) -> PaletteDialog:
    """Open the palette with what is done most."""
    dialog = PaletteDialog(window)
    PalettePresenter(kit, dialog)
    dialog.open()
    return dialog


def _target(hit: SearchHit) -> tuple[str, dict[str, Any]]:
    if hit.kind == "area":
        return "groups", {"area_id": hit.id}
    if hit.kind == "administrator":
        # The card of a person opens with the group they sit in; numbers ask their reason there.
        return "groups", {"administrator_id": hit.id}
    if hit.kind in ("group", "street"):
        return "groups", {"group_id": hit.id}
    if hit.kind == "report":
        return "reports", {"report_id": hit.id}
    return "posts", {"post_id": hit.id}


def _match(title: str, text: str) -> tuple[tuple[int, int], ...]:
    return matches_in(title, text)


def _fits(hit: SearchHit, text: str) -> bool:
    words = text.casefold().split()
    return bool(words) and all(_holds(f"{hit.title} {hit.detail}", word) for word in words)


def _holds(words: str, typed: str) -> bool:
    return any(word.startswith(typed) for word in words.casefold().split())


def _few(hits: Sequence[SearchHit]) -> list[tuple[int, SearchHit]]:
    return list(enumerate(hits[:MOST]))
