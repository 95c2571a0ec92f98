"""The rows below the heads of a table that are indicators: without heads that come again, feet, other periods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selfeval.sources.blocks import GridCell, GridRow
from selfeval.sources.form import several, torn
from selfeval.sources.form.foot import is_foot, remark_of
from selfeval.sources.form.heads import Heads, repeats, squeezed
from selfeval.sources.form.labels import column_of, plain_label
from selfeval.sources.form.other_rows import is_numbering, is_other_head
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, tidy

_OTHER_PERIOD = frozenset({"中期指标", "实施期指标", "中期绩效指标", "实施期绩效指标", "长期指标", "中长期指标"})
_OF_THE_YEAR = frozenset({"年度指标", "年度绩效指标", "当年指标", "本年度指标", "当年绩效指标"})
_QUOTED = 60
_GOES_ON = re.compile("[（(【]?[接续]上?[页表][)）】]?")
_OWN_OF_EACH = ("level1", "level2", "points")
"""What does not stand in each of the rows that it covers: levels are carried down, points cannot be shared out."""


def read_body(rows: Sequence[GridRow], heads: Heads, account: Account) -> list[GridRow]:
    """The rows of indicators. What covers several rows stands in each; what is left out is said or told."""
    covering: list[GridCell] = []
    body: list[GridRow] = []
    for row in _of_the_table(_of_the_year(rows, heads, account), rows, heads, account):
        if row is None:
            covering = []
            continue
        own = [_without_shared_points(cell, heads, account) for cell in row.cells]
        cells = [*own, *(replace(cell, spot=row.cells[0].spot) for cell in covering)]
        if alone := _stands_alone(row, cells, heads):
            account.report("W105", alone.spot, found=tidy(alone.text))
            continue
        covering = [
            replace(cell, rows=cell.rows - 1)
            for cell in cells
            if cell.rows > 1 and heads.columns.get(cell.column) not in _OWN_OF_EACH
        ]
        whole = replace(row, cells=tuple(sorted(cells, key=lambda cell: cell.column)))
        if body and torn.is_rest(body[-1], whole, heads.columns):
            body[-1] = torn.put_together(body[-1], whole)
            continue
        if body and (asked := torn.beside(body[-1], whole, heads.columns)):
            body[-1] = asked
            continue
        body.append(whole)
    return [part for row in body for part in _parted(row, heads, account)]


def _of_the_table(
    below: Sequence[GridRow], rows: Sequence[GridRow], heads: Heads, account: Account
) -> Iterator[GridRow | None]:
    """The rows ``below`` the heads that may be indicators; None where no cell above goes further down, as at a foot."""
    other = False
    for row in filter(squeezed, below):
        texts = [cell.text for cell in row.cells if cell.text.strip()]
        if repeats(row, heads, rows) or any(column_of(text) == "level1" for text in texts):
            other = False
        elif is_foot(texts[0]):
            if remark := remark_of(texts):
                account.report("I140", row.cells[0].spot, what="备注或意见", found=remark[:_QUOTED])
            yield None
        elif is_other_head(texts, frozenset()):
            account.report("W141", row.cells[0].spot, found=" ".join(map(tidy, texts))[:_QUOTED])
            other = True
            yield None
        elif not other and not is_numbering(texts) and not (len(texts) == 1 and _GOES_ON.fullmatch(squeeze(texts[0]))):
            yield row


def _parted(row: GridRow, heads: Heads, account: Account) -> list[GridRow]:
    """The indicators of a row, one a row."""
    if points := several.shared_points(row, heads.columns):
        count = len(several.parted(row, heads.columns))
        account.report("W175", points.spot, found=tidy(points.text), count=count)
    return several.parted(row, heads.columns)


def _of_the_year(rows: Sequence[GridRow], heads: Heads, account: Account) -> list[GridRow]:
    """The rows below the heads, without those of a longer period, which has a label of its own left of them.

    Heads that come again are among them: they end what stands between.
    """
    kept: list[GridRow] = []
    passed: list[GridRow] = []
    other = False
    for number, row in enumerate(rows[heads.first :], start=heads.first):
        side = {plain_label(cell.text) for cell in row.cells if cell.column < heads.level1}
        other = (other or bool(side & _OTHER_PERIOD)) and not side & _OF_THE_YEAR
        if number >= heads.after and squeezed(row) and not (other and repeats(row, heads, rows)):
            (passed if other else kept).append(row)
    if passed:
        said = f"这{len(passed)}行是中期（实施期）指标，不是年度指标，没有导入"
        first = passed[0].cells
        account.infer("指标", " | ".join(filter(None, (tidy(cell.text) for cell in first))), said, first[0].spot)
    return kept


def _without_shared_points(cell: GridCell, heads: Heads, account: Account) -> GridCell:
    """A cell, blank where it holds the points of several indicators together, which is told."""
    if cell.rows == 1 or heads.columns.get(cell.column) != "points" or not cell.text.strip():
        return cell
    account.report("W175", cell.spot, found=tidy(cell.text), count=cell.rows)
    return replace(cell, text="")


def _stands_alone(row: GridRow, cells: Sequence[GridCell], heads: Heads) -> GridCell | None:
    """The one text of a row that lies over all columns and therefore is no indicator; None in any other row."""
    filled = [cell for cell in row.cells if cell.text.strip()]
    if len(filled) != 1 or len(cells) != len(row.cells):
        return None
    level3 = min((at for at, name in heads.columns.items() if name == "level3"), default=0)
    (cell,) = filled
    return cell if cell.column <= heads.level1 and cell.column + cell.columns > level3 + 1 else None
