"""Makes reports of pasted or exported WhatsApp messages; unticked ones leave no trace (F59)."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL, stamp
from console.domain.report import NewReport, RelayChoice
from console.intake.category_words import proposed_category
from console.intake.chat import (
    Chat,
    fingerprint,
    is_phone_number,
    read_chat_file,
    read_chat_text,
)
from console.intake.chat_dates import DateOrder
from console.intake.chat_message import Message
from console.intake.files import Unreadable
from console.presenters.kit import Kit, Presenter
from console.services.memory import PASTE_KEY, Memory
from console.views.dialogs.paste_chat import PasteDialog
from console.views.dialogs.paste_rows import ChatLine
from console.views.reports.words import category_words
from console.views.text import count_text, plural
from contract.guard import check
from contract.vocabulary import MessageKind, Relay

MOST_SHOWN = 5_000
TEXT_MOST = 4_000
NO_PLACE = "plaats niet genoemd"
NOT_A_CHAT = (
    "Dit is geen tekst uit WhatsApp.",
    "Er is niets bewaard. Uw tekst staat nog in het vak.",
)


class PastePresenter(Presenter):
    """Reads in a worker thread, shows, and keeps only what is ticked."""

    def __init__(self, kit: Kit, dialog: PasteDialog) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._memory = Memory(kit.services.desk)
        self._reports = kit.services.reports
        self._text = ""
        self._path = ""
        self._messages: dict[str, tuple[Message, str]] = {}
        self._groups: dict[str, RelayChoice] = {}
        dialog.read_requested.connect(self.read_text)
        dialog.file_requested.connect(self.read_file)
        dialog.order_chosen.connect(self._on_order)
        dialog.make_requested.connect(self._on_make)
        self.then(self._reports.groups(), self._on_groups)

    def read_text(self, text: str) -> None:
        """Read what stands in the box."""
        self._text, self._path = text, ""
        self.run(self._read(None))

    def read_file(self, path: str) -> None:
        """Read an exported chat, .txt or .zip; nothing is unpacked to disk."""
        self._text, self._path = "", path
        self.run(self._read(None))

    async def _read(self, order: DateOrder | None) -> None:
        self._dialog.show_busy(0.1)
        now = self.kit.clock.now().astimezone(LOCAL)
        key = await settled(self._memory.secret(PASTE_KEY))
        try:
            chat, shown = await asyncio.to_thread(
                _read_now, self._text, self._path, now, order, key
            )
        except Unreadable as trouble:
            self._show_trouble(trouble)
            return
        if not self._dialog.is_open():
            return
        self._dialog.show_busy(0.7)
        known = await settled(self._reports.known([mark for _, mark in shown]))
        self._messages = {str(number): pair for number, pair in enumerate(shown)}
        lines = await asyncio.to_thread(_lines, self._messages, known)
        self._dialog.show_lines(
            lines,
            _summary(chat, len(shown)),
            order=chat.date_order,
            certain=chat.date_order_certain,
            now=now.replace(tzinfo=None),
        )

    def _show_trouble(self, trouble: Unreadable) -> None:
        if trouble.code == "not_a_chat" and not self._path:
            self._dialog.show_trouble(*NOT_A_CHAT)
        elif trouble.code == "empty" and not self._path:
            self._dialog.show_trouble("Er staat geen tekst in het vak.", "Er is niets bewaard.")
        else:
            self._dialog.show_trouble(trouble.message_nl, "Er is niets bewaard.")

    def _on_order(self, order: str) -> None:
        chosen: dict[str, DateOrder] = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd"}
        if order in chosen:
            self.run(self._read(chosen[order]))

    def _on_groups(self, groups: list[RelayChoice]) -> None:
        self._groups = {one.id: one for one in groups}
        self._dialog.set_groups(groups)

    def _on_make(self, ticked: list[ChatLine], group_id: str) -> None:
        self.run(self._make(ticked, group_id))

    async def _make(self, ticked: list[ChatLine], group_id: str) -> None:
        names = sorted({line.sender for line in ticked if line.sender})
        senders = await settled(self._reports.senders(names))
        group = self._groups.get(group_id)
        news = [
            _report(self._messages[line.id], senders.get(line.sender), group, bool(self._path))
            for line in ticked
            if line.id in self._messages
        ]
        await settled(self._reports.add_many(news))
        self.kit.messages.good(f"{plural(len(news), 'melding', 'meldingen')} gemaakt.")
        self._messages = {}
        self._text = ""
        self._dialog.close_with(len(news))


def _read_now(
    text: str, path: str, now: datetime, order: DateOrder | None, key: bytes
) -> tuple[Chat, list[tuple[Message, str]]]:
    """Read, and mark the newest messages; runs in a worker thread."""
    today = now.date()
    if path:
        chat = read_chat_file(path, today=today, date_order=order)
    else:
        chat = read_chat_text(text, today=today, date_order=order)
    shown = chat.messages[-MOST_SHOWN:]
    return chat, [(message, fingerprint(message, key)) for message in shown]


def _lines(messages: dict[str, tuple[Message, str]], known: set[str]) -> list[ChatLine]:
    lines = []
    for number, (message, mark) in messages.items():
        lines.append(
            ChatLine(
                id=number,
                at=message.at,
                sender=message.sender or "",
                text=message.text,
                kind=message.kind,
                known=mark in known,
                phone_sender=is_phone_number(message.sender),
                has_phone=_has_phone(message),
                category=category_words(proposed_category(message.text)),
            )
        )
    return lines


def _has_phone(message: Message) -> bool:
    if message.kind != "message" or sum(c.isdigit() for c in message.text[:TEXT_MOST]) < 7:
        return False
    report = check(message.text[:TEXT_MOST], MessageKind.GENERAL)
    return any(finding.rule == "phone_number" for finding in report.findings)


def _summary(chat: Chat, shown: int) -> str:
    parts = [f"{plural(len(chat.messages), 'bericht', 'berichten')} gelezen"]
    if chat.unrecognised:
        lines = plural(len(chat.unrecognised), "regel", "regels")
        parts.append(f"{lines} niet herkend")
    words = ", ".join(parts)
    if shown < len(chat.messages):
        words = f"{words}. U ziet de laatste {count_text(shown)}"
    return f"{words}. {chat.notice_nl}" if chat.notice_nl else words


def _report(
    pair: tuple[Message, str],
    sender: RelayChoice | None,
    group: RelayChoice | None,
    exported: bool,
) -> NewReport:
    """Turn a ticked message into a report. An unknown sender stays anonymous (F03)."""
    message, mark = pair
    at = message.at.replace(tzinfo=LOCAL)
    relay: dict[str, Any] = {"relay": Relay.ANONYMOUS}
    if sender is not None:
        relay = {"relay": Relay.ADMINISTRATOR, "relay_id": sender.id, "relay_name": sender.name}
    elif group is not None:
        relay = {"relay": Relay.GROUP, "relay_id": group.id, "relay_name": group.name}
    place = (group.detail or group.name) if group is not None else NO_PLACE
    return NewReport(
        category=proposed_category(message.text),
        text=message.text[:TEXT_MOST],
        place=place,
        heard_at=stamp(at),
        area_id=group.area_id if group is not None else "",
        source="export" if exported else "paste",
        origin_hash=mark,
        **relay,
    )


def open_paste(kit: Kit, window: QWidget, path: str = "") -> PasteDialog:
    """Open the popup (P); what is on the clipboard is read at once where it is a chat."""
    dialog = PasteDialog(window)
    presenter = PastePresenter(kit, dialog)
    dialog.open()
    if path:
        presenter.read_file(path)
        return dialog
    text = QGuiApplication.clipboard().text()
    if text.strip():
        dialog.show_text(text)
        presenter.run(_try_clipboard(presenter, text))
    return dialog


async def _try_clipboard(presenter: PastePresenter, text: str) -> None:
    """Read the clipboard without a word of trouble where it is something else."""
    now = presenter.kit.clock.now().astimezone(LOCAL)
    try:
        await asyncio.to_thread(partial(read_chat_text, text, today=now.date()))
    except Unreadable:
        return
    presenter.read_text(text)
