"""``review``: collect the reviewed workbooks of a year, judge them, and write 复核汇总.xlsx and reviews.csv."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from selfeval.domain.difference.differ import PastRun
from selfeval.domain.faults import unless_faulty
from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.reviewing.judging import judge
from selfeval.domain.reviewing.review import Line, PublishedProject, PublishedRow, Review, ReviewBook, fingerprint
from selfeval.domain.rounding import show_points, to_hundredths
from selfeval.domain.rulebook import USUAL, Rounding, Rulebook
from selfeval.domain.scored_case import RESULTS_FILE
from selfeval.domain.targets import Targets
from selfeval.domain.whole import whole_rules
from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.packages.resaved import change_of
from selfeval.runs.execute import default_date
from selfeval.runs.folders import as_typed, years_with_results
from selfeval.runs.inputs import Choice, Unusable, load_rulebook, load_targets, unit_names
from selfeval.runs.kept import changed_since
from selfeval.runs.past import read_run
from selfeval.runs.placing import write_own
from selfeval.runs.publish import RECORD, made_before
from selfeval.runs.results import columns_csv
from selfeval.runs.whole import whole_in
from selfeval.runs.workspace import Workspace
from selfeval.runs.years import there_are
from selfeval.workbooks.review.finding import REVIEW
from selfeval.workbooks.review.reading import printed_name, read_review
from selfeval.workbooks.review.summary import review_workbook

SUMMARY = "复核汇总.xlsx"
TABLE = "reviews.csv"
_LONGEST_LIST = 5
_POINTS = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?", re.ASCII)
_UNREAD = frozenset({".xls", ".xlsm", ".xlsb", ".et", ".ods", ".zip", ".rar", ".7z"})
"""Files in which a review may come back, but which are not read."""


@dataclass(frozen=True)
class Reviewed:
    """The reviews of a year, one a project in document order, and the problems, worst first.

    The department's own part, where the year has one, is the last of ``reviews``.
    """

    year: int
    reviews: tuple[Review, ...]
    problems: tuple[Problem, ...]
    rounding: Rounding = USUAL

    @property
    def projects(self) -> tuple[Review, ...]:
        """Those of projects."""
        return tuple(one for one in self.reviews if not one.scored.is_whole)

    @property
    def department(self) -> Review | None:
        """That of the department's own part."""
        return next((one for one in self.reviews if one.scored.is_whole), None)


def collect_reviews(workspace: Workspace, choice: Choice, folder: Path | None) -> Reviewed | Unusable:
    """Read every workbook below ``folder`` (the year's outputs) and judge the reviews against the year's results."""
    outputs = workspace.outputs(choice.year)
    record, where = workspace.name(outputs / RECORD), folder or outputs
    if not (outputs / RECORD).is_file():
        known = there_are("评分结果", years_with_results(outputs.parent))
        return Unusable((problem("E610", Place(), path=record, year=choice.year, known=known),))
    past, problems = read_run(outputs, workspace.name(outputs))
    rulebook, rule_problems = load_rulebook(workspace, choice)
    if past is None or rulebook is None:
        return Unusable((*problems, *rule_problems))
    absent = () if where.is_dir() else (problem("E606", Place(), path=as_typed(where)),)
    if wrong := _other_rules(past, rulebook, record) or absent:
        return Unusable(wrong)
    targets, _ = load_targets(workspace, choice.year)
    try:
        projects = _scored(past, {} if targets is None else _units(workspace, targets, rulebook))
    except ValueError:
        name = workspace.name(outputs / RESULTS_FILE.name)
        return Unusable((problem("E621", Place(file=name), file=name, why="中有的分值或得分不是数"),))
    books, found = _books(where, workspace, frozenset(made_before(outputs).values()))
    reviews, judged = _judge(projects, books, rulebook, choice.year)
    return Reviewed(choice.year, reviews, worst_first([*problems, *found, *judged]), rulebook.rounding)


def _units(workspace: Workspace, targets: Targets, rulebook: Rulebook) -> dict[str, str]:
    """单位名称 by 单位编码, that of the department among them."""
    whole = whole_in(workspace, targets, rulebook)
    return {**({} if whole is None else unit_names(whole.targets)), **unit_names(targets)}


def _other_rules(past: PastRun, rulebook: Rulebook, record: str) -> tuple[Problem, ...]:
    """A problem when the results were scored by other rules than those in use. ``record`` is what messages call it."""
    now = {file.path: file.sha256 for file in rulebook.files}
    if past.rulebook == rulebook.id and sorted(past.rules.values()) == sorted(now.values()):
        return ()
    changed = [path for path, digest in now.items() if past.rules.get(path) != digest]
    note = f"，规则文件{'、'.join(changed)}与评分时不同" if changed else ""
    facts = {"path": record, "recorded": past.rulebook, "found": rulebook.id, "changed": note, "year": past.year}
    return (problem("E622", Place(file=record), **facts),)


def write_reviews(workspace: Workspace, reviewed: Reviewed) -> tuple[Problem, ...]:
    """Write the summary and the table into the outputs of the year, both or none; what was kept of theirs (W617).

    Raises CannotWriteError, and BusyError while the year is scored.
    """
    outputs, day = workspace.outputs(reviewed.year), default_date(reviewed.year)
    book = review_workbook(reviewed.year, reviewed.reviews, reviewed.problems, day, reviewed.rounding)
    lines = (_Said(review, line, reviewed.rounding) for review in reviewed.reviews for line in review.lines)
    kept = write_own(outputs, {SUMMARY: book, TABLE: columns_csv(_REVIEWS, lines)}, workspace.root)
    return changed_since(outputs, kept, workspace)


def is_reviewed(path: Path) -> bool:
    """Whether anything is typed into 复核意见, or it is not known again: nobody's work may be lost over a doubt."""
    found = unless_faulty(Place(file=path.name), read_review, path, path.name)
    return not isinstance(found, ReviewBook) or found.is_reviewed


def _points(hundredths: int | None) -> str:
    return "" if hundredths is None else show_points(hundredths)


class _Said(NamedTuple):
    """One row of reviews.csv."""

    review: Review
    line: Line
    rounding: Rounding

    def points(self, hundredths: int | None) -> str:
        """As the rulebook prints them; blank where there are none."""
        return "" if hundredths is None else self.rounding.show(hundredths)

    @property
    def away(self) -> int | None:
        """自评得分 less 复核得分."""
        own, final = self.line.row.score, self.line.final
        return None if own is None or final is None else own - final


_REVIEWS: Mapping[str, Callable[[_Said], str]] = {
    "项目编码": lambda said: said.review.scored.project,
    "项目名称": lambda said: said.review.scored.name,
    "单位编码": lambda said: said.review.scored.unit_code,
    "指标编号": lambda said: said.line.row.indicator,
    "三级指标": lambda said: said.line.row.name,
    "分值": lambda said: said.points(said.line.row.points),
    "自评得分": lambda said: said.points(said.line.row.score),
    "复核意见": lambda said: said.line.verdict,
    "调整得分": lambda said: said.points(said.line.adjusted),
    "复核得分": lambda said: said.points(said.line.final),
    "偏离": lambda said: said.points(said.away),
    "理由": lambda said: said.line.reason,
    "复核人": lambda said: said.line.reviewer,
    "复核日期": lambda said: said.line.day,
    "采用": lambda said: "否" if said.line.refused else "是",
    "文件": lambda said: said.review.file,
}
"""Columns of reviews.csv: one row a scored row of each reviewed project. 采用 否: refused, the self-score counts."""


def _books(folder: Path, workspace: Workspace, made: frozenset[str]) -> tuple[list[ReviewBook], list[Problem]]:
    """The reviewed books below a folder, known by their content, and the files that cannot be or are not read.

    ``made``: the SHA-256 of what the run wrote. What others changed beside 复核意见 is told: it does not count.
    """
    books: list[ReviewBook] = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if hidden or path.is_symlink() or not path.is_file():
            continue
        name, suffix = workspace.name(path), path.suffix.lower()
        if suffix in _UNREAD:
            problems.append(problem("W615", Place(file=name), suffix=suffix))
        if suffix != ".xlsx":
            continue
        found = unless_faulty(Place(file=name), read_review, path, name)
        if isinstance(found, Problem):
            problems.append(found)
        elif isinstance(found, str):
            problems.append(problem("E618", Place(file=name), why=found))
        elif found is not None:
            if elsewhere := _changed_elsewhere(path, made):
                problems.append(problem("W618", Place(found.project, file=name), sheets=elsewhere))
            books += [found] if found.is_reviewed else []
    return books, problems


def _changed_elsewhere(path: Path, made: frozenset[str]) -> str:
    """The sheets beside 复核意见 that were changed or added; blank for none, and for what is no workbook of ours."""
    data = read_bytes(path)
    if isinstance(data, Unreadable) or digest(data) in made or (change := change_of(data)) is None:
        return ""
    return "、".join(f"“{name}”" for name in change.sheets[:_LONGEST_LIST] if name != REVIEW)


def _judge(
    projects: dict[str, PublishedProject], books: list[ReviewBook], rulebook: Rulebook, year: int
) -> tuple[tuple[Review, ...], list[Problem]]:
    """One review a project. A project with two reviewed books counts as not reviewed until one is taken away."""
    of_project: dict[str, list[ReviewBook]] = {project: [] for project in projects}
    problems: list[Problem] = []
    for book in books:
        if book.year == year and book.project in projects:
            of_project[book.project].append(book)
        else:
            place = Place(book.project, "", book.file, book.sheet)
            problems.append(problem("E619", place, year=book.year, project=book.project))
    reviews = {project: Review(scored) for project, scored in projects.items()}
    for project, mine in of_project.items():
        if len(mine) == 1:
            scored, file = projects[project], mine[0].file
            rules = whole_rules(rulebook) if scored.is_whole else rulebook
            judged = unless_faulty(Place(project, file=file), judge, mine[0], scored, rules)
            if isinstance(judged, Problem):
                problems.append(judged)
                continue
            reviews[project], found = judged
            problems += found
        elif mine:
            files = "、".join(book.file for book in mine[:_LONGEST_LIST])
            problems.append(problem("E617", Place(project), project=project, files=files))
    return tuple(reviews.values()), problems


def _scored(past: PastRun, units: Mapping[str, str]) -> dict[str, PublishedProject]:
    """The projects of the published results, in their order. Raises ValueError where points are no number."""
    rows: dict[str, list[PublishedRow]] = {}
    for (project, indicator), record in past.results.items():
        name, target, actual, state = (record.get(column, "") for column in ("level3", "target", "actual", "state"))
        most, score = _hundredths(record.get("most", "")) or 0, _hundredths(record.get("score", ""))
        points = 0 if most else _points_in(record.get("points", ""))
        printed = printed_name(indicator, record["level2"], name) if "level2" in record else ""
        named = (record.get("level1", ""), most, printed)
        row = PublishedRow(indicator, name, target, actual, points, score, state, *named)
        rows.setdefault(project, []).append(row)
    found = {}
    for project, record in past.projects.items():
        own = tuple(rows.get(project, ()))
        name, unit, total, grade = (record.get(column, "") for column in ("name", "unit_code", "total", "grade"))
        shown = (
            (row.indicator, row.target, row.actual, _points(row.points), _points(row.score), row.state) for row in own
        )
        run = fingerprint(past.year, project, shown)
        found[project] = PublishedProject(project, name, unit, units.get(unit, ""), _hundredths(total), grade, run, own)
    return found


def _hundredths(text: str) -> int | None:
    return _points_in(text) if text else None


def _points_in(text: str) -> int:
    if not _POINTS.fullmatch(text):  # 1e999999999 is a number too, and takes hours
        raise ValueError(text)
    return to_hundredths(Fraction(text))
