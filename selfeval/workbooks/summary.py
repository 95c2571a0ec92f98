"""汇总.xlsx: every project, unit, indicator and problem of a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.targets import Targets
from selfeval.workbooks.formulas import PROBLEMS
from selfeval.workbooks.pen import Book
from selfeval.workbooks.problem_sheet import write_problem_table
from selfeval.workbooks.summary_indicators import write_indicators
from selfeval.workbooks.summary_overview import write_overview


def summary_workbook(
    scored: Scored,
    targets: Targets,
    rulebook: Rulebook,
    links: Mapping[str, str],
    date: dt.date,
    mark: str = "",
) -> bytes:
    """The summary of the year as the bytes of an xlsx file, the same for the same input.

    ``links`` maps 项目编码 to the path of the project's workbook, relative to the summary, with forward slashes;
    ``mark`` is printed on every sheet (示例数据). ``date`` is the run's, and stands in the file's properties.
    """
    book = Book(f"项目支出绩效自评汇总（{scored.year}年度）", date)
    write_overview(book, scored, rulebook, links, mark)
    write_indicators(book, scored, mark)
    names = dict(zip(targets.projects["project"].tolist(), targets.projects["name"].tolist(), strict=True))
    indicators = dict(zip(targets.indicators["indicator"].tolist(), targets.indicators["level3"].tolist(), strict=True))
    title = f"需要处理或关注的问题（{scored.year}年度）"
    pen = book.sheet(PROBLEMS, landscape=True)
    write_problem_table(pen, title, mark, scored.problems, indicators, names)
    return book.finish()
