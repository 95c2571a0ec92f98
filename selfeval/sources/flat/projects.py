"""The projects of flat tables: which row belongs to which, and what the rows say of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from selfeval.domain.targets import PROJECTS
from selfeval.sources import codes
from selfeval.sources.blocks import Spot
from selfeval.sources.flat.lines import Line
from selfeval.sources.form.outline import plain
from selfeval.sources.form.whose import named
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze

_CODED = re.compile(
    r"[\[（(【]?(?P<code>[0-9A-Z]{12,40})[\]）)】]?(?:[-—_ .、:：]+(?P<any>.+)|(?P<name>[^0-9A-Za-z\s-].*))", re.DOTALL
)
"""The code and the name of a project in one cell."""


@dataclass(frozen=True)
class Unit:
    """A unit as rows name it; either may be blank."""

    code: str = ""
    name: str = ""

    @property
    def key(self) -> str:
        """What tells it from another one: its code, or its name where it has none."""
        return self.code or plain(self.name)


@dataclass
class Project:
    """A project: its code (perhaps one of our own), name, unit, what its rows say first, and its rows of indicators."""

    code: str
    name: str
    unit: Unit
    spot: Spot
    first: dict[str, tuple[str, Spot, str]] = field(default_factory=dict)
    lines: list[tuple[Line, Mapping[str, str]]] = field(default_factory=list)
    runs: int = 1
    upper: Mapping[str, str] = field(default_factory=dict)
    """The levels of the row before."""
    again: list[tuple[Line, Line]] = field(default_factory=list)
    """Rows left out that say what a row of an earlier run says, or say it otherwise, with that row."""
    _seen: dict[tuple[str, ...], tuple[int, Line]] = field(default_factory=dict)

    def add(self, line: Line, upper: Mapping[str, str]) -> None:
        """Take a row of an indicator, unless it stands in an earlier run."""
        key = (*upper.values(), line.text("level3"), line.text("description"))
        self.upper = upper
        run, first = self._seen.setdefault(tuple(map(plain, key)), (self.runs, line))
        if run < self.runs:
            self.again.append((line, first))
        else:
            self.lines.append((line, upper))

    @property
    def alike(self) -> bool:
        """Whether all runs have the same indicators with the same points: what differs is single targets."""
        points = all(line.text("points") == first.text("points") for line, first in self.again)
        whole = len(self.again) == (self.runs - 1) * len(self.lines)
        return points and whole and all(run == 1 for run, _ in self._seen.values())

    def number(self, line: Line) -> str:
        """The number of the indicator that a row becomes."""
        return f"{self.code}-{next(at for at, (one, _) in enumerate(self.lines, start=1) if one is line):02d}"


@dataclass
class _Conflict:
    """Rows of a code that come with another name: the place of the first, and how many they are."""

    name: str
    line: Line
    count: int = 0


@dataclass
class Register:
    """All projects of a file by their codes, and what is open: the unit and the project of the row before."""

    account: Account
    projects: dict[str, Project] = field(default_factory=dict)
    unit: Unit = field(default_factory=Unit)
    project: Project | None = None
    _conflicts: dict[tuple[str, str], _Conflict] = field(default_factory=dict)
    _named: dict[tuple[str, str], list[Project]] = field(default_factory=dict)
    _own_units: set[str] = field(default_factory=set)
    _codes: dict[str, dict[str, None]] = field(default_factory=dict)

    def begin(self, unit: Unit) -> None:
        """A table begins, of which the lines above name a unit, perhaps."""
        self.unit, self.project = unit, None

    def of(self, line: Line) -> Project | None:
        """The project of a row: as above where it says nothing; None where it has none, or is not to be read."""
        before, stated = self.unit, _unit_of(line)
        if stated.key:
            same = stated.key in {before.code, plain(before.name)} or (
                stated.name and plain(stated.name) == plain(before.name)
            )
            self.unit = Unit(stated.code or before.code, stated.name or before.name) if same else stated
        code, name = _project_of(line)
        if not code and not name:
            return self._as_above(line, moved=bool(stated.key) and self.unit.key != before.key)
        if not code:
            code = self._code_of(name, line)
        found = self.projects.get(code)
        if found is None:
            found = self.projects[code] = Project(
                code, name, self.unit, line.at("code" if line.text("code") else "name")
            )
            if self.unit.code and self.unit.name:
                self._codes.setdefault(self.unit.name, {})[self.unit.code] = None
        elif name and found.name and plain(name) != plain(found.name):
            conflict = self._conflicts.setdefault((code, plain(name)), _Conflict(name, line))
            conflict.count += 1
            self.project = None
            return None
        elif found is not self.project:
            found.runs += 1
        if name and not (found.name and found.lines):
            found.name = found.name or name
            named = self._named.setdefault((plain(name), found.unit.key), [])
            named += [] if found in named else [found]
        self.project = found
        return found

    def _as_above(self, line: Line, *, moved: bool) -> Project | None:
        if self.project is None or moved:
            last = next(reversed(self._conflicts.values()), None)
            if last and not moved and self.project is None and line.is_indicator:
                last.count += 1  # it goes on with rows that are left out
            elif line.is_indicator:
                self.account.report("E146", line.spot, level3=line.text("level3") or line.text("target"))
            elif self.project is None:
                self.account.report("W105", line.spot, found=" ".join(line.plain))
            return None
        return self.project

    def _code_of(self, name: str, line: Line) -> str:
        """The code of a project that is named without one."""
        above = self.project
        if above and plain(above.name) == plain(name) and above.unit.key == self.unit.key:
            return above.code
        known = self._named.get((plain(name), self.unit.key), [])
        if len(known) == 1:
            return known[0].code
        code = codes.project_code(self.unit.code or self.unit.name, name)
        self.account.about(project=code).infer(
            "项目编码", name, f"没有项目编码，按单位和项目名称编为{code}", line.at("name")
        )
        return code

    def report(self) -> None:
        """Report the rows that were left out because their code has another name, and runs of rows that stand apart."""
        for (code, _), one in self._conflicts.items():
            found, spot = self.projects[code], one.line.at("name")
            where = found.spot.in_file if found.spot.sheet != spot.sheet else str(found.spot)
            facts = {"key": code, "where": where, "first": found.name, "name": one.name, "count": max(one.count, 1)}
            self.account.about(project=code).report("E143", spot, **facts)
        for found in self.projects.values():
            account = self.account.about(project=found.code)
            if found.runs > 1:
                account.infer("项目", found.name, f"各行分在{found.runs}处，按同一个项目识别", found.spot)
            other = [(line, first) for line, first in found.again if _says(line) != _says(first)]
            for line, first in other if found.alike else other[:1]:
                facts = {"count": len(other), "level3": line.text("level3"), "where": first.spot.in_file}
                facts |= {"first": _in_words(first, line), "found": _in_words(line, first)}
                number = found.number(first) if found.alike else ""
                account.about(indicator=number).report("E149", line.at("target"), name=found.name, **facts)
            if found.again and not other:
                said = f"有{len(found.again)}行与前面的相同，只读入一次"
                account.infer("重复的行", found.name, said, found.again[0][0].spot)
        for name, codes_ in self._codes.items():
            if len(codes_) > 1:
                spot = next(one.spot for one in self.projects.values() if one.unit.name == name)
                self.account.report("W148", spot, name=name, codes="、".join(codes_))

    def unit_fields(self, project: Project) -> dict[str, str]:
        """单位编码 and 单位名称 of a project; a unit without a code gets one of its own."""
        unit, account = project.unit, self.account.about(project=project.code)
        if not unit.key:
            return {"unit_code": "", "unit_name": ""}
        code = unit.code or codes.unit_code(unit.name)
        if not unit.code and code not in self._own_units:
            self._own_units.add(code)
            account.infer("单位编码", unit.name, f"单位没有编码，按名称编为{code}", project.spot)
        fields = {"unit_code": code, "unit_name": unit.name}
        return {name: account.bounded(text, PROJECTS[name], project.spot) for name, text in fields.items()}


def _unit_of(line: Line) -> Unit:
    unit = parted(line.unit)
    code = line.text("unit_code") or ("" if line.text("unit_name") else line.text("executor_code"))
    return Unit(squeeze(code) or unit.code, unit.name)


def _target(line: Line) -> str:
    return " ".join(squeeze(part.text) for part in line.parts)


def _says(line: Line) -> tuple[str, str]:
    return _target(line), line.text("points")


def _in_words(line: Line, other: Line) -> str:
    points = line.text("points") if line.text("points") != other.text("points") else ""
    return f"{_target(line)}（分值{points}）" if points else _target(line)


_BRACKETED = re.compile(r"^[\[【(（](\d{3,12})[\]】)）]")


def parted(text: str) -> Unit:
    """A unit in one text, perhaps with its code."""
    found = named(_BRACKETED.sub(r"\1 ", text))
    return Unit(found.code, found.name) if not squeeze(text).isdigit() else Unit(squeeze(text), "")


def named_in_code(line: Line) -> str:
    """The name that stands behind the code of a project in its column; blank where none does."""
    found = _CODED.fullmatch(line.text("code"))
    return (found["name"] or found["any"]) if found else ""


def _project_of(line: Line) -> tuple[str, str]:
    code, name = squeeze(line.text("code")), line.text("name")
    for text in (code, name):
        found = _CODED.fullmatch(text)
        if found and (not code or text is code):
            return found["code"], name if text is code and name else found["name"] or found["any"]
        if not code and (apart := codes.bracketed(text))[0]:
            return apart
    return code, name


_MOST_NAMED = 10


def tell_blanks(projects: Sequence[Mapping[str, object]], account: Account) -> None:
    """Report what every project should have and some do not, each once."""
    for name in ("unit_name", "name", "budget"):
        if name == "budget" and any(one.code == "E176" for one in account.problems):
            continue
        blank = [str(one["name"] or one["project"]) for one in projects if one[name] in ("", None)]
        if blank:
            more = f"等{len(blank)}个项目" if len(blank) > _MOST_NAMED else ""
            names = "、".join(blank[:_MOST_NAMED]) + more
            where = "（也可以写在表的上方：“预算单位：324001 某某单位”）" if name == "unit_name" else ""
            account.report("W147", what=PROJECTS[name].header, names=names, where=where)
