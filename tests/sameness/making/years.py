"""Random reported years over the real projects: right and wrong, half done, and odd in every way a cell can be.

Made from the target table alone, by a seed, so that any state of the program is given the same years. The kind of an
indicator is guessed from its text: a wrong guess is one more mistake of a department.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

MONTHS = tuple(f"{month}月" for month in range(1, 13))
PERFECT = 9
LEVELS = (
    ("达成年度指标", 80, 100),
    ("部分达成年度指标并具有一定效果", 60, 80),
    ("未达成年度指标且效果较差", 0, 60),
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"\d+月(?:\d+日)?底?前?|月底|竣工")
_NOTHING = frozenset({"不涉及", "月度时序", "按月支出", ""})


@dataclass(frozen=True)
class Percent:
    """A cell with a percent format; ``share`` 0.95 is shown as 95%."""

    share: float


@dataclass(frozen=True)
class Broken:
    """A cell that shows an error, as ``#N/A``."""

    error: str


Value = str | float | Percent | Broken | dt.date | bool | None
Row = dict[str, Value]
Rows = list[Row]


@dataclass(frozen=True)
class ReportedYear:
    """The three tables that ``score --reported`` reads, each as rows by column name (amounts in 万元)."""

    indicators: Rows
    funds: Rows
    projects: Rows


def reported_year(indicators: Rows, projects: Rows, seed: int) -> ReportedYear:
    """What the departments report, from the rows of 指标 and 项目 of a target table.

    The seed settles how odd the year is: none, few or many mistakes. In every tenth year everything is exactly as
    promised.
    """
    chance = random.Random(seed)
    perfect = seed % 10 == PERFECT
    filling = _Filling(chance, 0.0 if perfect else chance.choice((0.0, 0.03, 0.1, 0.2)), perfect=perfect)
    left_out = {str(one["项目编码"]) for one in projects if filling.odd(0.25)}
    told = [one for one in projects if str(one["项目编码"]) not in left_out]
    rows = [filling.indicator(one) for one in indicators if str(one["项目编码"]) not in left_out]
    year = ReportedYear(rows, [filling.money(one) for one in told], [filling.words(one) for one in told])
    filling.disturb(year)
    return year


class _Filling:
    def __init__(self, chance: random.Random, oddity: float, *, perfect: bool) -> None:
        self.chance = chance
        self.oddity = oddity
        self.perfect = perfect

    def odd(self, part: float = 1.0) -> bool:
        """Whether something odd happens here; ``part`` makes it rarer."""
        return self.chance.random() < self.oddity * part

    def indicator(self, target: Row) -> Row:
        """The row of one indicator in 指标."""
        chance, text = self.chance, str(target["指标值"] or "")
        row: Row = dict.fromkeys(("实际完成值", "完成档次", "完成比例", "人工得分"))
        if target.get("类型") == "人工":
            row["人工得分"] = self._or(lambda: chance.randrange(0, 9) / 2, (None, -1.0, 99.0, "好"))
        elif _DAY.search(text):
            row["实际完成值"] = self._or(self._day, (None, "已完成", "12月5日", 5.0, Broken("#N/A"), "2031-01-01"))
        elif _NUMBER.search(text):
            row["实际完成值"] = self._number(text)
        elif text not in _NOTHING:
            self._level(row)
        elif self.odd():
            row["实际完成值"] = chance.choice(("不涉及", "/", "100%", 3.0))
        written = chance.random() < 0.5
        reason = chance.choice(("有原因，见说明", "年中追加任务", None, "无", "/"))
        row["偏差原因"] = "执行中有调整" if written else reason
        row["改进措施"] = "下年按季度核对" if written else None
        row["佐证材料"] = chance.choice(("登记台账", "支付凭证", None))
        return {"指标编号": target["指标编号"], **row}

    def _or(self, usual: Callable[[], Value], odd: tuple[Value, ...]) -> Value:
        return self.chance.choice(odd) if self.odd() else usual()

    def _value(self, usual: Value, odd: tuple[Value, ...]) -> Value:
        return self._or(lambda: usual, odd)

    def _day(self) -> Value:
        late = 0 if self.perfect else self.chance.choice((-400, -40, -1, 0, 0, 1, 2, 30, 31, 32, 90, 91, 92, 200))
        day = dt.date(2024, 12, 31) + dt.timedelta(days=late)
        return self.chance.choice((day, day.isoformat(), f"{day.year}年{day.month}月{day.day}日"))

    def _number(self, text: str) -> Value:
        chance = self.chance
        found = _NUMBER.search(text)
        target = float(found.group()) if found else 1.0
        part = chance.choice((1.0, 1.0, 1.2, 1.3, 0.5, 2.0, 0.995, 1.005, 2 * chance.random(), chance.random()))
        value = target if self.perfect else round(target * part, chance.choice((0, 1, 2, 4)))
        odd = (None, 0.0, -5.0, 1e-10, 1e15, "合格", "约7000", Broken("#DIV/0!"), True, "３０以上", "不涉及", "=1+1")
        if "%" in text or "百分比" in text:
            shown = (Percent(round(value / 100, 6)), f"{value:.4f}".rstrip("0").rstrip(".") + "%")
            return self._or(lambda: chance.choice(shown), (*odd, round(value / 100, 4)))
        unit = re.sub(r"[\d.≥≤=<>]", "", text)[:3]
        wrong = (*odd, f"{value:g}吨", f"{value / 10000:g}万{unit}")
        return self._or(lambda: chance.choice((value, value, f"{value:g}{unit}")), wrong)

    def _level(self, row: Row) -> None:
        chance = self.chance
        level, low, high = LEVELS[0] if self.perfect else chance.choice(LEVELS)
        inside = chance.randrange(low * 10, high * 10) / 10
        row["完成档次"] = self._or(lambda: level, (None, "基本完成", Broken("#REF!"), "优"))
        given: Value = Percent(round(inside / 100, 4)) if chance.random() < 0.6 and not self.perfect else None
        row["完成比例"] = self._or(lambda: given, (Percent(0.599), Percent(1.5), "八成", 0.8, Percent(0.8)))

    def money(self, project: Row) -> Row:
        """The row of one project in 资金."""
        chance, budget = self.chance, float(str(project["预算数"] or 1))
        full = budget if self.perfect else round(budget * chance.choice((1, 1, 0.9, 1.25)), 2) or 1.0
        months = [round(full * chance.random() / chance.choice((6, 6.5, 9)), 2) for _ in MONTHS]
        paid = round(sum(months), 2)
        if self.perfect:
            months, paid = [full, *[0.0] * 11], full
        executed = paid if chance.random() < 0.7 else min(paid, full)
        odd = (None, 0.0, -3.0, "十万", full * 2, 1e-12, f"{full}元")
        amounts = {"年初预算数": budget, "全年预算数": full, "全年执行数": executed}
        row: Row = {name: self._value(amount, odd) for name, amount in amounts.items()}
        row |= {name: self._value(amount, odd) for name, amount in zip(MONTHS, months, strict=True)}
        return {"项目编码": project["项目编码"], **row}

    def words(self, project: Row) -> Row:
        """The row of one project in 项目."""
        row: Row = {
            "年度目标完成情况": self._or(lambda: "全年任务按计划完成，情况如表。", (None, "=HYPERLINK(1)", "长" * 700)),
            "填报人": self._or(lambda: "赵一鸣", (None,)),
            "联系电话": self._or(lambda: "0314-0000000", (None, 13800000000.0)),
            "负责人": self._or(lambda: "钱立新", (None,)),
            "填报日期": self._or(lambda: dt.date(2025, 1, 10), (None, "一月", "2025-01-12", "20250112")),
            "标记": "随机数据",
        }
        return {"项目编码": project["项目编码"], **row}

    def disturb(self, year: ReportedYear) -> None:
        """Mistakes of whole rows: one that is lost, one that comes twice, one that nobody knows."""
        if self.odd(5):
            del year.indicators[self.chance.randrange(len(year.indicators))]
        if self.odd(5):
            twice = self.chance.choice(year.indicators)
            year.indicators.append({**twice, "实际完成值": "另一个数"})
        if self.odd(5):
            known = str(year.indicators[0]["指标编号"])
            year.indicators.append({**year.indicators[0], "指标编号": known[:-4] + "X-99"})
        if self.odd(5):
            del year.funds[self.chance.randrange(len(year.funds))]
