"""Timing: several rounds of rival jobs in turn, so that a drift of the machine meets both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Compared:
    """A job and its floor: median seconds of each, and the median of their ratios round by round."""

    name: str
    unit: str
    job: float
    floor_name: str
    floor: float
    ratio: float

    @property
    def line(self) -> tuple[str, str, str, str]:
        """What is printed: name, job, floor, ratio."""
        return (
            self.name,
            f"{self.job * 1000:.2f} ms{self.unit}",
            f"{self.floor_name} {self.floor * 1000:.3f} ms{self.unit}",
            f"{self.ratio:.1f}×",
        )


def compare(
    name: str,
    job: Callable[[], object],
    floor_name: str,
    floor: Callable[[], object],
    *,
    rounds: int,
    per: int = 1,
    floor_per: int = 0,
    unit: str = "",
) -> Compared:
    """Time ``job`` against ``floor``, alternating, after one round that does not count.

    ``per`` divides both, ``floor_per`` the floor alone where it does less.
    """
    jobs: list[float] = []
    floors: list[float] = []
    for _ in range(rounds + 1):
        jobs.append(_seconds(job) / per)
        floors.append(_seconds(floor) / (floor_per or per))
    ratios = [a / b for a, b in zip(jobs[1:], floors[1:], strict=True)]
    return Compared(
        name, unit, statistics.median(jobs[1:]), floor_name, statistics.median(floors[1:]), statistics.median(ratios)
    )


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
