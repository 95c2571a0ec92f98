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

from benchmarks.floors import one_pass, pack, read_cells, unpacked
from benchmarks.timing import Compared, compare
from selfeval.domain.scoring.year import score
from selfeval.forms.reading.folder import read_forms
from selfeval.runs.execute import default_date, score_inputs
from selfeval.runs.inputs import Choice, Inputs, load_inputs
from selfeval.runs.workspace import open_workspace
from selfeval.workbooks import project_workbook

ROOT = Path(__file__).resolve().parents[1]
YEAR = 2024


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description="selfeval 的速度，与各自的下限相比")
    parser.add_argument("--rounds", type=int, default=5, help="计时轮数")
    rounds = parser.parse_args().rounds
    inputs = load_inputs(open_workspace(ROOT)[0], Choice(YEAR))
    if not isinstance(inputs, Inputs):
        raise SystemExit("\n".join(one.message for one in inputs.problems))
    with tempfile.TemporaryDirectory() as folder:
        aside = Path(folder)
        measured = [
            _whole_run(rounds, aside),
            _reading(rounds, inputs),
            _scoring(rounds, inputs),
            _writing(rounds, inputs, aside),
        ]
    for one in measured:
        print("  |  ".join(one.line))


def _whole_run(rounds: int, aside: Path) -> Compared:
    """The cold run over the year as a whole process, against importing the two heaviest libraries."""
    run = [sys.executable, "-m", "selfeval", "score", str(YEAR), "--workspace", str(ROOT), "--out", str(aside / "out")]
    bare = [sys.executable, "-c", "import pandas, xlsxwriter"]
    return compare("整次运行（28 个项目）", _process(run), "只导入库", _process(bare), rounds=rounds)


def _process(command: list[str]) -> Callable[[], object]:
    return partial(subprocess.run, command, check=True, stdout=subprocess.DEVNULL)


def _reading(rounds: int, inputs: Inputs) -> Compared:
    forms = inputs.workspace.forms(YEAR)
    paths = sorted(forms.rglob("*.xlsx"))
    job = partial(read_forms, forms, inputs.targets, inputs.workspace.root)
    floor = partial(read_cells, paths)
    return compare("读填报表", job, "calamine", floor, rounds=rounds, per=len(paths), unit="/项目")


def _scoring(rounds: int, inputs: Inputs) -> Compared:
    job = partial(score, inputs.targets, inputs.reported, inputs.rulebook)
    count = len(inputs.targets.indicators)
    random = np.random.default_rng(0)
    actual, target = random.uniform(1, 100, count), random.uniform(1, 100, count)
    floor = partial(one_pass, actual, target, np.full(count, 834.0))
    projects = len(inputs.targets.projects)
    return compare("评分", job, "numpy 一遍", floor, rounds=rounds, per=projects, unit="/项目")


def _writing(rounds: int, inputs: Inputs, aside: Path) -> Compared:
    scored = score_inputs(inputs)
    projects = scored.projects["project"].tolist()

    def job() -> list[bytes]:
        day = default_date(YEAR)
        made = [
            project_workbook(scored, inputs.targets, inputs.reported, inputs.rulebook, project, day)
            for project in projects
        ]
        for number, content in enumerate(made):
            (aside / f"{number}.xlsx").write_bytes(content)
        return made

    parts = unpacked(job())
    floor = partial(pack, parts, aside)
    return compare("写工作簿", job, "压缩写盘", floor, rounds=rounds, per=len(projects), unit="/项目")


if __name__ == "__main__":
    main()
