"""The spending plan of a project: 资金支出计划（%）, cumulative at 3, 6, 10 and 12月底.

In published documents the values slip out of their columns. They are read by these rules, in this order; each but
the first is reported as inferred.

1. a month and its value in one cell (``12月底 100%``);
2. a month outside the row of months, with its value in the next cell, in the cell below, or on the next line;
3. values under the months;
4. one value right of the last month, when 12月底 has no column: it is 12月底's;
5. every value one column right of a month;
6. as many values as months: in order.

What fits none is a problem, and stays blank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from selfeval.domain.targets import CHECKPOINTS
from selfeval.sources.blocks import Spot
from selfeval.sources.form.labels import Filled
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze

MONTH = re.compile(r"(?:至|到)?(\d{1,2})月(?:底|末)")
_VALUE = re.compile(r"(\d+(?:\.\d+)?)(%|百分比)?")
_WITH_MONTH = re.compile(rf"{MONTH.pattern}(?:[:：]?(?P<value>{_VALUE.pattern}))?")
LABEL_ENDS = {"计划（%）", "划（%）", "（%）", "计划", "划", "支出计划（%）"}
"""The rest of a label that was broken off into a cell of its own."""
_LAST, _NO_MONTH = CHECKPOINTS[-1], 0


@dataclass(frozen=True)
class _Token:
    """A cell of the plan: a month, a value as printed, or both."""

    row: int
    column: int
    spot: Spot
    month: int | None
    value: str


@dataclass
class _Assignment:
    account: Account
    shares: dict[int, float] = field(default_factory=dict)

    def give(self, month: int, token: _Token, why: str, seen: str = "") -> None:
        """Take a value for a month's, saying why when that is not plain (``why`` not blank)."""
        seen = seen or token.value
        share = _share(token.value)
        if month not in CHECKPOINTS or month in self.shares or share is None:
            self.account.report("E112", token.spot, found=seen)
            return
        self.shares[month] = share
        bare = not token.value.endswith(("%", "百分比"))
        reasons = "；".join(filter(None, (why, "原文没有百分号，栏目是“%”，按百分数识别" if bare else "")))
        if reasons:
            said = f"按{month}月底{token.value.removesuffix('%')}%识别（{reasons}）"
            self.account.infer("资金支出计划", seen, said, token.spot)


def extent(cells: Sequence[Filled]) -> int:
    """How many of the cells are the plan's: those before the first that is neither a month nor a value."""
    bare = [squeeze(cell.text) for _, cell in cells]
    return next((at for at, text in enumerate(bare) if text not in LABEL_ENDS and not token_like(text)), len(cells))


def read(cells: Sequence[Filled], spot: Spot, account: Account) -> dict[int, float]:
    """Cumulative shares by month (0.25 = 25%; blank: absent), from the cells after the label, which is at ``spot``."""
    result = _Assignment(account)
    rest = _pair_up(_tokens(cells), result)
    months = {token.column: token.month for token in rest if token.month is not None}
    for _, values in groupby((token for token in rest if token.month is None), key=lambda token: token.row):
        _assign_row(list(values), months, result)
    shares = dict(sorted(result.shares.items()))
    stated = list(shares.values())
    doubt = "累计比例前大后小" if stated != sorted(stated) else ""
    if not doubt and stated and stated[-1] == 1 and _LAST not in shares:
        doubt = "12月底以前已到100%，而12月底空白"
    if doubt:
        shown = "，".join(f"{month}月底{share * 100:.10g}%" for month, share in shares.items())
        account.report("W104", spot, found=shown, doubt=doubt)
    return shares


def _share(value: str) -> float | None:
    hit = _VALUE.fullmatch(value)
    # Without a percent sign 0.5 may be a share or half a percent: not for a program to decide.
    if not hit or Decimal(hit[1]) > 100 or (not hit[2] and 0 < Decimal(hit[1]) <= 1):  # noqa: PLR2004
        return None
    return float(Decimal(hit[1]) / 100)


def token_like(bare: str) -> bool:
    """Whether a text without white space is a month, a value, or both."""
    return bool(_VALUE.fullmatch(bare) or _WITH_MONTH.fullmatch(bare))


def _tokens(cells: Sequence[Filled]) -> list[_Token]:
    tokens = []
    # A value may stand under any column that its month covers.
    covering: dict[int, int] = {}
    for row, cell in cells:
        bare = squeeze(cell.text)
        if bare in LABEL_ENDS:
            continue
        hit = _WITH_MONTH.fullmatch(bare)
        month, value = (int(hit[1]), hit["value"] or "") if hit else (None, bare)
        tokens.append(_Token(row, covering.get(cell.column, cell.column), cell.spot, month, value))
        if not value:
            covering |= dict.fromkeys(range(cell.column, cell.column + cell.columns), cell.column)
    return tokens


def _pair_up(tokens: list[_Token], result: _Assignment) -> list[_Token]:
    """Rules 1 and 2. Returns the tokens that they leave."""
    used: set[_Token] = set()
    for token in tokens:
        if token.month is not None and token.value:
            result.give(token.month, token, "月份和比例在同一个单元格里", f"{token.month}月底{token.value}")
            used.add(token)
    months = Counter(token.row for token in tokens if token.month is not None and not token.value)
    for token in tokens:
        if token.month is None or token.value or months[token.row] > 1:
            continue
        partner = _partner(token, [value for value in tokens if value not in used and value.month is None])
        if partner:
            value, why = partner
            result.give(token.month, value, why, f"{token.month}月底{value.value}")
            used |= {token, value}
    return [token for token in tokens if token not in used]


def _partner(month: _Token, values: list[_Token]) -> tuple[_Token, str] | None:
    places = (
        (month.row, month.column + 1, "月份单独一个单元格，比例在右边的单元格"),
        (month.row + 1, month.column, "月份单独一个单元格，比例在下面的单元格"),
        (month.row + 1, 0, "月份在行末，比例另起一行"),
    )
    found = ((value, why) for *place, why in places for value in values if [value.row, value.column] == place)
    return next(found, None)


def _assign_row(values: list[_Token], months: dict[int, int], result: _Assignment) -> None:
    """Rules 3 to 6 for one row of values; ``months`` maps a column to its month."""
    columns = [value.column for value in values]
    last = max(months, default=-1)
    inside = [value for value in values if value.column <= last]
    beyond = [value for value in values if value.column > last]
    open_end = months and _LAST not in months.values() and _LAST not in result.shares
    if all(column in months for column in columns):
        own, why = [months[column] for column in columns], ""
    elif len(beyond) == 1 and open_end and all(value.column in months for value in inside):
        _assign_row(inside, months, result)
        own, values, why = [_LAST], beyond, "最后一栏没有月份，按12月底识别"
    elif all(column - 1 in months for column in columns):
        own, why = [months[column - 1] for column in columns], "原文整行右移一栏"
    elif len(values) == len(months):
        own, why = list(months.values()), "比例与月份未对齐，个数相同，按先后顺序识别"
    else:
        own, why = [_NO_MONTH] * len(values), ""
    for month, value in zip(own, values, strict=True):
        result.give(month, value, why)
