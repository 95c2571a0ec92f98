"""The locks: what a fresh machine installs is pinned and hashed, from wherever one's pip looks."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[0-9][0-9a-z.+]*)(?: ; (?P<marker>[^\\]+))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")

LOCKS = ("runtime", "dev", "sbom")


def lines(root: Path, lock: str) -> list[str]:
    return (root / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").splitlines()


def pins(root: Path, lock: str) -> dict[str, str]:
    """Package to version."""
    found = [match for line in lines(root, lock) if (match := PIN.match(line))]
    return {match["name"]: match["version"] for match in found}


def declared(root: Path, *groups: str) -> set[str]:
    """The packages that pyproject.toml asks for, with those of the named groups."""
    table = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(table["project"]["dependencies"])
    for group in groups:
        wanted += [one for one in table["dependency-groups"][group] if isinstance(one, str)]
    return {re.split(r"[^A-Za-z0-9._-]", one, maxsplit=1)[0].lower().replace("_", "-") for one in wanted}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_and_hashes_and_no_address(project_root: Path, lock: str) -> None:
    strange = [line for line in lines(project_root, lock) if not PIN.match(line) and not HASH.match(line)]
    assert strange == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_one_version_and_a_hash(project_root: Path, lock: str) -> None:
    text = lines(project_root, lock)
    names = [match["name"] for line in text if (match := PIN.match(line))]
    assert len(names) == len(set(names))
    after_pins = [text[number + 1] for number, line in enumerate(text) if PIN.match(line)]
    assert all(HASH.match(line) for line in after_pins)


def test_the_locks_hold_what_pyproject_asks_for(project_root: Path) -> None:
    assert declared(project_root, "build") <= pins(project_root, "runtime").keys()
    assert declared(project_root, "build", "dev") <= pins(project_root, "dev").keys()


def test_no_version_is_said_to_do_that_is_not_tried(project_root: Path) -> None:
    """At least the minor version of the lock: with older ones messages were in English, and bytes did not repeat."""
    table = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))
    locked, untried = pins(project_root, "runtime"), []
    for one in table["project"]["dependencies"]:
        name, least = re.match(r"([A-Za-z0-9_-]+)>=([0-9.]+)", one).groups()  # type: ignore[union-attr]
        parts = least.split(".")
        if locked[name.lower()].split(".")[: len(parts)] != parts or len(parts) == 1:
            untried.append(one)
    assert untried == []


def test_tests_run_with_the_versions_that_users_get(project_root: Path) -> None:
    runtime, dev = pins(project_root, "runtime"), pins(project_root, "dev")
    assert runtime.items() <= dev.items()


def test_users_do_not_install_tools_for_developers(project_root: Path) -> None:
    assert not {"pytest", "mypy", "ruff", "hypothesis"} & pins(project_root, "runtime").keys()


def test_nothing_that_users_install_is_under_the_gpl(project_root: Path) -> None:
    told = {name: licences(name) for name in pins(project_root, "runtime") if is_installed(name)}
    assert len(told) > 20
    assert {name for name, said in told.items() if not said} == set()
    assert {name for name, said in told.items() if any("GPL" in one or "GNU" in one for one in said)} == set()


def is_installed(name: str) -> bool:
    """Some are for one system or one Python only."""
    with suppress(PackageNotFoundError):
        return bool(metadata(name))
    return False


def licences(name: str) -> list[str]:
    """What a package says of its licence: the expression, the first line of the older field, the classifiers."""
    about = metadata(name)
    said = [about[field].partition("\n")[0] for field in ("License-Expression", "License") if field in about]
    return [*said, *(one for one in about.get_all("Classifier") or () if one.startswith("License ::"))]
