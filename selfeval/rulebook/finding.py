"""Finding rulebooks by name: as ``extends`` writes it in a file, and as a user gives it; never outside the rules."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from selfeval.domain.problems import Place, Problem, near_word, problem
from selfeval.packages.links import real
from selfeval.rulebook.shelf import every_rulebook, rulebook_names

_SEGMENT = r"\w[\w.-]{0,59}"
NAME = re.compile(rf"(?:{_SEGMENT}/){{0,6}}{_SEGMENT}")
"""A rulebook's name from the folder of rules: 2024, examples/hubei, regions/hunan/dept."""

ENDINGS = (".cases", ".yaml", ".yml")
"""What a name of a rulebook cannot end in: its file and that of its cases do."""

_EXTENDED = re.compile(rf"(?:\.\./){{0,6}}{NAME.pattern}")


_YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def year_named(path: Path) -> int | None:
    """The year that a rule file is named after; None for any other name."""
    return int(path.stem) if _YEAR.fullmatch(path.stem) else None


def parent_of(path: Path, parent: str, top: Path) -> Path | None:
    """The rulebook that the file ``path`` extends: in its own folder, else in the nearest above; None: there is none.

    ``top`` is the folder of rules, which no name leads out of.
    """
    if not _EXTENDED.fullmatch(parent):
        return None
    for folder in _upwards(path.parent, top):
        found = Path(os.path.normpath(folder / f"{parent}.yaml"))
        if found.is_relative_to(top) and found.is_file() and real(found).is_relative_to(real(top)):
            return found
    return None


def _upwards(folder: Path, top: Path) -> Iterator[Path]:
    yield folder
    if folder != top and folder.is_relative_to(top):
        yield from _upwards(folder.parent, top)


def extendable(path: Path, top: Path) -> list[str]:
    """The names by which the file ``path`` could extend others, those beside it first."""
    names = [
        os.path.relpath(other, path.parent).replace(os.sep, "/").removesuffix(".yaml")
        for other in every_rulebook(top)
        if other != path
    ]
    return sorted(names, key=lambda name: (name.count("/"), name))


def wanted_at(name: str, parent: str) -> str:
    """Where the parent of the file printed as ``name`` would have to stand; blank outside the rules."""
    folder = name.rpartition("/")[0]
    wanted = os.path.normpath(f"{folder}/{parent}.yaml").replace(os.sep, "/") if folder else f"{parent}.yaml"
    inside = _EXTENDED.fullmatch(parent) and wanted.split("/")[0] == name.split("/", maxsplit=1)[0]
    return wanted if inside or (not folder and NAME.fullmatch(parent)) else ""


def not_named(rules: Path, name: str, known: Sequence[str] | None = None) -> Problem:
    """That no rulebook has the name, with the nearest that there is, and all of them (``known``: all that would do)."""
    known = rulebook_names(rules) if known is None else known
    near = near_word(name, known, "，是否应为“{}”？")
    return problem("E246", Place(), found=name, near=near, known="、".join(known) or "（没有）")


def named_rulebook(rules: Path, name: str) -> Path | None:
    """The file of a name: from the folder of rules, else the only one in any folder whose path ends so."""
    exact = rules / f"{name}.yaml"
    if exact.is_file() or not NAME.fullmatch(name):
        return exact if exact.is_file() else None
    ending = [path for path in every_rulebook(rules) if path.as_posix().endswith(f"/{name}.yaml")]
    return ending[0] if len(ending) == 1 else None
