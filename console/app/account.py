"""Coming in at a team's central: one-time codes first, and what it answers in words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from console.app.central_words import words_of
from console.app.line import gateway_to
from console.bridge import settled
from console.domain.account import Account
from console.domain.failures import Problem, Refused

if TYPE_CHECKING:
    from console.app.opening import Opened
    from console.settings import Settings

Prove = Callable[[Any, Callable[[Any], Future[Any]]], Awaitable[Mapping[str, str]]]
"""Sends the browser to the organisation's provider, on this line; gives what it brings back."""

NO_WINDOW = Problem(
    "organisation-no-window",
    "Aanmelden via uw organisatie kan alleen in het venster van de desk.",
)
OTHER_TEAM = Problem(
    "other-team",
    "Dit account is van een ander team.",
    "Op deze computer werkt één team. Gebruik een account van dit team.",
)


async def made_ready(gateway: Any, submit: Callable[[Any], Future[Any]], account: Account) -> None:
    """Use the one-time code, where there is one; raises Refused with words for the person."""
    from console.services.desk import new_id
    from console.sync.accounts import Accounts

    if not account.one_time:
        return
    requests = Accounts(gateway, submit)
    code, password = account.one_time, account.password
    done: Future[Any]
    if account.team:
        person = (new_id(), account.person)
        done = requests.first(code, account.name, password, account.team, person)
    else:
        done = requests.activate(code, password)
    await heard(done)


async def entering(
    line: Any, gateway: Any, submit: Callable[[Any], Future[Any]], account: Account, prove: Prove
) -> Any:
    """Return the coroutine that signs in on ``line``: a gateway, or the engine round it.

    Where the organisation's provider vouches, ``prove`` is asked first. Raises Refused.
    """
    if account.organisation:
        proof = await prove(gateway, submit)
        return line.sign_in_with("", "", account.code, proof)
    return line.sign_in_with(account.name, account.password, account.code)


async def no_browser(gateway: Any, submit: Callable[[Any], Future[Any]]) -> Mapping[str, str]:
    """Stand in where there is no window to send to a browser from."""
    raise Refused(NO_WINDOW)


async def admit(
    opened: Opened, settings: Settings, account: Account, passphrase: str, prove: Prove
) -> str:
    """Give somebody else of the team a passphrase on this computer; returns their name.

    They prove who they are at central, over a line of their own; who is at work stays so.
    """
    from console.services.people import check_passphrase
    from console.storage import sessions
    from console.sync.failures import Answered, LineDown

    check_passphrase(passphrase)
    submit, store = opened.thread.submit, opened.store
    gateway = await asyncio.to_thread(gateway_to, settings.central_url, settings, store)
    await settled(submit(gateway.__aenter__()))
    try:
        await made_ready(gateway, submit, account)
        asked = await entering(gateway, gateway, submit, account, prove)
        session = await heard(submit(asked))
        # By id where it is known: two teams may have one name.
        here = opened.engine.gateway.session
        if session.team.name != opened.team or (here and session.team.id != here.team.id):
            raise Refused(OTHER_TEAM)
        person, kept = session.person, sessions.to_keep(session)
        await asyncio.to_thread(opened.keyring.add_slot, opened.key, person.id, passphrase)
        await settled(store.write(lambda conn: sessions.keep(conn, person.id, kept)))
        # Here they are in a session of their own: they may look along from this moment on.
        with suppress(LineDown, Answered):
            await settled(submit(opened.engine.looking.hand_in_by(gateway)))
    finally:
        await settled(submit(gateway.__aexit__(None, None, None)))
    return str(person.name)


async def heard(asked: Future[Any]) -> Any:
    """Wait for what central answers; raises Refused with words for the person."""
    from console.sync.failures import Answered, LineDown

    try:
        return await settled(asked)
    except (Answered, LineDown) as trouble:
        raise Refused(words_of(trouble)) from trouble
