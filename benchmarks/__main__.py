"""Run the benchmarks: ``python -m benchmarks [--rounds N]``, from the root of the repository."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.documents import long_pdf, peaks, read_blocks, read_text
from benchmarks.floors import one_pass, pack, read_cells, unpacked
from benchmarks.growth import grown, through
from benchmarks.timing import Compared, compare
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
ROOT = Path(__file__).resolve().parents[1]
YEAR = 2024


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description="selfeval 的速度，与各自的下限相比")
    parser.add_argument("--rounds", type=int, default=5, help="计时轮数")
    rounds = parser.parse_args().rounds
    # first, so that the memory said is what this takes
    documents = _documents()
    print("  |  ".join((*documents.line, peaks())))
    inputs = load_inputs(open_workspace(ROOT)[0], Choice(YEAR))
    if not isinstance(inputs, Inputs):
        raise SystemExit("\n".join(found.message for found in inputs.problems))
    with tempfile.TemporaryDirectory() as folder:
        aside = Path(folder)
        measured = [
            _whole_run(rounds, aside),
            _reading(rounds, inputs),
            _scoring(rounds, inputs),
            _writing(rounds, inputs, aside),
            _growth(inputs, aside),
            _columns(rounds, inputs),
        ]
    for compared in measured:
        print("  |  ".join(compared.line))


def _whole_run(rounds: int, aside: Path) -> Compared:
    """The cold run over the year as a whole process, against importing the two heaviest libraries."""
    run = [sys.executable, "-m", "selfeval", "score", str(YEAR), "--workspace", str(ROOT), "--out", str(aside / "out")]
    bare = [sys.executable, "-c", "import pandas, xlsxwriter"]
    return compare("整次运行（28个项目）", _process(run), "只导入库", _process(bare), rounds=rounds)


def _process(command: list[str]) -> Callable[[], object]:
    return partial(subprocess.run, command, check=True, stdout=subprocess.DEVNULL)


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
