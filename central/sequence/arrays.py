"""Pure: lists as PostgreSQL reads them from text, made without a look at every character.

The driver writes a list value by value; for hundreds of bodies full of quotation marks that takes
longer than the database takes to store them.
"""

from collections.abc import Iterable


def texts(values: Iterable[str | None]) -> str:
    """Write texts as the text form of ``text[]``; None becomes NULL."""
    return (
        "{"
        + ",".join(
            "NULL" if value is None else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
            for value in values
        )
        + "}"
    )


def numbers(values: Iterable[int]) -> str:
    """Write whole numbers, or truths as 0 and 1, as the text form of an array of numbers."""
    return "{" + ",".join(map(str, map(int, values))) + "}"


SEPARATOR, NOTHING = "\x1f", "\x1e"


def joined(values: Iterable[str]) -> str:
    """Write texts as one text that ``string_to_array`` takes apart; an empty one becomes NULL.

    No sign in them needs a look of its own, so that this costs next to nothing: JSON as it is
    stored holds no control signs, nor do ids and words. Raises ``ValueError`` for a text that
    holds the separator all the same.
    """
    all_of_them = [value or NOTHING for value in values]
    text = SEPARATOR.join(all_of_them)
    if text.count(SEPARATOR) != max(len(all_of_them) - 1, 0):
        raise ValueError("a text with a separator in it")
    return text
