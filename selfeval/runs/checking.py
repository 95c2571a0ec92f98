"""Check: every problem of every form at once, by unit, and the lists that go back to the units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath

from selfeval.domain.case import cases
from selfeval.domain.filenames import safe_name
from selfeval.domain.problems import Problem, Severity, by_project, worst_first
from selfeval.domain.reading.period import in_chinese
from selfeval.domain.scored import Scored
from selfeval.domain.settings import Settings
from selfeval.forms.reading.folder import no_form
from selfeval.forms.returning import Letter, ReturnRow, return_list
from selfeval.runs.inputs import Inputs
from selfeval.runs.kept import changed_since
from selfeval.runs.placing import write_own
from selfeval.runs.standing import OF_FINANCE, not_returned
from selfeval.runs.whole_outputs import ScoredWhole
from selfeval.runs.workspace import Workspace

LISTS = "退回修改清单"
_NOT_THEIRS = OF_FINANCE | {"W504", "W505", "W506", "W507"}
"""The codes that speak of targets, rules and what finance scores: no department can mend them."""
_OTHER_YEAR = "E305"
_IN_SHORT = {
    "E301": "未报送",
    "E307": "收到几份填报表，不能确定以哪一份为准，均未采用",
    "E310": "这一行不是本项目的内容，未采用",
}
"""What is told a department in other words; the paths of folders and hidden ids are finance's."""
_ASKED = {Severity.ERROR: "须修改", Severity.WARNING: "请核实"}
"""What a department is asked to do; an error beside a colleague's work would read as blame."""

_NEW_FORM = "请向财务部门领取新的填报表，把内容填进去后报送；不要删除行和列"
_SURE = "请核对后重新填写；填写无误的，请联系财务部门"
_TYPE_ANEW = "请清空单元格后重新键入；仍有这一问题的，请向财务部门领取新的填报表"
_TO_DEPARTMENTS = {
    "E302": "请另存为 .xlsx 工作簿（不设打开密码）后重新报送",
    "E303": "请使用下发的填报表填报；没有的，请向财务部门领取",
    "E304": _NEW_FORM,
    "E305": "请填报本年度的填报表；没有的，请向财务部门领取",
    "E307": "请告诉财务部门以哪一份为准",
    "E308": _NEW_FORM,
    "E309": _NEW_FORM,
    "E310": _NEW_FORM,
    "E311": _NEW_FORM,
    "E312": "请只留一张填报表后重新报送",
    "E314": _NEW_FORM,
    "E335": "请打开核对，用自己项目的填报表填写后报送",
    "E340": _NEW_FORM,
    "E341": _NEW_FORM,
    "E342": "请取消隐藏、核对里面的数后重新报送",
    "E343": _NEW_FORM,
    "E408": "请填写实际完成值；年中经批准取消的，请将批准文件送财务部门",
    "E421": "请填写大于0的数（含上年结转和年中调整）；确无预算的，请联系财务部门",
    "E423": "请先处理本项目的其他问题",
    "E425": _SURE,
    "E426": "请核对是否多写了负号；确为负数的，请联系财务部门",
    "E427": _SURE,
    "E434": _SURE,
    "E435": "请按指标值的分制填写；填写无误的，请联系财务部门",
    "E437": _TYPE_ANEW,
    "E438": _TYPE_ANEW,
    "E439": "请先处理这份表的另一条问题",
    "E440": _TYPE_ANEW,
    "W315": "请核对这张工作表是否放错了文件",
    "W303": "请按新的指标值核对这一行；需要新表的，请向财务部门领取",
}
"""What a department can do where the catalogue tells the analyst which command to run."""


@dataclass(frozen=True)
class UnitCheck:
    """The problems of one unit, worst first within each project; ``clean`` names projects without any."""

    code: str
    name: str
    problems: tuple[Problem, ...]
    clean: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What a check found: by unit in document order, and what belongs to no unit (a stray file, a rule)."""

    units: tuple[UnitCheck, ...]
    other: tuple[Problem, ...]

    @property
    def problems(self) -> Iterator[Problem]:
        """All of them."""
        return chain(self.other, *(unit.problems for unit in self.units))


def check(inputs: Inputs, scored: Scored) -> Checked:
    """The problems of a scoring, which are those of its forms too, sorted by who has to mend them.

    Of a project of which nothing came back that is told (E301), or that last year's form did (E305), and nothing of
    what its form lacks.
    """
    unsent = _unsent(inputs)
    found = by_project(one for one in scored.problems if one.place.project not in unsent or _stays(one))
    for code, told in unsent.items():
        if all(one.code != _OTHER_YEAR for one in found.get(code, ())):
            found.setdefault(code, []).insert(0, told)
    units: dict[tuple[str, str], dict[str, str]] = {}
    for project in inputs.targets.projects.records:
        units.setdefault((project["unit_code"], project["unit_name"]), {})[project["project"]] = project["name"]
    checks = []
    for unit, names in units.items():
        clean = tuple(name for project, name in names.items() if project not in found)
        checks.append(UnitCheck(*unit, tuple(chain.from_iterable(found.pop(project, ()) for project in names)), clean))
    return Checked(tuple(checks), worst_first(chain.from_iterable(found.values())))


def with_whole(checked: Checked, whole: ScoredWhole) -> Checked:
    """What a check found with the department's own part as one unit more; where its form did not come, a notice."""
    if not whole.sent:
        return replace(checked, other=(*checked.other, *whole.notice))
    return replace(checked, units=(*checked.units, *check(replace(whole.inputs, from_forms=False), whole.scored).units))


def _unsent(inputs: Inputs) -> dict[str, Problem]:
    """The projects of which no department returned a form, each with the problem that says so."""
    if not inputs.from_forms:
        return {}
    targets, workspace = inputs.targets, inputs.workspace
    folder = workspace.forms(targets.year)
    missing = not_returned(folder, targets, inputs.reported)
    return {case.code: no_form(case, folder, workspace.root) for case in cases(targets) if case.code in missing}


def _stays(found: Problem) -> bool:
    """Whether a problem is told of a project of which nothing came back: targets, rules, files of another year."""
    return found.severity is Severity.ERROR and found.code[1] != "4" and found.code != "E301"


def return_lists(checked: Checked, inputs: Inputs, settings: Settings, day: date | None) -> Iterator[tuple[str, bytes]]:
    """One workbook for every unit that has something to mend in its forms, as (file name, content).

    ``settings`` say until when, and whom to ask; ``day``: what the list is dated, None: not at all.
    """
    targets = inputs.targets
    due = settings.of(targets.year).due
    forms = inputs.workspace.name(inputs.workspace.forms(targets.year))
    everyone = [part.targets for part in inputs.parts]
    projects = {code: name for one in everyone for code, name in one.names.items()}
    taken: set[str] = set()
    levels = {row["indicator"]: row["level3"] for one in everyone for row in one.indicators.records}
    for unit in checked.units:
        rows = [
            ReturnRow(
                projects[found.place.project],
                PurePosixPath(found.place.file).name,
                found.place.sheet,
                found.place.cell,
                levels.get(found.place.indicator, ""),
                "请报送" if found.code == "E301" else _ASKED[found.severity],
                _message(found),
                _remedy(found, due, targets.year),
            )
            for found in unit.problems
            if found.code[0] in "EW" and found.code not in _NOT_THEIRS
            if found.code[1] == "3" or found.place.file.startswith(forms)
        ]
        rows = list(dict.fromkeys(rows))
        if rows:
            letter = Letter(f"{unit.code} {unit.name}", targets.year, due, settings.contact, day)
            data = return_list(letter, rows)
            name, again = safe_name(f"{unit.code}_{unit.name}"), 1
            while f"{name}{again}".casefold() in taken:  # units whose names differ in what no file can bear
                again += 1
            taken.add(f"{name}{again}".casefold())
            yield f"{name}{f'（{again}）' if again > 1 else ''}_{LISTS}.xlsx", data


def _message(found: Problem) -> str:
    """What a department is told."""
    return _IN_SHORT.get(found.code, found.message)


def _remedy(found: Problem, due: date | None, year: int) -> str:
    """How a department mends it."""
    if found.code == "E301":
        return f"请于{in_chinese(due)}前报送" if due else "请尽快报送"
    own = _TO_DEPARTMENTS.get(found.code)
    return found.remedy if own is None else own.format(year=year)


def write_lists(
    workspace: Workspace, year: int, lists: Iterable[tuple[str, bytes]], *, whole: bool
) -> tuple[Path, tuple[Problem, ...]]:
    """Write the lists beside the outputs of the year; the folder, in which other files stay, and what was kept (W617).

    ``whole``: all projects were checked. Then lists of an earlier check that have no successor go: those units have
    mended everything, and they would be sent again. Raises CannotWriteError and BusyError.
    """
    folder = workspace.outputs(year).with_name(f"{year}-{LISTS}{'' if whole else '-部分'}")
    written = dict(lists)
    earlier = sorted(path.name for path in folder.glob(f"*_{LISTS}.xlsx")) if whole else ()
    gone = [name for name in earlier if name not in written and not name.startswith("~$")]
    kept = write_own(folder, written, workspace.root, gone) if written or gone else {}
    return folder, changed_since(folder, kept, workspace)
