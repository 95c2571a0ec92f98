"""All forms of a year into their folder, without ever losing what a department has filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.case import Case, cases
from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import Targets
from selfeval.forms.making.content.cover import Cover
from selfeval.forms.making.write import write_form
from selfeval.forms.paths import form_path
from selfeval.forms.reading.cells import Value
from selfeval.forms.reading.expected import expected_rows
from selfeval.forms.reading.folder import form_command, open_forms, shown_path
from selfeval.forms.reading.grid import open_workbook
from selfeval.forms.reading.one_form import Form, contents, find_form, read_values
from selfeval.packages.files import write_whole
from selfeval.packages.guard import read_package

KEPT_ASIDE = ".旧版"
"""The hidden folder beside the forms of a unit that keeps what was overwritten."""


@dataclass(frozen=True)
class Delivery:
    """What happened to each form, as paths relative to the workspace, and why some were kept as they are.

    ``written`` are new or replaced files, ``unchanged`` had the same bytes already, ``kept`` were left alone,
    ``aside`` are the copies of replaced files that held something.
    """

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def write_forms(
    targets: Targets,
    rulebook: Rulebook,
    folder: Path,
    root: Path,
    *,
    prefill: Reported | None = None,
    carried: Mapping[str, Mapping[tuple[str, str], str]] | None = None,
    cover: Cover | None = None,
    overwrite: bool = False,
    mark: str = "",
) -> Delivery:
    """Write one form a project of ``targets`` below ``folder`` (design section 9 names the paths).

    ``carried``: texts of last year's forms, by project and box. A file in the
    way is replaced when it holds nothing that the new form does not hold too; otherwise it is kept and reported
    (W304), or with ``overwrite`` copied to ``.旧版`` first, under the hash of its contents. The same holds for a form
    of the project that lies elsewhere in ``folder``.
    """
    rivals = _elsewhere(folder, root, targets)
    done: dict[str, list[str]] = {"written": [], "unchanged": [], "kept": [], "aside": []}
    problems: list[Problem] = []
    for case in cases(targets, prefill):
        code, project = case.code, case.project
        path = folder / form_path(project.unit_code, project.unit_name, code, project.name)
        data = write_form(case, rulebook, carried=(carried or {}).get(code), cover=cover, mark=mark)
        place = Place(code, file=shown_path(path, root))
        other = [one for one in rivals.get(code, []) if one != place.file]
        try:
            moved = _out_of_the_way(path, other, root, overwrite=overwrite)
            outcome, reason = _place(path, data, case, moved, overwrite=overwrite)
        except OSError as fault:
            problems.append(problem("E321", place, reason=fault.strerror or str(fault)))
            continue
        if reason and not overwrite:
            problems.append(problem("W304", place, reason=reason))
        done[outcome].append(place.file)
        if reason and overwrite:
            done["aside"].append(place.file)
    return Delivery(**{key: tuple(value) for key, value in done.items()}, problems=worst_first(problems))


def _place(path: Path, data: bytes, case: Case, elsewhere: list[str], *, overwrite: bool) -> tuple[str, str]:
    """Put one form in place: (what was done, what would have been lost by it)."""
    reason = f"项目已有填报表 {'、'.join(elsewhere)}" if elsewhere else ""
    if reason and not overwrite:
        return "kept", reason
    if path.exists():
        old = path.read_bytes()
        if old == data:
            return "unchanged", ""
        lost = _would_lose(path, data, case)
        if lost and not overwrite:
            return "kept", lost
        if lost:
            _set_aside(path, old)
        reason = reason or lost
    write_whole(path, data)
    return "written", reason


def _out_of_the_way(path: Path, other: list[str], root: Path, *, overwrite: bool) -> list[str]:
    """With ``overwrite``, move the forms of the project that lie elsewhere into ``.旧版``: two would be refused."""
    if overwrite:
        for one in other:
            rival = root / one
            _set_aside(path, rival.read_bytes())
            rival.unlink()
    return other


def _set_aside(path: Path, old: bytes) -> None:
    name = f"{path.stem}.{hashlib.sha256(old).hexdigest()[:8]}{path.suffix}"
    write_whole(path.parent / KEPT_ASIDE / name, old)


def _would_lose(path: Path, data: bytes, case: Case) -> str:
    """What the file at ``path`` holds that the new form does not; blank when nothing."""
    held = read_package(path)
    old = None if isinstance(held, str) else _contents(held, path.name, case)
    if old is None:
        return "原有文件读不出填报内容"
    new = _contents(data, path.name, case) or {}
    lost = [place for place, value in old.items() if new.get(place) != value]
    return f"原有填报表里已填了 {len(lost)} 处内容" if lost else ""


def _contents(data: bytes, name: str, case: Case) -> dict[tuple[str, str], Value] | None:
    """What is filled in, by the ids of row and column; None when the bytes are no sound form of the project."""
    grids = open_workbook(data)
    if isinstance(grids, str):
        return None
    form = find_form(grids, name, form_command(case.year, case.code))
    if not isinstance(form, Form) or form.project != case.code:
        return None
    rows = expected_rows(case.indicators)
    _, problems = read_values(form, rows, "")
    if any(one.code in {"E308", "E309", "E310", "E311"} for one in problems):
        return None
    return {place: value for place, (value, _) in contents(form, rows).items()}


def _elsewhere(folder: Path, root: Path, targets: Targets) -> dict[str, list[str]]:
    """The paths of the forms of this year already in the folder, by project."""
    found: dict[str, list[str]] = {}
    for opened in open_forms(folder, root, targets.year, targets.names, []):
        if opened.form is not None and opened.form.year == str(targets.year):
            found.setdefault(opened.form.project, []).append(opened.file)
    return found
