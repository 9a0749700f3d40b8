"""The wire form of an outside report (F10, docs/api.md §4); its keys stand in ``contract.intake``."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contract.messages import Message
from contract.vocabulary import Called112

INTAKE_BYTES = 32_768
"""Most bytes of one outside report."""


def _text(most: int, least: int = 0) -> StringConstraints:
    # A text without a null character; what is needed holds at least one letter.
    pattern = r"^[^\x00]*$" if not least else r"^[^\x00]*[^\s\x00][^\x00]*$"
    return StringConstraints(max_length=most, min_length=least, pattern=pattern)


class IntakeReport(BaseModel):
    """One report as an outside form sends it. Other fields are refused: no word is dropped unseen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reference: Annotated[str, _text(100, 1)] = Field(
        description="The sender's own reference; the same one again is the same report.",
        examples=["2026-000123"],
    )
    category: Annotated[str, _text(40)] = Field(
        "unknown",
        description="person, persons, vehicle or surroundings; any other word becomes unknown.",
        examples=["vehicle"],
    )
    text: Annotated[str, _text(4000, 1)] = Field(
        description="What happens.", examples=["Bestelbus rijdt stapvoets door de straat"]
    )
    place: Annotated[str, _text(200, 1)] = Field(
        description="Where.", examples=["Dorpsstraat bij de kerk"]
    )
    happened_at: datetime | None = Field(
        None,
        description="When, with any offset; kept in UTC.",
        examples=["2026-03-14T13:55:00+01:00"],
    )
    description: Annotated[str, _text(1700)] = Field("", description="What people look like.")
    acute: bool = Field(False, description="Whether it goes on now.")
    called_112: Called112 = Field(Called112.UNKNOWN, description="Whether 112 was called.")
    photo: Annotated[str, _text(200)] = Field(
        "", description="Where the sender keeps a photo; central does not fetch it."
    )


class IntakeReceipt(Message):
    """What the sender gets back: enough to speak about the report, and nothing of its text."""

    id: str
    number: str
    received_at: str
