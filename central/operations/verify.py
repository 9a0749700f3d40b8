"""Looks whether anybody altered the audit rows, here or in an export (security.md §6)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from central.audit import repository as audit
from central.audit import signing
from central.audit.check import Checked, Why, check, merged
from central.audit.export import LINE_LONGEST, OfTeam, check_file
from central.sync import repository
from contract.checkpoint import Key

_WRONG = {
    Why.LINE: "de keten breekt bij regel {line}.",
    Why.CUT: "vanaf regel {line} ontbreken regels: er hebben er meer gestaan.",
    Why.REWRITTEN: (
        "de regels tot en met {line} zijn herschreven: ze passen op elkaar, maar niet op het "
        "ondertekende controlepunt bij regel {line}."
    ),
    Why.SIGNATURE: "de handtekening van het controlepunt bij regel {line} klopt niet.",
}


@dataclass(frozen=True, slots=True)
class Verified:
    """The audit rows of one team and what the check of them found."""

    team: str
    found: Checked

    @property
    def broken(self) -> int | None:
        """The number of the first line that does not fit; None: all is well."""
        return self.found.line

    @property
    def words(self) -> str:
        """Say it in one Dutch sentence."""
        return words(self.team, self.found)


def verify(conn: Connection, trusted: Sequence[Key] = ()) -> list[Verified]:
    """Check every team's rows from the first, that none is missing at the end, and its checkpoints.

    ``trusted``: keys known from elsewhere, in place of those in the records.
    """
    checked = []
    for team, name in repository.teams(conn):
        keys = [key for key in trusted if key.name.endswith(team)] if trusted else None
        notes = [(row.size, row.note) for row in audit.checkpoints(conn, team)]
        found = check(
            team,
            merged(audit.walk(conn, team), notes),
            signing.keys(conn, team) if keys is None else keys,
            count=audit.counted(conn, team),
        )
        checked.append(Verified(name, found))
    return checked


def verify_file(path: Path, trusted: Iterable[Key] = ()) -> Iterator[OfTeam]:
    """Check an export on disk; no service and no database needed. Raises ``NoExport``, ``OSError``."""
    with path.open("rb") as file:
        yield from check_file(iter(lambda: file.readline(LINE_LONGEST), b""), trusted)


def words(team: str, found: Checked) -> str:
    """Say in one Dutch sentence what a check found."""
    if found.line is not None and found.why is not None:
        return f"{team}: {_WRONG[found.why].format(line=found.line)}"
    loose = found.rows - found.signed_to
    signed = f"{found.notes} controlepunten, ondertekend tot en met regel {found.signed_to}"
    if not found.notes:
        signed = "nog geen controlepunt"
    rest = f", {loose} regels daarna" if found.notes and loose else ""
    return f"{team}: {found.rows} regels, de keten klopt; {signed}{rest}."
