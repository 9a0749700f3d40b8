"""The settings of a station: defaults, slips in the file, and the environment."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.settings import Settings, load, save


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json", {}) == (Settings(), ())
    assert Settings().station_name


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    chosen = Settings(station="balie-2", theme="dark", lock_minutes=9, sounds=False)
    save(tmp_path / "deep" / "settings.json", chosen)
    assert load(tmp_path / "deep" / "settings.json", {}) == (chosen, ())


def test_one_slip_costs_one_setting_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "pink", "lock_minutes": 9, "sounds": 3, "unheard": 1}')
    found, problems = load(path, {})
    assert found == Settings(lock_minutes=9)
    assert len(problems) == 3
    assert all(sentence.endswith(".") for sentence in problems)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe\x00", b"[" * 90_000, b"null"])
def test_a_file_that_cannot_be_read_keeps_no_desk_closed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    found, problems = load(path, {})
    assert found == Settings()
    assert len(problems) == 1


def test_the_environment_wins(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark"}')
    wanted = {"BUURTDESK_THEME": "light", "BUURTDESK_SOUNDS": "0", "BUURTDESK_LOCK_MINUTES": "7"}
    assert load(path, wanted)[0] == Settings(theme="light", sounds=False, lock_minutes=7)
    found, problems = load(path, {"BUURTDESK_LOCK_MINUTES": "soon"})
    assert found.lock_minutes == 5
    assert len(problems) == 1


def test_every_setting_is_explained() -> None:
    for field in fields(Settings):
        assert f"``{field.name}``" in str(Settings.__doc__)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(
    values=st.dictionaries(
        st.sampled_from([field.name for field in fields(Settings)]) | st.text(max_size=9), JSON
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_any_file_gives_settings_of_the_right_types(tmp_path: Path, values: dict[str, Any]) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    found, _ = load(path, {})
    for field in fields(Settings):
        assert type(getattr(found, field.name)) is type(field.default)
