"""A folder of forms: where each lies, which files are forms, of which project, and which of them can be used."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from selfeval.domain.case import Case, Cases, is_whole
from selfeval.domain.faults import unless_faulty
from selfeval.domain.filenames import coded_name, safe_name
from selfeval.domain.funds import unpaid_months
from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.reported import FUND_ITEMS, Reported, Reports
from selfeval.domain.targets import Targets
from selfeval.forms.identity import OPTIONAL_ITEMS, narrative_name
from selfeval.forms.reading.form import Form, find_form, form_command
from selfeval.forms.reading.grid import open_workbook
from selfeval.forms.reading.printed import of_another
from selfeval.forms.reading.values import read_values
from selfeval.packages.clutter import is_clutter
from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.packages.links import real
from selfeval.packages.printable import readable
from selfeval.packages.spool import Spool
from selfeval.packages.workbook import workbook_of

SUFFIX = ".xlsx"

SHEETS = (SUFFIX, ".xls", ".xlsm", ".et", ".ods", ".csv")
"""How names end that people give to forms."""

PACKED = (".rar", ".7z", ".tar", ".gz", ".zip")
"""How names of archives end."""

HISTORY = ".旧版"
"""The hidden folder beside the forms of a unit that keeps every version that was replaced."""

Files = list[tuple[str, str]]
"""Shown paths, with the SHA-256 of the bytes read."""


def form_path(unit_code: str, unit_name: str, project: str, name: str) -> PurePosixPath:
    """``<单位编码>_<单位名称>/<项目编码>_<项目名称>.xlsx``, relative to the folder of forms.

    Every part is made safe for Windows. The codes come first, so that two long names never collide after cutting.
    """
    return PurePosixPath(safe_name(f"{unit_code}_{unit_name}"), coded_name(project, name) + SUFFIX)


def form_place(folder: Path, case: Case) -> Path:
    """Where the form of a project lies below the folder of forms."""
    project = case.project
    return folder / form_path(project.unit_code, project.unit_name, project.project, project.name)


@dataclass(frozen=True)
class Promised:
    """What forms are read for: the projects of a year by 项目编码. Paths are shown relative to ``root``."""

    year: int
    root: Path
    cases: Mapping[str, Case]

    @classmethod
    def of(cls, targets: Targets, root: Path) -> Promised:
        """All projects of the targets."""
        return cls(targets.year, root, Cases(targets))


class Looked(NamedTuple):
    """What a file came to: its path as shown, SHA-256, the project of its form and what is reported; None: no form."""

    file: str
    sha256: str
    project: str
    reports: Reports | None
    problems: tuple[Problem, ...]


Each = Callable[[Iterable[Path]], Iterator[Looked]]
"""Looks at files, in their order."""


def look(promised: Promised, path: Path) -> Looked:
    """Read the form in a file."""
    file, sha256, form = _opened(path, promised.root, promised.year, promised.cases)
    refused = form if isinstance(form, Problem) else not_promised(form, promised.year, promised.cases)
    if isinstance(form, Problem) or refused is not None:
        return Looked(file, sha256, "", None, (refused,) if refused else ())
    case = promised.cases[form.project]
    values = unless_faulty(Place(case.code, file=form.grid.file), read_values, form, case.indicators)
    if isinstance(values, Problem):
        return Looked(file, sha256, "", None, (values,))
    reports, wrong = values
    name = case.project.name
    problems = (*wrong, *strangers(form, name), *_completeness(form, reports, name))
    return Looked(file, sha256, case.code, reports, problems)


def read_forms(folder: Path, targets: Targets, root: Path, each: Each | None = None) -> Reported:
    """Every form below ``folder``, with all problems inside.

    targets: the whole year's, since a form of a project that is not among them is a problem; cut the result down
    afterwards. The result depends on the files' names and contents only, never on the order the file system lists
    them in. Hidden files and ``~$`` locks are passed over; one that may be a form is told. ``each``: who looks at the
    files (``look``); None: this process, one after the other.
    """
    promised = Promised.of(targets, root)
    entries = [*_entries(folder, root)]
    files_read = [path for path, wrong in entries if wrong is None]
    looks = (look(promised, path) for path in files_read) if each is None else each(files_read)
    problems: list[Problem] = []
    files: Files = []
    spool: Spool[Reports] = Spool()
    found: dict[str, dict[str, tuple[Problem, ...]]] = {}
    shown: dict[str, str] = {}
    for path, wrong in entries:
        if wrong is not None:
            problems.append(wrong)
            continue
        looked, own = next(looks), str(path)
        files.append((looked.file, looked.sha256))
        if looked.reports is None:
            problems += looked.problems
            continue
        spool.put(own, looked.reports)
        shown[own] = looked.file
        found.setdefault(looked.project, {})[own] = looked.problems
    usable = {code: next(iter(found[code])) for code in promised.cases if len(found.get(code, ())) == 1}
    spool.keep(usable)
    for code, rivals in found.items():
        if code in usable:
            problems += rivals[usable[code]]
        else:
            files_named = [shown[own] for own in rivals]
            names = [PurePosixPath(file).name for file in files_named]
            told = "、".join(names if len({*names}) == len(names) else files_named)
            facts = {"name": promised.cases[code].project.name, "count": len(rivals), "files": told}
            problems.append(problem("E307", Place(code, file=files_named[0]), **facts))
    faulty = (one.place.project for one in problems if one.code[0] == "E")
    accounted = {*usable, *faulty}
    problems += (no_form(promised.cases[code], folder, root) for code in promised.cases if code not in accounted)
    return Reported(spool, worst_first(problems), tuple(files))


def no_form(case: Case, folder: Path, root: Path) -> Problem:
    """What says that no form of a project came back; ``folder``: that of the forms of the year."""
    where = shown_path(form_place(folder, case), root)
    return problem("E301", Place(case.code), name=case.project.name, path=where, year=case.year, project=case.code)


def not_promised(form: Form, year: int, promised: Mapping[str, Case]) -> Problem | None:
    """Why a form is not one of the projects of the year, or not of the one its file is called by; None when it is."""
    if form.year != str(year):
        facts = {"found": form.year, "expected": year, "project": form.project}
        return problem("E305", form.place, **facts)
    if form.project not in promised and form.is_whole and not any(map(is_whole, promised)):
        return problem("I264", form.place.at(project=""))
    if form.project not in promised:
        return problem("E306", form.place.at(project=""), found=form.project, year=year)
    called = named_project(form.grid.file)
    if called != form.project and called in promised:
        names = {"named": promised[called].project.name, "name": promised[form.project].project.name}
        return problem("E335", form.place.at(project=called), called=called, project=form.project, **names)
    return of_another(form)


def strangers(form: Form, name: str) -> Iterator[Problem]:
    """The sheets of other projects that lie in the file of a form. ``name`` is that of the form's own project."""
    for other in form.others:
        yield problem(
            "W315", form.place.at(sheet=other.grid.sheet), sheet=other.grid.sheet, found=other.project, name=name
        )


def named_project(file: str) -> str:
    """What a file's name gives as 项目编码; any text where it gives none."""
    return PurePosixPath(file).stem.split("_")[0]


def _completeness(form: Form, reports: Reports, name: str) -> Iterator[Problem]:
    """One warning for all blanks among what no score asks for; one where 是否调整 belies the budgets.

    A form in which nothing at all is filled in is reported by its indicators.
    """
    if not reports.filled:
        return
    initial, full_year = reports.funds["initial"], reports.funds["full_year"]
    unpaid = unpaid_months(reports)
    # budget and executed are asked for by the scoring
    asked = (
        (FUND_ITEMS["initial"], initial),
        *((f"{month}月支付金额", cell) for month, cell in reports.payments.items() if month not in unpaid),
        *((narrative_name(item), cell) for item, cell in reports.narrative.items() if item not in OPTIONAL_ITEMS),
    )
    blank = [f"{what}（{cell.cell}）" for what, cell in asked if cell.data_type == "blank" and cell.cell]
    if blank:
        yield problem("W306", form.place, name=name, what="、".join(blank))
    adjusted = reports.narrative["adjusted"]
    belied = (adjusted.text, initial.number == full_year.number) in {("是", True), ("否", False)}
    if belied and initial.data_type == full_year.data_type == "number":
        facts = {"found": adjusted.text, "initial": initial.text, "full_year": full_year.text}
        yield problem("W307", form.place.at(cell=adjusted.cell), **facts)


def open_forms(
    folder: Path, root: Path, year: int, codes: Collection[str], problems: list[Problem], files: Files
) -> Iterator[tuple[Path, Form]]:
    """Every form below ``folder`` with its path, in the order of the paths.

    What is wrong goes to ``problems``; ``files`` gets what was read, forms or not. ``codes`` are the 项目编码 of the
    year, which names of files may begin with.
    """
    for path, wrong in _entries(folder, root):
        if wrong is not None:
            problems.append(wrong)
            continue
        file, sha256, form = _opened(path, root, year, codes)
        files.append((file, sha256))
        if isinstance(form, Form):
            yield path, form
        else:
            problems.append(form)


def _entries(folder: Path, root: Path) -> Iterator[tuple[Path, Problem | None]]:
    """The files below a folder in the order of their paths, and what is wrong with those that are not read."""
    if _whole(folder).is_relative_to(_whole(root)) and not real(folder).is_relative_to(real(root)):
        yield folder, problem("E313", Place(file=shown_path(folder, root)), name=folder.name)
        return
    for path in sorted(files_below(folder), key=lambda path: shown_path(path, root)):
        wrong = None
        if path.is_symlink() or ending(path.name) != SUFFIX or path.name.startswith("."):
            code = "E313" if path.is_symlink() else "W318" if path.name.startswith(".") else "W301"
            wrong = problem(code, Place(file=shown_path(path, root)), name=readable(path.name))
        yield path, wrong


def _opened(path: Path, root: Path, year: int, codes: Collection[str]) -> tuple[str, str, Form | Problem]:
    """A file as it is shown, the SHA-256 of its bytes, and the form in it, or why there is none."""
    file = shown_path(path, root)
    project = named_project(file)
    project = project if project in codes else ""
    data = read_bytes(path)
    form = unless_faulty(Place(file=file), _form_in, data, file, year, project)
    sha256 = data.digest if isinstance(data, Unreadable) else digest(data)
    return file, sha256, form if isinstance(form, Form) else replace(form, place=form.place.at(project=project))


def _form_in(data: bytes | Unreadable, file: str, year: int, project: str) -> Form | Problem:
    """The form in the bytes of a file, that of ``project`` if it holds several, or why there is none."""
    book = data if isinstance(data, Unreadable) else workbook_of(data)
    if isinstance(book, Unreadable):
        return problem("E302", Place(file=file), reason=book.reason)
    return find_form(open_workbook(book, file), file, form_command(year, project or "项目编码"), project)


def ending(name: str) -> str:
    """How a file's name ends, such as ``.xlsx``, in small letters; of ``.xlsx`` alone too."""
    return PurePosixPath(f"_{name}").suffix.lower()


def may_hold_forms(name: str) -> bool:
    """Whether a file is somebody's by its name; with a dot first it is so only if it ends as forms and archives do."""
    return not is_clutter(name) and (not name.startswith(".") or ending(name) in (*SHEETS, *PACKED))


def files_below(folder: Path, passed: list[Path] | None = None) -> Iterator[Path]:
    """Files and links below a folder; links are not followed. Those of systems and office programs are passed over.

    So are hidden folders, and hidden files that are no form by their name. ``passed`` gets all that was passed over.
    """
    passed = [] if passed is None else passed
    for here, folders, files in os.walk(folder):
        base = Path(here)
        yield from (base / name for name in folders if (base / name).is_symlink())
        hidden = {name for name in folders if name.startswith(".") or is_clutter(name)}
        folders[:] = (name for name in folders if name not in hidden)
        yield from (base / name for name in files if may_hold_forms(name))
        passed += (base / name for name in (*hidden, *files) if name in hidden or not may_hold_forms(name))


def shown_path(path: Path, root: Path) -> str:
    """The path relative to the workspace, with forward slashes; as it is when it lies elsewhere."""
    whole, base = _whole(path), _whole(root)
    return readable((whole.relative_to(base) if whole.is_relative_to(base) else whole).as_posix())


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - links stay unresolved
