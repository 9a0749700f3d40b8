"""The reader of Burgernet texts, where the desk looks for it."""

from contract.reading.burgernet_text import Proposal, is_burgernet, propose

__all__ = ["Proposal", "is_burgernet", "propose"]
