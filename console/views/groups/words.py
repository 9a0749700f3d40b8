"""The words of the directory on screen (screens.md §5.5, §7, §8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from console.domain.clock import local
from console.domain.directory import (
    AdministratorRow,
    AreaCard,
    GroupCard,
    RecentPost,
    TreeNode,
    WhoIsWho,
)
from console.domain.directory_gaps import stale
from console.views.text import (
    count_text,
    days_text,
    due_text,
    duration_text,
    moment_text,
    plural,
)
from console.views.widgets.facts import Fact
from contract.dutch import word
from contract.vocabulary import (
    AdministratorRole,
    AreaLevel,
    AreaRole,
    GroupKind,
    GroupState,
    Outcome,
    Reach,
    Wish,
)

NOT_FILLED = "niet ingevuld"

AREA_ICONS = {AreaLevel.MUNICIPALITY: "home", AreaLevel.TEAM: "map"}
GROUP_ICONS = {
    GroupKind.NEIGHBOURHOOD: "person-group",
    GroupKind.BUSINESS: "shop",
    GroupKind.REGIE: "shield",
    GroupKind.ADMINISTRATORS: "shield",
}


def node_icon(node: TreeNode) -> str:
    """Return the icon of a line of the tree: by the level of an area, the kind of a group."""
    if node.kind == "area":
        return next((icon for level, icon in AREA_ICONS.items() if level == node.level), "pin")
    return next((icon for kind, icon in GROUP_ICONS.items() if kind == node.level), "person-group")


def area_title(name: str, level: str) -> str:
    """Return the name of an area as a line of the tree: a municipality says that it is one."""
    if level == AreaLevel.MUNICIPALITY and not name.casefold().startswith("gemeente "):
        return f"Gemeente {name}"
    return name


def node_title(node: TreeNode) -> str:
    """Return what stands on a line of the tree."""
    return area_title(node.name, node.level) if node.kind == "area" else node.name


def node_count(node: TreeNode) -> str:
    """Return what the number at the right of a line counts, in words."""
    if node.kind == "group" and not node.children and node.level not in _ABOVE:
        return plural(node.count, "lid", "leden")
    return plural(node.count, "groep", "groepen")


_ABOVE = (GroupKind.ADMINISTRATORS, GroupKind.REGIE)


def spoken_node(node: TreeNode) -> str:
    """Return a line of the tree as one sentence (screens.md §8)."""
    what = word(node.level, AreaLevel if node.kind == "area" else GroupKind).lower()
    parts = [f"{node.name}, {what}", node_count(node)]
    if node.gap:
        parts.append(f"gat: {node.gap}")
    if node.linked:
        parts.append("staat ook ergens anders")
    if node.children:
        parts.append("open" if node.open else "dicht")
    return f"{', '.join(parts)}."


def code_words(code: str) -> str:
    """Return a CBS code as people read it: WK019904 is "wijk 0199-04"."""
    kinds = {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}
    kind, digits = kinds.get(code[:2]), code[2:]
    if kind is None:
        return code
    return f"{kind} {digits[:4]}-{digits[4:]}" if len(digits) > 4 else f"{kind} {digits}"


def group_line(card: GroupCard) -> str:
    """Return what stands under the name of a group."""
    parts = [word(card.kind, GroupKind)]
    if card.municipality:
        parts.append(f"gemeente {card.municipality}")
    elif card.area_name:
        parts.append(card.area_name)
    if card.area_code and not card.area_code.startswith("GM"):
        parts.append(code_words(card.area_code))
    if card.state != GroupState.ACTIVE:
        parts.append(word(card.state, GroupState))
    return " · ".join(parts)


def area_line(card: AreaCard) -> str:
    """Return what stands under the name of an area."""
    parts = [word(card.level, AreaLevel)]
    if card.parent_name:
        if card.parent_name != card.went_into:
            parts.append(f"ligt in {card.parent_name}")
    if card.code:
        parts.append(f"code {card.code}")
    if card.ended_year and card.went_into:
        parts.append(f"in {card.ended_year + 1} opgegaan in {card.went_into}")
    elif card.ended_year:
        parts.append(f"bestond tot en met {card.ended_year}")
    return " · ".join(parts)


def gaps_title(count: int, what: str) -> str:
    """Return the title of the amber band: "2 gaten in deze groep"."""
    return f"{plural(count, 'gat', 'gaten')} in {what}"


def reach_words(reach: str, via: str) -> str:
    """Return how a group is reached."""
    if reach == Reach.VIA_COORDINATOR and via:
        return f"via {via}, coördinator"
    return word(reach, Reach)


def quiet_words(start: str, end: str) -> str:
    """Return quiet hours: "22:00 tot 7:00, behalve bij acuut"."""
    if not start or not end:
        return "geen stille uren"
    return f"{_short_hour(start)} tot {_short_hour(end)}, behalve bij acuut"


def size_words(card: GroupCard) -> str:
    """Return how large a group is: "412 in 5 groepen", or its members and their limit."""
    if card.child_groups:
        return (
            f"{count_text(card.child_members)} in {plural(card.child_groups, 'groep', 'groepen')}"
        )
    if not card.members:
        return "onbekend"
    words = f"ongeveer {count_text(card.members)}"
    if card.members > card.member_limit:
        return f"{words}, de grens is {count_text(card.member_limit)}"
    return words


def group_facts(card: GroupCard) -> tuple[list[Fact], list[Fact], list[Fact]]:
    """Return the facts of a group: left column, right column, and those over the full width."""
    via = card.reach_via
    if card.reach == Reach.VIA_COORDINATOR and not via:
        via = next((one.name for one in card.who if one.role == AreaRole.COORDINATOR), "")
    left = [
        Fact("Weg", reach_words(card.reach, via)),
        Fact("Wil krijgen", word(card.wish, Wish)),
    ]
    large = not card.child_groups and card.members > card.member_limit
    icon, tone = ("triangle-alert", "amber") if large else (None, "text")
    right = [
        Fact("Leden", size_words(card), icon, tone),
        Fact("Grenst aan", ", ".join(card.neighbours) or NOT_FILLED),
    ]
    full = [Fact("Stil", quiet_words(card.quiet_from, card.quiet_until))]
    full += who_facts(card.who)
    if len(card.parents) > 1:
        full.append(Fact("Hangt onder", " en ".join(name for _, _, name in card.parents), "link",
                         icon_tone="text2"))  # fmt: skip
    if card.streets:
        full.append(Fact("Straten", ", ".join(card.streets)))
    if card.invite_link:
        full.append(Fact("Uitnodiging", card.invite_link, "lock", icon_tone="text2"))
    elif card.link_unseen:
        full.append(Fact("Uitnodiging", card.link_unseen, "lock", icon_tone="text2"))
    if card.note:
        full.append(Fact("Notitie", card.note))
    return left, right, full


def who_facts(who: Sequence[WhoIsWho]) -> list[Fact]:
    """Return who is who; an empty role is an amber "niet ingevuld" (F13)."""
    facts = []
    for one in who:
        label = word(one.role, AreaRole)
        if one.role == AreaRole.MUNICIPAL_CONTACT:
            label = "Aanspreekpunt"
        if not one.name:
            facts.append(Fact(label, NOT_FILLED, "triangle-alert", "amber"))
            continue
        words = f"{one.name}, {one.note}" if one.note else one.name
        facts.append(Fact(label, f"{words} ({one.from_area})" if one.from_area else words))
    return facts


def area_facts(card: AreaCard) -> list[Fact]:
    """Return the facts of an area."""
    facts = who_facts(card.who)
    facts.append(Fact("Grenst aan", ", ".join(n for _, n in card.neighbours) or NOT_FILLED))
    facts.append(Fact("Inwoners", people_words(card)))
    facts.append(Fact("Groepen", _groups_words(card)))
    if card.came_from:
        old = (f"{name} (tot en met {year})" for name, year in card.came_from)
        facts.append(Fact("Opgegaan hierin", ", ".join(old), "history", icon_tone="text2"))
    if card.note:
        facts.append(Fact("Notitie", card.note))
    return facts


def people_words(card: AreaCard) -> str:
    """Return how many people live there, of which year and from whom; never nought for unknown."""
    if card.inhabitants is None:
        return "onbekend"
    said = [one for one in (str(card.inhabitants_year or ""), card.inhabitants_source) if one]
    words = count_text(card.inhabitants)
    return f"{words} ({', '.join(said)})" if said else words


def _groups_words(card: AreaCard) -> str:
    if card.groups:
        return ", ".join(name for _, name in card.groups)
    if card.inner_groups:
        return f"{plural(card.inner_groups, 'groep', 'groepen')} in de gebieden hierbinnen"
    return "geen groep"


def confirmed_words(days: int | None) -> tuple[str, str, bool]:
    """Return when somebody was last confirmed, in two lines, and whether that is too long ago."""
    if days is None:
        return "bevestigd", "nog nooit", True
    if stale(days):
        return "bevestigd", f"{days_text(days)} niet", True
    return "bevestigd", "vandaag" if days == 0 else f"{days_text(days)} geleden", False


def person_line(row: AdministratorRow) -> str:
    """Return what stands under the name of an administrator."""
    return f"{row.group_name}, {word(row.role, AdministratorRole)}"


def burgernet_words(row: AdministratorRow) -> str:
    """Return whether somebody is on Burgernet."""
    return f"Burgernet: {'ja' if row.on_burgernet else 'nee'}"


def phone_words(phone: str) -> str:
    """Return a number in E.164 as people dial it here: +31612345678 is 06-12345678."""
    if phone.startswith("+316") and len(phone) == 12:
        return f"06-{phone[4:]}"
    return f"0{phone[3:]}" if phone.startswith("+31") else phone


def why_no_numbers(unseen: str) -> str:
    """Return why no number can be asked for; ``unseen``: as the row of an administrator has it."""
    return f"De nummers: {unseen}." if unseen else "Er staat hier geen nummer."


def spoken_person(row: AdministratorRow, phone: str = "") -> str:
    """Return an administrator as one sentence."""
    number = (
        phone_words(phone) if phone else ("nummer verborgen" if row.has_phone else "geen nummer")
    )
    if row.unseen and not phone:
        number = f"nummer: {row.unseen}"
    _, when, _ = confirmed_words(row.days_since)
    return f"{row.name}, {person_line(row)}. {number}. {burgernet_words(row)}. Bevestigd: {when}."


def wishes_words(card: GroupCard) -> str:
    """Return what administrators want where they disagree, with what was chosen (day.md §2)."""
    acute = [_first(one.name) for one in card.administrators if one.wish == Wish.ACUTE_ONLY]
    more = [_first(one.name) for one in card.administrators if one.wish == Wish.INFORMATIVE]
    if not acute or not more:
        return ""
    wants = "wil" if len(acute) == 1 else "willen"
    chosen = "alleen acuut" if card.wish == Wish.ACUTE_ONLY else "alles"
    return (
        f"{_listed(acute)} {wants} alleen acuut, {_listed(more)} ook rustige berichten. "
        f"Gekozen: {chosen}."
    )


def recent_state(post: RecentPost, now: datetime) -> tuple[str, str, str, str]:
    """Return icon, its colour, colour of the words, and what became of the feedback."""
    if post.settled_at:
        if post.outcome == "waived":
            return "ring-cross", "text2", "text2", "geen, met reden"
        start, end = local(post.placed_at), local(post.settled_at)
        after = f", na {duration_text(end - start)}" if start and end else ""
        what = word(post.outcome, Outcome).lower() if post.outcome else "afgerond"
        return "ring-check", "greenfill", "text2", f"{what}{after}"
    due = local(post.due_at)
    if due is None:
        return "ring-question", "text3", "text2", "nog geen afloop"
    late = due < now
    return "clock", "redmark" if late else "text2", "red" if late else "text2", due_text(due, now)


def recent_when(post: RecentPost, now: datetime) -> str:
    """Return when a post was placed: "vandaag 16:32", "gisteren 15:09"."""
    at = local(post.placed_at)
    if at is None:
        return ""
    words = moment_text(at, now)
    return f"vandaag {words}" if words[:1].isdigit() else words


def spoken_recent(post: RecentPost, now: datetime) -> str:
    """Return a post with its feedback as one sentence."""
    return f"{post.title}. {recent_when(post, now)}. Terugkoppeling: {recent_state(post, now)[3]}."


def _short_hour(clock: str) -> str:
    return clock[1:] if clock.startswith("0") and clock != "00:00" else clock


def _first(name: str) -> str:
    return name.split(" ", 1)[0]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"
