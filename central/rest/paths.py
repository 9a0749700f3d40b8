"""How a path names a kind of record, so that an address that is nothing here is 404 by itself."""

from starlette.convertors import Convertor, register_url_convertor

from contract.kinds import KINDS
from contract.routes import COLLECTIONS

KIND_OF = {plural: kind for kind, plural in COLLECTIONS.items()}
"""The kind of record that a word in a path stands for."""

CHANGEABLE = frozenset(kind for kind in COLLECTIONS if not KINDS[kind].append_only)
"""Kinds whose records may be changed and deleted."""

COMMANDED = frozenset(kind for kind in COLLECTIONS if KINDS[kind].commands)
"""Kinds that know commands."""

SEARCH = "_search"


class _Text(Convertor[str]):
    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


def _word(name: str, regex: str) -> None:
    made: type[_Text] = type("_Word", (_Text,), {"regex": regex})
    register_url_convertor(name, made())


def _plurals(kinds: frozenset[str]) -> str:
    return "|".join(sorted(COLLECTIONS[kind] for kind in kinds))


def register() -> None:
    """Teach the router these words; doing it again changes nothing."""
    _word("collection", _plurals(frozenset(COLLECTIONS)))
    _word("changeable", _plurals(CHANGEABLE))
    _word("commanded", _plurals(COMMANDED))
    _word("record", rf"(?!{SEARCH}(?:/|$))[A-Za-z0-9_-]{{1,64}}")
    _word("command", "[a-z0-9_]{1,40}")
