"""What each word of the command line does. Returns the exit code; says one Dutch sentence."""

import sys
from argparse import Namespace
from collections.abc import Callable

from central.app import build_app, close_app
from central.operations import keys
from central.operations.failures import Failed
from central.operations.serve import Listening, say, serve
from central.operations.store import store_of
from central.operations.words import parser, with_word
from central.problems import Refusal, Unusable
from central.settings import Settings


def run(arguments: list[str]) -> int:
    """Do what the words ask: 0 when it was done, 2 when it was not."""
    asked = parser().parse_args(with_word(arguments))
    try:
        return COMMANDS[asked.word](asked)
    except Failed as trouble:
        return _refuse(str(trouble))
    except Unusable as trouble:
        return _refuse(trouble.sentence)
    except Refusal as refusal:
        return _refuse(f"De centrale weigert dit ({refusal.code}). Er is niets gewijzigd.")
    except OSError as trouble:
        what = trouble.strerror or type(trouble).__name__
        return _refuse(f"Dit lukte niet: {what}. Kijk naar de schijf en de rechten.")


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 2


def _serve(asked: Namespace) -> int:
    where = Listening(asked.host, asked.port, asked.cert, asked.key)
    where.check()
    store = store_of(asked)
    key = store.key()
    if store.file is not None:
        store.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = build_app(Settings(store.database, key))
    try:
        return serve(app, where)
    finally:
        close_app(app)


def _status(asked: Namespace) -> int:
    from central.migrations import HEAD
    from central.sync import repository

    store = store_of(asked)
    with store.open() as database:
        teams = database.read_now(repository.teams)
        heads = database.read_now(
            lambda conn: [(name, repository.head(conn, team)) for team, name in teams]
        )
    say(f"Gegevens: {store.file or 'PostgreSQL'}, versie {HEAD}")
    for name, head in heads:
        say(f"{name}: {head.seq if head else 0} wijzigingen")
    if not heads:
        say("Er is nog geen team.")
    return 0


def _key(asked: Namespace) -> int:
    if asked.what == "new":
        say(keys.new_key().hex())
        return 0
    store = store_of(asked)
    if store.file is not None and not store.file.exists():
        raise Failed(f"Het bestand {store.file} is er niet. Start eerst de centrale.")
    say(store.dump_key().hex())
    return 0


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "serve": _serve,
    "status": _status,
    "key": _key,
}
