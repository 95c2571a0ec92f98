"""Finding rulebooks by name: as ``extends`` writes it in a file, and as a user gives it; never outside the rules."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from selfeval.domain.problems import Place, Problem, near_word, problem
from selfeval.packages.links import real
from selfeval.rulebook.shelf import SHIPPED, every_rulebook, on_shelf, rule_name, shipped_rules, year_named

_SEGMENT = r"\w[\w.-]{0,59}"
NAME = re.compile(rf"(?:{_SEGMENT}/){{0,6}}{_SEGMENT}")
"""A rulebook's name from the folder of rules: 2024, examples/hubei, regions/hunan/dept."""

ENDINGS = (".cases", ".yaml", ".yml")
"""What a name of a rulebook cannot end in: its file and that of its cases do."""

_EXTENDED = re.compile(rf"(?:\.\./){{0,6}}{NAME.pattern}")


class Top(NamedTuple):
    """A folder of rules, which no name leads out of, and what stands for it in the names of its files (``rules/``)."""

    folder: Path
    prefix: str


class Found(NamedTuple):
    """A rule file, what messages call it, and the folder of rules that it is in."""

    path: Path
    name: str
    top: Top


def found_at(path: Path, root: Path) -> tuple[Found, list[Top]]:
    """A rule file by its path, and the folders of rules where what it extends is looked for, each once.

    Its own (of ``rules/regions/hunan/dept.yaml`` the rules), that of the workspace at ``root``, that of selfeval, which
    is the last for selfeval's own files too: a workspace may put its own in the place of any of them.
    """
    name = rule_name(path, root)
    own = Top(path.parents[max(0, name.count("/") - 1)], f"{name.split('/', maxsplit=1)[0]}/" if "/" in name else "")
    shipped = Top(shipped_rules(), f"{SHIPPED}/")
    tops = [own] if own.prefix != shipped.prefix else []
    tops += [Top(root / "rules", "rules/"), shipped]
    once = [top for at, top in enumerate(tops) if real(top.folder) not in {real(other.folder) for other in tops[:at]}]
    return Found(path, name, own), once


def parent_of(child: Found, parent: str, tops: Sequence[Top]) -> Found | None:
    """The rulebook that a file extends: in its own folder, else in the nearest above; None: there is none.

    What is in none of the folders of rules that is its own is looked for at the same place in the others.
    """
    if not _EXTENDED.fullmatch(parent):
        return None
    within = child.path.parent.relative_to(child.top.folder)
    for top in tops:
        for folder in _upwards(top.folder / within, top.folder):
            found = Path(os.path.normpath(folder / f"{parent}.yaml"))
            if found.is_relative_to(top.folder) and _usable(found, top):
                return Found(found, f"{top.prefix}{found.relative_to(top.folder).as_posix()}", top)
    return None


def _usable(found: Path, top: Top) -> bool:
    """Whether a file is there, not through a link to elsewhere, nor a unit's own beside those that selfeval ships."""
    foreign = top.prefix == f"{SHIPPED}/" and year_named(found) is not None
    return found.is_file() and not foreign and real(found).is_relative_to(real(top.folder))


def _upwards(folder: Path, top: Path) -> Iterator[Path]:
    yield folder
    if folder != top and folder.is_relative_to(top):
        yield from _upwards(folder.parent, top)


def extendable(path: Path, top: Path) -> list[str]:
    """The names by which the file ``path`` could extend others, those beside it first."""
    own = [other for other in every_rulebook(top) if other != path]
    names = {os.path.relpath(other, path.parent).replace(os.sep, "/").removesuffix(".yaml") for other in own}
    names.update(name for name, other in on_shelf(top).items() if other not in own and other != path)
    return sorted(names, key=lambda name: (name.count("/"), name))


def wanted_at(name: str, parent: str) -> str:
    """Where the parent of the file printed as ``name`` would have to stand; blank outside the rules."""
    folder = name.rpartition("/")[0]
    wanted = os.path.normpath(f"{folder}/{parent}.yaml").replace(os.sep, "/") if folder else f"{parent}.yaml"
    inside = _EXTENDED.fullmatch(parent) and wanted.split("/")[0] == name.split("/", maxsplit=1)[0]
    return wanted if inside or (not folder and NAME.fullmatch(parent)) else ""


def not_named(rules: Path, name: str, known: Sequence[str] | None = None) -> Problem:
    """That no rulebook has the name, with the nearest that there is, and all of them (``known``: all that would do)."""
    known = [*on_shelf(rules)] if known is None else known
    near = near_word(name, known, "，是否应为“{}”？")
    return problem("E246", Place(), found=name, near=near, known="、".join(known) or "（没有）")


def named_rulebook(rules: Path, name: str) -> Path | None:
    """The file of a name on the shelf, else the only one there in any folder whose name ends so."""
    exact = rules / f"{name}.yaml"
    if exact.is_file() or not NAME.fullmatch(name):
        return exact if exact.is_file() else None
    shelf = on_shelf(rules)
    ending = [path for other, path in shelf.items() if other.endswith(f"/{name}")]
    return shelf.get(name) or (ending[0] if len(ending) == 1 else None)
