"""``review``: collect the reviewed workbooks of a year, judge them, and write 复核汇总.xlsx and reviews.csv."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from selfeval.domain.difference.past import PastRun
from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.reviewing.fingerprint import fingerprint
from selfeval.domain.reviewing.judging import judge, not_reviewed
from selfeval.domain.reviewing.review import Line, Review, ReviewBook, ScoredProject, ScoredRow
from selfeval.domain.rounding import show_points, to_hundredths
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import Targets
from selfeval.runs.inputs import Choice, Unusable, load_rulebook, load_targets, unit_names
from selfeval.runs.past import read_run
from selfeval.runs.publish import RECORD, write_file
from selfeval.runs.results import columns_csv
from selfeval.runs.workspace import Workspace
from selfeval.workbooks.review.reading import read_review
from selfeval.workbooks.review.summary import review_workbook

SUMMARY = "复核汇总.xlsx"
TABLE = "reviews.csv"
_LONGEST_LIST = 5
_UNREAD = frozenset({".xls", ".xlsm", ".xlsb", ".et", ".ods", ".zip", ".rar", ".7z"})
"""Files in which a review may come back, but which are not read."""


@dataclass(frozen=True)
class Reviewed:
    """The reviews of a year, one a project in document order, and the problems, worst first."""

    year: int
    reviews: tuple[Review, ...]
    problems: tuple[Problem, ...]


def collect_reviews(workspace: Workspace, choice: Choice, folder: Path | None) -> Reviewed | Unusable:
    """Read every workbook below ``folder`` (the year's outputs) and judge the reviews against the year's results."""
    outputs = workspace.outputs(choice.year)
    if not (outputs / RECORD).is_file():
        facts = {"path": workspace.name(outputs / RECORD), "year": choice.year}
        return Unusable((problem("E610", Place(), **facts),))
    past, problems = read_run(outputs, workspace.name(outputs))
    rulebook, rule_problems = load_rulebook(workspace, choice)
    if past is None or rulebook is None:
        return Unusable((*problems, *rule_problems))
    other = _other_rules(past, rulebook, workspace.name(outputs / RECORD))
    if other is not None:
        return Unusable((other,))
    where = folder or outputs
    if not where.is_dir():
        return Unusable((problem("E606", Place(), path=where.as_posix()),))
    targets, _ = load_targets(workspace, choice.year)
    try:
        projects = _scored(past, targets)
    except (ValueError, ZeroDivisionError):
        name = workspace.name(outputs / "results.csv")
        return Unusable((problem("E621", Place(file=name), file=name, why="中有的分值或得分不是数"),))
    books, found = _books(where, workspace)
    reviews, judged = _judge(projects, books, rulebook, choice.year)
    return Reviewed(choice.year, reviews, worst_first([*found, *judged]))


def _other_rules(past: PastRun, rulebook: Rulebook, record: str) -> Problem | None:
    """A problem when the results were scored by other rules than those in use. ``record`` is what messages call it."""
    now = {one.path: one.sha256 for one in rulebook.files}
    if past.rulebook == rulebook.id and sorted(past.rules.values()) == sorted(now.values()):
        return None
    changed = [path for path, digest in now.items() if past.rules.get(path) != digest]
    note = f"，规则文件 {'、'.join(changed)} 与评分时不同" if changed else ""
    facts = {"path": record, "recorded": past.rulebook, "found": rulebook.id, "changed": note, "year": past.year}
    return problem("E622", Place(file=record), **facts)


def write_reviews(workspace: Workspace, reviewed: Reviewed) -> None:
    """Write the summary and the table into the outputs of the year. Raises CannotWriteError."""
    outputs, day = workspace.outputs(reviewed.year), date(reviewed.year, 12, 31)
    write_file(outputs / SUMMARY, review_workbook(reviewed.year, reviewed.reviews, reviewed.problems, day))
    write_file(outputs / TABLE, reviews_csv(reviewed.reviews))


def is_reviewed(path: Path) -> bool:
    """Whether a reviewer has typed anything into 审核意见: such a file is never overwritten.

    A workbook that cannot be read counts as reviewed: nobody's work may be lost over a doubt.
    """
    found = read_review(path, path.name)
    return isinstance(found, str) or (found is not None and found.is_reviewed)


def _points(hundredths: int | None) -> str:
    return "" if hundredths is None else show_points(hundredths)


def _away(line: Line) -> str:
    """自评得分 less 复核得分."""
    if line.row.score is None or line.final is None:
        return ""
    away = line.row.score - line.final
    return f"{'-' if away < 0 else ''}{show_points(abs(away))}"


_REVIEWS: Mapping[str, Callable[[tuple[Review, Line]], str]] = {
    "项目编码": lambda one: one[0].scored.project,
    "项目名称": lambda one: one[0].scored.name,
    "单位编码": lambda one: one[0].scored.unit_code,
    "指标编号": lambda one: one[1].row.indicator,
    "三级指标": lambda one: one[1].row.name,
    "分值": lambda one: show_points(one[1].row.points),
    "自评得分": lambda one: _points(one[1].row.score),
    "审核意见": lambda one: one[1].verdict,
    "核定得分": lambda one: _points(one[1].adjusted),
    "复核得分": lambda one: _points(one[1].final),
    "偏离": lambda one: _away(one[1]),
    "理由": lambda one: one[1].reason,
    "审核人": lambda one: one[1].reviewer,
    "审核日期": lambda one: one[1].day,
    "采用": lambda one: "否" if one[1].refused else "是",
    "文件": lambda one: one[0].file,
}
"""Columns of reviews.csv: one row a scored row of each reviewed project. 采用 否: refused, the self-score counts."""


def reviews_csv(reviews: Iterable[Review]) -> bytes:
    """The reviews as a table, UTF-8 with BOM; scores with two places."""
    return columns_csv(_REVIEWS, ((review, line) for review in reviews for line in review.lines))


def _books(folder: Path, workspace: Workspace) -> tuple[list[ReviewBook], list[Problem]]:
    """The reviewed books below a folder, known by their content, and the files that cannot be or are not read."""
    books: list[ReviewBook] = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if hidden or path.is_symlink() or not path.is_file():
            continue
        name = workspace.name(path)
        suffix = path.suffix.lower()
        if suffix in _UNREAD:
            problems.append(problem("W615", Place(file=name), suffix=suffix))
        if suffix != ".xlsx":
            continue
        found = read_review(path, name)
        if isinstance(found, str):
            problems.append(problem("E618", Place(file=name), why=found))
        elif found is not None and found.is_reviewed:
            books.append(found)
    return books, problems


def _judge(
    projects: dict[str, ScoredProject], books: list[ReviewBook], rulebook: Rulebook, year: int
) -> tuple[tuple[Review, ...], list[Problem]]:
    """One review a project. A project with two reviewed books counts as not reviewed until one is taken away."""
    problems: list[Problem] = []
    of_project: dict[str, list[ReviewBook]] = {project: [] for project in projects}
    for book in books:
        if book.year == year and book.project in projects:
            of_project[book.project].append(book)
        else:
            place = Place(book.project, "", book.file, book.sheet)
            problems.append(problem("E619", place, year=book.year, project=book.project))
    reviews = []
    for project, mine in of_project.items():
        review = not_reviewed(projects[project])
        if len(mine) == 1:
            review, found = judge(mine[0], projects[project], rulebook)
            problems += found
        elif mine:
            files = "、".join(one.file for one in mine[:_LONGEST_LIST])
            problems.append(problem("E617", Place(project), project=project, files=files))
        reviews.append(review)
    return tuple(reviews), problems


def _scored(past: PastRun, targets: Targets | None) -> dict[str, ScoredProject]:
    """The projects of the published results, in their order. Raises ValueError where points are no number."""
    units = {} if targets is None else unit_names(targets)
    rows: dict[str, list[ScoredRow]] = {project: [] for project in past.projects}
    for (project, indicator), record in past.results.items():
        names = ("level3", "target", "actual", "points", "score", "state")
        name, target, actual, points, score, state = (record.get(one, "") for one in names)
        row = ScoredRow(indicator, name, target, actual, to_hundredths(Fraction(points)), _hundredths(score), state)
        rows.setdefault(project, []).append(row)
    return {
        project: ScoredProject(
            project,
            record.get("name", ""),
            record.get("unit_code", ""),
            units.get(record.get("unit_code", ""), ""),
            _hundredths(record.get("total", "")),
            record.get("grade", ""),
            fingerprint(past.year, project, map(_seen, rows[project])),
            tuple(rows[project]),
        )
        for project, record in past.projects.items()
    }


def _seen(row: ScoredRow) -> tuple[str, ...]:
    return row.indicator, row.target, row.actual, _points(row.points), _points(row.score), row.state


def _hundredths(text: str) -> int | None:
    return to_hundredths(Fraction(text)) if text else None
