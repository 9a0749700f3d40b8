"""The bill of materials: every package of the lock file, with what set-up accepts of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import ComponentScope
from packaging.requirements import Requirement

from tools import bill


def test_every_locked_package_stands_in_the_bill_with_the_hashes_of_the_lock_file() -> None:
    made = bill.bill()
    locked = bill.locked((bill.ROOT / "requirements.lock").read_text("utf-8"))
    listed = {one.name: one for one in made.components}
    assert listed.keys() == locked.keys()
    for name, (version, hashes) in locked.items():
        part = listed[name]
        assert part.version == version
        assert sorted(one.content for one in part.hashes) == sorted(hashes) != []
        assert str(part.purl) == f"pkg:pypi/{name}@{version}"


def test_what_only_a_builder_needs_is_kept_apart_from_what_runs_at_a_desk() -> None:
    scope = {one.name: one.scope for one in bill.bill().components}
    for name in ("pyside6-essentials", "sqlcipher3", "cffi", "psycopg-binary"):
        assert scope[name] is ComponentScope.REQUIRED
    for name in ("pytest", "mypy", "bandit"):
        assert scope[name] is ComponentScope.EXCLUDED


def test_the_bill_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "bill.json"
    assert bill.main([str(file)]) == 0
    written = json.loads(file.read_text("utf-8"))
    assert (written["bomFormat"], written["specVersion"]) == ("CycloneDX", "1.6")
    read: Bom | None = Bom.from_json(written)  # type: ignore[attr-defined]
    assert read is not None
    assert {one.name for one in read.components} == {one.name for one in bill.bill().components}
    assert read.validate()


def test_an_extra_counts_only_where_it_is_asked_for() -> None:
    class Known:
        def __init__(self, *requires: str) -> None:
            self.requires = list(requires)

    installed = {"a": Known("b", 'c; extra == "more"', 'd; extra == "other"'), "b": Known()}
    graph = bill.needs(installed, "abcd", [Requirement("a[more]")])  # type: ignore[arg-type]
    assert graph == {"a": {"b", "c"}, "b": set(), "c": set(), "d": set()}
    assert bill.reached(["a"], graph) == {"a", "b", "c"}


def test_a_place_that_cannot_be_written_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bill.main([str(tmp_path / "absent" / "bill.json")]) == 1
    assert "Kies een andere plek" in capsys.readouterr().err
