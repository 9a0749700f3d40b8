"""The card of a neighbours' message in "Mijn wijk" (F21). Pure."""

from __future__ import annotations

from datetime import datetime

from console.domain.district import NeighbourPost
from console.domain.post import PreviewSpan
from console.views.feedback.words import neighbour_line, passed_words
from console.views.posts.post_card import PostCardView
from console.views.posts.words import clock_of, when_of
from console.views.text import plural
from console.views.widgets.facts import Fact
from contract.dutch import word
from contract.vocabulary import MessageKind

ENDED_NOTE = "Dit bericht is afgelopen. Doorzetten kan niet meer."
NOTE = "Doorzetten maakt een kopie voor uw eigen groepen. De controle kijkt er opnieuw naar."


def card_of_neighbour(post: NeighbourPost, lines: tuple[str, ...], now: datetime) -> PostCardView:
    """Return what stands beside the list; ``lines`` are the closing lines of the region."""
    acts: list[tuple[str, str, str]] = []
    if not post.ended:
        acts.append(("pass_on", "Zet door", "D"))
    shared = bool(post.shared_at)
    acts.append(
        ("already_shared", "Toch niet gedeeld" if shared else "Al gedeeld door de beheerder", "A")
    )
    when, _ = neighbour_line(post, now)
    return PostCardView(
        post.title,
        f"{post.area_name} · {when}" if post.area_name else when,
        chip_of(post),
        tuple(acts),
        _facts(post, now),
        post.text,
        clock_of(post.placed_at),
        _closing(post.text, lines),
        ENDED_NOTE if post.ended else NOTE,
        facts_head="Over dit bericht",
    )


def chip_of(post: NeighbourPost) -> tuple[str, str, str]:
    """Return the state of a message in words, colour and icon."""
    if post.ended:
        return "afgelopen", "grey", "ring-cross"
    if any(one.released for one in post.passed):
        return "doorgezet", "green", "ring-check"
    if post.shared_at:
        return "al gedeeld", "green", "ring-check"
    if post.passed:
        return "wordt doorgezet", "accent", "pencil"
    if post.own_groups:
        return "staat al in uw groep", "grey", "ring-check"
    return "nog niets mee gedaan", "accent", "inbox"


def _facts(post: NeighbourPost, now: datetime) -> tuple[Fact, ...]:
    facts = [Fact("Soort", word(post.kind, MessageKind))]
    if post.team:
        facts.append(Fact("Van", post.team))
    elif post.groups:
        groups = plural(post.groups, "groep", "groepen")
        facts.append(
            Fact("Geplaatst", f"in {groups}{f', door {post.by_name}' * bool(post.by_name)}")
        )
    if post.own_groups:
        facts.append(Fact("Eigen groepen", ", ".join(post.own_groups)))
    facts += [Fact("Doorgezet", passed_words(one, now)) for one in post.passed]
    if post.shared_at:
        said = f"{post.shared_by}, {when_of(post.shared_at, now)}"
        facts.append(Fact("Al gedeeld door de beheerder", said))
    return tuple(facts)


def _closing(text: str, lines: tuple[str, ...]) -> tuple[PreviewSpan, ...]:
    for line in lines:
        start = text.rfind(line)
        if start >= 0:
            return (PreviewSpan(start, start + len(line), "closing"),)
    return ()
