"""A folder of forms: which files are forms, of which project, and which of them can be used."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from selfeval.domain.case import cases
from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.reported import Reported, Reports
from selfeval.domain.targets import Targets
from selfeval.forms.paths import SUFFIX, form_path
from selfeval.forms.reading.completeness import completeness
from selfeval.forms.reading.expected import expected_rows
from selfeval.forms.reading.grid import open_workbook
from selfeval.forms.reading.one_form import Form, FormName, find_form, read_values
from selfeval.packages.files import digest
from selfeval.packages.guard import read_package
from selfeval.packages.spool import Spool


def read_forms(folder: Path, targets: Targets, root: Path) -> Reported:
    """Every form below ``folder``, one after the other, with all problems inside.

    targets: the whole year's, since a form of a project that is not among them is a problem; cut the result down
    afterwards. Paths are given relative to ``root``, the workspace. The result depends on the files' names and
    contents only, never on the order the file system lists them in. Hidden files and ``~$`` locks are passed over.
    """
    names = targets.names
    promised = {case.code: case for case in cases(targets)}
    files: list[tuple[str, str]] = []
    forms: list[FormName] = []
    spool: Spool[Reports] = Spool()
    found: dict[str, list[Problem]] = {}
    problems: list[Problem] = []
    for opened in open_forms(folder, root, targets.year, names, problems):
        files.append((opened.file, opened.sha256))
        form = opened.form
        if form is None:
            continue
        forms.append(form.name)
        case = promised.get(form.project)
        if case is not None and form.year == str(targets.year):
            command = form_command(targets.year, case.code)
            reports, wrong = read_values(form, expected_rows(case.indicators), command)
            spool.put(form.file, reports)
            found[form.file] = [*wrong, *completeness(form, reports, names[case.code])]
    usable, refused = _usable(forms, targets.year, names)
    problems += refused
    spool.keep({code: usable[code] for code in names if code in usable})
    problems += [wrong for file in usable.values() for wrong in found[file]]
    problems += _not_received(targets, root, folder, set(usable), problems)
    return Reported(spool, worst_first(problems), tuple(files))


@dataclass(frozen=True)
class Opened:
    """A file that may be a form: its shown path, the hash of its bytes, and the form, when it is one."""

    path: Path
    file: str
    sha256: str
    form: Form | None


def open_forms(
    folder: Path, root: Path, year: int, names: Mapping[str, str], problems: list[Problem]
) -> Iterator[Opened]:
    """Every file below ``folder`` that may be a form, in the order of the paths; what is wrong goes to ``problems``."""
    paths, strays = _candidates(folder, root)
    problems += strays
    for path in paths:
        file, code = shown_path(path, root), _code_in_name(path, names)
        data = read_package(path)
        grids = data if isinstance(data, str) else open_workbook(data)
        if isinstance(data, str) or isinstance(grids, str):
            problems.append(problem("E302", Place(code, file=file), reason=str(grids)))
            form = None
        else:
            read = find_form(grids, file, form_command(year, code or "项目编码"))
            form = read if isinstance(read, Form) else None
            if isinstance(read, Problem):
                problems.append(replace(read, place=read.place.at(project=code)))
        yield Opened(path, file, digest_of(path, data), form)


def digest_of(path: Path, data: bytes | str) -> str:
    """The hash of the bytes that were read; of a file that was refused, that of the file as it lies there."""
    if isinstance(data, bytes):
        return digest(data)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def form_command(year: int, project: str) -> str:
    """The command that makes a new form of a project."""
    return f"selfeval forms {year} --project {project}"


def shown_path(path: Path, root: Path) -> str:
    """The path relative to the workspace, with forward slashes; as it is when it lies elsewhere."""
    whole, base = _whole(path), _whole(root)
    return readable((whole.relative_to(base) if whole.is_relative_to(base) else whole).as_posix())


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - links stay unresolved


def readable(name: str) -> str:
    """A name in another encoding (GBK out of an old .zip) must not keep a report from being written."""
    return os.fsencode(name).decode("utf-8", "replace")


def _candidates(folder: Path, root: Path) -> tuple[list[Path], list[Problem]]:
    """Files that may be forms, sorted by path, and problems of the others."""
    found: list[Path] = []
    problems: list[Problem] = []
    if _whole(folder).is_relative_to(_whole(root)) and not folder.resolve().is_relative_to(root.resolve()):
        return [], [problem("E313", Place(file=shown_path(folder, root)), name=folder.name)]
    for here, folders, files in os.walk(folder):
        base = Path(here)
        problems += [
            problem("E313", Place(file=shown_path(base / name, root)), name=readable(name))
            for name in sorted(folders)
            if (base / name).is_symlink()
        ]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = base / name
            if name.startswith((".", "~$")):
                continue
            if path.is_symlink():
                problems.append(problem("E313", Place(file=shown_path(path, root)), name=readable(name)))
            elif path.suffix.lower() == SUFFIX:
                found.append(path)
            else:
                problems.append(problem("W301", Place(file=shown_path(path, root)), name=readable(name)))
    return sorted(found, key=lambda path: shown_path(path, root)), problems


def _usable(forms: list[FormName], year: int, names: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """The one file of each project, by code; forms of other years, unknown projects and rivals are refused."""
    problems: list[Problem] = []
    by_project: dict[str, list[FormName]] = {}
    for form in forms:
        place = Place(form.project, file=form.file, sheet=form.sheet)
        if form.year != str(year):
            facts = {"found": form.year, "expected": year, "project": form.project}
            problems.append(problem("E305", place, **facts))
        elif form.project not in names:
            problems.append(problem("E306", place.at(project=""), found=form.project, year=year))
        else:
            by_project.setdefault(form.project, []).append(form)
    for code, rivals in by_project.items():
        if len(rivals) > 1:
            files = "、".join(form.file for form in rivals)
            facts = {"name": names[code], "count": len(rivals), "files": files}
            problems += [problem("E307", Place(code, file=form.file), **facts) for form in rivals]
    return {code: rivals[0].file for code, rivals in by_project.items() if len(rivals) == 1}, problems


def _not_received(
    targets: Targets, root: Path, folder: Path, received: set[str], problems: list[Problem]
) -> list[Problem]:
    """E301 for each project that has neither a form nor a problem that already says why not."""
    # a form of another year says nothing about this one's
    told = received | {one.place.project for one in problems if one.code[0] == "E" and one.code != "E305"}
    missing: list[Problem] = []
    columns = ["project", "name", "unit_code", "unit_name"]
    for record in targets.projects[columns].itertuples(index=False, name=None):
        code, name, unit_code, unit_name = (str(one) for one in record)
        if code in told:
            continue
        path = shown_path(folder / form_path(unit_code, unit_name, code, name), root)
        facts = {"name": name, "path": path, "year": targets.year, "project": code}
        missing.append(problem("E301", Place(code), **facts))
    return missing


def _code_in_name(path: Path, names: Mapping[str, str]) -> str:
    """The project code that a file's name starts with, when it is one of the year's."""
    code = path.name.split("_")[0].removesuffix(path.suffix)
    return code if code in names else ""
