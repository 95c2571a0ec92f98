"""What an import noted in ``targets.xlsx`` beside the targets: where they came from, what is still to be settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from selfeval.domain.tables import Table, TableColumn
from selfeval.packages.workbook import Raw, Workbook
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, unified
from selfeval.sources.targets_cells import shown

RECORD, SOURCE, SHA256, GOAL = "导入记录", "来源文件", "来源文件 SHA-256", "总体绩效目标"
"""The sheet that tells how the targets were read, and what stands in its second column beside a file, its hash and the
goal of the whole department."""

PENDING = Table(
    "待处理",
    (
        TableColumn("code", "text", "code of the problem that an import found", "代码"),
        TableColumn("project", "text", "of the project that is not scored meanwhile", "项目编码"),
        TableColumn("indicator", "text", "of the indicator, where it is only one", "指标编号"),
        TableColumn("where", "text", "file and place in it", "位置"),
        TableColumn("message", "text", "what was found", "问题"),
        TableColumn("remedy", "text", "how to mend it", "建议"),
    ),
)
"""What an import could not read and its table does not show: to be settled by a person, who takes the row out."""


def recorded_sources(book: Workbook) -> tuple[tuple[str, str], ...]:
    """The files that an import took the targets from, as (name, SHA-256); none where it was made by hand."""
    said = _recorded(book)
    names = [pair[1] for pair in said if pair[0] == SOURCE]
    hashes = [pair[1] for pair in said if pair[0] == SHA256]
    return tuple(zip(names, hashes, strict=False))


def recorded_goal(book: Workbook) -> str:
    """The goal of the whole department; blank where none is noted."""
    return next((text for what, text in _recorded(book) if what == GOAL), "")


def _recorded(book: Workbook) -> list[list[str]]:
    page = book.sheets.get(RECORD)
    rows = (row for row in page.rows if len(row) > 2) if page else ()  # noqa: PLR2004 - its second and third columns
    return [[shown(value).strip() for value in row[1:3]] for row in rows]


def pending_faults(book: Workbook, account: Account) -> set[tuple[str, str]]:
    """What cannot be scored until it is settled, as (project, indicator), each reported; a blank indicator: all."""
    found = set()
    for number, row in _pending(book):
        project, indicator = squeeze(row.get("项目编码", "")), squeeze(row.get("指标编号", ""))
        said = row.get("问题", "") or "、".join(filter(None, row.values()))
        here = account.about(project=project, indicator=indicator, sheet=PENDING.name, cell=f"A{number}")
        here.report("E162", found=said)
        found.add((project, indicator))
    return found


def _pending(book: Workbook) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of the sheet but blank ones: their numbers, and what stands under each heading."""
    page = next((page for name, page in book.sheets.items() if squeeze(unified(name)) == PENDING.name), None)
    rows: Sequence[Sequence[Raw]] = page.rows if page else ()
    titles = [squeeze(unified(shown(value))) for value in rows[0]] if rows else []
    for number, row in enumerate(rows[1:], start=2):
        texts = [shown(value).strip() for value in row]
        if any(texts):
            yield number, dict(zip(titles, texts, strict=False))
