"""Choosing a password: look first, do the costly work outside, then write in one transaction."""

from central.accounts import service
from central.auth import first_code
from central.auth.passwords import fault_of
from central.office import Office
from central.problems import Refusal
from contract.access import ActivateRequest, FirstAccountRequest, PasswordChange
from contract.messages import TeamSeen
from contract.problems import ProblemCode

WRONG_OLD = "Het oude wachtwoord klopt niet. Er is niets veranderd."


async def first_account(office: Office, asked: FirstAccountRequest, host: str) -> TeamSeen:
    """Make the first account of a central or a team. ``host``: where the request came from."""
    opened = await _open(office, asked.code, host, (first_code.FIRST, first_code.TEAM))
    names = (*opened.names, asked.account, asked.team_name, asked.person.name)
    stored = await _hash(office, asked.password, names)
    moment = office.moment()
    return await office.database.write(
        lambda conn: service.first_account(conn, asked, stored, moment)
    )


async def activate(office: Office, asked: ActivateRequest, host: str) -> None:
    """Choose a password with the code of an account holder."""
    opened = await _open(office, asked.code, host, (first_code.ACTIVATE,))
    stored = await _hash(office, asked.password, opened.names)
    moment = office.moment()
    await office.database.write(
        lambda conn: service.activate(conn, asked.code, stored, moment),
    )


async def change(office: Office, token: str, asked: PasswordChange) -> None:
    """Choose another password; a wrong old one counts as a try on the account."""
    moment = office.moment()
    account, names = await office.database.write(
        lambda conn: service.begin_change(conn, token, moment)
    )
    if not await office.hasher.verify(account.password_hash, asked.old):
        raise Refusal(ProblemCode.PASSWORD_REFUSED, WRONG_OLD, pointers=["/old"])
    stored = await _hash(office, asked.new, names, pointer="/new")
    await office.database.write(
        lambda conn: service.change_password(conn, token, account.password_hash, stored, moment)
    )


async def _open(office: Office, code: str, host: str, purposes: tuple[str, ...]) -> service.Opened:
    moment = office.moment()
    opened = await office.database.write(lambda conn: service.look_up(conn, code, host, moment))
    if opened is None or opened.purpose not in purposes:
        raise Refusal(ProblemCode.CODE_REFUSED)
    return opened


async def _hash(
    office: Office, password: str, names: tuple[str, ...], pointer: str = "/password"
) -> str:
    fault = fault_of(password, names)
    if fault:
        raise Refusal(ProblemCode.PASSWORD_REFUSED, fault, pointers=[pointer])
    return await office.hasher.hash(password)
