"""The goals of speed: each a ratio of one run, with what it is today and what it is to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from benchmarks.contest import AGAIN, CAREFUL, FAST, FAST_ISAL, FLOOR, IMPORTS, OURS, PLAIN, VERSION, Times

PROVINCE = 100_000
_COLD = {PLAIN: 9.0, CAREFUL: 3.0, FAST: 2.0}
_FURTHER = {PLAIN: 40.0, CAREFUL: 15.0, FAST: 9.0}


@dataclass(frozen=True)
class Goal:
    """A row of the table; ``figures``: the seconds behind the ratio."""

    name: str
    ratio: float
    goal: str
    figures: str

    @property
    def line(self) -> str:
        return f"| {self.name} | {self.ratio:.2f} | {self.goal} | {self.figures} |"


def goals(times: dict[int, Times]) -> list[Goal]:
    """The table from the seconds of each round; ratios are medians of rounds, so that a drift meets both sides."""
    small, *larger = sorted(size for size in times if size)
    cold = times[small]
    found = [
        _goal(f"cold `score` of {small} projects ÷ floor", cold[OURS], cold[FLOOR], "≤ 3"),
        _goal("… ÷ `import pandas, xlsxwriter`", cold[OURS], times[0][IMPORTS], "≤ 1.3"),
        *_peers(f"cold, {{}} ÷ selfeval ({small} projects)", cold, _COLD),
    ]
    if larger:
        further = further_of(times, small, larger[0])
        found.append(_goal("each further project ÷ its floor", further[OURS], further[FLOOR], "≤ 2 (isal: ≤ 1)"))
        found += _peers("each further project, {} ÷ selfeval", further, _FURTHER)
    found.append(_goal("nothing changed ÷ `selfeval --version`", times[0][AGAIN], times[0][VERSION], "≤ 1.5"))
    if larger:
        found.append(_province(cold[OURS], further[OURS], small))
    return found


def of_columns(seconds: dict[str, float], rows: int) -> list[Goal]:
    """Indicators of every measure that columns score in a second, by how they are mixed; in millions."""
    return [
        Goal(f"million indicators a second, {name}", rows / one / 1e6, "≥ 5", f"{rows:,} in {said(one)}, one core")
        for name, one in seconds.items()
    ]


def further_of(times: dict[int, Times], small: int, large: int) -> Times:
    """Seconds of one more project in each round, from two sizes of the year."""
    return {
        name: [(b - a) / (large - small) for a, b in zip(times[small][name], seconds, strict=True)]
        for name, seconds in times[large].items()
    }


def _goal(name: str, job: list[float], floor: list[float], goal: str) -> Goal:
    ratio = median(a / b for a, b in zip(job, floor, strict=True))
    return Goal(name, ratio, goal, f"{said(median(job))} ÷ {said(median(floor))}")


def _peers(name: str, seconds: Times, wanted: dict[str, float]) -> Iterator[Goal]:
    """Theirs over ours, so that more is better; the one with isal has no goal of its own."""
    for peer in (PLAIN, CAREFUL, FAST, FAST_ISAL):
        if peer in seconds:
            goal = f"≥ {wanted[peer]:g}" if peer in wanted else "–"
            yield _goal(name.format(peer), seconds[peer], seconds[OURS], goal)


def _province(cold: list[float], further: list[float], small: int) -> Goal:
    minutes = median(a + (PROVINCE - small) * b for a, b in zip(cold, further, strict=True)) / 60
    return Goal(f"{PROVINCE:,} projects, minutes, computed", minutes, "< 8 on two cores", "not run here")


def said(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def table(found: list[Goal]) -> str:
    """The rows as a Markdown table."""
    return "\n".join(("| | now | goal | |", "| --- | --- | --- | --- |", *(goal.line for goal in found)))
