"""Growth: the year with its projects several times over, from the forms that come in to the workbooks that go out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from selfeval.domain.case import cases
from selfeval.domain.reported import Reported, Reports
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring.score import score_case
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from selfeval.forms.reading.folder import read_forms
from selfeval.forms.writing.deliver import write_forms
from selfeval.runs.execute import default_date
from selfeval.runs.inputs import Inputs
from selfeval.workbooks.books import project_workbook


@dataclass(frozen=True)
class Grown:
    """A year with its forms in a folder."""

    targets: Targets
    rulebook: Rulebook
    folder: Path


def grown(inputs: Inputs, times: int, folder: Path) -> Grown:
    """The year with every project ``times`` over, each with a form of its own below ``folder``."""
    targets, reported = inputs.targets, inputs.reported
    more = replace(
        targets,
        projects=PROJECTS.of_frame(_repeated(targets.projects.frame, times)),
        indicators=INDICATORS.of_frame(_repeated(targets.indicators.frame, times)),
        plan=PLAN.of_frame(_repeated(targets.plan.frame, times)),
    )
    said = {
        code_of(project, i): _given_to(reports, i)
        for i in range(times)
        for project, reports in reported.projects.items()
    }
    write_forms(tuple(cases(more, Reported(said))), inputs.rulebook, folder, folder)
    return Grown(more, inputs.rulebook, folder)


def _repeated(frame: pd.DataFrame, times: int) -> pd.DataFrame:
    codes = [name for name in ("project", "indicator") if name in frame.columns]
    return pd.concat([_renamed(frame, codes, i) for i in range(times)], ignore_index=True)


def _renamed(frame: pd.DataFrame, codes: list[str], i: int) -> pd.DataFrame:
    """The same rows for projects of another number."""
    found = frame.assign(**{name: [code_of(code, i) for code in frame[name]] for name in codes})
    if "level3" not in frame.columns:
        return found
    return found.assign(level3=[name_of(*names, i) for names in zip(frame["level1"], frame["level3"], strict=True)])


def _given_to(reports: Reports, i: int) -> Reports:
    return replace(reports, answers={(code_of(key, i), item): cell for (key, item), cell in reports.answers.items()})


def code_of(code: str, i: int) -> str:
    """The code of a project or an indicator with two of its characters replaced by a number."""
    return f"{code[:9]}{i:02d}{code[11:]}"


def through(year: Grown) -> int:
    """Read every form, score every project and write every workbook; how many bytes that made."""
    reported = read_forms(year.folder, year.targets, year.folder)
    return sum(len(content) for content in _written(year, reported))


def _written(year: Grown, reported: Reported) -> Iterator[bytes]:
    for case in cases(year.targets, reported):
        scored = score_case(case, year.rulebook)
        yield project_workbook(scored, year.rulebook, default_date(year.targets.year))


def name_of(level1: str, level3: str, i: int) -> str:
    """The name of an indicator of a copy: no two projects are to have the same indicators word by word (I522)."""
    return f"{level3}（{i + 1}）" if i and level1 == "满意度指标" else level3
