"""What of the directory leads straight to a person or into a group: shown with a reason only (F54).

Source: security.md §4 and §6. One list for central, which leaves it out, and for the desk, which asks
a reason and lets go what nobody there may see.
"""

from collections.abc import Mapping

FIELDS: Mapping[str, frozenset[str]] = {
    "administrator": frozenset({"phone", "email"}),
    "group": frozenset({"invite_link"}),
}
"""The fields that are shown with a reason only, per kind."""

HELD_BACK = "held_back"
"""The field in which central says, in a body without them, which of these fields it left out."""
