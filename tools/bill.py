"""Write the bill of materials: ``python3 run.py bill [FILE]`` (security.md §7, threat 21).

CycloneDX 1.6 in JSON, with every package of the lock file: its version, the hashes that set-up
accepts, its licence, what it needs, and whether the program itself needs it or only who builds it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, License, LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
_EXTRA = re.compile("extra == ['\"]([^'\"]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def _plain(name: str) -> str:
    return str(canonicalize_name(name))


def locked(lock: str) -> dict[str, tuple[str, list[str]]]:
    """Read a lock file: by package name its version and the SHA-256 of each file it may come as."""
    found: dict[str, tuple[str, list[str]]] = {}
    starts = [*_PINNED.finditer(lock)]
    ends = [one.start() for one in starts[1:]] + [len(lock)]
    for one, end in zip(starts, ends, strict=True):
        hashes = _HASH.findall(lock, one.end(), end)
        found[_plain(one.group(1))] = (one.group(2), hashes)
    return found


def needs(
    installed: Mapping[str, Distribution], names: Iterable[str], asked: Iterable[Requirement]
) -> dict[str, set[str]]:
    """Say per locked package which other locked packages it needs.

    asked: what the project itself names. An extra counts where it is asked for.
    """
    known = set(names)
    lines = {
        name: [Requirement(line) for line in (installed[name].requires or ())]
        for name in known & set(installed)
    }
    plain = [one for wanted in lines.values() for one in wanted if not _extra(one)]
    extras: dict[str, set[str]] = {}
    for one in (*asked, *plain):
        extras.setdefault(_plain(one.name), set()).update(one.extras)
    found: dict[str, set[str]] = {name: set() for name in known}
    for name, wanted in lines.items():
        for one in wanted:
            if not _extra(one) or _extra(one) in extras.get(name, ()):
                found[name].add(_plain(one.name))
    return {name: (wanted & known) - {name} for name, wanted in found.items()}


def _extra(one: Requirement) -> str:
    found = _EXTRA.search(str(one.marker or ""))
    return found.group(1) if found else ""


def reached(from_names: Iterable[str], graph: Mapping[str, set[str]]) -> set[str]:
    """Follow what is needed from these names on; returns all that is met, themselves included."""
    seen: set[str] = set()
    waiting = [name for name in from_names if name in graph]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += graph[name] - seen
    return seen


def bill(root: Path = ROOT) -> Bom:
    """Make the bill of the checkout at ``root`` with the packages of this environment."""
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    packages = locked((root / "requirements.lock").read_text("utf-8"))
    installed = {_plain(one.name): one for one in distributions() if one.name}
    asked = [Requirement(line) for line in project["dependencies"]]
    direct = {_plain(one.name) for one in asked}
    further = project.get("optional-dependencies", {}).values()
    every = [*asked, *(Requirement(line) for lines in further for line in lines)]
    graph = needs(installed, packages, every)
    of_program = reached(direct, graph)
    made = Bom()
    made.metadata.component = ours = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        licenses=[LicenseExpression(project["license"])],
    )
    parts = {}
    for name, (version, hashes) in packages.items():
        parts[name] = Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            bom_ref=f"{name}@{version}",
            purl=PackageURL("pypi", None, name, version),
            scope=ComponentScope.REQUIRED if name in of_program else ComponentScope.EXCLUDED,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in hashes],
            licenses=_licences(installed.get(name)),
        )
        made.components.add(parts[name])
    made.register_dependency(ours, [parts[name] for name in sorted(direct & set(parts))])
    for name, part in parts.items():
        made.register_dependency(part, [parts[other] for other in sorted(graph[name])])
    return made


def _licences(installed: Distribution | None) -> list[License]:
    if installed is None:  # locked for another system than this one
        return []
    said = installed.metadata.json
    expression = said.get("license_expression")
    if isinstance(expression, str):
        return [LicenseExpression(expression)]
    names = [
        line.rpartition(" :: ")[2]
        for line in said.get("classifier", ())
        if line.startswith("License ::")
    ]
    short = str(said.get("license", "")).strip().partition("\n")[0][:100]
    return [DisjunctiveLicense(name=name) for name in names or [short] if name]


def as_json(made: Bom) -> str:
    """Return the bill as indented CycloneDX 1.6 JSON."""
    outputter = make_outputter(made, OutputFormat.JSON, SchemaVersion.V1_6)
    return outputter.output_as_string(indent=2)


def main(argv: list[str]) -> int:
    """Write the bill to the named file, or to standard output; returns the exit code."""
    if len(argv) > 1 or argv[:1] == ["--help"]:
        print("Gebruik: python3 run.py bill [FILE]")
        return 0 if argv == ["--help"] else 2
    written = as_json(bill())
    if not argv:
        print(written)
        return 0
    try:
        Path(argv[0]).write_text(written + "\n", encoding="utf-8")
    except OSError as problem:
        print(f"De lijst is niet bewaard: {problem}. Kies een andere plek.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
