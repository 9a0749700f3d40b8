"""Appeals to act oneself (F25): commands, requests and wishes, unless negated.

Works on words and the breaks between them, with windows of a fixed size. Three readings:
a command at the start of a clause ("Houd hem vast"), an infinitive behind a request or
standing as a command ("probeer hem te volgen", "direct vasthouden"), and a wish ("dat u hem
volgt"). A verb needs a person or vehicle as object unless it has no other sense.
"""

from __future__ import annotations

from typing import Final

from contract.guard import appeal_words as w
from contract.guard.appeal_negation import is_negated_command, is_negated_infinitive
from contract.guard.report import Span
from contract.guard.tokens import NO_BREAK, PAUSE, SENTENCE, Token

REACH: Final = 24
"""The most words of a clause that are looked at."""


def find_appeals(tokens: list[Token]) -> list[Span]:
    """Every verb that asks people to act, with its object and particle."""
    found: list[Span] = []
    last_negated = -1
    for at, token in enumerate(tokens):
        end = _command(tokens, at)
        if end is not None:
            if not is_negated_command(tokens, at, _clause_end(tokens, at), command_at):
                found.append((token.start, tokens[end].end))
            continue
        start = _infinitive(tokens, at)
        if start is not None:
            if is_negated_infinitive(tokens, start, at, last_negated):
                last_negated = at
            elif _asks(tokens, start, at):
                found.append((tokens[start].start, token.end))
            continue
        wish = _wish(tokens, at)
        if wish is not None and not is_negated_infinitive(tokens, wish, at, -1):
            found.append((tokens[wish].start, token.end))
    return _apart(found)


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


# Commands


def command_at(tokens: list[Token], at: int) -> bool:
    """Whether a command to act starts at this word."""
    return at < len(tokens) and _command(tokens, at) is not None


def _stem(tokens: list[Token], at: int) -> str | None:
    """The imperative stem at this word, when it opens a clause."""
    low = tokens[at].low
    polite = w.STEM_FORMS.get(low, low)
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if polite != low and low not in {"hou", "rij", "snij"} and following not in {"u", "jullie"}:
        return None
    if tokens[at].before == NO_BREAK and at > 0:
        if tokens[at - 1].low not in w.CLAUSE_OPENERS:
            return None
    return polite


def _clause_end(tokens: list[Token], at: int) -> int:
    """The first word behind the clause that starts at `at`."""
    for here in range(at + 1, min(len(tokens), at + REACH)):
        token = tokens[here]
        if token.before >= PAUSE or token.low in {"maar", "doch"}:
            return here
        if token.low in {"en", "of"} and here + 1 < len(tokens):
            following = tokens[here + 1].low
            if following in w.OTHER_COMMANDS or following in w.STEMS or following == "niet":
                return here
        if token.low in {
            "zodat",
            "omdat",
            "want",
            "als",
            "zodra",
            "wanneer",
            "terwijl",
            "tot",
            "totdat",
        }:
            return here
    return min(len(tokens), at + REACH)


def _command(tokens: list[Token], at: int) -> int | None:
    """The last word of the command that starts at `at`; None when there is none."""
    stem = _stem(tokens, at) if tokens[at].low in w.FORMS else None
    if stem is None:
        return None
    end = _clause_end(tokens, at)
    clause = range(at + 1, end)
    if stem in w.ALWAYS:
        return _last_object(tokens, at, end)
    if stem == "laat":
        return _let_go(tokens, at, end)
    if stem == "vraag":
        following = at + 1
        is_one = following < end and _somebody(tokens, following, vehicles=False) is not None
        return _somebody(tokens, following, vehicles=False) if is_one else None
    if stem in w.BLOCKS:
        hit = [here for here in clause if tokens[here].low in w.BLOCKED]
        return hit[0] if hit and not _own(tokens, at, end) else None
    if stem in w.MOVES:
        chase = _chase(tokens, at, end)
        if chase is not None:
            return chase
    if stem in w.SEPARABLE:
        particle = _particle(tokens, stem, at, end)
        if particle is not None:
            return particle
    if stem in w.NEEDS_SOMEBODY:
        return _needs_somebody(tokens, stem, at, end)
    if stem in {"kom", "neem"}:
        acts = [here for here in clause if tokens[here].low in {"actie", "heft", "hand", "handen"}]
        lows = _lows(tokens, at, end)
        is_own = stem == "kom" or "eigen" in lows
        return acts[-1] if acts and "in" in lows and is_own else None
    return None


def _lows(tokens: list[Token], at: int, end: int) -> list[str]:
    return [token.low for token in tokens[at + 1 : end]]


def _own(tokens: list[Token], at: int, end: int) -> bool:
    """Whether the object is the reader's own: "uw tas", not "hem in uw straat"."""
    for here in range(at + 1, min(end, at + 5)):
        low = tokens[here].low
        is_own = low in {"uw", "jouw", "eigen"} or (low in {"je", "jullie"} and here > at + 1)
        if is_own and tokens[here - 1].low not in w.PLACES:
            return True
    return False


def _needs_somebody(tokens: list[Token], stem: str, at: int, end: int) -> int | None:
    if _own(tokens, at, end):
        return None
    if stem in w.BARE_IS_ENOUGH and _is_bare(tokens, at + 1, end):
        return at
    vehicles = stem not in w.PERSON_ONLY
    limit = end if stem in w.BARE_IS_ENOUGH else min(end, at + 7)
    for here in range(at + 1, limit):
        hit = _somebody(tokens, here, vehicles=vehicles)
        if hit is not None:
            return hit
    return None


def _somebody(tokens: list[Token], at: int, *, vehicles: bool) -> int | None:
    """The word that names a person (or vehicle) at or shortly behind `at`."""
    low = tokens[at].low
    if low in w.SOMEBODY or (vehicles and low in w.VEHICLES):
        return at
    if low in w.POINTERS or low in {"de", "het", "een", "haar", "hun"}:
        for here in range(at + 1, min(len(tokens), at + 4)):
            if tokens[here].before >= PAUSE:
                break
            if tokens[here].low in w.SOMEBODY or (vehicles and tokens[here].low in w.VEHICLES):
                return here
        if low in {"haar", "hun"} or (low in w.POINTERS and low not in {"dit", "dat"}):
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            ends = following is None or following.before >= PAUSE
            if ends or (following is not None and following.low in w.AFTER_PRONOUN):
                return at
        return None
    return at if low in w.PRONOUNS else None


def _is_bare(tokens: list[Token], at: int, end: int) -> bool:
    """Whether nothing but adverbs and negations stands between."""
    return all(
        tokens[here].low in w.ADVERBS or tokens[here].low in w.NEGATIONS or tokens[here].low == "u"
        for here in range(at, end)
    )


def _last_object(tokens: list[Token], at: int, end: int) -> int:
    for here in range(at + 1, min(end, at + 7)):
        hit = _somebody(tokens, here, vehicles=True)
        if hit is not None:
            return hit
    return at


def _let_go(tokens: list[Token], at: int, end: int) -> int | None:
    """ "Laat hem niet gaan": forbids the other to go, so asks to hold."""
    lows = _lows(tokens, at, end)
    if "niet" not in lows:
        return None
    if not any(_somebody(tokens, here, vehicles=True) is not None for here in range(at + 1, end)):
        return None
    hits = [here for here in range(at + 1, end) if tokens[here].low in w.LET_GO]
    return hits[0] if hits else None


def _chase(tokens: list[Token], at: int, end: int) -> int | None:
    """The end of "ga er op af", "loop achter hem aan", "ren naar hem toe"."""
    lows = _lows(tokens, at, end)
    for number, low in enumerate(lows):
        here = at + 1 + number
        if low in w.CHASES:
            return here
        if low == "af" and ("op" in lows[:number] or "erop" in lows[:number]):
            return here
        is_aimed = _aimed(tokens, at, here)
        if low == "aan" and "achter" in lows[:number] and (is_aimed or "er" in lows[:number]):
            return here
        if low == "toe" and "naar" in lows[:number] and is_aimed:
            return here
        if low in {"toe", "heen"} and "er" in lows[:number] and "zelf" in lows[:number]:
            return here
        if low in w.INFINITIVES and low not in w.INFINITIVE_NEEDS_SOMEBODY:
            return here
    return None


def _aimed(tokens: list[Token], at: int, end: int) -> bool:
    return any(_somebody(tokens, here, vehicles=True) is not None for here in range(at + 1, end))


def _particle(tokens: list[Token], stem: str, at: int, end: int) -> int | None:
    """The particle of a separable verb at the end of its clause, its object being somebody."""
    for here in range(at + 1, end):
        low = tokens[here].low
        if low not in w.SEPARABLE[stem]:
            continue
        following = tokens[here + 1] if here + 1 < len(tokens) else None
        closes = (
            following is None
            or here + 1 >= end
            or following.low in w.AFTER_A_PARTICLE
            or low in {"vast", "staande", "bedwang", "klem"}
        )
        if not closes or _own(tokens, at, end):
            continue
        if (stem, low) in w.NO_OBJECT_NEEDED:
            return here
        if _aimed(tokens, at, here) or _is_bare(tokens, at + 1, here):
            if low != "op" or stem != "houd" or _aimed(tokens, at, here):
                return here
    return None


# Infinitives


def _infinitive(tokens: list[Token], at: int) -> int | None:
    """Where the infinitive that ends at `at` starts, particle and "te" included."""
    low = tokens[at].low
    previous = tokens[at - 1] if at and tokens[at].before == NO_BREAK else None
    if previous is not None:
        particle = at - 1
        if previous.low == "te" and at > 1 and tokens[at - 1].before == NO_BREAK:
            particle = at - 2
        if (tokens[particle].low, low) in w.SPLIT_INFINITIVES:
            if tokens[particle].low == "af" and not _op_before(tokens, particle):
                return None
            return particle
        if low in {"gaan", "lopen", "rennen", "rijden"} and tokens[particle].low in {"aan", "toe"}:
            opener = "achter" if tokens[particle].low == "aan" else "naar"
            back = [token.low for token in tokens[max(0, particle - 5) : particle]]
            if opener in back and _aimed(tokens, max(0, particle - 6), particle):
                return particle
    if low not in w.INFINITIVES:
        return None
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    nominal = (previous is not None and previous.low in {"het", "t"}) or following == "van"
    return None if nominal else at


def _op_before(tokens: list[Token], at: int) -> bool:
    return any(token.low in {"op", "erop"} for token in tokens[max(0, at - 6) : at])


def _asks(tokens: list[Token], start: int, at: int) -> bool:
    """Whether the infinitive is asked of the reader, with a fitting object."""
    first = start
    while first > 0 and start - first < REACH and tokens[first].before < SENTENCE:
        first -= 1
    for here in range(start - 1, first - 1, -1):
        if _is_request(tokens, here):
            return _fits(tokens, here, start, at)
    return _stands_as_command(tokens, start, at)


def _is_request(tokens: list[Token], at: int) -> bool:
    """Whether this word asks the reader: "kunt u", "probeer", "vragen u"."""
    low = tokens[at].low
    before = tokens[at - 1].low if at and tokens[at].before == NO_BREAK else ""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    opens = at == 0 or tokens[at].before >= PAUSE or before in w.CLAUSE_OPENERS
    if low in w.TRIES:
        return opens or low in {"graag", "gaarne"} or before in w.ADDRESSEES
    if low in w.REQUESTS:
        return after in w.ADDRESSEES
    if low in w.MODALS:
        if before in w.ADDRESSEES:
            return True
        clear = low in w.CLEAR_MODALS
        return after in w.ADDRESSEES and (clear or opens or before in {"zo", "daarom", "hier"})
    return False


def _fits(tokens: list[Token], request: int, start: int, at: int) -> bool:
    if tokens[request].low in {"help", "helpt"} and tokens[request + 1].low in {"ons", "mee"}:
        request += 1
    if tokens[at].low not in w.INFINITIVE_NEEDS_SOMEBODY or start != at:
        return not any(
            tokens[here].low in {"ons", "politie", "wijkagent", "agent", "uw"}
            for here in range(request + 1, start)
        )
    between = range(request + 1, start)
    if any(tokens[here].low in {"uw", "jouw", "ons", "eigen"} for here in between):
        return False
    if any(_somebody(tokens, here, vehicles=True) is not None for here in between):
        return True
    return all(
        tokens[here].low in w.ADVERBS or tokens[here].low in w.ADDRESSEES for here in between
    )


def _stands_as_command(tokens: list[Token], start: int, at: int) -> bool:
    """Whether the infinitive stands as a command: "Hem direct vasthouden en 112 bellen"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    closes = following is None or following.before >= PAUSE or following.low in w.AFTER_A_PARTICLE
    if not closes:
        return False
    for here in range(start, max(-1, start - 9), -1):
        token = tokens[here]
        if here < start and not _may_precede(token.low):
            return (
                token.low in {"en", "of"}
                and here + 1 < start + 1
                and here > 0
                and (tokens[here - 1].low in w.INFINITIVES)
            )
        if here == 0 or token.before >= PAUSE:
            return True
    return False


def _may_precede(low: str) -> bool:
    return (
        low in w.ADVERBS
        or low in w.PRONOUNS
        or low in w.SOMEBODY
        or low in w.VEHICLES
        or low in {"de", "het", "een", "achter", "op", "naar", "erop", "wel", "mogelijke"}
    )


# Wishes


def _wish(tokens: list[Token], at: int) -> int | None:
    """The "u" of "dat u hem volgt", when the verb asks the reader to act."""
    low = tokens[at].low
    if low not in w.SECOND_PERSON_FORMS or tokens[at].before != NO_BREAK:
        return None
    for here in range(at - 1, max(-1, at - 8), -1):
        if tokens[here].low == "u":
            aimed = _aimed(tokens, here, at)
            return here if aimed or low in w.INTRANSITIVE_FORMS else None
        if tokens[here].before >= PAUSE:
            return None
    return None
