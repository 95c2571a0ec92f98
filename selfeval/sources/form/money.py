"""The money of a project: its lines by source, in columns by stage or none, in whatever unit of money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile
from math import isfinite

from selfeval.domain.reading.quantity import show_number
from selfeval.sources.amount import Amount, amount_of
from selfeval.sources.blocks import Spot
from selfeval.sources.form.labels_above import above_of
from selfeval.sources.form.upper import BLANKS, FIGURE, MONEY, Upper
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze
from selfeval.sources.magnitude import IN_WAN, UNIT, Printed, tell_apart
from selfeval.sources.years import dated

_BRACKETS = re.compile(r"[（(].*[)）]$")
_UNIT = re.compile(f"({UNIT})")
_OTHERS = re.compile(
    "上年|上一年|去年|以前|执行|决算|支出|完成|到位|结余|余额|累计|已|实施期|中期|项目期|总投资|占|率|分|增|减|下年|明年"
)
"""What heads columns of money that is not the budget of the year, where there are several columns."""
OF_A_YEAR = re.compile(r"(?:其中)?[:：]?20\d\d年度?\D{0,6}?\d[\d,，.]*(?:亿元|万元|元)?")
"""An amount of a year in a cell without a label: 其中2025年50万元."""
_YEARS_WITHIN = re.compile(r"20\d\d年度?[^\d年]{0,6}\d[\d,，.]*(?![\d,，.]*[月日季])")
"""The same inside brackets: 110（2025年50，2026年60）."""
_CARRIED = re.compile("结转|结余|上年")
_SOURCES = MONEY - {"total", "period_total"}
_STAGES = ("initial", "adjusted", "done")
_FISCAL = (("granted",), ("own", "upper"), ("public", "fund", "state"))
"""What may stand for 财政资金: the first of which there is any amount."""
_OTHER = ("other", "special", "own_money")


@dataclass
class _Lines:
    """The lines of money of one table, each amount in 万元; ``printed``: as it stands there."""

    upper: Upper
    account: Account
    unit: str
    printed: list[Printed] = field(default_factory=list)

    def amount(self, label: int) -> float | None:
        """The year's amount of a line: that of the first stage, beside its label or below it."""
        here = self.upper.beside(label) or self.below(label)
        self.upper.used.update(self._own(label, here))
        chosen = self._staged(label, here)
        if chosen is None:
            return None
        text = self.upper.pieces[chosen].text
        bare = squeeze(text).replace("，", ",").replace("－", "-")
        if bare in BLANKS:
            return None
        name, spot = self.upper.pieces[label].text.rstrip(":："), self.upper.pieces[chosen].cell.spot
        agreed = amount_of(bare)
        amount = agreed or _amount(bare)
        if amount is None:
            self.account.report("E109", spot, what=name, found=text)
            return None
        of_years = [*filter(OF_A_YEAR.fullmatch, (squeeze(self.upper.pieces[at].text) for at in here))]
        if of_years or (_YEARS_WITHIN.search(text) and not _CARRIED.search(text)):
            self.account.report("E177", spot, what=name, found="”“".join([text, *of_years]))
            return None
        if not agreed and (aside := _brackets(text)):
            self.account.infer(name, text, f"括号里的“{aside}”未采用", spot)
        behind = squeeze(self.upper.pieces[chosen + 1].text) if chosen + 1 in here else ""
        unit = amount.unit or (behind if behind in IN_WAN else self._unit_of(label))
        value = amount.in_wan(unit)
        if unit not in {"万元", "万"}:
            self.account.infer(name, text, f"单位是{unit}，换算为{show_number(value)}万元", spot)
        self.printed.append(Printed(text, value, unit, spot, sure=bool(amount.unit)))
        return value

    def _own(self, label: int, here: Sequence[int]) -> list[int]:
        """What of a row belongs to its label: figures up to other words, and what stands under a head of its own."""
        pieces = self.upper.pieces
        heads = [at for at in self.upper.labels(*_STAGES, "passed") if pieces[at].row < pieces[label].row]
        headed = {column for at in heads if not self.upper.beside(at)[:1] for column in pieces[at].columns}
        figures = [*here[:1], *takewhile(lambda at: _is_figure(pieces[at].text), here[1:])]
        figures += [at for at in here if at - 1 in figures and squeeze(pieces[at].text) in IN_WAN]
        years = [at for at in here if OF_A_YEAR.fullmatch(squeeze(pieces[at].text))]
        return [*figures, *years, *(at for at in here if headed & {*pieces[at].columns})]

    def _unit_of(self, label: int) -> str:
        """The unit of money that a label names itself, as 年度资金总额（元）; else the table's."""
        own = _named(self.upper.pieces[label].text)
        return own[1] if own else self.unit

    def _staged(self, label: int, here: Sequence[int]) -> int | None:
        """Which of a line's values counts: that under 年初预算数, else 全年预算数, where there are such heads."""
        pieces = self.upper.pieces
        passed = {column for at in self._of_other_years(label) for column in pieces[at].columns}
        here = [at for at in here if not passed & {*pieces[at].columns}]
        heads = [at for at in self.upper.labels(*_STAGES) if pieces[at].row < pieces[label].row]
        for stage in ("initial", "adjusted") if heads else ():
            columns = {column for at in heads if pieces[at].meaning == stage for column in pieces[at].columns}
            under = [at for at in here if columns & {*pieces[at].columns} and squeeze(pieces[at].text) not in BLANKS]
            if under and stage == "adjusted":
                text = f"{pieces[label].text}{pieces[under[0]].text}"
                self.account.infer(
                    "预算数", text, "年初预算数一栏没有金额，按全年预算数识别", pieces[under[0]].cell.spot
                )
            if under:
                return under[0]
        if any(pieces[at].meaning in ("initial", "adjusted") for at in heads):
            return None
        return self._only(label, here)

    def _only(self, label: int, here: Sequence[int]) -> int | None:
        """The one amount of a line, of several the one under a head that speaks of this year's budget; else told."""
        pieces = self.upper.pieces
        amounts = [*takewhile(lambda at: _is_figure(pieces[at].text), here)]
        amounts = [at for at in amounts if _amount(pieces[at].text)]
        if len({squeeze(pieces[at].text) for at in amounts}) < 2:  # noqa: PLR2004
            return next(iter(here), None)
        heads = {at: self._over(label, at) for at in amounts}
        left = [at for at in amounts if not all(map(_OTHERS.search, heads[at]))]
        left = [at for at in left if any("预算" in head for head in heads[at])] or left
        by_source = any("结转" in head or above_of(head) in _SOURCES for some in heads.values() for head in some)
        if len({squeeze(pieces[at].text) for at in left}) == 1 and all(heads.values()) and not by_source:
            why = f"一行有几个金额，按“{heads[left[0]][0]}”一栏的识别"
            self.account.infer("预算数", f"{pieces[label].text}{pieces[left[0]].text}", why, pieces[left[0]].cell.spot)
            return left[0]
        found = "”“".join(pieces[at].text for at in amounts)
        self.account.report("E177", pieces[amounts[0]].cell.spot, what=pieces[label].text.rstrip(":："), found=found)
        return None

    def _over(self, label: int, value: int) -> list[str]:
        """The heads of the columns of a value, of several where the same stands in each; none where there are none."""
        pieces = self.upper.pieces
        columns, row = {*pieces[value].columns}, pieces[label].row
        above = [one for one in pieces if one.row < row and columns & {*one.columns} and not _is_figure(one.text)]
        return [squeeze(one.text) for one in above if one.row == above[-1].row]

    def _of_other_years(self, label: int) -> list[int]:
        """The heads of columns above a line that are of years which were not asked for."""
        pieces = self.upper.pieces
        above = [at for at in self.upper.labels("passed") if pieces[at].row < pieces[label].row]
        return [at for at in above if dated(pieces[at].text)[0] and not self.upper.beside(at)]

    def below(self, label: int) -> list[int]:
        """The value under a label, where labels stand side by side over their values."""
        pieces = self.upper.pieces
        for at in range(label + 1, len(pieces)):
            piece = pieces[at]
            if piece.row == pieces[label].row + 1 and piece.cell.column in pieces[label].columns:
                plain = not piece.meaning and _amount(piece.text)
                return [at] if plain else []
        return []


def read_money(upper: Upper, unit: str, account: Account) -> tuple[dict[str, float | None], Printed | None]:
    """预算数, 财政资金 and 其他资金 in 万元, None where the table has none; ``unit`` of money by the lines above.

    With them the budget as it is printed. What is carried over from the year before is part of 预算数 alone.
    """
    lines = _Lines(upper, account, _unit(upper, unit, account))
    chosen = _of_the_year(upper)
    for at in upper.labels(*MONEY):
        if at not in chosen.values():
            text = upper.take(upper.beside(at) or lines.below(at))
            if squeeze(text) not in BLANKS:
                label = upper.pieces[at]
                twice = label.meaning in chosen and not upper.labels("period_total")
                why = "同类的栏目前面已有，没有导入" if twice else "不是年度资金，没有导入"
                account.infer("预算数", f"{label.text}{text}", why, label.cell.spot)
    alone = [at for at in upper.labels("scope") if "total" not in chosen and upper.beside(at)]
    if alone and _amount(upper.pieces[alone[0] + 1].text):
        chosen["total"] = alone[0]
    amounts = {meaning: lines.amount(at) for meaning, at in chosen.items()}
    fiscal = next((found for some in _FISCAL if (found := _sum(amounts, some)) is not None), None)
    other, carried = _sum(amounts, _OTHER), amounts.get("carried")
    budget = amounts.get("total")
    unreadable = "total" in chosen and any(one.code in {"E109", "E177"} for one in account.problems)
    parts = _sum({"fiscal": fiscal, "other": other, "carried": carried}, ("fiscal", "other", "carried"))
    spot = upper.label_spot("total", "scope")
    apart = budget is not None and fiscal is not None and parts is not None and bool(round(budget - parts, 6))
    if budget is None and parts is not None and not unreadable and not _of_unknown_sources(upper):
        budget = parts
        account.infer("预算数", "", f"没有能识别的资金总额，按各项来源相加为{show_number(budget)}万元", spot)
    elif apart and budget is not None and fiscal is not None:
        tell_apart(budget, {"财政资金": fiscal, "其他资金": other, "上年结转资金": carried}, spot, account)
    if parts is None or apart:
        _tell_units(upper, account)
    if carried:
        account.infer("上年结转资金", f"{show_number(carried)}万元", of_carried(within=not apart), spot)
    return {"budget": budget, "fiscal": fiscal, "other": other}, _printed(budget, lines.printed, spot)


def _of_unknown_sources(upper: Upper) -> bool:
    """Whether amounts stand among the sources of money whose labels mean nothing known, so that these are not all."""
    rows = [upper.pieces[at].row for at in upper.labels(*_SOURCES)]
    left = [piece for piece in upper.unread() if min(rows) <= piece.row <= max(rows)]
    details = {piece.row for piece in left if squeeze(piece.text).startswith("其中")}
    return any(amount_of(piece.text) for piece in left if piece.row not in details)


def _amount(text: str) -> Amount | None:
    """The amount that a text is, whatever stands in brackets behind it."""
    return amount_of(text) or amount_of(_BRACKETS.sub("", squeeze(text)))


def _is_figure(text: str) -> bool:
    """Whether a text is a number, a share, or stands for nothing."""
    return squeeze(text) in BLANKS or FIGURE.fullmatch(squeeze(text)) is not None or amount_of(text) is not None


def _printed(budget: float | None, amounts: Sequence[Printed], spot: Spot) -> Printed | None:
    """The budget as it is printed; where it is a sum of sources, in the unit of the first."""
    if budget is None or not amounts or not isfinite(budget):
        return None
    whole = next((one for one in amounts if one.value == budget), None)
    sum_ = Printed(f"{show_number(budget)}万元", budget, amounts[0].unit, spot, all(one.sure for one in amounts))
    return whole or sum_


def of_carried(*, within: bool) -> str:
    """What is said of money carried over from the year before; ``within`` 预算数, as the sum shows."""
    where = "已计入预算数" if within else "预算数里有没有这一项不能确定"
    return f"{where}，不计入财政资金和其他资金"


def _sum(amounts: dict[str, float | None], some: Sequence[str]) -> float | None:
    known = [Decimal(repr(value)) for name in some if (value := amounts.get(name)) is not None]
    return float(sum(known)) if known else None


def _of_the_year(upper: Upper) -> dict[str, int]:
    """The label of each line that counts: the year's where those of a longer period stand beside or above them."""
    pieces, totals = upper.pieces, upper.labels("total", "period_total")
    of_year = [at for at in totals if pieces[at].meaning == "total"]
    year = next(iter(of_year), None)
    lines = [at for at in of_year if year is not None and pieces[at].row == pieces[year].row + 1 and upper.beside(at)]
    is_head = year is not None and not any(_is_figure(pieces[at].text) for at in upper.beside(year))
    if year is not None and lines and is_head:  # it heads a column over the lines of money
        by_source = any(pieces[at].row == pieces[year].row for at in upper.labels(*_SOURCES))
        year = year if by_source else lines[0]
    period = next((at for at in totals if pieces[at].meaning == "period_total"), None)
    found: dict[str, int] = {} if year is None else {"total": year}
    for at in upper.labels(*_SOURCES):
        piece = pieces[at]
        if year is not None and period is not None:
            beside = pieces[period].row == pieces[year].row
            left, right = pieces[period].cell.column, pieces[year].cell.column
            nearer = piece.cell.column >= right if right > left else piece.cell.column < left
            if not (nearer if beside else at > year and (period < year or at < period)):
                continue
        found.setdefault(piece.meaning, at)
    return found


def _unit(upper: Upper, above: str, account: Account) -> str:
    """The unit of money of a table: by its own labels, else by the lines above it, else 万元, which is said."""
    for at in upper.labels("scope", "total", "initial"):
        if hit := _named(upper.pieces[at].text):
            if above not in {"", hit[1]}:
                facts = {"where": "表内", "unit": hit[1], "elsewhere": "表上方", "other": above, "taken": hit[1]}
                account.report("W176", upper.pieces[at].cell.spot, **facts)
            return hit[1]
    if above:
        return above
    amounts = [upper.pieces[at].text for label in upper.labels(*MONEY) for at in upper.beside(label)[:1]]
    bare = [text for text in amounts if squeeze(text) not in BLANKS and not _UNIT.search(text)]
    if bare:
        spot = upper.label_spot("total", "scope", *MONEY)
        account.infer("金额单位", "", "表上没有写金额单位，按万元识别", spot)
    return "万元"


def _tell_units(upper: Upper, account: Account) -> None:
    """Tell that labels of a table name different units of money, where no sum bears that out."""
    named = [(at, hit[1]) for at in upper.labels("scope", "initial", *MONEY) if (hit := _named(upper.pieces[at].text))]
    for at, unit in named[1:]:
        first, own = named[0]
        if unit != own:
            where, elsewhere = (f"“{upper.pieces[one].text}”" for one in (first, at))
            facts = {"where": where, "unit": own, "elsewhere": elsewhere, "other": unit, "taken": "各自的单位"}
            account.report("W176", upper.pieces[at].cell.spot, **facts)
            return


def _named(label: str) -> re.Match[str] | None:
    """The unit of money that a label names in brackets."""
    return _UNIT.search(_brackets(label))


def _brackets(text: str) -> str:
    """What stands in brackets."""
    return "".join(re.findall(r"[（(]([^（）()]*)[)）]", text))
