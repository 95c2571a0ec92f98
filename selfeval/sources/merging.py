"""Several imports to one: what stands in two files is taken once, or told where the two differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from selfeval.domain.problems import Place, Problem, Severity, problem
from selfeval.domain.scored import EXECUTION
from selfeval.domain.tables import Rows
from selfeval.domain.targets import DEPARTMENT, INDICATORS, PLAN, PROJECTS, SPENDING_PLAN, Targets
from selfeval.packages.columns import letters
from selfeval.sources.blocks import Spot
from selfeval.sources.codes import MARK
from selfeval.sources.differences import NOT_COMPARED, Difference, Record, Whole, by_project, inside, paired, same
from selfeval.sources.filling import by_row, filled, is_blank, is_one_target
from selfeval.sources.imported import Imported, Reading
from selfeval.sources.keeping import with_shared_codes
from selfeval.sources.magnitude import among

_TARGET = letters([column.name for column in INDICATORS.published].index("target"))
_MOST_TOLD = 5
_WITHOUT_LINES = "W152"
_HELD = {"": "这个项目", EXECUTION: EXECUTION, SPENDING_PLAN: "按资金计划评分的指标"}
"""What is not scored meanwhile, where it is not one indicator."""


def merged(parts: Sequence[Imported], year: int) -> Imported:
    """One import of several, in their order; ``sources`` name the files that had a project in them.

    A project is the same where its code is, or its unit and name while one of the codes is of our making. Where two
    files say the same of it, it is taken once, what is blank in one filled from the other; where they differ, that is a
    problem of what differs, and the first file stands in the table.
    """
    parts = with_shared_codes(parts)
    found: dict[str, tuple[Imported, str]] = {}
    completed = dict[str, Whole]()
    titles: dict[tuple[str, str], str] = {}
    wholes = {id(part): by_project(part.targets) for part in parts} if len(parts) > 1 else {}
    readings, problems = list[Reading](), list[Problem]()
    for part in parts:
        several = len(parts) > 1
        readings += (replace(one, file=part.source) if several else one for one in part.readings)
        problems += (one for one in part.problems if not several or len(part.targets.projects) or _is_why(one))
        for project in part.targets.projects.records:
            code, title = project["project"], (same(project["unit_name"]), same(project["name"]))
            known = code if code in found else titles.get(title, "")
            if not known or (known != code and MARK not in {known[: len(MARK)], code[: len(MARK)]}):
                found[code] = (part, code)
                titles.setdefault(title, code)
                continue
            first, one = found[known], completed.get(known) or wholes[id(found[known][0])][found[known][1]]
            other = wholes[id(part)][code]
            said, conflicts = _compared(_Told(*first, one), _Told(part, code, other))
            readings += said
            problems += conflicts
            if known != code and known.startswith(MARK) and not conflicts:  # the same, with the code of a bureau
                found = {code if key == known else key: value for key, value in found.items()}
                found[code], titles[title] = (part, code), code
                problems = [_renamed(told, known, code, one, other) for told in problems]
                one, other, known = other, one, code
            completed[known] = filled(one, other)
    budgets = {code: (part.budgets.get(own), _file(part)) for code, (part, own) in found.items()}
    problems += among(budgets)
    targets = _put_together(parts, [(*one, completed.get(code)) for code, one in found.items()], year)
    once = dict.fromkeys(source for part in parts if len(part.targets.projects) for source in part.files)
    titles_ = dict.fromkeys(filter(None, (part.title for part in parts)))
    goals = dict.fromkeys(filter(None, (part.overall_goal for part in parts)))
    return Imported(
        targets,
        tuple(readings),
        tuple(dict.fromkeys(problems)),
        "；".join(titles_),
        "\n".join(goals),
        sources=tuple(once),
    )


def _is_why(found: Problem) -> bool:
    """Whether a problem says why nothing was read from a file among others."""
    return found.severity is Severity.ERROR or found.code == _WITHOUT_LINES


def _renamed(told: Problem, known: str, code: str, one: Whole, other: Whole) -> Problem:
    """A problem of a project, under the code that another file gives it: else nobody knows what it holds back."""
    if told.place.project != known:
        return told
    rows = {old["indicator"]: new["indicator"] for old, new in paired(one.indicators, other.indicators) if old and new}
    indicator = rows.get(told.place.indicator, told.place.indicator)
    return replace(told, place=told.place.at(project=code, indicator=indicator))


@dataclass(frozen=True)
class _Told:
    """A project as an import tells it: under which code, and all that is said of it."""

    part: Imported
    code: str
    whole: Whole


def _compared(first: _Told, second: _Told) -> tuple[list[Reading], list[Problem]]:
    """What is said of a project that stands in two files: that they say the same, or in what they differ.

    What is blank in one of them is no difference. One problem for each indicator (or what else is held back alone).
    """
    own, name = first.code, first.whole.project["name"]
    names = [_file(one.part) for one in (first, second)]
    found = [
        one for one in inside(first.whole, second.whole) if one.column not in NOT_COMPARED and not is_one_target(one)
    ]
    blank = dict.fromkeys(one.column for one in found if is_blank(one))
    differing = [one for one in found if not is_blank(one)]
    rest = f"；一份空白的{'、'.join(blank)}，按另一份补上" if blank else ""
    alike = "" if differing else "，内容相同，只读入一次"
    said = f"{names[0]}和{names[1]}里都有{alike}{rest}"
    readings = [Reading(own, "重复的项目", name, said, Spot())] if blank or not differing else []
    return readings, [_conflict(first, second, hit, rows) for hit, rows in by_row(differing)]


def _conflict(first: _Told, second: _Told, hit: str, differing: Sequence[Difference]) -> Problem:
    """The problem of a project, or of what is held back of it alone."""
    names = [_file(one.part) for one in (first, second)]
    pairs = paired(first.whole.indicators, second.whole.indicators)
    rows = {new["indicator"]: old["indicator"] for old, new in pairs if old and new}
    told = [(found, rows.get(found.indicator, found.indicator)) for found in differing[:_MOST_TOLD]]
    short = "；".join(
        _in_short(found, _where(first.part, row) if found.indicator else "", _where(second.part, found.indicator))
        for found, row in told
    )
    more = f"；等{len(differing)}处" if len(differing) > _MOST_TOLD else ""
    both = [f"{file}{_where(one.part, one.code)}" for file, one in zip(names, (first, second), strict=True)]
    spot = second.part.spots.get(differing[0].indicator) or second.part.spots.get(second.code) or Spot()
    place = Place(first.code, rows.get(hit, hit), file=names[1], sheet=spot.sheet, cell=str(spot))
    facts = {"first": both[0], "second": both[1], "differing": short + more, "held": _HELD.get(hit, "这项指标")}
    return problem("E163", place, name=first.whole.project["name"], **facts)


def _where(part: Imported, number: str) -> str:
    """Where a project or an indicator stands in its file, in brackets; blank where nothing is known of it."""
    spot = part.spots.get(number)
    cells = [cell for code, cell in part.targets.indicators.columns("indicator", "cell") if code == number]
    # a targets.xlsx knows the cells of its rows; those of an import are of the table that it writes
    place = str((spot and spot.in_file) or "") or (cells[0] if cells and not part.spots else "")
    return f"（{place}）" if place else ""


def _file(part: Imported) -> str:
    return part.source or part.targets.file


def _in_short(found: Difference, first: str, second: str) -> str:
    """A difference, with where it stands in the first file and in the second."""
    where = " ".join(filter(None, (found.indicator, found.column)))
    if found.column:
        return f"{where}“{found.old}”{first}与“{found.new}”{second}"
    return f"{where} 只有一份里有：{found.old or found.new}{first if found.old else second}"


def _put_together(
    parts: Sequence[Imported], chosen: Sequence[tuple[Imported, str, Whole | None]], year: int
) -> Targets:
    """The tables of the chosen projects, numbered anew, and the goals of all departments, each once."""
    projects, indicators, plan = list[Record](), list[Record](), list[Record]()
    rows = {
        id(part): [_grouped(table) for table in (part.targets.projects, part.targets.indicators, part.targets.plan)]
        for part in parts
    }
    for number, (part, code, whole) in enumerate(chosen, start=1):
        own, its, planned = (groups.get(code, []) for groups in rows[id(part)])
        if whole:  # completed by what other files say
            own, its, planned = [whole.project], list(whole.indicators), [whole.plan] if whole.plan else []
        projects += [{**row, "seq": number if len(parts) > 1 else row["seq"]} for row in own[:1]]
        indicators += its
        plan += planned
    cells = ({**row, "cell": f"指标!{_TARGET}{at}"} for at, row in enumerate(indicators, start=2))
    told = ({**row, "cell": ""} for part in parts for row in part.targets.department.records)
    goals = {tuple(row.items()): row for row in told}
    files = "、".join(dict.fromkeys(filter(None, map(_file, parts))))
    faulty = frozenset().union(*(part.targets.faulty for part in parts))
    return Targets(
        year,
        PROJECTS.rows(projects),
        INDICATORS.rows(cells),
        PLAN.rows(plan),
        DEPARTMENT.rows(goals.values()),
        files,
        parts[0].targets.sha256 if len(parts) == 1 else "",
        faulty,
    )


def _grouped(rows: Rows) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in rows.records:
        found.setdefault(row["project"], []).append(row)
    return found
