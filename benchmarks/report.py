"""What a run found, kept in README.md and chart.svg: ``python -m benchmarks --keep``."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
_BEGIN, _END = "<!-- figures: written by `python -m benchmarks --keep` -->", "<!-- end of figures -->"


def machine(rounds: int, *, cpu: bool) -> str:
    """The day, the machine and how often was measured."""
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    cores = f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()})"
    python = f"Python {platform.python_version()}"
    day = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
    counted = f"{'processor' if cpu else 'wall'} time, medians of {rounds} {'round' if rounds == 1 else 'rounds'}"
    return f"{day}, {cores}, {python}; {counted}{load}."


def stages_table(stages: Mapping[str, float]) -> str:
    """Where the time of a cold run goes, as shares of it."""
    total = sum(stages.values()) or 1.0
    rows = (f"| {name} | {seconds * 1000:.0f} ms | {seconds / total:.0%} |" for name, seconds in stages.items())
    return "\n".join(("| stage | time | share |", "| --- | --- | --- |", *rows))


def keep(text: str, chart: str) -> None:
    """Put the figures between their marks in README.md, and the chart beside it."""
    readme = HERE / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    readme.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}", encoding="utf-8", newline="\n")
    (HERE / "chart.svg").write_text(chart, encoding="utf-8", newline="\n")
