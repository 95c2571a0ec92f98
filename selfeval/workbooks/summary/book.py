"""汇总.xlsx: every project, unit, indicator and problem of a year, and where points were lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.targets import Targets
from selfeval.workbooks.drawing.pen import Book
from selfeval.workbooks.problem_sheet import problem_sheet
from selfeval.workbooks.summary.analysis import prepare_analysis
from selfeval.workbooks.summary.charts import write_charts
from selfeval.workbooks.summary.indicators import listed_indicators, write_indicators
from selfeval.workbooks.summary.overview import write_overview


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
    indicators = listed_indicators(scored)
    projects = write_overview(book, scored, rulebook, links, mark)
    analysis = prepare_analysis(book, scored, rulebook, projects, indicators, mark)
    write_charts(book, scored, projects, analysis, mark)
    write_indicators(book, scored.year, indicators, mark)
    names = dict(zip(targets.projects["project"].tolist(), targets.projects["name"].tolist(), strict=True))
    level3 = dict(zip(targets.indicators["indicator"].tolist(), targets.indicators["level3"].tolist(), strict=True))
    title = f"需要处理或关注的问题（{scored.year}年度）"
    book.host(problem_sheet(title, mark, scored.problems, level3, names))
    return book.finish()
