"""Loading: a rule file to the domain's Rulebook, with every fault of the file and its parents at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.inheritance import resolve
from selfeval.rulebook.soundness.checks import check_soundness
from selfeval.rulebook.text.nodes import Block
from selfeval.rulebook.text.shape import shaped


class Loaded(NamedTuple):
    """A rule file as far as it could be read: the resolved tree, and the rulebook where no ``problems`` forbid it."""

    root: Block | None
    rulebook: Rulebook | None
    problems: tuple[Problem, ...]


def load_all(path: Path, root: Path) -> Loaded:
    """Read, resolve and check a rule file; ``root`` is the workspace that printed paths are relative to."""
    tree, files, problems = resolve(path, printed_name(path, root))
    rulebook = None
    if tree is not None:
        rulebook, problems = shaped(Rulebook, tree)
    if rulebook is not None and tree is not None:
        problems = tuple(check_soundness(rulebook, tree))
        rulebook = None if problems else replace(rulebook, files=files, extends="", remove=())
    return Loaded(tree, rulebook, in_order(problems))


def load(path: Path, root: Path) -> tuple[Rulebook | None, tuple[Problem, ...]]:
    """The rulebook of a file, or what keeps it from being used. Never raises for a user's file."""
    return load_all(path, root)[1:]


def find(rules: Path, year: int, root: Path) -> tuple[Rulebook | None, tuple[Problem, ...]]:
    """The rulebook of a year: ``<year>.yaml`` in the folder ``rules``, in force for that year.

    A missing one is a problem that names the command to make it; never another year's.
    """
    path = rules / f"{year}.yaml"
    name = printed_name(path, root)
    if not path.is_file():
        earlier = [int(other.stem) for other in rules.glob("[12][0-9][0-9][0-9].yaml") if int(other.stem) < year]
        base = max(earlier, default="national-2020")
        return None, (problem("E216", Place(file=name), year=year, file=name, base=base),)
    rulebook, problems = load(path, root)
    fault = not_in_force(rulebook, year, name) if rulebook else None
    return (None, (fault,)) if fault else (rulebook, problems)


def not_in_force(rulebook: Rulebook, year: int, name: str) -> Problem | None:
    """The problem of using a rulebook for a year that it does not hold; None when it does."""
    first, last = rulebook.first_year, rulebook.last_year
    if first <= year and (last is None or year <= last):
        return None
    span = f"{first} 年起" if last is None else f"{first} 至 {last} 年"
    facts = {"title": rulebook.title, "span": span, "year": year, "base": rulebook.id}
    return problem("E217", Place(file=name), **facts)


def printed_name(path: Path, root: Path) -> str:
    """The path as messages print it: relative to the workspace, with forward slashes."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems without repeats, from the top of each file down."""
    return tuple(sorted(dict.fromkeys(problems), key=_position))


def _position(found: Problem) -> tuple[str, list[int], str, str]:
    return found.place.file, [int(digits) for digits in re.findall(r"\d+", found.place.cell)], found.code, found.message
