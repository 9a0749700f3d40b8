"""A town to be killed in: a team with two operators, a released post with many groups, two desks."""

from __future__ import annotations

import random
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from contract.region import NETHERLANDS
from tests.faults.places import CentralPlace, DeskPlace
from tests.helpers.accounts_line import AccountsLine
from tests.helpers.central_line import command, new_id, op

GROUPS = 40
PORTS = (20_000, 32_000)
TEXT = f"Let op uw fiets bij het station.\n\n{NETHERLANDS.closing_general}"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a run starts from."""

    central: CentralPlace
    desks: tuple[DeskPlace, ...]
    team: str


def lay(folder: Path, place: Path | str, *, desks: int = 2, mutant: str = "") -> Ground:
    """Make the team at central with an account per desk, and say where everything will live."""
    with AccountsLine(place) as line:
        line.watch.at = datetime.now(UTC)
        line.begin()
        people = [
            line.add_account(f"operator.{n}", "operator", name=f"Operator {n}")
            for n in range(desks)
        ]
        post = op(
            "create",
            "post",
            new_id(),
            set={"type": "broadcast", "kind": "prevention", "title": "Fietsen", "body": TEXT},
        )
        placements = [
            op(
                "create",
                "placement",
                new_id(),
                set={"post_id": post["id"], "group_id": new_id(), "position": n, "text": TEXT},
            )
            for n in range(GROUPS)
        ]
        release = command("post", post["id"], "release")
        # In two batches: each version of a record then has a number of its own.
        done = [*line.push(post, *placements), *line.push(release)]
        assert {one["status"] for one in done} == {"applied"}, done
        team = line.team
    central = CentralPlace(place, _free_port(), folder / "central.log", mutant)
    return Ground(
        central,
        tuple(
            DeskPlace(
                f"balie-{n}",
                folder / f"desk-{n}.db",
                folder / f"desk-{n}.said",
                central.url,
                f"operator.{n}",
                person,
                mutant=mutant,
            )
            for n, person in enumerate(people)
        ),
        team,
    )


def _free_port() -> int:
    """Return a port below those that systems give to outgoing lines.

    Central is down again and again, and must find its port free each time.
    """
    for _ in range(200):
        port = random.SystemRandom().randrange(*PORTS)
        with socket.socket() as found:
            try:
                found.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no free port")
