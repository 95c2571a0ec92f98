"""What the rows of a year come to, gathered in one pass: a long year makes each row anew when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from selfeval.domain.scored import State
from selfeval.workbooks.summary.indicators import ListedRow

GROUPED: tuple[tuple[str, ...], ...] = (("level1", "level2"), ("kind",), ("category",))
"""The columns by whose texts the sheet 分析 adds points up."""


@dataclass
class ProjectTally:
    """The rows of one project, in hundredths: points shared out, scores of indicators, points and number of open ones.

    ``extra``: some may add points beyond the 100 or take them away.
    """

    shared: int = 0
    secured: int = 0
    open: int = 0
    missing: int = 0
    broken: int = 0
    flagged: int = 0
    extra: bool = False


@dataclass
class Tallies:
    """Tallies of projects by number; points lost by group; which rows lost some; where each indicator stands."""

    projects: dict[int, ProjectTally] = field(default_factory=dict)
    lost: dict[tuple[str, ...], dict[tuple[str, ...], tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    losing: list[int] = field(default_factory=list)
    places: dict[tuple[str, str], int] = field(default_factory=dict)


def tallied(rows: Sequence[ListedRow]) -> Tallies:
    """The tallies of all rows."""
    found = Tallies(lost={by: {} for by in GROUPED})
    for at, listed in enumerate(rows):
        row = listed.row
        found.places[row.project, row.indicator] = at
        _count(found.projects.setdefault(listed.seq, ProjectTally()), listed)
        if listed.lost > 0:
            found.losing.append(at)
        for by, groups in found.lost.items():
            texts = tuple(listed.texts[column] for column in by)
            if any(texts):
                # sheets compare texts without regard to capitals: two groups that differ by them alone are one
                first, lost = groups.get(_key(texts), (texts, 0))
                groups[_key(texts)] = first, lost + listed.lost
    return found


def _key(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text.lower() for text in texts)


def _count(tally: ProjectTally, listed: ListedRow) -> None:
    row = listed.row
    tally.extra |= bool(row.most)
    tally.shared += 0 if row.most else row.points
    tally.secured += row.score or 0
    tally.flagged += row.state is State.ATTENTION
    if row.score is None and row.state in {State.ASK, State.ERROR}:
        tally.missing += 1
        tally.broken += row.state is State.ERROR
        tally.open += row.points
