"""One standing condition under the header, the most serious first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from console.domain.clock import stamp
from console.domain.standing import LEDGER, NOTHING, SIGN_IN, TRAY, back_online, standing
from console.domain.status import Lamp, Status

NOW = datetime(2026, 11, 12, 15, 41, tzinfo=UTC)
OFF = Lamp("Burgernet", "unset")


def _status(state: str, ago: timedelta = timedelta(), **parts: Any) -> Status:
    central = Lamp("Centrale", state, stamp(NOW - ago))
    oldest = stamp(NOW - timedelta(minutes=3)) if parts.get("queue") else ""
    return Status(central, OFF, OFF, queue_oldest_at=oldest, **parts)


def test_nothing_stands_while_central_answers() -> None:
    assert standing(_status("here"), NOW) is None
    assert standing(_status("good"), NOW, restarted_at=NOW, unknown=0) is None


def test_without_contact_the_strip_says_since_when_and_what_waits() -> None:
    found = standing(_status("off", timedelta(minutes=3), queue=4), NOW)
    assert found is not None
    assert found.title == "Geen contact met de centrale sinds 16:38"
    assert found.text == "Werk gewoon door. Alles wordt hier bewaard en later verstuurd."
    assert found.aside == "4 wachten, oudste 3 min"
    assert found.action == TRAY


def test_after_eight_hours_the_strip_asks_to_phone() -> None:
    found = standing(_status("off", timedelta(hours=8)), NOW)
    assert found is not None
    assert found.text.startswith("Bel het andere station")
    almost = standing(_status("off", timedelta(hours=7, minutes=59)), NOW)
    assert almost is not None
    assert almost.text.startswith("Werk gewoon door")


def test_a_desk_that_only_reads_says_so_and_what_is_kept() -> None:
    found = standing(_status("off", timedelta(days=8), queue=2, read_only=True), NOW)
    assert found is not None
    assert found.title == "Deze desk had te lang geen contact met de centrale."
    assert "alleen lezen" in found.text
    assert "is bewaard" in found.text
    assert (found.tone, found.action) == ("red", TRAY)


def test_another_day_is_named() -> None:
    found = standing(_status("off", timedelta(hours=30)), NOW)
    assert found is not None
    assert found.title == "Geen contact met de centrale sinds 11-11 10:41"


def test_before_the_first_contact_nothing_is_claimed() -> None:
    never = Status(Lamp("Centrale", "off", ""), OFF, OFF)
    assert standing(never, NOW) is None


def test_after_a_restart_somebody_must_look() -> None:
    found = standing(_status("here"), NOW, restarted_at=NOW, unknown=1)
    assert found is not None
    assert found.title == "De desk is om 16:41 opnieuw gestart."
    assert found.text == "Alles staat er nog. Eén plaatsing moet u zelf nakijken."
    assert found.action == LEDGER
    more = standing(_status("here"), NOW, restarted_at=NOW, unknown=2)
    assert more is not None
    assert "2 plaatsingen" in more.text


def test_no_contact_is_more_serious_than_a_restart() -> None:
    found = standing(_status("off", timedelta(minutes=3)), NOW, restarted_at=NOW, unknown=1)
    assert found is not None
    assert found.action == TRAY


def test_back_online_says_what_was_sent_and_what_is_left() -> None:
    before, after = _status("off", queue=5), _status("here", tray=1)
    assert back_online(before, after) == "Weer contact. 4 dingen verstuurd, 1 om te beslissen (Q)."
    assert (
        back_online(_status("off", queue=1), _status("here")) == "Weer contact. 1 ding verstuurd."
    )
    assert back_online(_status("off"), _status("here")) == "Weer contact."


def test_a_desk_that_is_too_old_is_told_before_all_else() -> None:
    found = standing(_status("off", timedelta(minutes=3), queue=2, line="upgrade_needed"), NOW)
    assert found is not None
    assert (found.tone, found.action) == ("red", TRAY)
    assert found.title == "Deze desk is te oud voor de centrale."
    assert found.aside == "2 wachten, oudste 3 min"


def test_who_is_signed_out_gets_the_way_to_sign_in() -> None:
    status = _status("off", queue=1, line="signed_out", trouble="unauthenticated")
    found = standing(status, NOW)
    assert found is not None
    assert (found.button, found.action) == ("Meld opnieuw aan", SIGN_IN)
    # Between two persons of this desk nothing is wrong.
    changing = Status(Lamp("Centrale", "off", ""), OFF, OFF, line="signed_out")
    assert standing(changing, NOW) is None


def test_a_clock_that_is_off_is_told_with_how_much_and_which_way() -> None:
    behind = standing(_status("good", skew_s=190), NOW)
    assert behind is not None
    assert behind.title == "De klok van deze computer loopt 3 min achter."
    ahead = standing(_status("good", skew_s=-7200), NOW)
    assert ahead is not None
    assert ahead.title == "De klok van deze computer loopt 2 u voor."
    assert standing(_status("good", skew_s=120), NOW) is None


def test_a_resync_is_told_calmly_without_a_button() -> None:
    found = standing(_status("busy", line="resyncing"), NOW)
    assert found is not None
    assert (found.tone, found.button, found.action) == ("plain", "", NOTHING)


def test_central_s_own_sentence_or_its_trouble_stands_in_the_strip() -> None:
    own = standing(_status("off", sentence="De centrale wordt bijgewerkt."), NOW)
    assert own is not None
    assert own.text == "De centrale wordt bijgewerkt."
    full = standing(_status("off", trouble="storage-full"), NOW)
    assert full is not None
    assert full.text.startswith("De centrale heeft geen ruimte meer.")
