"""Opens screens and popups, sends commands to the right one, and keeps the way back.

Screens are made at their first opening, so the window stands before they are imported. The shell
knows names only; ``console.app`` registers what stands behind them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from console.presenters.kit import Presenter
from console.views.keys.router import KeyRouter, in_text_field
from console.views.main_window import MainWindow
from console.views.screen import Screen


class Layer(Protocol):
    """Something laid over the screen that takes the keys first: a popup or the process panel."""

    scopes: tuple[str, ...]

    def do(self, command: str) -> bool:
        """Do a command; False where it means nothing here."""
        ...


Make = Callable[[], tuple[Screen, Presenter]]
OpenPopup = Callable[..., Layer | None]
Route = Callable[[str, dict[str, Any]], tuple[str, dict[str, Any]]]

SCREENS = {
    "screen_reports": "reports",
    "screen_posts": "posts",
    "screen_feedback": "feedback",
    "screen_groups": "groups",
    "screen_burgernet": "burgernet",
    "screen_handover": "handover",
    "screen_process": "process",
    "go_groups": "groups",
    "go_handover": "handover",
    "process_whole": "process",
}

POPUPS = {
    "palette": "palette",
    # A screen with a search field of its own answers first; elsewhere one searches everything.
    "search": "palette",
    "search_here": "palette",
    "key_sheet": "key_sheet",
    "import": "import",
    "new": "new_report",
    "new_post": "new_post",
    "tray": "tray",
    "whereabouts": "whereabouts",
    "relief": "relief",
    "whatsapp_checked": "whatsapp",
    "menu": "menu",
    "lock": "lock",
    "feedback": "feedback_now",
    "urgent_feedback": "feedback_now",
    "process": "process_panel",
    "paste": "paste",
    "check_plate": "plate",
    "team_phone": "team_phone",
}


@dataclass(slots=True)
class _Place:
    name: str
    params: dict[str, Any] = field(default_factory=dict)


class Shell(QObject):
    """The navigator (``kit.Navigator``). One screen in front, layers over it, a way back."""

    screen_changed = Signal(str)
    command_missed = Signal(str)
    """A command nobody answered to, for the composition root (text size, full screen …)."""

    def __init__(self, window: MainWindow, router: KeyRouter) -> None:
        super().__init__(window)
        self._window = window
        self._router = router
        self._makers: dict[str, Make] = {}
        self._made: dict[str, tuple[Screen, Presenter]] = {}
        self._popups: dict[str, OpenPopup] = {}
        self._layers: list[Layer] = []
        self._here: _Place | None = None
        self._before: list[_Place] = []
        self._locked = True
        self.route: Route = _straight
        """Where opening something leads; a role that sees one thing is led there."""
        router.command_requested.connect(self.do)
        window.rail.screen_requested.connect(self._on_rail)

    def register(self, name: str, make: Make) -> None:
        """Say how a screen is made; it is made when first opened."""
        self._makers[name] = make

    def register_popup(self, name: str, open_popup: OpenPopup) -> None:
        """Say how a popup opens; it may return the layer that takes the keys."""
        self._popups[name] = open_popup

    @property
    def here(self) -> str:
        """The name of the screen in front; empty before the first."""
        return self._here.name if self._here else ""

    def screen(self) -> Screen | None:
        """Return the screen in front."""
        return self._made[self._here.name][0] if self._here else None

    def presenter(self, name: str) -> Presenter:
        """Return the presenter of a screen, made if need be."""
        return self._get(name)[1]

    def set_locked(self, locked: bool) -> None:
        """While locked no command reaches a screen."""
        self._locked = locked
        self._apply_scopes()

    def open(self, screen: str, **params: Any) -> None:
        """Show a screen or popup by name."""
        screen, params = self.route(screen, params)
        if screen in self._popups:
            layer = self._popups[screen](**params)
            if layer is not None:
                self.add_layer(layer)
            return
        self._show(_Place(screen, params), remember=True)

    def back(self) -> None:
        """Show the screen before this one; the list of reports where there is none."""
        place = self._before.pop() if self._before else _Place(*self.route("reports", {}))
        self._show(place, remember=False)

    def reset(self) -> None:
        """Throw all screens away, as at a change of person: nothing of the last one stays."""
        for layer in self.layers():
            close = getattr(layer, "close_with", None)
            if close is not None:
                close(None)
        self._before.clear()
        self.route = _straight
        self._here = None
        self._window.take_strip()
        for screen, presenter in self._made.values():
            self._window.stack.removeWidget(screen)
            presenter.deleteLater()
            screen.deleteLater()
        self._made.clear()
        self._makers.clear()
        self._popups.clear()

    def take_focus(self) -> None:
        """Put the keyboard where work goes on: in the open popup, else on the screen."""
        layer, screen = self.top_layer(), self.screen()
        take = getattr(layer, "take_focus", None)
        if take is not None:
            take()
        elif screen is not None:
            screen.take_focus()

    def leave_all(self) -> None:
        """The desk is closing: every screen keeps what was typed."""
        for _, presenter in self._made.values():
            presenter.leave()

    def layers(self) -> list[Layer]:
        """Return what lies over the screen, lowest first."""
        return list(self._layers)

    def add_layer(self, layer: Layer) -> None:
        """Give a popup or panel the keys until ``drop_layer``."""
        if layer not in self._layers:
            self._layers.append(layer)
            finished = getattr(layer, "finished", None)
            if finished is not None:
                finished.connect(partial(self.drop_layer, layer))
        self._apply_scopes()

    def drop_layer(self, layer: Layer, _result: object = None) -> None:
        """Give the keys back to what lies under it."""
        if layer in self._layers:
            self._layers.remove(layer)
        self._apply_scopes()

    def top_layer(self) -> Layer | None:
        """Return the layer that has the keys, if any."""
        return self._layers[-1] if self._layers else None

    def do(self, command: str) -> None:
        """Do a command: the top layer first, then the screen, then the shell itself."""
        layer = self.top_layer()
        if self._locked:
            if layer is None or not layer.do(command):
                self.command_missed.emit(command)
            return
        if layer is not None and layer.do(command):
            return
        modal = layer is not None and getattr(layer, "modal", True)
        screen = self.screen()
        if not modal and screen is not None and screen.do(command):
            return
        if not modal and self._own(command, screen):
            return
        self.command_missed.emit(command)

    def _own(self, command: str, screen: Screen | None) -> bool:
        if command in SCREENS:
            self.open(SCREENS[command])
        elif command in POPUPS and POPUPS[command] in self._popups:
            self.open(POPUPS[command])
        elif command == "back":
            self._leave_field_or_go_back(screen)
        elif command in ("next_pane", "previous_pane") and screen is not None:
            self._walk(screen, 1 if command == "next_pane" else -1)
        else:
            return False
        return True

    def _leave_field_or_go_back(self, screen: Screen | None) -> None:
        if in_text_field(QApplication.focusWidget()) and screen is not None:
            screen.take_focus()
        elif self._before:
            self.back()

    def _walk(self, screen: Screen, step: int) -> None:
        panes = [self._window.rail, *(p for p in screen.panes() if p.isVisible())]
        focus = QApplication.focusWidget()
        at = 0
        for index, pane in enumerate(panes):
            if focus is not None and (pane is focus or pane.isAncestorOf(focus)):
                at = index
        _focus_in(panes[(at + step) % len(panes)])

    def _show(self, place: _Place, *, remember: bool) -> None:
        if self._here is not None:
            screen, presenter = self._made[self._here.name]
            presenter.leave()
            if remember and self._here.name != place.name:
                self._before.append(self._here)
                del self._before[:-20]
        screen, presenter = self._get(place.name)
        self._here = place
        self._window.show_screen(screen)
        self._apply_scopes()
        presenter.open(**place.params)
        screen.take_focus()
        self.screen_changed.emit(place.name)

    def _get(self, name: str) -> tuple[Screen, Presenter]:
        if name not in self._made:
            screen, presenter = self._makers[name]()
            self._made[name] = (screen, presenter)
            self._window.add_screen(screen)
            screen.open_requested.connect(self._on_open)
            screen.back_requested.connect(self.back)
        return self._made[name]

    def _apply_scopes(self) -> None:
        layer = self.top_layer()
        if self._locked:
            self._router.set_scopes(*(layer.scopes if layer else ()))
        elif layer is not None:
            under = self.screen()
            modal = getattr(layer, "modal", True)
            rest = () if modal or under is None else under.scopes
            self._router.set_scopes(*layer.scopes, *rest)
        else:
            screen = self.screen()
            self._router.set_scopes(*(screen.scopes if screen else ("outside",)))

    def _on_rail(self, name: str) -> None:
        self.open(name)

    def _on_open(self, name: str, params: object) -> None:
        self.open(name, **(params if isinstance(params, dict) else {}))


def _straight(name: str, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return name, params


def _focus_in(pane: QWidget) -> None:
    """Put the keyboard on a pane, or on the first part of it that takes it."""
    if pane.focusPolicy().value:
        pane.setFocus()
        return
    for child in pane.findChildren(QWidget):
        if child.focusPolicy().value and child.isVisible() and child.isEnabled():
            child.setFocus()
            return
