"""Collecting: each form that came back is recognised, compared with its rivals, and put in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from selfeval.domain.case import Case
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import Indicator
from selfeval.forms.collecting.gather import Received
from selfeval.forms.collecting.place import ORIGINALS, keep, known, remember
from selfeval.forms.collecting.versions import (
    Version,
    differences,
    newest,
    read_version,
    told,
)
from selfeval.forms.making.write import write_form
from selfeval.forms.paths import form_path
from selfeval.forms.reading.expected import expected_rows
from selfeval.forms.reading.folder import form_command, open_forms, shown_path
from selfeval.forms.reading.one_form import read_values
from selfeval.packages.files import write_whole


@dataclass(frozen=True)
class Ground:
    """What collecting works on: the whole year's projects, the rules, and where forms live.

    ``day`` dates versions that carry no 填报日期; ``accept_newest`` settles rivals by that date.
    """

    year: int
    promised: Mapping[str, Case]
    rulebook: Rulebook
    folder: Path
    root: Path
    day: date | None = None
    accept_newest: bool = False


@dataclass
class Collected:
    """What became of the files: 项目编码 to the file taken; what was replaced, left as it was, or not settled."""

    placed: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    unchanged: dict[str, str] = field(default_factory=dict)
    unsettled: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def collect(received: list[Received], ground: Ground) -> Collected:
    """Put in place what can be, and say what cannot. No version is lost, and none is silently chosen."""
    result = Collected()
    versions = _recognised(received, ground, result.problems)
    for code, case in ground.promised.items():
        if code in versions:
            try:
                _settle(code, case.project.name, versions[code], ground, result)
            except OSError as fault:
                shown = shown_path(_home(code, ground), ground.root)
                result.problems.append(problem("E321", Place(code, file=shown), reason=fault.strerror or str(fault)))
    return result


def _recognised(received: list[Received], ground: Ground, problems: list[Problem]) -> dict[str, list[Version]]:
    """The versions of each project of the year; other files are told."""
    year = ground.year
    found: dict[str, list[Version]] = {}
    for one in received:
        version = read_version(one.path, one.shown, ground.promised, form_command(year, "项目编码"))
        if isinstance(version, Problem):
            problems.append(version)
            continue
        form = version.form
        place = Place(form.project, file=one.shown, sheet=form.grid.sheet)
        if form.year != str(year):
            facts = {"found": form.year, "expected": year, "project": form.project}
            problems.append(problem("E305", place, **facts))
        elif form.project not in ground.promised:
            problems.append(problem("E306", place.at(project=""), found=form.project, year=year))
        elif not version.cells:
            problems.append(problem("W305", place, name=ground.promised[form.project].project.name))
        else:
            found.setdefault(form.project, []).append(version)
    return found


def _settle(code: str, name: str, versions: list[Version], ground: Ground, result: Collected) -> None:
    distinct: list[Version] = []
    for version in versions:
        if not any(version.same_as(one) for one in distinct):
            distinct.append(version)
    chosen = distinct[0] if len(distinct) == 1 else None
    if chosen is None:
        latest = newest(distinct)
        chosen = latest if ground.accept_newest else None
        if chosen is None:
            result.unsettled[code] = tuple(one.shown for one in distinct)
            result.problems.append(_rivals(code, name, distinct, latest, ground))
            return
    alike = [one.path for one in versions if one.same_as(chosen)]
    current, home = _current(code, ground), _home(code, ground)
    if current is None or not current.cells:
        _put(code, chosen, current, ground, result)
        result.placed[code] = chosen.shown
    elif current.same_as(chosen) or any(known(home, one) for one in alike):
        # a file taken before may differ from what is in place: that was corrected since, and stays
        result.unchanged[code] = chosen.shown
    elif not _replaced(code, name, chosen, current, ground, result):
        result.unsettled[code] = (chosen.shown,)
        return
    remember(home, alike)


def _replaced(code: str, name: str, chosen: Version, current: Version, ground: Ground, result: Collected) -> bool:
    """Put another version in place of the current one when it is surely newer, or wanted; says what was done."""
    rows = expected_rows(ground.promised[code].indicators)
    found = differences(current, chosen, rows)
    facts: dict[str, object] = {"name": name, "new": chosen.shown, "day": chosen.dated, "old_day": current.dated}
    place = Place(code, file=shown_path(current.path, ground.root))
    undecided = current.day is None or chosen.day is None or current.day == chosen.day
    if current.day is not None and chosen.day is not None and chosen.day < current.day:
        result.problems.append(problem("E326", place, **facts, count=len(found), differences=told(found)))
        return False
    if undecided and not ground.accept_newest and not chosen.renews(current, rows):
        result.problems.append(_rivals(code, name, [current, chosen], None, ground, standing=True))
        return False
    kept = _put(code, chosen, current, ground, result)
    result.replaced[code] = chosen.shown
    facts |= {"kept": kept, "count": len(found), "differences": told(found)}
    result.problems.append(problem("I301", place, **facts))
    return True


def _rivals(
    code: str, name: str, versions: list[Version], latest: Version | None, ground: Ground, *, standing: bool = False
) -> Problem:
    """Different forms of one project: each with its date, and where each differs from the first."""
    rows = expected_rows(ground.promised[code].indicators)
    listed = "、".join(f"{one.shown}（{one.dated}）" for one in versions)
    parts = [f"{one.shown} 与第一份比：{told(differences(versions[0], one, rows))}" for one in versions[1:]]
    proposed = f"填报日期最近的是 {latest.shown}" if latest else "从填报日期看不出哪份最近"
    if standing:  # the first one is in place already
        proposed += "，已收的一份没有动（确认改用新收到的，加上 --accept-newest）"
    facts = {"name": name, "count": len(versions), "files": listed, "differences": "。".join(parts)}
    return problem("E325", Place(code, file=versions[0].shown), **facts, newest=proposed)


def _home(code: str, ground: Ground) -> Path:
    project = ground.promised[code].project
    return ground.folder / form_path(project.unit_code, project.unit_name, code, project.name)


def _current(code: str, ground: Ground) -> Version | None:
    """The form of the project that is in place now, wherever in the folder it lies."""
    home = _home(code, ground)
    places = [home] if home.is_file() else []
    if not places and ground.folder.is_dir():
        names = {one: case.project.name for one, case in ground.promised.items()}
        forms = open_forms(ground.folder, ground.root, ground.year, names, [])
        places = [one.path for one in forms if one.form is not None and one.form.project == code]
    for path in places:
        version = read_version(path, shown_path(path, ground.root), ground.promised, "")
        if isinstance(version, Version) and version.form.project == code:
            return version
    return None


def _original(home: Path, chosen: Version) -> Path:
    return home.parent / ORIGINALS / f"{home.stem}{Path(chosen.shown).suffix.lower()}"


def _put(code: str, chosen: Version, current: Version | None, ground: Ground, result: Collected) -> str:
    """Put a version in place; gives where the one before it was kept, blank when there was nothing to keep."""
    home = _home(code, ground)
    kept = ""
    if current is not None and (current.cells or current.path != home):  # blank only as far as the ids say
        kept = shown_path(keep(current.path, current.day or ground.day), ground.root)
    elif home.is_file() and current is None:
        kept = shown_path(keep(home, ground.day), ground.root)  # no form, but somebody's file
    if chosen.plain:
        write_whole(home, chosen.path.read_bytes())
    else:
        original, data = _original(home, chosen), chosen.path.read_bytes()
        if original.is_file() and original.read_bytes() != data:
            keep(original, (current.day if current else None) or ground.day, beside=home)
        write_whole(original, data)
        data, problems = _converted(code, chosen, ground)
        result.problems += problems
        write_whole(home, data)
    if current is not None and current.path != home:
        current.path.unlink()
    return kept


def _converted(code: str, version: Version, ground: Ground) -> tuple[bytes, list[Problem]]:
    """A fresh .xlsx form with the values of one that came as .xls, and what the reading of that one had to say.

    Targets stay as the department saw them, so that a form made for older ones is still known as such.
    """
    case, command = ground.promised[code], form_command(ground.year, code)
    reports, problems = read_values(version.form, expected_rows(case.indicators), command, as_written=True)
    as_printed = tuple(_as_printed(version, indicator) for indicator in case.indicators)
    data = write_form(replace(case, indicators=as_printed, reports=reports), ground.rulebook)
    return data, [replace(one, place=one.place.at(file=version.shown)) for one in problems]


def _as_printed(version: Version, indicator: Indicator) -> Indicator:
    """An indicator with the target that the form prints."""
    printed = version.form.at(indicator.indicator, "target").text
    return replace(indicator, target=printed or indicator.target)
