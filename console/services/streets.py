"""What the desk knows of streets by itself, before anything is asked outside (F60)."""

from concurrent.futures import Future
from dataclasses import dataclass

from console.domain.directory import Place
from console.domain.lookup import Address
from console.services.desk import Desk
from console.storage import directory_tree, places
from console.storage.database import Connection
from contract.vocabulary import AreaLevel


@dataclass(frozen=True, slots=True)
class Known:
    """Where a street lies as far as groups say; ``town``: the one municipality, else empty."""

    places: tuple[Place, ...] = ()
    town: str = ""


class Streets:
    """Streets that groups speak for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def known(self, address: Address) -> Future[Known]:
        """Return the areas of a street, and the town to ask for where none was typed."""

        def work(conn: Connection) -> Known:
            shape = directory_tree.shape(conn)
            towns = {
                one.name
                for one in shape.areas.values()
                if one.level == AreaLevel.MUNICIPALITY and not one.ended_year
            }
            found = places.streets(conn, shape, address.street, address.town)
            return Known(tuple(found), towns.pop() if len(towns) == 1 else "")

        return self._desk.look(work, "streets")
