"""Loading: a rule file to the domain's Rulebook, with every fault of the file and its parents at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.inheritance import Reader, Resolved, resolve
from selfeval.rulebook.soundness.checks import check_soundness
from selfeval.rulebook.text.nodes import Block
from selfeval.rulebook.text.reading import read
from selfeval.rulebook.text.shape import shaped


@dataclass(frozen=True)
class Loaded:
    """A rule file as far as it could be read.

    ``rulebook`` is None when ``problems`` keep it from being used.
    """

    resolved: Resolved
    rulebook: Rulebook | None
    problems: tuple[Problem, ...]

    @property
    def root(self) -> Block | None:
        """The resolved tree: every value with its file and line."""
        return self.resolved.root


def load_all(path: Path, root: Path, reader: Reader = read) -> Loaded:
    """Read, resolve and check a rule file; ``root`` is the workspace that printed paths are relative to."""
    resolved = resolve(path, printed_name(path, root), reader)
    if resolved.root is None:
        return Loaded(resolved, None, in_order(resolved.problems))
    rulebook, problems = shaped(Rulebook, resolved.root)
    if rulebook is not None:
        problems = check_soundness(rulebook, resolved.root)
        rulebook = None if problems else replace(rulebook, files=resolved.files, extends="", remove=())
    return Loaded(resolved, rulebook, in_order(problems))


def load(path: Path, root: Path) -> tuple[Rulebook | None, tuple[Problem, ...]]:
    """The rulebook of a file, or what keeps it from being used. Never raises for a user's file."""
    loaded = load_all(path, root)
    return loaded.rulebook, loaded.problems


def find(rules: Path, year: int, root: Path) -> tuple[Rulebook | None, tuple[Problem, ...]]:
    """The rulebook of a year: ``<year>.yaml`` in the folder ``rules``, in force for that year.

    A missing one is a problem that names the command to make it; never another year's.
    """
    path = rules / f"{year}.yaml"
    name = printed_name(path, root)
    if not path.is_file():
        earlier = [int(one.stem) for one in rules.glob("[12][0-9][0-9][0-9].yaml") if int(one.stem) < year]
        base = max(earlier, default="national-2020")
        return None, (problem("E216", Place(file=name), year=year, file=name, base=base),)
    rulebook, problems = load(path, root)
    if rulebook is None:
        return None, problems
    fault = not_in_force(rulebook, year, name)
    return (rulebook, ()) if fault is None else (None, (fault,))


def not_in_force(rulebook: Rulebook, year: int, name: str) -> Problem | None:
    """The problem of using a rulebook for a year that it does not hold; None when it does."""
    last = rulebook.last_year
    if rulebook.first_year <= year and (last is None or year <= last):
        return None
    span = f"{rulebook.first_year} 年起" if last is None else f"{rulebook.first_year} 至 {last} 年"
    facts = {"title": rulebook.title, "span": span, "year": year, "base": rulebook.id}
    return problem("E217", Place(file=name), **facts)


def printed_name(path: Path, root: Path) -> str:
    """The path as messages print it: relative to the workspace, with forward slashes."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


def in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Problems without repeats, from the top of each file down."""
    return tuple(sorted(dict.fromkeys(problems), key=_position))


def _position(one: Problem) -> tuple[str, list[int], str, str]:
    digits = "".join(c if c.isdigit() else " " for c in one.place.cell)
    return one.place.file, [int(part) for part in digits.split()], one.code, one.message
