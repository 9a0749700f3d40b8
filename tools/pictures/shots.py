"""What is pictured: a name, how to get there from the list, and how to leave it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from tools.pictures import outside, trust

if TYPE_CHECKING:
    from tools.pictures.studio import Studio


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture. ``go`` brings the desk there; popups are closed afterwards."""

    name: str
    go: Callable[[Studio], None]


def _screen(name: str, **params: Any) -> Callable[[Studio], None]:
    return partial(_open, name=name, params=params)


def _open(studio: Studio, name: str, params: dict[str, Any]) -> None:
    known = {key: studio.id_of(value) for key, value in params.items()}
    studio.open(name, **known)


def _popup(name: str, typed: str = "") -> Callable[[Studio], None]:
    return partial(_ask, name=name, typed=typed)


def _ask(studio: Studio, name: str, typed: str) -> None:
    studio.open("reports")
    studio.open(name)
    if typed:
        studio.type(typed)


def _groups(studio: Studio) -> None:
    studio.open("groups", group_id=studio.id_of("group:Beheerders Lagebrug"))


def _compact(studio: Studio) -> None:
    studio.open("reports")
    studio.command("compact")


def _compact_off(studio: Studio) -> None:
    studio.open("reports")
    studio.command("compact")


def _process_panel(studio: Studio) -> None:
    studio.open("compose", post_id=studio.id_of("post:Fietsen op slot bij de camping"))
    studio.command("process")


def _plate(studio: Studio) -> None:
    studio.open("reports")
    studio.open("plate", text="Rode Ford met kenteken 12-AE-IO")


def _page(page: str) -> Callable[[Studio], None]:
    return partial(_settings, page=page)


def _settings(studio: Studio, page: str) -> None:
    studio.open("settings", page=page)


SHOTS = (
    Shot("meldingen", _screen("reports")),
    Shot("meldingen-kort", _compact),
    Shot("meldingen-terug", _compact_off),
    Shot("nieuwe-melding", _popup("new_report")),
    Shot("plakken", _popup("paste")),
    Shot("berichten", _screen("posts")),
    Shot("opstellen", _screen("compose", post_id="post:Fietsen op slot bij de camping")),
    Shot("uitgeven", _screen("issue", post_id="post:Vermiste man, Lagebrug")),
    Shot("terugkoppeling", _screen("feedback")),
    Shot("groepen", _groups),
    Shot("dekking", _screen("coverage")),
    Shot("burgernet", _screen("burgernet")),
    Shot("ophalen", _popup("import")),
    Shot("nieuw-bericht", _popup("new_post")),
    Shot("vastleggen", _popup("record")),
    Shot("sjablonen", _screen("templates")),
    Shot("overdracht", _screen("handover")),
    Shot("even-weg", _popup("relief")),
    Shot("werkproces", _screen("process")),
    Shot("werkproces-naast", _process_panel),
    Shot("zoek-of-doe", _popup("palette", "lage")),
    Shot("toetsen", _popup("key_sheet")),
    Shot("menu", _popup("menu")),
    Shot("whatsapp", _popup("whatsapp")),
    Shot("instellingen-mensen", _page("people")),
    Shot("instellingen-uzelf", _page("own")),
    Shot("instellingen-regio", _page("region")),
    Shot("instellingen-bronnen", outside.show_sources),
    Shot("instellingen-bronnen-adressen", outside.show_addresses),
    Shot("kenteken", _plate),
    Shot("gebieden-inlezen", outside.show_areas),
    Shot("groepenlijst-inlezen", outside.show_list),
    Shot("instellingen-computer", _page("station")),
    Shot("instellingen-samenwerken", _page("central")),
)
"""Pictured while everything is well; "meldingen-terug" only puts the list back."""

LATER = (
    Shot("instellingen-bewaren", trust.show_retention),
    Shot("instellingen-woorden", trust.show_words),
    Shot("instellingen-logboek", trust.show_logbook),
    Shot("cijfers", trust.show_figures),
    Shot("teamtelefoon", trust.show_team_phone),
    Shot("inzage", trust.show_subject),
    Shot("foto-afdekken", trust.show_blocks),
    Shot("foto-melding", trust.show_photos),
    Shot("foto-bericht", trust.show_post_photo),
    Shot("borden", outside.show_signs),
    Shot("mijn-wijk", outside.show_district),
)
"""Pictured at the end, since they change what the others show."""

UNSEEN = frozenset({"meldingen-terug"})
