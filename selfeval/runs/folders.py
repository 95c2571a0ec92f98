"""The folders of a workspace: where it is, which years are in it, and how a path is written. Quick to import."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from selfeval.packages.clutter import is_clutter
from selfeval.packages.links import real
from selfeval.packages.printable import readable

PARTS = ("rules", "inputs")
"""The folders by which a workspace is known."""

FOLDERS = (*PARTS, "outputs", "评分细则", "比较")
"""All that commands read and write in; a path in a message that begins with one begins at the root of the workspace."""

TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".parquet"})
"""Endings of files that may be target tables."""

_PLAIN = re.compile(r"[\w./:\\~-]+")
_YEAR = re.compile(r"20\d\d", re.ASCII)


def as_typed(path: Path) -> str:
    """A path as somebody typed it, from the current folder: ``./inputs/a`` where ``inputs/a`` would mean the other."""
    shown = readable(path.as_posix())
    return f"./{shown}" if path.parts and path.parts[0] in FOLDERS else shown


def quoted(typed: str) -> str:
    """A path as it is typed in a command: in quotation marks where it holds a blank or a sign of the shell."""
    return typed if _PLAIN.fullmatch(typed) else f'"{typed}"'


def root_of(folder: Path) -> Path:
    """The root of the workspace that a folder names (absolute, links resolved).

    The current folder, which is what one names by naming none, stands for the nearest workspace above when it is none.
    """
    root = real(folder)
    if folder == Path() and not any((root / part).is_dir() for part in PARTS):
        return next((above for above in root.parents if all((above / part).is_dir() for part in PARTS)), root)
    return root


def years_with_targets(root: Path) -> list[int]:
    """The years of a workspace that have a target table, in order."""
    years = (root / "inputs").glob("20[0-9][0-9]")
    return _years(path for path in years if (path / "targets.xlsx").exists() or has_tables(path / "targets"))


def has_tables(folder: Path) -> bool:
    """Whether a folder holds anything that may be a target table; it is looked for no longer than till one is found."""
    return any(
        path.suffix.lower() in TABLES and not is_clutter(path.name) for path in folder.rglob("*") if not path.is_dir()
    )


def years_with_rules(root: Path) -> list[int]:
    """The years that have a rulebook of their own, in order."""
    return _years(path.with_suffix("") for path in (root / "rules").glob("20[0-9][0-9].yaml"))


def years_with_results(outputs: Path) -> list[int]:
    """The years whose results lie in a folder, in order."""
    return _years(path.parent for path in outputs.glob("20[0-9][0-9]/run.json"))


def _years(named: Iterable[Path]) -> list[int]:
    return sorted(int(path.name) for path in named if _YEAR.fullmatch(path.name))
