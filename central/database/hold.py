"""Holds a whole PostgreSQL database for a program, shared or alone, as long as it runs."""

import contextlib
from collections.abc import Iterator

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from central.database.postgres import CONNECT_S, UNREACHABLE, url_of
from central.problems import Unusable

NUMBER = 4_202_611_211
"""Any number will do; every central and every command must know the same one."""


@contextlib.contextmanager
def held(address: str, *, alone: bool) -> Iterator[bool]:
    """Hold it for the length of the block; the block gets False where somebody else does.

    The server lets go when the connection ends, however that comes about. Raises ``Unusable``.
    """
    engine = create_engine(
        url_of(address),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": CONNECT_S, "application_name": "buurtdesk-central-hold"},
        hide_parameters=True,
    )
    word = "pg_try_advisory_lock" if alone else "pg_try_advisory_lock_shared"
    try:
        connection = engine.connect()
    except DBAPIError:
        raise Unusable(*UNREACHABLE) from None
    try:
        found = connection.execute(text(f"SELECT {word}(:number)"), {"number": NUMBER})
        yield bool(found.scalar())
    finally:
        connection.close()
        engine.dispose()
