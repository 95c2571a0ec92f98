"""All forms of a year into their folder, without ever losing what a department has filled in."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.case import Case
from selfeval.domain.faults import own_fault
from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.reported import Reports
from selfeval.domain.rulebook import Rulebook
from selfeval.forms.identity import CellPlace, filled_cells
from selfeval.forms.reading.folder import HISTORY, form_place, open_forms, shown_path
from selfeval.forms.reading.form import Form, find_form, holds_nothing
from selfeval.forms.reading.grid import open_workbook
from selfeval.forms.reading.values import read_values
from selfeval.forms.sent import remember_sent, said_by, sent_from
from selfeval.forms.writing.cover import Cover
from selfeval.forms.writing.form import write_form
from selfeval.packages.files import Unreadable, digest, holds, read_bytes
from selfeval.packages.links import is_plain
from selfeval.packages.made import MADE, is_made, made_in, remember_made
from selfeval.packages.workbook import workbook_of
from selfeval.packages.writing import move_whole, why_not, write_whole


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
    projects: Sequence[Case],
    rulebook: Rulebook,
    folder: Path,
    root: Path,
    *,
    carried: Mapping[str, Mapping[CellPlace, str]] | None = None,
    cover: Cover | None = None,
    overwrite: bool = False,
) -> Delivery:
    """Write one form a project of a year below ``folder`` (design section 9 names the paths), with what it reports.

    ``carried``: texts of last year's forms, by project and cell. A file in the way is replaced when nothing is filled
    in that the new form does not hold too; otherwise it is kept, and reported where the new form says something else
    (W304); with ``overwrite`` it is replaced, which is told (W327). Unless its bytes are those that a run wrote, it is
    copied to ``.旧版`` first, under the hash of its contents. The same holds for a form of the project that lies
    elsewhere in ``folder``.
    """
    rivals = _lying_there(folder, root, projects)
    done: dict[str, list[str]] = {"written": [], "unchanged": [], "kept": [], "aside": []}
    problems: list[Problem] = []
    ours, made, sent = made_in(folder), list[str](), list[str]()
    before = sent_from(folder)
    for case in projects:
        path = form_place(folder, case)
        place = Place(case.code, file=shown_path(path, root))
        elsewhere = [file for file in rivals.get(case.code, ()) if file != path]
        try:
            data = write_form(case, rulebook, carried=(carried or {}).get(case.code), cover=cover)
            placing = _Placing(path, root, case, ours)
            answered = placing.answered(before)
            outcome, reason, kept = placing.deliver(data, elsewhere, overwrite=overwrite)
        except (OSError, UnicodeEncodeError) as fault:
            problems.append(problem("E321", place, reason=why_not(fault)))
            continue
        except Exception as error:  # noqa: BLE001 - a fault of ours in one form; the others are written
            problems.append(own_fault(error, place, f"项目“{case.project.name}”的填报表没有写出"))
            continue
        done[outcome].append(place.file)
        if outcome == "kept":
            problems += [problem("W304", place, reason=reason)] if reason else []
            continue
        if kept and overwrite:
            facts = {"reason": reason, "kept": shown_path(kept, root), "path": place.file}
            problems.append(problem("W327", place, **facts))
        made.append(digest(data))
        if reason:
            done["aside"].append(place.file)
        if reason or not answered:  # else it holds what a department answered, and answers still
            sent.append(_said(_reports_in(data, case), case))
    try:
        remember_made(folder, made, root)
        remember_sent(folder, sent, root)
    except (OSError, UnicodeEncodeError) as fault:
        problems.append(problem("E321", Place(file=shown_path(folder / MADE, root)), reason=why_not(fault)))
    return Delivery(**{key: tuple(value) for key, value in done.items()}, problems=worst_first(problems))


def _lying_there(folder: Path, root: Path, projects: Sequence[Case]) -> dict[str, list[Path]]:
    """The paths of the forms of this year already in the folder, by project."""
    found: dict[str, list[Path]] = {}
    years = {case.year for case in projects}
    for path, form in open_forms(folder, root, max(years, default=0), (), [], []):
        if form.year in map(str, years):
            found.setdefault(form.project, []).append(path)
    return found


@dataclass(frozen=True)
class _Placing:
    """The form of a project on its way to ``path`` below ``home``. ``ours``: the hashes of all that runs wrote."""

    path: Path
    home: Path
    case: Case
    ours: frozenset[str]

    def answered(self, sent: frozenset[str]) -> bool:
        """Whether a form lies there that holds more than what was sent out. Raises OSError."""
        old = read_bytes(self.path) if is_plain(self.path) else b""
        reports = None if isinstance(old, Unreadable) else _reports_in(old, self.case)
        return _said(reports, self.case) not in {"", *sent}

    def deliver(self, data: bytes, elsewhere: Sequence[Path], *, overwrite: bool) -> tuple[str, str, Path | None]:
        """Put it in place: (what was done, what would have been lost by it and was kept, the copy of that).

        Of a form that is kept and of which the new one says nothing else there is nothing to tell.
        """
        path, home = self.path, self.home
        reason = f"项目已有填报表{'、'.join(shown_path(file, home) for file in elsewhere)}" if elsewhere else ""
        if reason and not overwrite:
            return "kept", reason, None
        copy: Path | None = None
        for file in elsewhere:  # two would be refused; and there is one at every moment
            copy = _set_aside(path, _bytes_of(file), home)
            if is_plain(path):
                file.unlink()
            else:
                move_whole(file, path, home)
        if is_plain(path):
            old = read_bytes(path)
            if old == data:
                return "unchanged", reason, copy
            lost = _would_lose(old, data, self.case)
            if lost and not overwrite:
                return "kept", "" if _says_as_much(old, data, self.case) else lost, None
            if isinstance(old, Unreadable):
                copy = _history(path, old.digest or f"{path.stat().st_size}")
                move_whole(path, copy, home)
            elif lost:
                copy = _set_aside(path, old, home)
            elif not is_made(old, self.ours):
                lost = "原有文件不是程序写出时的格式"
                _set_aside(path, old, home)
            reason = reason or lost
        write_whole(path, data, home)
        return "written", reason, copy


def _bytes_of(form: Path) -> bytes:
    """The bytes of a form that was read before. Raises OSError when it is none any more."""
    data = read_bytes(form)
    if isinstance(data, Unreadable):
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(form))
    return data


def _set_aside(path: Path, old: bytes, home: Path) -> Path:
    copy = _history(path, digest(old))
    if is_plain(copy) and not holds(copy, old):  # of another file whose hash begins alike
        copy = copy.with_name(f"{digest(old)}{path.suffix}")
    write_whole(copy, old, home)
    return copy


def _history(path: Path, proof: str) -> Path:
    """Where the copy of a replaced file goes, named by what proves its contents."""
    return path.parent / HISTORY / f"{path.stem}.{proof[:8]}{path.suffix}"


def _would_lose(there: bytes | Unreadable, data: bytes, case: Case) -> str:
    """What the bytes of the file in place hold that the new form does not; blank when nothing."""
    if isinstance(there, Unreadable):
        return f"无法读取原有文件的填报内容（{there.reason}）"
    form = _form_in(there, case)
    if form and holds_nothing(form):
        return ""
    old = _contents(there, case)
    if old is None:
        return "无法读取原有文件的填报内容"
    new = _contents(data, case) or {}
    lost = [place for place, held in old.items() if new.get(place) != held]
    return f"原有填报表里已填了{len(lost)}处内容" if lost else ""


def _contents(data: bytes, case: Case) -> dict[CellPlace, tuple[str, str]] | None:
    """What is filled in, as text and data type by the ids of row and column; None: no sound form of the project."""
    reports = _reports_in(data, case)
    filled = {} if reports is None else filled_cells(reports)
    return None if reports is None else {place: (cell.text, cell.data_type) for place, cell in filled.items()}


def _reports_in(data: bytes, case: Case) -> Reports | None:
    """What the form in the bytes of a file says; None: no sound form of the project."""
    return _read_in(data, case)[0]


def _says_as_much(there: bytes | Unreadable, data: bytes, case: Case) -> bool:
    """Whether the form in place was made of the targets as they are, and holds all that the new one does."""
    if isinstance(there, Unreadable) or any(one.code == "W303" for one in _read_in(there, case)[1]):
        return False
    old = _contents(there, case)
    return old is not None and (_contents(data, case) or {}).items() <= old.items()


def _read_in(data: bytes, case: Case) -> tuple[Reports | None, list[Problem]]:
    form = _form_in(data, case)
    if form is None:
        return None, []
    reports, problems = read_values(form, case.indicators, as_written=True)
    unsound = any(wrong.code in {"E308", "E309", "E310", "E311"} for wrong in problems)
    return None if unsound else reports, problems


def _form_in(data: bytes, case: Case) -> Form | None:
    """The form of the project in the bytes of a file."""
    book = workbook_of(data)
    form = None if isinstance(book, Unreadable) else find_form(open_workbook(book, ""), "", "")
    return form if isinstance(form, Form) and form.project == case.code else None


def _said(reports: Reports | None, case: Case) -> str:
    return "" if reports is None else said_by(case.code, reports)
