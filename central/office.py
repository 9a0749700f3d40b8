"""What every endpoint works with: the records, the settings, the time, the bells."""

from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request

from central.bells import Bells
from central.clock import TELLER, stamp, system_time
from central.database import Database
from central.settings import Settings


@dataclass(slots=True)
class Office:
    """Built once per central and handed to every request."""

    settings: Settings
    database: Database
    tell: TELLER = system_time
    bells: Bells = field(default_factory=Bells)

    def moment(self) -> datetime:
        """Return the present moment in UTC."""
        return self.tell()

    def now(self) -> str:
        """Return the present moment as a stamp."""
        return stamp(self.tell())


def office_of(request: Request) -> Office:
    """Return the office of the central that received the request."""
    office: Office = request.app.state.office
    return office
