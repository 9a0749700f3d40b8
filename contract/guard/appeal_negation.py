"""Whether an appeal to act is negated: "benader hem niet", "niet volgen of aanspreken"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from contract.guard import appeal_words as w
from contract.guard.tokens import PAUSE, SENTENCE, Token

_BACK: Final = 24


def is_negated_command(
    tokens: list[Token], at: int, end: int, is_command: Callable[[list[Token], int], bool]
) -> bool:
    """Whether the command at `at` is negated in its own clause or shares the next one's.

    "Volg of benader hem niet" negates both; "Volg hem, maar benader hem niet" only one.
    "Laat hem niet gaan" is an appeal by its very negation and is never negated here.
    """
    if w.STEM_FORMS.get(tokens[at].low, tokens[at].low) == "laat":
        return False
    for _ in range(4):
        if any(tokens[here].low in w.NEGATIONS for here in range(at + 1, end)):
            return True
        shares = end == at + 1 and end < len(tokens) and tokens[end].before < SENTENCE
        if not shares:
            return False
        following = end + 1 if tokens[end].low in {"of", "en", "noch"} else end
        if not is_command(tokens, following):
            return False
        at = following
        end = _next_break(tokens, at)
    return False


def _next_break(tokens: list[Token], at: int) -> int:
    for here in range(at + 1, min(len(tokens), at + _BACK)):
        if tokens[here].before >= PAUSE or tokens[here].low in {"of", "en", "maar"}:
            return here
    return min(len(tokens), at + _BACK)


def is_negated_infinitive(tokens: list[Token], start: int, at: int, last_negated: int) -> bool:
    """Whether a negation reaches the infinitive from `start` to `at`.

    A negation reaches to the end of its clause, over "of" and "en", and over a comma when
    the infinitive before it was negated too; "maar" and "wel" end it.
    """
    following = tokens[at + 1 : at + 4]
    for number, token in enumerate(following):
        if token.before >= PAUSE or (number == 0 and token.low in {"en", "of"}):
            break
        if token.low in {"niet", "nooit"}:
            return True
    for here in range(start, max(-1, start - _BACK), -1):
        token = tokens[here]
        if here < start:
            if token.low in w.NEGATIONS or (token.low == "plaats" and tokens[here - 1].low == "in"):
                return True
            if token.low in w.NEGATION_ENDS:
                return False
            if here == last_negated:
                return True
        if token.before >= SENTENCE:
            return False
        if token.before == PAUSE:
            return _carries(tokens, here, start, last_negated)
    return False


def _carries(tokens: list[Token], pause: int, start: int, last_negated: int) -> bool:
    """Whether the negated infinitive right before the comma passes its negation on."""
    if last_negated != pause - 1:
        return False
    return all(
        tokens[here].low in w.ADVERBS
        or tokens[here].low in {"en", "of", "noch", "ook"} | w.PRONOUNS
        for here in range(pause, start)
        if tokens[here].low not in w.NEGATION_ENDS
    ) and not any(tokens[here].low in w.NEGATION_ENDS for here in range(pause, start))
