"""Paper that cannot rot: what the documents promise is what the checkout holds."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import jsonschema
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import run
from tests.architecture.source import ROOT, name, text, tracked

PAPERS = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE",
    "publiccode.yml",
    "REUSE.toml",
)


def project() -> dict[str, Any]:
    """Read the project table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    return table


def locked() -> dict[str, list[str]]:
    """Read the lock file: each pinned line with its hashes."""
    found: dict[str, list[str]] = {}
    for block in re.split(r"\n(?=\S)", text(ROOT / "requirements.lock").strip()):
        first, *rest = block.split(" \\\n")
        found[first] = [line.strip() for line in rest]
    return found


def allowed() -> set[str]:
    """Read the list of packages that may be in the lock file."""
    lines = text(ROOT / "tests/architecture/allowed_packages.txt").splitlines()
    return {line.split("#")[0].strip() for line in lines} - {""}


@pytest.mark.parametrize("paper", PAPERS)
def test_every_promised_paper_is_there(paper: str) -> None:
    assert len(text(ROOT / paper)) > 100


def test_every_locked_package_is_checked_by_its_hash() -> None:
    for line, hashes in locked().items():
        assert re.fullmatch(r"[a-z0-9.-]+==\S+( ; .+)?", line), line
        assert hashes, f"{line} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", item) for item in hashes), line


def test_the_lock_file_holds_no_address() -> None:
    assert not re.search(r"://|--(?:index|extra|find|trusted)", text(ROOT / "requirements.lock"))


def test_every_locked_package_is_on_the_list_of_allowed_ones() -> None:
    names = {canonicalize_name(Requirement(line).name) for line in locked()}
    assert not names - allowed(), "A new package is a decision: add it to allowed_packages.txt."
    assert not allowed() - names, "These packages are gone: take them off allowed_packages.txt."


def test_the_lock_file_answers_every_dependency_of_the_project() -> None:
    pins = {}
    for line in locked():
        pin = Requirement(line)
        pins[canonicalize_name(pin.name)] = next(iter(pin.specifier)).version
    wanted = list(project()["dependencies"])
    for extra in project()["optional-dependencies"].values():
        wanted += extra
    for line in wanted:
        need = Requirement(line)
        version = pins.get(canonicalize_name(need.name))
        assert version is not None, f"{need.name} is not in requirements.lock"
        assert need.specifier.contains(version), f"{need} is locked at {version}"


def test_the_readme_explains_every_verb_of_run_py() -> None:
    readme = text(ROOT / "README.md")
    silent = [verb for verb in [*run.VERBS, "version", "help"] if f"`{verb}" not in readme]
    assert not silent, f"README.md does not explain {silent}"


def test_the_public_check_runs_the_tests_and_the_checks() -> None:
    script = text(ROOT / ".ci/run")
    assert "set -euo pipefail" in script
    assert script.index("python3 run.py test") < script.index("python3 run.py check")


def test_the_changelog_opens_with_the_version_at_hand() -> None:
    headings = re.findall(r"^## \[(.+?)\]", text(ROOT / "CHANGELOG.md"), flags=re.M)
    assert headings[0] in ("Unreleased", project()["version"])


PUBLICCODE = {
    "type": "object",
    "required": [
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    ],
    "properties": {
        "publiccodeYmlVersion": {"const": "0.7"},
        "name": {"const": "Buurtdesk"},
        "url": {"type": "string", "pattern": "^https://"},
        "softwareVersion": {"type": "string"},
        "platforms": {
            "type": "array",
            "items": {"enum": ["web", "windows", "mac", "linux", "ios", "android"]},
        },
        "developmentStatus": {"enum": ["concept", "development", "beta", "stable", "obsolete"]},
        "softwareType": {"const": "standalone/desktop"},
        "description": {
            "type": "object",
            "required": ["nl", "en"],
            "additionalProperties": {
                "type": "object",
                "required": ["shortDescription", "longDescription", "features"],
                "properties": {
                    "shortDescription": {"type": "string", "maxLength": 150},
                    "longDescription": {"type": "string", "minLength": 150, "maxLength": 10000},
                    "features": {"type": "array", "minItems": 1, "items": {"maxLength": 100}},
                },
            },
        },
        "legal": {"required": ["license"], "properties": {"license": {"const": "EUPL-1.2"}}},
        "maintenance": {
            "required": ["type"],
            "properties": {"type": {"enum": ["internal", "contract", "community", "none"]}},
        },
        "localisation": {
            "required": ["localisationReady", "availableLanguages"],
            "properties": {"availableLanguages": {"contains": {"const": "nl"}}},
        },
    },
}


def test_publiccode_yml_holds_what_public_catalogues_read() -> None:
    document = yaml.safe_load(text(ROOT / "publiccode.yml"))
    jsonschema.validate(document, PUBLICCODE)
    assert document["softwareVersion"] == project()["version"]


def test_every_kept_file_has_a_licence() -> None:
    rules = tomllib.loads(text(ROOT / "REUSE.toml"))["annotations"]
    assert rules[0]["path"] == "**"
    for rule in rules:
        assert (ROOT / "LICENSES" / f"{rule['SPDX-License-Identifier']}.txt").is_file()


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(
        int(path.name[:4]) for path in tracked() if name(path).startswith("docs/decisions/")
    )
    assert numbers == list(range(1, len(numbers) + 1))
