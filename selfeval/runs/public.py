"""公开版: the official forms of a year as one workbook to hand out, and as PDF where LibreOffice is.

It is made from what was scored and from nothing newer: a year of which anything changed since is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from selfeval.domain.case import Case, cases, is_whole
from selfeval.domain.filenames import coded_name
from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import ScoredCase
from selfeval.domain.scoring.score import score_case
from selfeval.packages.office import OfficeError, as_pdf, find_soffice
from selfeval.packages.writing import why_not
from selfeval.runs.folders import years_with_results
from selfeval.runs.inputs import Inputs, Unusable
from selfeval.runs.kept import changed_since
from selfeval.runs.placing import write_own
from selfeval.runs.project_books import given_digest
from selfeval.runs.publish import RECORD, made_from
from selfeval.runs.years import there_are
from selfeval.workbooks.public import Public, public_form, public_workbook

NAME = "公开版_自评表"
MOST_SHEETS = 200
"""Forms in one file. 1,008 in one take a minute and 250 MB to write, and far longer as a PDF (200: 50 seconds); Excel
and WPS are slow to turn a thousand sheets. A year with more is written by unit, as it is made public.
"""

_START_SECONDS, _SECONDS_A_FORM = 120.0, 3.0
"""What LibreOffice may take for a PDF file, on a slow machine: a form takes a quarter of a second on a usual one."""


@dataclass(frozen=True)
class MadePublic:
    """What was written: files by name (below ``where``), of how many projects, what was left out or is to be looked at.

    ``department`` is the form of the department's own part, as people call it; blank where it is not among them.
    ``no_pdf`` says why there is no PDF; blank where there is.
    """

    where: str
    files: tuple[str, ...]
    projects: int
    department: str
    problems: tuple[Problem, ...]
    no_pdf: str


class _Part(NamedTuple):
    """What has a form of its own, and the rulebook that scores it."""

    case: Case
    rulebook: Rulebook


def _everything(inputs: Inputs) -> list[_Part]:
    """The department's own part, and the projects."""
    return [_Part(case, part.rulebook) for part in inputs.parts for case in cases(part.targets, part.reported)]


def make_public(
    inputs: Inputs, day: dt.date, tick: Callable[[str], None] = lambda _name: None
) -> MadePublic | Unusable:
    """Write the public workbook (by unit for a large year) into the year's outputs, and a PDF beside each.

    What has no final total is left out and told. Raises CannotWriteError and BusyError.
    """
    workspace, year = inputs.workspace, inputs.targets.year
    outputs = workspace.outputs(year)
    if wrong := _not_as_scored(inputs):
        return Unusable((wrong,))
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    forms: list[Public] = []
    for name, part in _files(inputs):
        found = [*_forms(part, inputs, problems, tick)]
        if found:
            files[f"{name}.xlsx"] = public_workbook(year, found, day)
            forms += found
    if not files:
        return Unusable((problem("E641", Place(), count=len(inputs.targets.projects)), *problems))
    no_pdf = _add_pdfs(files, len(forms), tick)
    # what an earlier run wrote under other names would be taken for the present one
    kept = write_own(outputs, files, workspace.root, [name for name in public_files(outputs) if name not in files])
    changed = changed_since(outputs, kept, workspace)
    projects = sum(not form.is_whole for form in forms)
    department = next((form.name for form in forms if form.is_whole), "")
    return MadePublic(
        workspace.name(outputs), tuple(files), projects, department, worst_first([*problems, *changed]), no_pdf
    )


def _not_as_scored(inputs: Inputs) -> Problem | None:
    """Why the year's results are not those of these inputs; None where they are."""
    workspace, year = inputs.workspace, inputs.targets.year
    outputs = workspace.outputs(year)
    path = workspace.name(outputs / RECORD)
    made = made_from(outputs)
    if made is None:
        known = there_are("评分结果", years_with_results(outputs.parent))
        return problem("E610", Place(), path=path, year=year, known=known)
    now = {case.code: given_digest(case) for case, _ in _everything(inputs)}
    changed = [code for code, given in now.items() if made.projects.get(code) != given]
    what = []
    if sorted(made.rules) != sorted(file.sha256 for file in inputs.rulebook.files):
        what.append("评分规则")
    if changed or len(now) != len(made.projects):
        names = {code: name for part in inputs.parts for code, name in part.targets.names.items()}
        first = f"（“{names[changed[0]]}”{'等' if len(changed) > 1 else ''}）" if changed else ""
        counted = "份自评" if any(map(is_whole, changed)) else "个项目"
        what.append(f"{len(changed) or '有的'}{counted}的目标或填报数据{first}")
    facts = {"what": "和".join(what), "path": workspace.name(outputs), "year": year}
    return problem("E640", Place(file=path), **facts) if what else None


def public_files(outputs: Path) -> list[str]:
    """The names of what was published into a folder of results."""
    found = (path for path in outputs.glob(f"{NAME}*") if path.suffix in {".xlsx", ".pdf"})
    return sorted(path.name for path in found if ".旧" not in path.name)


def _files(inputs: Inputs) -> Iterator[tuple[str, Sequence[_Part]]]:
    """The files to write, by name without ending, with what each holds: one for all, or some of each unit."""
    year = _everything(inputs)
    if len(year) <= MOST_SHEETS:
        yield NAME, year
        return
    units: dict[tuple[str, str], list[_Part]] = {}
    for part in year:  # the projects of a unit need not follow one another
        units.setdefault((part.case.project.unit_code, part.case.project.unit_name), []).append(part)
    for (code, name), unit in units.items():
        pieces = [unit[at : at + MOST_SHEETS] for at in range(0, len(unit), MOST_SHEETS)]
        for number, piece in enumerate(pieces, start=1):
            yield f"{NAME}_{coded_name(code, name)}{f'_{number}' if len(pieces) > 1 else ''}", piece


def _forms(
    parts: Sequence[_Part], inputs: Inputs, problems: list[Problem], tick: Callable[[str], None]
) -> Iterator[Public]:
    """The forms of a file; what is left out, and what may be a telephone number, is told in ``problems``."""
    for case, rulebook in parts:
        tick(case.project.name)
        scored = score_case(case, rulebook)
        if scored.total.total is None:
            problems.append(_left_out(scored, inputs))
            continue
        form = public_form(scored, rulebook)
        if form.phones:
            facts = {"name": case.project.name, "found": "、".join(form.phones)}
            problems.append(problem("W641", _filled_in(scored), **facts))
        yield form


def _left_out(scored: ScoredCase, inputs: Inputs) -> Problem:
    """That something has no total; of the department whose form did not come back, a notice."""
    case, whole = scored.case, inputs.whole
    unsent = case.is_whole and whole is not None and not whole.sent
    facts = {"name": case.project.name, "missing": scored.total.missing, "year": case.year}
    return problem("I262" if unsent else "W640", Place(case.code), **facts)


def _filled_in(scored: ScoredCase) -> Place:
    """The form that a project sent in."""
    file = next((cell.file for cell in scored.case.reports.cells() if cell.file), "")
    return Place(scored.case.code, file=file)


def _add_pdfs(files: dict[str, bytes], forms: int, tick: Callable[[str], None]) -> str:
    """Add a PDF file for each workbook; gives why there is none."""
    soffice = find_soffice()
    if soffice is None:
        return "没有找到 LibreOffice"
    made: dict[str, bytes] = {}
    for name, content in files.items():
        tick(f"{name}转为PDF")
        try:
            made[name.replace(".xlsx", ".pdf")] = as_pdf(content, soffice, _START_SECONDS + _SECONDS_A_FORM * forms)
        except OfficeError as error:
            return f"LibreOffice {error}"
        except OSError as error:  # of the folder for temporary files: the workbooks are there all the same
            return f"临时文件夹无法写入（{why_not(error)}）"
    files |= made
    return ""
