"""Where outside forms send reports, and where an account holder keeps their keys (F10)."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import ValidationError
from sqlalchemy import Connection

from central.auth import service as auth
from central.http import bearer, body_of, problems, read_body, read_json, read_message, reply
from central.intake import service
from central.intake.messages import INTAKE_BYTES, IntakeReceipt, IntakeReport
from central.office import office_of
from central.problems import Refusal
from contract import routes
from contract.intake import IntakeKeyMade, IntakeKeys, NewIntakeKey
from contract.problems import ProblemCode as P

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}", tags=["intake"])

KeyId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


@router.post(
    "/intake-reports",
    status_code=201,
    response_model=IntakeReceipt,
    openapi_extra=body_of(IntakeReport),
    responses=problems(P.RATE_LIMITED, P.OP_ID_REUSED),
)
async def send_intake_report(request: Request, team: str) -> Response:
    """Take in a report from an outside form, which shows its key in ``Intake-Key``."""
    office, moment = office_of(request), office_of(request).moment()
    key = request.headers.get(routes.INTAKE_HEADER, "")
    who = await office.database.read(lambda conn: service.sender(conn, key, team))
    if wait := office.intake.take(who.key, moment):
        raise Refusal(P.RATE_LIMITED, retry_after_s=wait)
    asked = _read(await read_body(request, INTAKE_BYTES))
    receipt = await office.database.write(
        lambda conn: service.take_in(conn, service.sender(conn, key, team), asked, moment)
    )
    return reply(receipt, 201)


@router.get("/intake-keys", response_model=IntakeKeys)
async def list_intake_keys(request: Request, team: str) -> Response:
    """List the keys of this team; the secrets are not among it."""
    office, token, moment = office_of(request), bearer(request), office_of(request).moment()

    found = await office.database.read(
        lambda conn: service.keys(conn, auth.administrator(conn, token, team, moment).team)
    )
    return reply(IntakeKeys(items=tuple(found)))


@router.post(
    "/intake-keys",
    status_code=201,
    response_model=IntakeKeyMade,
    openapi_extra=body_of(NewIntakeKey),
)
async def make_intake_key(request: Request, team: str) -> Response:
    """Make a key for one outside form; the answer is the only place it can be read."""
    office, token, moment = office_of(request), bearer(request), office_of(request).moment()
    await office.database.read(lambda conn: auth.administrator(conn, token, team, moment))
    asked = await read_message(request, NewIntakeKey)

    def make(conn: Connection) -> IntakeKeyMade:
        who = auth.administrator(conn, token, team, moment)
        return service.make_key(conn, team, asked.name, who.person, moment, who.device)

    return reply(await office.database.write(make), 201)


@router.delete("/intake-keys/{key_id}", status_code=204)
async def revoke_intake_key(request: Request, team: str, key_id: KeyId) -> Response:
    """End a key at once; what came in with it stays."""
    office, token, moment = office_of(request), bearer(request), office_of(request).moment()

    def end(conn: Connection) -> None:
        who = auth.administrator(conn, token, team, moment)
        service.revoke(conn, team, key_id, who.person, moment, who.device)

    await office.database.write(end)
    return Response(status_code=204)


def _read(body: bytes) -> IntakeReport:
    """Read an outside report; a refusal names places of the form and no word of the sender."""
    try:
        return IntakeReport.model_validate(read_json(body))
    except ValidationError as wrong:
        known = IntakeReport.model_fields
        places = {str(error["loc"][0]) if error["loc"] else "" for error in wrong.errors()}
        pointers = sorted(f"/{place}" if place in known else "" for place in places)
        raise Refusal(P.BATCH_INVALID, pointers=pointers) from None
