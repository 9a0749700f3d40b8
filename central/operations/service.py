"""Whether central can do its work: the records answer and have the shape this program knows."""

from sqlalchemy import Connection

from central import migrations
from central.database.upgrade import revision
from central.problems import Refusal
from contract.problems import ProblemCode


def readiness(conn: Connection) -> None:
    """Refuse with ``storage-unusable`` where the records have another shape than this program's."""
    if revision(conn) != migrations.HEAD:
        raise Refusal(
            ProblemCode.STORAGE_UNUSABLE,
            "De gegevens van de centrale zijn van een andere versie dan het programma.",
        )
