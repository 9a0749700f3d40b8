"""What the page of a damaged central says, in counts (security.md §2)."""

from __future__ import annotations

import pytest

from console.app.remaking import DamagedCentral, lost_words, made_words
from console.services.desk import Desk
from console.storage.confirm import take
from console.storage.remaking import photos_elsewhere
from contract.op import Record
from contract.remaking import Left, Remade

UNCOUNTED = (
    "Hoeveel oude meldingen alleen bij de centrale staan, is niet meer te tellen. Wat leesbaar is, "
    "gaat mee."
)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            DamagedCentral(Left(12_345, 14, frozenset("x")), frozenset("xy"), "t"),
            (
                "Het logboek heeft 12.345 regels. Is het niet meer heel, dan begint het opnieuw.",
                "14 oude gegevens staan alleen bij de centrale. Wat leesbaar is, gaat mee.",
                "1 foto is nergens meer.",
                "1 foto staat niet op deze desk. Wat leesbaar is, gaat mee.",
            ),
        ),
        (
            DamagedCentral(Left(1, 0, frozenset()), frozenset(), "t"),
            ("Het logboek heeft 1 regel. Is het niet meer heel, dan begint het opnieuw.",),
        ),
        (
            DamagedCentral(Left(), frozenset("xy"), "t"),
            (
                "Het logboek is niet meer te tellen. Is het niet heel, dan begint het opnieuw.",
                UNCOUNTED,
                "2 foto’s staan niet op deze desk. Wat leesbaar is, gaat mee.",
            ),
        ),
    ],
)
def test_every_loss_is_a_line_with_its_count(found: DamagedCentral, said: tuple[str, ...]) -> None:
    assert lost_words(found) == said


def test_afterwards_it_says_what_is_really_gone() -> None:
    found = DamagedCentral(Left(9, 14, frozenset("x")), frozenset("xyz"), "t")
    made = Remade(812, False, 11, frozenset("x"))
    assert made_words(found, made) == (
        "De centrale is opnieuw gemaakt met 812 gegevens. Weg: 3 oude gegevens en 2 foto’s. "
        "Het logboek begint opnieuw."
    )
    whole = Remade(1, True, 14, frozenset("xyz"))
    assert made_words(found, whole) == "De centrale is opnieuw gemaakt met 1 gegeven."


def test_a_photo_after_its_last_day_is_no_loss(desk: Desk) -> None:
    rows = [
        Record("photo", "one", 1, {"sha256": "a" * 64}),
        Record("photo", "over", 1, {"sha256": "b" * 64, "expires_on": "2020-01-01"}),
    ]
    desk.store.write(lambda conn: take(conn, rows)).result()
    now = desk.now()
    found = desk.look(lambda conn: photos_elsewhere(conn, now)).result()
    assert found == {"a" * 64}
