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
