"""Look-ups at RDW and PDOK as central makes them: what goes out, what comes back, what is kept."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, text

from central.lookups import pdok, rdw
from central.lookups.sources import choice_of
from contract import routes
from contract.lookups import AddressAsked, Vehicle
from contract.lookups import path as lookup_path
from contract.reading.feed import OddAnswer
from contract.vocabulary import LOOKUPS, Role
from tests.helpers.central_line import CentralLine, op
from tests.helpers.lookups import Registers, address, places, stand_in, vehicle
from tests.helpers.outside import answering

PLATE = "12-AE-IO"
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "rdw"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[CentralLine]:
    """Return a line to a central with a file: a look-up reads one setting and writes nothing."""
    with CentralLine(tmp_path / "central.db") as made:
        made.set_up()
        yield made


@pytest.fixture
def outside(line: CentralLine) -> Iterator[Registers]:
    """Stand-ins for both registers; the team switched both look-ups on."""
    switch(line, *LOOKUPS)
    with stand_in(line.office) as made:
        yield made


def switch(line: CentralLine, *names: str, **more: Any) -> None:
    value = {"on": list(names), **more}
    made = op("create", "setting", "lookups", set={"value": value})
    assert line.push(made)[0]["status"] == "applied"


def plate(line: CentralLine, typed: str = PLATE) -> dict[str, Any]:
    answer = line.call("POST", lookup_path(line.team, "plates"), {"plate": typed})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def look_for(line: CentralLine, **asked: str) -> dict[str, Any]:
    answer = line.call("POST", lookup_path(line.team, "addresses"), asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    ("name", "body"),
    [("plates", {"plate": PLATE}), ("addresses", {"street": "Voorbeeldlaan"})],
)
def test_nothing_is_asked_until_the_team_switched_it_on(
    line: CentralLine, name: str, body: dict[str, str]
) -> None:
    other = next(one for one in LOOKUPS if one != name)
    switch(line, other)
    with stand_in(line.office) as outside:
        answer = line.call("POST", lookup_path(line.team, name), body)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/lookup-off")
        assert not outside.asked(name)


def test_a_plate_gives_make_type_and_colour_with_the_time(
    line: CentralLine, outside: Registers
) -> None:
    found = plate(line, "12 ae io")
    assert found == {
        "state": "found",
        "why": "",
        "at": line.office.now(),
        "source": "RDW",
        "vehicle": {
            "kind": "Personenauto",
            "make": "OPEL",
            "model": "CORSA",
            "colour": "BLAUW",
            "second_colour": "",
        },
    }
    assert plate(line, "12-OU-EI")["state"] == "not_found"
    assert plate(line, "UE98AO")["vehicle"]["colour"] == ""


def test_what_was_looked_for_stands_in_no_address_log_record_or_figure(
    line: CentralLine, outside: Registers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    plate(line)
    look_for(line, street="Verzonnenpad", number="4711", town="Veldermeer")
    outside.says("plates", "<html>12AEIO</html>", "text/html")
    plate(line)
    line.call("POST", lookup_path(line.team, "plates"), {"plate": "12-AE-IO zei zij"})
    asked = outside.asked("plates")[0]
    assert b"12AEIO" in asked, "it was not asked at all"
    assert b"12AEIO" not in asked.split(b"\r\n\r\n")[0]
    assert asked.startswith(b"POST /api/v3/views/m9d7-ebf2/query.json HTTP")
    assert b"Cookie" not in asked
    words = [record.getMessage() for record in caplog.records]
    words.append(line.call("GET", routes.METRICS).text)
    words += [str(row) for row in everything(line)]
    for term in ("12AEIO", PLATE, "Verzonnenpad"):
        assert not [one for one in words if term.casefold() in one.casefold()], term


def everything(line: CentralLine) -> list[Any]:
    """Return every row of every table of central."""

    def read(conn: Any) -> list[Any]:
        return [
            row
            for name in inspect(conn).get_table_names()
            for row in conn.execute(text(f'SELECT * FROM "{name}"'))
        ]

    found: list[Any] = line.office.database.read_now(read)
    assert found
    return found


def silent(line: socket.socket, _request: bytes) -> None:
    line.recv(1)  # until whoever asked has had enough


def endless(line: socket.socket, _request: bytes) -> None:
    line.sendall(b"HTTP/1.1 200 X\r\nContent-Type: application/json\r\n\r\n[")
    for _ in range(200):
        line.sendall(b" " * 16_384)


HOSTILE: dict[str, tuple[Callable[[socket.socket, bytes], None], str]] = {
    "a page": (answering(b"<html>storing</html>", "text/html"), "odd_type"),
    "a page that says it is data": (answering(b"<html>storing</html>"), "odd_answer"),
    "nothing": (answering(b""), "empty"),
    "another shape": (answering(b'{"error": true}'), "odd_answer"),
    "a number": (answering(b"7"), "odd_answer"),
    "odd types": (answering(b'[{"kenteken": ["12AEIO"], "merk": 4}]'), "odd_answer"),
    "another vehicle": (answering(json.dumps([vehicle("9AIO90")]).encode()), "odd_answer"),
    "two vehicles": (answering(json.dumps([vehicle("12AEIO")] * 2).encode()), "odd_answer"),
    "a vehicle without a word": (answering(b'[{"kenteken": "12AEIO"}]'), "odd_answer"),
    "depth without end": (answering(b"[" * 100_000), "odd_answer"),
    "another place": (answering(b"", status=302, more="Location: https://a.b/\r\n"), "redirect"),
    "a refusal": (answering(b"{}", status=403), "refused"),
    "trouble": (answering(b"{}", status=500), "failed"),
    "too much": (endless, "too_large"),
    "silence": (silent, "slow"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_answer_that_is_none_leaves_it_unknown(
    line: CentralLine, outside: Registers, name: str
) -> None:
    reply, why = HOSTILE[name]
    outside.slow_s = 0.4 if name == "silence" else 5
    outside.replies("plates", reply)
    outside.replies("addresses", reply)
    found = plate(line)
    assert (found["state"], found["why"], found["vehicle"]) == ("unknown", why, None)
    other = look_for(line, street="Voorbeeldlaan")
    assert (other["state"], other["places"]) == ("unknown", [])


def test_only_who_does_the_daily_work_may_look_something_up(
    line: CentralLine, outside: Registers
) -> None:
    reader = line.add_person(Role.READER)
    line.sign_in(reader)
    answer = line.call("POST", lookup_path(line.team, "plates"), {"plate": PLATE})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden")
    assert not outside.asked("plates")


def test_nobody_asks_faster_than_a_person_types(line: CentralLine, outside: Registers) -> None:
    path, body = lookup_path(line.team, "plates"), {"plate": PLATE}
    codes = [line.call("POST", path, body).status_code for _ in range(12)]
    assert codes == [200] * 10 + [429] * 2
    line.watch.move(seconds=2)
    assert line.call("POST", path, body).status_code == 200


@pytest.mark.parametrize("typed", ["", "hallo daar", "123456", "12-AE-IO'--", "12AEIO\n", "ABCDEF"])
def test_what_cannot_be_a_plate_goes_nowhere(
    line: CentralLine, outside: Registers, typed: str
) -> None:
    answer = line.call("POST", lookup_path(line.team, "plates"), {"plate": typed})
    assert answer.status_code == 400
    assert answer.json()["pointers"] == ["/plate"]
    assert not outside.asked("plates")


def test_a_central_that_asks_nothing_outside_says_so(line: CentralLine, outside: Registers) -> None:
    object.__setattr__(line.office.settings, "outside", False)
    assert (plate(line)["state"], plate(line)["why"]) == ("unknown", "off")
    assert not outside.asked("plates")


def test_a_host_that_is_not_on_the_list_is_not_asked(line: CentralLine) -> None:
    switch(line, "plates", hosts=["data.example.org"])
    with stand_in(line.office) as outside:
        assert plate(line)["why"] == "not_allowed"
        assert not outside.asked("plates")


def test_an_address_gives_every_place_it_may_mean(line: CentralLine, outside: Registers) -> None:
    both = look_for(line, street="voorbeeldlaan", number="12")
    assert [one["label"] for one in both["places"]] == [
        "Voorbeeldlaan 12, Veldermeer",
        "Voorbeeldlaan 12, Oosterveld",
    ]
    one = look_for(line, street="Voorbeeldlaan", number="12", town="Oosterveld")["places"]
    assert [(found["neighbourhood"], found["exact"]) for found in one] == [("BU99020101", True)]
    alike = look_for(line, street="Voorbeelddreef", town="Veldermeer")["places"]
    assert alike, "the stand-in found nothing alike"
    assert not any(found["exact"] for found in alike), "what is alike was taken for the same"
    assert look_for(line, street="Nergensweg")["state"] == "not_found"
    query = outside.asked("addresses")[0].split(b" ")[1]
    assert query.startswith(b"/bzk/locatieserver/search/v3_1/free?q=voorbeeldlaan+12&")


def test_letters_of_one_house_are_one_place() -> None:
    docs = [
        address("Voorbeeldlaan", "Veldermeer", "WK990101", "BU99010101", 1e5 + n, 450_000, "12")
        for n in range(5)
    ]
    asked = AddressAsked(street="Voorbeeldlaan", number="12A", town="Veldermeer")
    assert len(pdok.read(places(*docs), asked)) == 1


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="recorded answers are not in this checkout")
def test_recorded_answers_of_the_register_are_read() -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in SAMPLES.glob("*.json")}
    assert rdw.read(texts["no_vehicles"], "12AEIO") is None
    read = {
        stem: rdw.read(text, stem)
        for stem, text in texts.items()
        if stem != "no_vehicles" and not stem.startswith("fuel")
    }
    assert read
    assert all(found and found.make and found.kind and found.colour for found in read.values())


@pytest.mark.parametrize("value", [None, 4, [], {"on": "plates"}, {"on": ["all"], "hosts": [7]}])
def test_a_setting_that_is_no_choice_switches_nothing_on(value: Any) -> None:
    assert not choice_of(value).on


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["response", "docs", "kenteken", "merk", "centroide_rd", "huisnummer"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(JSON)
def test_whatever_a_register_says_it_is_read_or_called_odd(said: Any) -> None:
    written = json.dumps(said)
    asked = AddressAsked(street="Voorbeeldlaan")
    for read in (
        lambda: rdw.read(written, "12AEIO"),
        lambda: pdok.read(json.dumps({"response": {"docs": [said]}}), asked),
        lambda: pdok.read(written, asked),
    ):
        try:
            found = read()
        except OddAnswer:
            continue
        assert found is None or isinstance(found, Vehicle | list)
