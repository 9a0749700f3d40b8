"""What each word of the command line does. Returns the exit code; says one Dutch sentence."""

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial

from sqlalchemy import Connection

from central import migrations
from central.app import build_app, close_app, sign_rows
from central.auth import first_code
from central.clock import system_time
from central.database import Database
from central.office import Office
from central.operations import backup, keys, logs
from central.operations.audit import audit_key, export_audit, verify_rows
from central.operations.failures import Failed
from central.operations.intake_keys import intake_key
from central.operations.metrics import Metrics
from central.operations.provider import provider_from
from central.operations.repository import sizes
from central.operations.rounds import WORK, Rounds, alone
from central.operations.serve import Listening, say, serve
from central.operations.store import store_of
from central.operations.taken import taken
from central.operations.watch import Watch
from central.operations.words import parser, with_word
from central.problems import Refusal, Unusable
from central.retention.rounds import keep_all
from central.sync import repository

NAME_LONGEST = 120


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
    settings = replace(store.settings(), provider=provider_from())
    if store.file is not None:
        store.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logs.set_up(asked.log)
    try:
        with taken(store):
            app = build_app(settings)
            office: Office = app.state.office
            try:
                _welcome(office)
                office.feeds.start()
                serve(Watch(app, Metrics(office)), where, office.stop, Rounds(office).run)
            finally:
                sign_rows(app)
                close_app(app)
    finally:
        logs.take_down(handler)
    return 0


def _welcome(office: Office) -> None:
    """Show the code for the first account where nobody has one yet."""
    code = office.database.write_now(
        lambda conn: first_code.new_first_code(conn, None, office.moment())
    )
    if code:
        say(f"Eerste start. Code voor de eerste accounthouder (eenmalig): {code}")


def _migrate(asked: Namespace) -> int:
    store = store_of(asked)
    store.must_exist()
    with taken(store, alone=True), closing(Database(store.database, store.key())) as database:
        at = database.revision()
        if at is None:
            raise Failed("Hier staan nog geen gegevens. Start eerst de centrale.")
        if at not in migrations.KNOWN:
            raise database.backend.newer
        if asked.way == "up":
            if asked.revision not in (None, migrations.HEAD):
                raise Failed(f"Vooruit gaat altijd tot de laatste stap, {migrations.HEAD}.")
            database.migrate()
            database.grant()
        else:
            earlier = migrations.KNOWN[: migrations.KNOWN.index(at)]
            to = asked.revision or (earlier[-1] if earlier else "")
            if to not in earlier:
                raise Failed(f"Van stap {at} kan het niet terug naar {to or 'een eerdere stap'}.")
            database.go_back(to)
        say(f"De gegevens stonden op stap {at} en staan nu op stap {database.revision()}.")
    return 0


def _backup(asked: Namespace) -> int:
    store = store_of(asked)
    store.must_exist()
    key = store.dump_key()
    with store.open() as database:
        made = backup.write(database, asked.dump, key)
    say(f"De kopie staat in {asked.dump}: {made.teams} teams, {made.rows} rijen, {made.at}.")
    return 0


def _restore(asked: Namespace) -> int:
    store = store_of(asked)
    if store.file is not None and not store.file.exists() and not keys.given():
        raise Failed(keys.KEY_OF_DUMP)
    key = store.dump_key()
    with taken(store, alone=True), closing(Database(store.database, store.key())) as database:
        made = backup.restore(database, asked.dump, key, replace=asked.replace)
        again = keep_all(database, system_time(), at_once=True)
    if again:
        say(f"Bewaartermijnen: {again} records uit de kopie moesten weg en zijn weer weg.")
    say(
        f"De kopie van {made.at} is teruggezet: {made.teams} teams, {made.rows} rijen. "
        "Start de centrale. Iedereen meldt zich opnieuw aan; de desks sturen daarna opnieuw wat "
        "zij na die kopie nog deden."
    )
    if made.undone:
        done = ", ".join(
            f"{_UNDONE.get(act, act)}: {made.undone[act]}" for act in sorted(made.undone)
        )
        say(
            f"Let op: van na die kopie geldt weer niet: {done}. Doe dat opnieuw voordat de desks "
            "erbij mogen; wat u opzij zette, noemt met export-audit wie het zijn."
        )
    return 0


_UNDONE = {
    "account_added": "account gegeven",
    "account_activated": "wachtwoord gekozen",
    "account_bound": "account verbonden met de organisatie",
    "account_removed": "account gewist",
    "account_started_anew": "account opnieuw begonnen",
    "device_restored": "desk weer toegelaten",
    "device_revoked": "desk ingetrokken",
    "password_changed": "wachtwoord veranderd",
    "second_factor_on": "app met codes aangezet",
}
"""What was done with accounts and desks, by the word of its act in the audit rows."""


def _add_team(asked: Namespace) -> int:
    name = " ".join(asked.name.split())
    if not 1 <= len(name) <= NAME_LONGEST:
        raise Failed(f"De naam van een team heeft 1 tot {NAME_LONGEST} tekens.")
    return _code(asked, name)


def _new_code(asked: Namespace) -> int:
    return _code(asked, None)


def _code(asked: Namespace, team: str | None) -> int:
    with store_of(asked).open() as database:
        code = database.write_now(lambda conn: first_code.new_first_code(conn, team, system_time()))
    if code is None:
        raise Failed(
            "Er is al een accounthouder. Die voegt de anderen toe, met een code per persoon. "
            "Er is niets gewijzigd."
        )
    say(f"Code voor de eerste accounthouder (eenmalig, {first_code.FIRST_DAYS} dagen): {code}")
    return 0


def _collect(asked: Namespace) -> int:
    with store_of(asked).open() as database:
        done = sum(
            database.write_now(partial(alone, work=work, moment=system_time())) for work in WORK
        )
        gone = keep_all(database, system_time(), at_once=asked.retention)
    say(f"Opgeruimd: {done} van {len(WORK)} onderdelen. De rest doet een andere centrale nu.")
    say(f"Bewaartermijnen: {gone} records gingen weg.")
    return 0


def _status(asked: Namespace) -> int:
    store = store_of(asked)
    store.must_exist()
    with closing(Database(store.database, store.key())) as database:
        at = database.revision()
        say(f"Gegevens: {store.file or 'PostgreSQL'}")
        say(f"Stap: {at or 'geen'}; dit programma kent {migrations.HEAD}")
        if at != migrations.HEAD:
            return 0
        for name, (_, value) in database.read_now(sizes).items():
            say(f"{name}: {value:.0f}")
        for _team, name, head in database.read_now(_heads):
            say(f"{name}: {head.seq} wijzigingen, volledig vanaf {head.floor_seq}")
    return 0


def _heads(conn: Connection) -> list[tuple[str, str, repository.Head]]:
    return [
        (team, name, repository.head(conn, team) or repository.Head(0, 0))
        for team, name in repository.teams(conn)
    ]


def _key(asked: Namespace) -> int:
    if asked.what == "new":
        say(keys.new_key().hex())
        return 0
    store = store_of(asked)
    store.must_exist()
    say(store.dump_key().hex())
    return 0


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "serve": _serve,
    "migrate": _migrate,
    "backup": _backup,
    "restore": _restore,
    "verify": verify_rows,
    "export-audit": export_audit,
    "audit-key": audit_key,
    "add-team": _add_team,
    "new-code": _new_code,
    "collect": _collect,
    "status": _status,
    "key": _key,
    "intake-key": intake_key,
}
