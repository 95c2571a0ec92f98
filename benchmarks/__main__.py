"""Run the benchmarks: ``python -m benchmarks [--quick]``, from the root of the repository; README.md says what."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks import scale
from benchmarks.chart import drawn
from benchmarks.contest import ROOT, Year, contest, prepare, processor
from benchmarks.documents import long_pdf, peaks, read_blocks, read_text
from benchmarks.floors import one_pass, pack, read_cells, unpacked
from benchmarks.goals import Goal, goals, of_columns, table
from benchmarks.growth import grown, through
from benchmarks.mixed import as_in, at_random, seconds_of
from benchmarks.report import keep, machine, stages_table
from benchmarks.timing import Compared, compare
from benchmarks.workspaces import grown_workspace
from selfeval.domain.case import cases
from selfeval.domain.curves import MEASURE
from selfeval.domain.expression.columns import over_columns
from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.formulas import SCORE, SHARE
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import ACTUAL, POINTS, TARGET, Terms
from selfeval.domain.scoring.score import score, score_case
from selfeval.forms.reading.folder import read_forms
from selfeval.runs.execute import default_date
from selfeval.runs.inputs import Choice, Inputs, load_inputs
from selfeval.runs.workspace import open_workspace
from selfeval.workbooks.books import project_workbook

PAGES = 300
YEAR = 2024


def main() -> None:
    """Measure and print: the goals, then each part against its floor."""
    parser = argparse.ArgumentParser(description="selfeval 的速度，与各自的下限和同类程序相比")
    parser.add_argument("--rounds", type=int, default=5, help="计时轮数")
    parser.add_argument("--times", type=int, default=3, help="另把项目数放大几倍，用来算每多一个项目的用时")
    parser.add_argument("--quick", action="store_true", help="只测一轮，不放大，不分别测各部分")
    parser.add_argument("--cpu", action="store_true", help="计处理器用时，不计等待（机器上还有别的程序时）")
    parser.add_argument("--keep", action="store_true", help="把结果写入 benchmarks/README.md 和 chart.svg")
    options = parser.parse_args()
    rounds = 1 if options.quick else options.rounds
    # first, so that the memory said is what this takes
    if not options.quick:
        print("  |  ".join((*_documents().line, peaks())))
    inputs = load_inputs(open_workspace(ROOT)[0], Choice(YEAR))
    if not isinstance(inputs, Inputs):
        raise SystemExit("\n".join(found.message for found in inputs.problems))
    with tempfile.TemporaryDirectory() as folder:
        _goals(inputs, Path(folder), options)
        if not options.quick:
            _parts(inputs, Path(folder), rounds)


def _goals(inputs: Inputs, aside: Path, options: argparse.Namespace) -> None:
    """The table of goals and the stages of a run, kept in the README too where that is asked for."""
    rounds, times = (1, 1) if options.quick else (options.rounds, options.times)
    count = len(inputs.targets.projects)
    years = [Year(count, ROOT, aside / "sample")]
    sample = prepare(years[0])
    if times > 1:
        more = grown_workspace(inputs, times, aside / "workspace")
        years.append(Year(count * times, more, aside / "grown"))
        prepare(years[1], sample)
    measured = contest(years, rounds, processor if options.cpu else perf_counter)
    command = [sys.executable, "-m", "benchmarks.stages", str(ROOT), str(aside / "stages")]
    watched = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT)
    stages = json.loads(watched.stdout)
    text = "\n\n".join(
        (machine(rounds, cpu=options.cpu), table([*goals(measured), *_in_columns(inputs)]), stages_table(stages))
    )
    print(text)
    if options.keep:
        keep(text, drawn(measured, stages))
        scale.main()


def _in_columns(inputs: Inputs) -> list[Goal]:
    dice, rows = np.random.default_rng(0), 2_000_000
    tables = {"as in the year": as_in(inputs, rows, dice)}
    tables["at random"] = at_random(inputs.rulebook.levels, rows, dice)
    return of_columns({name: seconds_of(mixed) for name, mixed in tables.items()}, rows)


def _parts(inputs: Inputs, aside: Path, rounds: int) -> None:
    measured = (
        _reading(rounds, inputs),
        _scoring(rounds, inputs),
        _writing(rounds, inputs, aside),
        _growth(inputs, aside),
        _columns(rounds, inputs),
    )
    for compared in measured:
        print("  |  ".join(compared.line))


def _reading(rounds: int, inputs: Inputs) -> Compared:
    forms = inputs.workspace.forms(YEAR)
    paths = sorted(forms.rglob("*.xlsx"))
    job = partial(read_forms, forms, inputs.targets, inputs.workspace.root)
    floor = partial(read_cells, paths)
    return compare("读填报表", job, "calamine", floor, rounds=rounds, per=len(paths), unit="/项目")


def _documents() -> Compared:
    """A long PDF as blocks, against its bare text; once, as it is long."""
    data = long_pdf(PAGES)
    job, floor = partial(read_blocks, data), partial(read_text, data)
    return compare(f"读{PAGES}页的 PDF", job, "PDFium 只取文字", floor, rounds=1, per=PAGES, unit="/页")


def _scoring(rounds: int, inputs: Inputs) -> Compared:
    job = partial(score, inputs.targets, inputs.reported, inputs.rulebook)
    count = len(inputs.targets.indicators)
    random = np.random.default_rng(0)
    actual, target = random.uniform(1, 100, count), random.uniform(1, 100, count)
    floor = partial(one_pass, actual, target, np.full(count, 834.0))
    projects = len(inputs.targets.projects)
    return compare("评分", job, "numpy 一遍", floor, rounds=rounds, per=projects, unit="/项目")


def _writing(rounds: int, inputs: Inputs, aside: Path) -> Compared:
    projects = [score_case(case, inputs.rulebook) for case in cases(inputs.targets, inputs.reported)]

    def job() -> list[bytes]:
        made = [project_workbook(project, inputs.rulebook, default_date(YEAR)) for project in projects]
        for number, content in enumerate(made):
            (aside / f"{number}.xlsx").write_bytes(content)
        return made

    parts = unpacked(job())
    floor = partial(pack, parts, aside)
    return compare("写工作簿", job, "压缩写盘", floor, rounds=rounds, per=len(projects), unit="/项目")


def _growth(inputs: Inputs, aside: Path) -> Compared:
    """Reading, scoring and writing ten times the projects, each against one of the year itself; once, as it is long."""
    small, large = (grown(inputs, times, aside / f"{times}") for times in (1, 10))
    name = f"读、评、写{len(large.targets.projects)}个项目"
    floor_name = f"{len(small.targets.projects)}个项目"
    per, floor_per = len(large.targets.projects), len(small.targets.projects)
    job, floor = partial(through, large), partial(through, small)
    return compare(name, job, floor_name, floor, rounds=1, per=per, floor_per=floor_per, unit="/项目")


def _columns(rounds: int, inputs: Inputs) -> Compared:
    """The exact reading row by row, against the same scores over columns."""
    count = 10_000
    measure = KINDS["at_least"].measures["ratio"].expression(Terms(inputs.rulebook.levels))
    curve = inputs.rulebook.kinds["at_least"].curve
    score_of = SCORE.bind({SHARE: curve.share.bind({MEASURE: measure})})
    random = np.random.default_rng(0)
    given = (random.integers(0, 2000, count) / 10, random.integers(1, 1000, count) / 10, np.full(count, 8.34))
    columns = dict(zip((ACTUAL.key, TARGET.key, POINTS.key), given, strict=True))
    rows = [dict(zip(columns, map(float, row), strict=True)) for row in zip(*given, strict=True)]

    def job() -> list[object]:
        return [exactly(score_of, row) for row in rows]

    floor = partial(over_columns, score_of, columns)
    return compare("逐行精确评分", job, "按列", floor, rounds=rounds, per=count, unit="/行")


if __name__ == "__main__":
    main()
