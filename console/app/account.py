"""Coming in at a team's central: one-time codes first, and what it answers in words."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from console.app.central_words import words_of
from console.bridge import settled
from console.domain.account import Account
from console.domain.failures import Refused


async def made_ready(gateway: Any, submit: Callable[[Any], Future[Any]], account: Account) -> None:
    """Use the one-time code, where there is one; raises Refused with words for the person."""
    from console.services.desk import new_id
    from console.sync.accounts import Accounts

    if not account.one_time:
        return
    requests = Accounts(gateway, submit)
    code, password = account.one_time, account.password
    if account.team:
        person = (new_id(), account.person)
        done = requests.first(code, account.name, password, account.team, person)
    else:
        done = requests.activate(code, password)
    await heard(done)


async def heard(asked: Future[Any]) -> Any:
    """Wait for what central answers; raises Refused with words for the person."""
    from console.sync.failures import Answered, LineDown

    try:
        return await settled(asked)
    except (Answered, LineDown) as trouble:
        raise Refused(words_of(trouble)) from trouble
