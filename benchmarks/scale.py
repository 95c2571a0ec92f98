"""What a province and the country would need, computed from the figures in README.md: ``python -m benchmarks.scale``.

It writes the table into docs/scale.md; a test compares the two. Nothing is measured here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import HERE

PAGE = HERE.parent / "docs" / "scale.md"
_BEGIN, _END = "<!-- 以下由 python -m benchmarks.scale 写出 -->", "<!-- 以上由 python -m benchmarks.scale 写出 -->"

_CORES = 2
"""Of the machine of the figures; both are used."""
_AT_HOME = 0.33
"""Share of the time of a project that only the process can do which began the run: summary, scores, writing.

Processor time of a year of 560 projects on a cluster, by this process and altogether (2026-11-28).
"""
_MEMORY, _MEMORY_MORE = 180, 0.0035
"""Megabytes of that process, and of it for each project: the peaks of years of 2,016 and of 5,040 projects."""
_WORKER, _WORKER_MORE = 190, 0.001
"""The same of a worker, most of it for the summary of a unit; the larger year took no more than the smaller."""
_FORM, _OUTPUTS = 43, 41
"""Kilobytes of a project: its form, and its share of the outputs (isal)."""


@dataclass(frozen=True)
class Plan:
    """So many projects in so many workspaces of a size, of which so many are scored at a time, by so many workers.

    Without workers, each run has a machine of two cores for itself.
    """

    name: str
    projects: int
    workspaces: int = 1
    at_once: int = 1
    workers: int = 0


PLANS = (
    Plan("一个市，一台双核电脑", 7_000),
    Plan("一个省，一次评完，一台双核电脑", 100_000),
    Plan("一个省，一次评完，集群", 100_000, workers=4),
    Plan("一个省，分成14个市，14台双核电脑同时评", 100_000, 14, 14),
    Plan("全国，分成434个市，14台双核电脑先后评", 3_000_000, 434, 14),
    Plan("全国，分成434个市，62台双核电脑先后评", 3_000_000, 434, 62),
)


def figures() -> tuple[str, float, float]:
    """The day of the figures, the seconds of the sample year, and those of each further project."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    day = re.search(r"^(\d{4}-\d\d-\d\d), ", text, re.MULTILINE)
    cold = re.search(r"^\| cold `score` of 28 projects ÷ floor .*\| ([\d.]+ m?s) ÷", text, re.MULTILINE)
    further = re.search(r"^\| each further project ÷ its floor .*\| ([\d.]+ m?s) ÷", text, re.MULTILINE)
    assert day
    assert cold
    assert further
    return day[1], _seconds(cold[1]), _seconds(further[1])


def table() -> str:
    """The plans with the time, the memory and the disk that they take, and by which figures."""
    day, cold, further = figures()
    core = further * _CORES
    rows = [
        "| 规模 | 项目 | 时间 | 发起评分的进程，内存 | 每个工作进程，内存 | 磁盘 |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_row(plan, cold, further) for plan in PLANS),
    ]
    at_home = core * _AT_HOME
    said = (
        f"依据{day}的数字：28个项目{cold:.2f}秒，此后每个项目{further * 1000:.1f}毫秒"
        f"（双核，即单核约{core * 1000:.0f}毫秒，其中约{at_home * 1000:.0f}毫秒只能由发起评分的进程做）；"
        f"每个项目填报表约{_FORM} KB，结果约{_OUTPUTS} KB；"
        f"内存：发起评分的进程{_MEMORY} MB，每个项目另加{_MEMORY_MORE} MB；"
        f"工作进程{_WORKER} MB，每个项目另加{_WORKER_MORE} MB。"
    )
    return "\n".join((said, "", *rows))


def _row(plan: Plan, cold: float, further: float) -> str:
    each = plan.projects / plan.workspaces
    rounds = -(-plan.workspaces // plan.at_once)
    if plan.workers:
        core = further * _CORES
        one = cold + each * max(core * _AT_HOME, core * (1 - _AT_HOME) / plan.workers)
    else:
        one = cold + each * further
    workers = plan.workers or _CORES
    memory = (_MEMORY + _MEMORY_MORE * each, _WORKER + _WORKER_MORE * each)
    disk = plan.projects * (_FORM + 2 * _OUTPUTS) / 1000**2  # the old outputs stay until the new ones are there
    shown = f"{plan.name}（工作进程{workers}个）" if plan.workers else plan.name
    return (
        f"| {shown} | {plan.projects:,} | {_time(one * rounds)} | {_size(memory[0])} | {_size(memory[1])} | "
        f"{disk:.0f} GB |"
    )


def _seconds(text: str) -> float:
    number, unit = text.split()
    return float(number) / (1000 if unit == "ms" else 1)


def _time(seconds: float) -> str:
    minutes = seconds / 60
    return f"{minutes:.1f}分" if minutes < 10 else f"{minutes:.0f}分" if minutes < 120 else f"{minutes / 60:.1f}小时"


def _size(megabytes: float) -> str:
    return f"{megabytes:.0f} MB" if megabytes < 1000 else f"{megabytes / 1000:.1f} GB"


def written(text: str) -> str:
    """The page with the table of today."""
    before, _, rest = text.partition(_BEGIN)
    return f"{before}{_BEGIN}\n\n{table()}\n\n{_END}{rest.partition(_END)[2]}"


def main(page: Path = PAGE) -> None:
    """Write the table into the page."""
    page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
