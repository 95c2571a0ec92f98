"""Loading: a rule file to the domain's Rulebook, with every fault of file and parents at once, and its lines."""

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
from selfeval.rulebook.text.nodes import Block, leaves
from selfeval.rulebook.text.shape import shaped

_CELL = re.compile(r"第(\d+)行第(\d+)列")


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
    """The rulebook of a year, in force for it; a missing one is a problem that names the command to make it."""
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
    first, last = rulebook.in_force.start, rulebook.in_force.end
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
    places = {found: [int(digits) for digits in re.findall(r"\d+", found.place.cell)] for found in problems}
    return tuple(sorted(places, key=lambda found: (found.place.file, places[found], found.code, found.message)))


def resolved_lines(root: Block | None) -> tuple[tuple[str, str, str], ...]:
    """Every value of a resolved rulebook: its path, the value as written, and ``rules/2024.yaml:31``."""
    return tuple((path, value.text, str(value.mark.origin)) for path, value in leaves(root)) if root else ()


def as_text(root: Block | None) -> tuple[str, ...]:
    """The same as lines for a terminal: ``path: value  # file:line``."""
    return tuple(f"{path}: {value}  # {origin}" for path, value, origin in resolved_lines(root))


def point_at(problem: Problem, root: Path) -> tuple[str, ...]:
    """The line of a file that a problem points at, and a caret under the column; nothing when there is none."""
    match = _CELL.fullmatch(problem.place.cell)
    if match is None:
        return ()
    line, column = map(int, match.groups())
    try:
        shown = (root / problem.place.file).read_text(encoding="utf-8-sig").split("\n")[line - 1].rstrip("\r")
    except (OSError, UnicodeDecodeError, IndexError):
        return ()
    # full-width characters take two columns on a terminal, so the caret is padded with as many
    pad = re.sub("[^\t\u3000]", " ", re.sub("[^\0-\u2e80]", "\u3000", shown[: column - 1]))
    return (f"{line:>5} | {shown}", f"      | {pad}^")
