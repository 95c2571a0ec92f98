"""The shelf: the rulebooks that can be named, those of a folder of rules and then those that come with selfeval.

A folder's own file comes first. What comes with selfeval are the base rulebooks and the examples of the repository's
``rules/``, which an installed package carries inside; the file of a year is one unit's own and never among them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from selfeval.packages.files import printed_name

SHIPPED = "selfeval自带"
"""What stands for the folder of the rulebooks that come with selfeval, wherever it lies on a machine."""

_PACKED = Path(__file__).with_name("base")
_REPOSITORY = Path(__file__).parents[2] / "rules"
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def year_named(path: Path) -> int | None:
    """The year that a rule file is named after; None for any other name."""
    return int(path.stem) if _YEAR.fullmatch(path.stem) else None


def shipped_rules() -> Path:
    """The folder of the rulebooks that come with selfeval: within the package, in a clone the ``rules`` beside it."""
    return _PACKED if _PACKED.is_dir() else _REPOSITORY


def every_rulebook(rules: Path) -> list[Path]:
    """All rulebooks in a folder and the folders in it, those of the folder itself first."""
    found = (
        path
        for path in rules.rglob("*.yaml")
        if path.is_file() and "." not in path.stem and not any(part[0] == "." for part in path.relative_to(rules).parts)
    )
    return sorted(found, key=lambda path: (len(path.relative_to(rules).parts), path))


def on_shelf(rules: Path) -> dict[str, Path]:
    """The files of all rulebooks by their names (2024, examples/hubei): those of a folder, then those of selfeval."""
    own = {_name(path, rules): path for path in every_rulebook(rules)}
    shipped = shipped_rules()
    more = {_name(path, shipped): path for path in every_rulebook(shipped) if year_named(path) is None}
    return own | {name: path for name, path in more.items() if name not in own}


def _name(path: Path, rules: Path) -> str:
    return path.relative_to(rules).with_suffix("").as_posix()


def is_shipped(path: Path, root: Path) -> bool:
    """Whether a file comes with selfeval, and is not one of the workspace at ``root``."""
    whole = _whole(path)
    return whole.is_relative_to(shipped_rules()) and not whole.is_relative_to(_whole(root / "rules"))


def rule_name(path: Path, root: Path) -> str:
    """What a rule file is called everywhere: ``rules/2024.yaml``, ``selfeval自带/national-2020.yaml``."""
    if is_shipped(path, root) and year_named(path) is None:
        return f"{SHIPPED}/{_whole(path).relative_to(shipped_rules()).as_posix()}"
    return printed_name(path, root)


def rule_path(name: str, root: Path) -> Path:
    """Where the file stands that ``rule_name`` calls so."""
    folder, _, rest = name.partition("/")
    return shipped_rules() / rest if folder == SHIPPED else root / name


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - a link is called by its own name
