"""The table of a project in a year: its heads and labels as if those of other years did not stand beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from selfeval.sources.blocks import Block, Grid, GridCell, GridRow
from selfeval.sources.form.labels import UNDER_TARGET, column_of, is_side_label, plain_label
from selfeval.sources.form.labels_above import above_of, dated_above
from selfeval.sources.form.upper import FIGURE, MONEY
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze
from selfeval.sources.years import ANOTHER, Heads, dated, say, with_unit

_USUAL = {
    "total": "预算数",
    "initial": "年初预算数",
    "adjusted": "全年预算数",
    "goal": "绩效目标",
    "goal_year": "年度目标",
}
"""How what is of a year is called without it."""
_GOALS = frozenset({"goal", "goal_year"})
_TOTALS = frozenset({"total", "period_total"})


def of_the_year(blocks: Sequence[Block], year: int, account: Account) -> tuple[Block, ...]:
    """The blocks, in their tables the heads and labels of a year without it; what was taken is said."""
    return tuple(
        replace(block, rows=tuple(_rows(block.rows, year, account))) if isinstance(block, Grid) else block
        for block in blocks
    )


def _rows(rows: Sequence[GridRow], year: int, account: Account) -> Iterator[GridRow]:
    above: list[GridRow] = []
    at = 0
    while at < len(rows):
        if not any(column_of(cell.text) == "level1" for cell in rows[at].cells):
            above.append(rows[at])
            at += 1
            continue
        yield from _above(above, year, account)
        above = []
        lower = rows[at + 1] if at + 1 < len(rows) and _is_lower(rows[at + 1]) else None
        yield from Heads(rows[at], lower, column_of).taken(year, account)
        at += 2 if lower else 1
    yield from _above(above, year, account)


def _is_lower(row: GridRow) -> bool:
    """Whether a row below heads is one of heads too, some of them a year or what stands under one."""
    texts = [cell.text for cell in row.cells if cell.text.strip() and not is_side_label(cell.text)]
    bare = [years and not base for years, base in map(dated, texts)]
    named = [column_of(text) or UNDER_TARGET.get(plain_label(text), "") for text in texts]
    return len(texts) > 1 and all(one or other for one, other in zip(bare, named, strict=True))


@dataclass(frozen=True)
class _Label:
    """A label of a year above the indicators: what it means, and in which row it stands."""

    row: int
    cell: GridCell
    years: tuple[int, ...]
    base: str
    meaning: str


def _above(rows: Sequence[GridRow], year: int, account: Account) -> Iterator[GridRow]:
    labels = [*_labels(rows)]
    texts: dict[GridCell, str] = {}
    for meaning in dict.fromkeys(one.meaning for one in labels):
        of_meaning = [one for one in labels if one.meaning == meaning]
        asked = [one for one in of_meaning if one.years == (year,)]
        first = of_meaning[0]
        if len(of_meaning) == 1 and not (above_of(first.base) or _is_of_a_figure(first.cell, rows[first.row])):
            continue  # what may be a value: 2025年预算
        texts |= {one.cell: f"{one.years[0]}年{_USUAL[meaning]}" for one in of_meaning if not above_of(one.base)}
        whole = meaning == "total" and asked and not any(_heads_stage(one, of_meaning, rows) for one in asked)
        undated = [cell for row in rows for cell in row.cells if whole and above_of(cell.text) == meaning]
        units = [cell.text for row in rows for cell in row.cells if above_of(cell.text) in _TOTALS]
        units = [] if meaning in _GOALS else units
        texts |= {one.cell: with_unit(_bare(one, of_meaning, rows), units) for one in asked}
        texts |= {cell: f"{ANOTHER}{squeeze(cell.text)}" for cell in undated}
        others = [*(one.cell for one in of_meaning if one.years != (year,)), *undated]
        if asked and others:
            say(asked[0].cell, others, year, account)
    for row in rows:
        yield replace(row, cells=tuple(replace(cell, text=texts.get(cell, cell.text)) for cell in row.cells))


def _labels(rows: Sequence[GridRow]) -> Iterator[_Label]:
    total = any(above_of(cell.text) in _TOTALS for row in rows for cell in row.cells)
    for number, row in enumerate(rows):
        found = [(cell, *dated(cell.text)) for cell in row.cells if cell.text.strip()]
        alone = [cell for cell, years, base in found if years and not base]
        for cell, years, base in found:
            heads = len(alone) > 1 and _heads_money(rows, number)
            meaning = dated_above(base) if base else "total" if heads or (total and _is_of_a_figure(cell, row)) else ""
            if years and meaning in _USUAL:
                yield _Label(number, cell, years, base, meaning)


def _heads_money(rows: Sequence[GridRow], number: int) -> bool:
    """Whether the rows below one begin with labels of money."""
    below = [cell.text for row in rows[number + 1 : number + 3] for cell in row.cells if cell.text.strip()]
    return any(above_of(text) in MONEY for text in below)


def _is_of_a_figure(cell: GridCell, row: GridRow) -> bool:
    """Whether an amount stands beside a cell."""
    behind = (one.text for one in row.cells if one.column > cell.column and one.text.strip())
    return FIGURE.fullmatch(squeeze(next(behind, ""))) is not None


def _heads_stage(label: _Label, beside: Sequence[_Label], rows: Sequence[GridRow]) -> bool:
    """Whether a label heads a column over lines of money, as those of other years beside it do."""
    row = [cell for cell in rows[label.row].cells if cell.text.strip()]
    beside_it = row[row.index(label.cell) + 1 :]
    if _is_of_a_figure(label.cell, rows[label.row]):
        return False
    several = sum(one.row == label.row for one in beside) > 1
    return (several or not beside_it) and _heads_money(rows, label.row)


def _bare(label: _Label, beside: Sequence[_Label], rows: Sequence[GridRow]) -> str:
    """The text of a label without its year; one of several heads over lines of money is that of a stage."""
    if label.meaning == "total" and _heads_stage(label, beside, rows):
        return _USUAL["initial"]
    return label.base if above_of(label.base) == label.meaning else _USUAL[label.meaning]
