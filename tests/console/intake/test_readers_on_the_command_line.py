"""read-alert and read-register as support calls them: one JSON document, 0 or 2."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.intake import read_alert, read_register

SAMPLES = Path(__file__).resolve().parents[3] / ".." / "shared" / "samples"
CODES = {
    "not_found",
    "empty",
    "too_large",
    "damaged",
    "wrong_encoding",
    "not_a_chat",
    "not_an_answer",
    "not_a_register",
    "not_areas",
}


def call(main: Any, argv: list[str], capfdbinary: Any) -> tuple[int, dict[str, Any]]:
    status = main(argv)
    out = capfdbinary.readouterr().out
    assert out.count(b"\n") == 1
    document = json.loads(out.decode("utf-8"))
    assert isinstance(document, dict)
    return status, document


def test_a_text_with_a_time_gives_its_alert(tmp_path: Path, capfdbinary: Any) -> None:
    file = tmp_path / "bericht.txt"
    file.write_text("Burgernet: vermist meisje van 6 jaar, 15:10 uur in Lagebrug.", "utf-8")
    argv = [str(file), "--at", "2026-11-12T16:31:00+01:00"]
    status, document = call(read_alert.main, argv, capfdbinary)
    assert status == 0
    assert document["source"] == "burgernet_text"
    assert document["alerts"][0]["started_at"] == "2026-11-12T15:10:00+01:00"


def test_a_time_without_zone_is_local_time(tmp_path: Path, capfdbinary: Any) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"data": [{"message": "x", "stop_at": "2026-11-12T16:00:00Z"}]}', "utf-8")
    for at, state in (("2026-11-12T16:59", "active"), ("2026-11-12T17:01", "ended")):
        _, document = call(read_alert.main, [f"--at={at}", str(file)], capfdbinary)
        assert document["alerts"][0]["state"] == state


def test_text_that_is_not_burgernet_is_one_unread_alert(tmp_path: Path, capfdbinary: Any) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Zaterdag is de barbecue.\n", "utf-8")
    status, document = call(read_alert.main, [str(file)], capfdbinary)
    assert status == 0
    assert document["source"] == "unknown"
    alert = document["alerts"][0]
    assert alert["text"] == "Zaterdag is de barbecue.\n"
    assert (alert["kind"], alert["state"], alert["started_at"]) == ("other", "unknown", None)


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["nergens.txt"], "not_found"),
        ([], "not_found"),
        (["a", "b"], "not_found"),
        (["leeg.txt"], "empty"),
        (["spaties.txt"], "empty"),
        (["groot.txt"], "too_large"),
        (["binair.txt"], "wrong_encoding"),
        (["html.txt"], "not_an_answer"),
        (["leeg.txt", "--at", "straks"], "damaged"),
        (["leeg.txt", "--at"], "damaged"),
        (["."], "not_found"),
    ],
)
def test_what_cannot_be_read_exits_with_two(
    argv: list[str], code: str, tmp_path: Path, monkeypatch: Any, capfdbinary: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leeg.txt").write_bytes(b"")
    (tmp_path / "spaties.txt").write_bytes(b" \n\t ")
    (tmp_path / "groot.txt").write_bytes(b"a" * 1_100_000)
    (tmp_path / "binair.txt").write_bytes(bytes(range(32)) * 20)
    (tmp_path / "html.txt").write_bytes(b"\n <html>Site Unavailable</html>")
    status, document = call(read_alert.main, argv, capfdbinary)
    assert (status, document["error"]["code"]) == (2, code)
    assert document["error"]["message"].endswith(".")


def test_a_list_is_printed_with_its_guesses(tmp_path: Path, capfdbinary: Any) -> None:
    file = tmp_path / "lijst.csv"
    file.write_bytes("Naam;Beheerder;Telefoon\nVlierpad;Zoë;612345678\n".encode("cp1252"))
    status, document = call(read_register.main, [str(file)], capfdbinary)
    assert status == 0
    assert document["encoding"] == "windows-1252"
    assert document["guesses"][0]["became"] == "+31612345678"
    status, document = call(read_register.main, [str(tmp_path / "weg.csv")], capfdbinary)
    assert (status, document["error"]["code"]) == (2, "not_found")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(
        ["Cancel", "52,4 5", "1790000000", "2026-11-12T16:00:00Z", "https://x/fototest/1"]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "AlertId AlertLevel Sent Type Message Title Description Media Image Area Circle "
                "actions data items id active area lat lng radius messages body title "
                "lastModifiedTimestamp message start_at stop_at type amberAlert municipality".split()
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON, cut=st.integers(0, 400))
def test_any_json_gives_a_document_or_a_code(
    value: object, cut: int, tmp_path: Path, capfdbinary: Any
) -> None:
    file = tmp_path / "x.json"
    whole = json.dumps(value)
    for text in (whole, whole[:cut]):
        file.write_text(text, "utf-8")
        status, document = call(read_alert.main, [str(file)], capfdbinary)
        assert status == (2 if "error" in document else 0)
        if status:
            assert document["error"]["code"] in CODES


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_code(data: bytes, tmp_path: Path, capfdbinary: Any) -> None:
    file = tmp_path / "x.bin"
    for start in (b"", b"Burgernet vermist ", b"<alert>", b"[{", "\ufeff".encode("utf-16")):
        file.write_bytes(start + data)
        status, document = call(read_alert.main, [str(file)], capfdbinary)
        assert status in (0, 2)
        assert status == 0 or document["error"]["code"] in CODES


def sample(name: str) -> str:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the recorded answers are not beside this checkout")
    return str(path)


def test_the_recorded_test_feed_is_an_amber_and_a_missing_child_alert(capfdbinary: Any) -> None:
    path = sample("burgernet/burgernet-test-alerts.json")
    status, document = call(read_alert.main, [path], capfdbinary)
    assert status == 0
    assert document["source"] == "burgernet_alerts"
    amber, child = document["alerts"]
    assert (amber["kind"], child["kind"]) == ("amber", "missing_child")
    assert amber["area"] is None
    assert (child["municipality"], child["area"]["radius_m"]) == ("Amsterdam", 5000)
    for alert in (amber, child):
        assert alert["state"] == "ended"
        assert alert["test"] is True
        assert alert["title"]
        assert alert["plates"] == []
        assert alert["text"].startswith("Sluitbericht")


def test_the_recorded_nl_alerts_follow_the_moment_asked(capfdbinary: Any) -> None:
    path = sample("nl-alert/nlalert_digibaro_testbody.json")
    _, document = call(read_alert.main, [path, "--at", "2026-09-20T04:00:00Z"], capfdbinary)
    assert [one["state"] for one in document["alerts"]] == ["active", "ended", "active", "active"]
    assert [one["test"] for one in document["alerts"]] == [False, False, False, True]
    assert document["alerts"][2]["id"] is None
    _, document = call(read_alert.main, [path, "--at", "2026-09-20T06:00:00Z"], capfdbinary)
    assert document["alerts"][0]["state"] == "ended"


def test_the_recorded_cap_alerts_are_read(capfdbinary: Any) -> None:
    path = sample("cap/weather.cap")
    _, document = call(read_alert.main, [path, "--at", "2010-08-30T05:00:00-06:00"], capfdbinary)
    assert document["alerts"][0]["state"] == "active"
    _, document = call(read_alert.main, [path], capfdbinary)
    assert document["alerts"][0]["ended_at"] == "2010-08-30T12:00:00-06:00"
    _, document = call(read_alert.main, [sample("cap/no_optional_fields.cap")], capfdbinary)
    assert document["source"] == "cap"
