"""All forms of a year into their folder, without ever losing what a department has filled in."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import Targets
from selfeval.forms.making.content.cover import Cover
from selfeval.forms.making.write import write_form
from selfeval.forms.paths import form_path
from selfeval.forms.reading.expected import common_rows, indicator_rows, project_names
from selfeval.forms.reading.folder import form_command, open_forms, shown_path
from selfeval.forms.reading.grid import open_workbook
from selfeval.forms.reading.one_form import Form, find_form, read_values
from selfeval.packages.files import write_whole

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
    readings: pd.DataFrame,
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

    readings: READINGS of these targets; ``carried``: texts of last year's forms, by project and box. A file in the
    way is replaced when it holds nothing that the new form does not hold too; otherwise it is kept and reported
    (W304), or with ``overwrite`` copied to ``.旧版`` first, under the hash of its contents. The same holds for a form
    of the project that lies elsewhere in ``folder``.
    """
    names = project_names(targets)
    rivals = _elsewhere(folder, root, targets, names)
    done: dict[str, list[str]] = {"written": [], "unchanged": [], "kept": [], "aside": []}
    problems: list[Problem] = []
    for _, row in targets.projects.iterrows():
        code = str(row["project"])
        path = folder / form_path(str(row["unit_code"]), str(row["unit_name"]), code, str(row["name"]))
        own = targets.indicators[targets.indicators["project"] == code]
        data = write_form(
            row,
            own,
            targets.plan,
            readings,
            rulebook,
            year=targets.year,
            prefill=prefill,
            carried=(carried or {}).get(code),
            cover=cover,
            mark=mark,
        )
        place = Place(code, file=shown_path(path, root))
        other = [one for one in rivals.get(code, []) if one != place.file]
        try:
            moved = _out_of_the_way(path, other, root, overwrite=overwrite)
            outcome, reason = _place(path, data, targets, code, moved, overwrite=overwrite)
        except OSError as fault:
            problems.append(problem("E321", place, reason=fault.strerror or str(fault)))
            continue
        if reason and not overwrite:
            problems.append(problem("W304", place, reason=reason))
        done[outcome].append(place.file)
        if reason and overwrite:
            done["aside"].append(place.file)
    return Delivery(**{key: tuple(value) for key, value in done.items()}, problems=worst_first(problems))


def _place(
    path: Path, data: bytes, targets: Targets, code: str, elsewhere: list[str], *, overwrite: bool
) -> tuple[str, str]:
    """Put one form in place: (what was done, what would have been lost by it)."""
    reason = f"项目已有填报表 {'、'.join(elsewhere)}" if elsewhere else ""
    if reason and not overwrite:
        return "kept", reason
    if path.exists():
        old = path.read_bytes()
        if old == data:
            return "unchanged", ""
        lost = _would_lose(path, data, targets, code)
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


def _would_lose(path: Path, data: bytes, targets: Targets, code: str) -> str:
    """What the file at ``path`` holds that the new form does not; blank when nothing."""
    old = _contents(path, targets, code)
    if old is None:
        return "原有文件读不出填报内容"
    with tempfile.TemporaryDirectory() as aside:
        fresh = Path(aside) / f"form{path.suffix}"
        fresh.write_bytes(data)
        new = _contents(fresh, targets, code) or {}
    lost = [key for key, value in old.items() if new.get(key) != value]
    return f"原有填报表里已填了 {len(lost)} 处内容" if lost else ""


def _contents(path: Path, targets: Targets, code: str) -> dict[tuple[object, ...], tuple[str, str]] | None:
    """What is filled in, as text and form by the keys of its table; None when the file is no form of the project."""
    grids = open_workbook(path)
    if isinstance(grids, str):
        return None
    form = find_form(grids, path.name, form_command(targets.year, code))
    if not isinstance(form, Form) or form.project != code:
        return None
    rows = (*common_rows(code), *indicator_rows(targets).get(code, ()))
    records, problems = read_values(form, rows, "")
    if any(one.code in {"E308", "E309", "E310", "E311"} for one in problems):
        return None
    found: dict[tuple[object, ...], tuple[str, str]] = {}
    for record in (*records.funds, *records.payments, *records.actuals, *records.narrative):
        if record["form"] == "blank" or record.get("item") == "mark":
            continue
        key = (record.get("indicator"), record.get("item"), record.get("month"))
        found[key] = (str(record["text"]), str(record["form"]))
    return found


def _elsewhere(folder: Path, root: Path, targets: Targets, names: dict[str, str]) -> dict[str, list[str]]:
    """The paths of the forms of this year already in the folder, by project."""
    found: dict[str, list[str]] = {}
    for form in open_forms(folder, root, targets.year, names)[0]:
        if form.year == str(targets.year):
            found.setdefault(form.project, []).append(form.file)
    return found
