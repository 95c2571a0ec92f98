"""Whether money was read in the unit that its writer meant: 元 under a head of 万元 are ten thousand times too much.

A program sees what a careful clerk would: by what else the same table says of the same money, never by its size alone
but where no such project can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import inf, isfinite
from statistics import median

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.headings import plain_heading
from selfeval.domain.reading.quantity import show_number
from selfeval.sources.blocks import Spot
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, unified

IN_WAN: Mapping[str, Decimal] = {
    "亿元": Decimal(10000),
    "万元": Decimal(1),
    "元": Decimal("0.0001"),
    "亿": Decimal(10000),
    "万": Decimal(1),
    "千万元": Decimal(1000),
    "百万元": Decimal(100),
    "十万元": Decimal(10),
    "千元": Decimal("0.1"),
    "百元": Decimal("0.01"),
}
"""How many 万元 each unit of money is."""
UNIT = "亿元|[十百千]?万元|[百千]?元(?![氏江阳谋宝坝])"
"""A unit of money behind 单位：, in a pattern; 单位：元氏县财政局 names none."""
LARGE = 10000
"""万元 from which on an amount is doubted that has its unit from a head or from nowhere: 一亿元."""
_OPEN, _CLOSED = "[（(]", "[）)]"
NAMED = (
    f"(?:{_OPEN}?(?:(?:金额|计价|货币)?单位[:：为]?|(?:金额|计价)[:：])(?:人民币)?"
    f"|{_OPEN}(?=(?:{UNIT}){_CLOSED}(?:{_OPEN}|$))|(?:本表)?(?:金额)?以(?:人民币)?(?=(?:{UNIT})为单位))"
    f"({UNIT})(?:人民币)?(?:{_CLOSED}|为单位)?"
)
"""How a line names the unit of money of a table, its first group: 单位：元, 以元为单位, （元） behind a title."""
_OTHER = {"万元": "元", "元": "万元", "亿元": "万元"}
"""Which unit was meant where another was read."""
_TIMES = Decimal(10000)
_NEARLY = Decimal("0.0001")
"""How far sums may be apart that are the same: one of them may be rounded."""
_LEAST = Decimal("0.1")
"""万元 below which there is no budget of a project."""
_FEW_YUAN = Decimal(1)
"""万元 below which a budget in 元 is doubted beside far greater ones."""
_FAR = 1000
_MANY = 3
"""Other projects that show what is usual."""
_MOST_DECIMALS = 2
_HALF, _DOUBLE = Decimal("0.8"), Decimal("1.25")

_EACH = "每|人均|户均|均|单价|标准|/|／|单位成本|定额"
_MONEY = re.compile(
    r"(?P<before>.{0,8}?)(?<![\d.,])(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元|[万亿](?=$|[（(）)，,。；;、]))"
    r"(?P<after>.?)"
)
_PER = re.compile(_EACH)
_DIRECTION = re.compile(r"[≥≤≧≦<>=]+")
_TOTAL = re.compile(
    r"(?:预算|资金|经费|支出)[^，,。；;：:\d]{0,12}(?:总额|合计|总计|共计|总数)[^\d，,。；;]{0,6}"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元)"
)


@dataclass(frozen=True)
class Printed:
    """A project's budget as it is printed: in which ``unit`` of money it was read, and where it stands.

    ``value``: in 万元. ``sure``: its cell names the unit itself, or something else in the table bears it out.
    """

    text: str
    value: float
    unit: str
    spot: Spot
    sure: bool = False

    @property
    def other(self) -> str:
        """The unit that may have been meant."""
        return _OTHER.get(self.unit, "元")

    @property
    def meant(self) -> Decimal:
        """What it would be in that, in 万元."""
        return _exact(self.value) * IN_WAN[self.other] / IN_WAN[self.unit]

    def facts(self, why: str) -> dict[str, str]:
        """What a problem says of it."""
        said = {"found": self.text, "unit": self.unit, "value": show_number(self.value), "why": why}
        return said | {"other": self.other, "meant": show_number(float(self.meant))}


@dataclass(frozen=True)
class _Witness:
    """Money that a table names elsewhere, in 万元: ``where`` and as ``printed``; ``cost``: as a target of cost."""

    where: str
    printed: str
    value: Decimal
    cost: bool = False


def slipped(total: float, parts: Sequence[float]) -> list[int]:
    """Which parts would add up to a total if they were ten thousand times more, or less; none where that is no reason.

    >>> slipped(50.0, [300000.0, 200000.0]), slipped(50.0, [30.0, 200000.0]), slipped(50.0, [30.0, 20.0])
    ([0, 1], [1], [])
    """
    if not all(map(isfinite, (total, *parts))):
        return []
    whole, exact = _exact(total), [*map(_exact, parts)]
    found = sum(exact)
    if not whole or not found or _same(whole, found):
        return []
    for times in (_TIMES, 1 / _TIMES):
        if _same(found * times, whole):
            return [*range(len(exact))]
        hits = [at for at, one in enumerate(exact) if one and _is_off(found - one, one * times, whole)]
        if len(hits) == 1:
            return hits
    return []


def _is_off(others: Decimal, part: Decimal, whole: Decimal) -> bool:
    """Whether a part with the others is the whole, and the others alone are not."""
    apart = abs(others + part - whole)
    return apart <= _NEARLY * abs(whole) and apart * 10 <= abs(part)


def check(
    budgets: Mapping[str, Printed],
    projects: Iterable[Mapping[str, object]],
    indicators: Iterable[Mapping[str, object]],
    account: Account,
) -> dict[str, Printed]:
    """Tell which budgets are not what the same table says of them elsewhere; the same, those borne out as ``sure``.

    ``projects`` and ``indicators`` are records of PROJECTS and INDICATORS.
    """
    rows: dict[str, list[Mapping[str, object]]] = {}
    for row in indicators:
        rows.setdefault(str(row["project"]), []).append(row)
    checked = dict(budgets)
    for project in projects:
        code = str(project["project"])
        if (budget := budgets.get(code)) and not budget.sure and 0 < budget.value < inf:
            said = [*_costs(rows.get(code, [])), *_texts(project)]
            checked[code] = _checked(budget, said, account.about(project=code))
    return checked


def _checked(budget: Printed, said: Sequence[_Witness], account: Account) -> Printed:
    """A budget, told where it is doubted; ``sure`` where nothing more is to be asked."""
    value, meant = _exact(budget.value), budget.meant
    if any(_same(one.value, value) for one in said):
        return replace(budget, sure=True)
    costs = [one.value for one in said if one.cost]
    against = [one for one in said if _same(one.value, meant) and (budget.unit == "元" or meant >= _LEAST)]
    if any(one.cost for one in against) and not all(one.cost for one in against):
        account.report("E174", budget.spot, clash=_clash(budget, against))
        return replace(budget, sure=True)
    why = f"而{_quoted(against[:1])}" if against else _by_itself(budget, sum(costs), said)
    if why:
        account.report("W177", budget.spot, **budget.facts(why))
        return replace(budget, sure=True)
    if value >= LARGE and budget.unit == "万元":
        account.report("W170", budget.spot, found=budget.text)
        return replace(budget, sure=True)
    return budget


def _by_itself(budget: Printed, costs: Decimal | int, said: Sequence[_Witness]) -> str:
    """Why a budget is doubted that nothing contradicts to the digit; blank where nothing is wrong with it."""
    value, meant = _exact(budget.value), budget.meant
    cost = next((one for one in said if one.cost and _near(meant, one.value)), None)
    if cost and (budget.unit == "元" or value >= _FAR):
        return f"而{_quoted([cost])}，相差近一万倍"
    if costs and _near(meant, costs) and (budget.unit == "元" or value >= _FAR):
        return f"而成本指标的指标值合计{show_number(float(costs))}万元，相差近一万倍"
    if budget.unit == "元" and _decimals(budget.text) > _MOST_DECIMALS:
        return "元以下有两位以上的小数"
    if budget.unit == "元" and value < _LEAST:
        return "不到1000元"
    return ""


def among(budgets: Mapping[str, tuple[Printed | None, str]]) -> Iterator[Problem]:
    """A problem for each budget that is far off what the others of an import are; with each the name of its file."""
    values = {code: one.value for code, (one, _) in budgets.items() if one and 0 < one.value < inf}
    for code, (one, file) in budgets.items():
        others = [value for other, value in values.items() if other != code]
        if one is None or one.sure or code not in values or len(others) < _MANY:
            continue
        usual = median(others)
        if one.unit != "元" and one.value >= _FAR * max(usual, 1.0) and one.value.is_integer():
            why = f"是其他{len(others)}个项目的中位数{show_number(usual)}万元的{_FAR}倍以上"
        elif one.unit == "元" and one.value * _FAR <= usual and _exact(one.value) < _FEW_YUAN:
            why = f"不到其他{len(others)}个项目的中位数{show_number(usual)}万元的千分之一"
        else:
            continue
        yield problem("W177", Place(code, file=file, sheet=one.spot.sheet, cell=str(one.spot)), **one.facts(why))


def totals_in(text: str) -> Iterator[tuple[str, float]]:
    """The sums of all projects that running text names (项目资金合计1234.56万元), as printed and in 万元."""
    for hit in _TOTAL.finditer(squeeze(unified(text))):
        yield hit[0], float(_in_wan(hit["number"], hit["unit"]))


def against_total(printed: str, total: float, budgets: Mapping[str, Printed], account: Account) -> dict[str, Printed]:
    """Tell which budgets must be ten thousand times more, or less, to add up to a printed sum; those as ``sure``."""
    codes = [*budgets]
    wrong = [codes[at] for at in slipped(total, [one.value for one in budgets.values()])]
    if not wrong:
        return {}
    budget, alone = budgets[wrong[0]], len(wrong) == 1
    whole = sum(one.value for one in budgets.values())
    value, meant = (budget.value, float(budget.meant)) if alone else (whole, total)
    whose = f"预算数“{budget.text}”按{budget.unit}" if alone else f"{len(wrong)}个项目的预算数"
    clash = f"{whose}识别为{show_number(value)}万元，与“{printed}”（{show_number(total)}万元）对不上；"
    clash += f"应为{show_number(meant)}万元时，正好相等"
    account.about(project=wrong[0] if alone else "").report("E174", budget.spot, clash=clash)
    return {code: replace(budgets[code], sure=True) for code in wrong}


def tell_apart(budget: float, sources: Mapping[str, float | None], spot: Spot, account: Account) -> None:
    """Tell that a budget is not the sum of its sources, of which 财政资金 comes first; all in 万元."""
    known = {name: value for name, value in sources.items() if value is not None}
    wrong = [[*known][at] for at in slipped(budget, [*known.values()])]
    if not wrong:
        fiscal, *rest = known.values()
        account.report("W103", spot, budget=budget, fiscal=fiscal, other=sum(rest))
        return
    listed = "、".join(f"{name}{show_number(value)}万元" for name, value in known.items())
    which = "来源" if len(wrong) == len(known) else wrong[0]
    clash = f"预算数识别为{show_number(budget)}万元，来源识别为{listed}，{which}要换一种单位才与预算数相等"
    account.report("E174", spot, clash=clash)


def _costs(rows: Sequence[Mapping[str, object]]) -> Iterator[_Witness]:
    """The targets of cost that are money as a whole, and none for each of something."""
    for row in rows:
        headings = f"{plain_heading(str(row['level1']))}|{plain_heading(str(row['level2']))}"
        name = str(row["level3"])
        if "成本" not in headings or _PER.search(name):
            continue
        for witness in _amounts(_DIRECTION.sub("", str(row["target"])), f"指标“{name}”的指标值", most=1):
            yield replace(witness, printed=str(row["target"]), cost=True)


def _texts(project: Mapping[str, object]) -> Iterator[_Witness]:
    for name, what in (("name", "项目名称"), ("goal", "绩效目标"), ("purpose", "资金用途")):
        yield from _amounts(str(project.get(name) or ""), what)


def _amounts(text: str, where: str, most: int = 20) -> Iterator[_Witness]:
    for hit, _ in zip(_MONEY.finditer(squeeze(unified(text))), range(most), strict=False):
        if not _PER.search(hit["before"] + hit["after"]):
            printed = f"{hit['number']}{hit['unit']}"
            yield _Witness(where, printed, _in_wan(hit["number"], hit["unit"]))


def _in_wan(number: str, unit: str) -> Decimal:
    return Decimal(number.replace(",", "")) * IN_WAN[unit]


def _clash(budget: Printed, against: Sequence[_Witness]) -> str:
    return (
        f"预算数“{budget.text}”按{budget.unit}识别为{show_number(budget.value)}万元，{_quoted(against)}，"
        f"都是{show_number(float(budget.meant))}万元"
    )


def _quoted(said: Sequence[_Witness]) -> str:
    return "，".join(dict.fromkeys(f"{one.where}写着“{one.printed}”" for one in said))


def _decimals(text: str) -> int:
    return len(squeeze(text).partition(".")[2])


def _near(one: Decimal, other: Decimal | int) -> bool:
    return bool(other) and _HALF <= one / other <= _DOUBLE


def _same(one: Decimal, other: Decimal | int) -> bool:
    return abs(one - other) <= _NEARLY * abs(one)


def _exact(value: float) -> Decimal:
    return Decimal(repr(value))
