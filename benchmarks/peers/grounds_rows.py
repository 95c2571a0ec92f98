"""The rows of 评分依据: target, answer, and the formulas that lead from them to the score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from benchmarks.peers.layout import DATE, LOST, MONEY, RATE, SCORE, SHARE, Entry, Sheet, Value, figure, height
from benchmarks.peers.scoring import DAY, EXECUTION, JUDGED, LEVEL, LEVELS, MONTHS, MOST, NONE, Row, Scored, shown

GROUNDS = "'评分依据'!"


def graded(cell: str) -> str:
    """The grade of a total."""
    return f'IF({cell}>=90,"优",IF({cell}>=80,"良",IF({cell}>=60,"中","差")))'


def money_entry(cell: str) -> Entry:
    return Entry(cell, "decimal", "填数字", "单位：万元。只填数字，不要写单位。")


def fill_grounds(sheet: Sheet, scored: Scored, order: Mapping[str, str], constants: Mapping[str, Any]) -> None:
    """A row for the execution and for each indicator, from row 5."""
    for at, row in enumerate(scored.rows):
        here = 5 + at
        name = row.level3 if row.kind == EXECUTION else f"{row.level1}／{row.level2}\n{row.level3}"
        if at:
            sheet.put(here, 1, f"{at:02d}", "centre")
        sheet.put(here, 2, name, "text")
        sheet.put(here, 3, row.target or "全年预算数", "centre")
        _figures(sheet, here, row)
        _formulas(sheet, here, row, scored)
        sheet.put(here, 16, row.sentence, "text")
        sheet.put(here, 17, order[row.kind], "centre")
        sheet.put(here, 18, _source(row, scored), "small")
        sheet.put(here, 19, constants["references"][row.rule], "small")
        sheet.heights[here] = height(47.25, (name, 18.7), (row.sentence, 30.3), (row.actual, 12.3))


def _source(row: Row, scored: Scored) -> str:
    column = {LEVEL: "K", JUDGED: "M"}.get(row.kind, "J")
    answer = "" if row.kind in {NONE, MONTHS} else f"实际完成值：自评填报!{column}{row.at}"
    if row.kind == EXECUTION:
        return answer.replace("自评填报", f"{scored.file} 自评填报")
    return "\n".join(part for part in (answer, f"指标值：指标!G{row.target_at}") if part)


def _figures(sheet: Sheet, here: int, row: Row) -> None:
    """Target and answer as figures that a reviewer may type over."""
    pattern = MONEY + '"万元"' if row.kind == EXECUTION else DATE if row.kind == DAY else SHARE
    if row.kind not in {EXECUTION, DAY} and not row.rate:
        pattern = f'General"{row.unit}"' if row.unit else "General"
    if row.wanted is not None:
        sheet.put(here, 4, figure(row.wanted), f"{'typed' if row.kind == EXECUTION else 'number'}|{pattern}")
    text = shown(row, row.value) if isinstance(row.value, dt.date) else row.actual.replace("、", "\n")
    if row.kind != NONE:
        sheet.put(here, 6, text, "centre")
    if row.kind == MONTHS:
        sheet.put(here, 7, "见资金支出进度", "centre")
    elif row.value is not None:
        sheet.put(here, 7, figure(row.value), f"typed|{pattern}")
        sheet.entries.append(_entry(f"G{here}", row))
    if row.kind == EXECUTION:
        sheet.entries.append(money_entry(f"D{here}"))
    if row.kind == LEVEL:
        sheet.put(here, 8, row.level, "typed_text")
        sheet.put(here, 9, figure(row.given), f"typed|{RATE}")
        sheet.entries.append(Entry(f"H{here}", "list", "完成档次", "请从列表选一档", tuple(LEVELS)))
        sheet.entries.append(Entry(f"I{here}", "decimal", "填百分数", "在本档之内；不填按默认比例", most="1"))


def _entry(cell: str, row: Row) -> Entry:
    if row.kind == DAY:
        return Entry(cell, "date", "填日期", "写全年月日，如2025-03-01。")
    unit = "百分数，如95%" if row.rate else f"单位：{row.unit}。只填数字，不要写单位。"
    return Entry(cell, "decimal", "填数字", unit)


def _formulas(sheet: Sheet, here: int, row: Row, scored: Scored) -> None:
    rated = f"number|{RATE}"
    if row.kind == NONE:
        for column, value, style in ((10, "—", "centre"), (11, "—", "centre"), (13, NONE, f"number|{SCORE}")):
            sheet.put(here, column, value, style)
    else:
        late = 'number|"晚"0"天";"早"0"天";"按时"' if row.kind == DAY else rated
        sheet.put(here, 10, "=" + _measure(here, row, scored), late, float(row.measure))
        curve = _curve(f"J{here}", row)
        known = f'=IF(ISNUMBER(J{here}),ROUND(MAX(0,MIN(1,{curve})),12),"待补充")'
        sheet.put(here, 11, known, rated, float(row.share))
        formula = f'=IF(ISNUMBER(K{here}),ROUND(ROUND(K{here}*L{here},9),2),"待补充")'
        sheet.put(here, 13, formula, f"number|{SCORE}", figure(row.score))
    sheet.put(here, 12, float(row.points), f"number|{SCORE}")
    lost: Value = "" if row.score is None else float(row.lost)
    sheet.put(here, 14, f'=IF(ISNUMBER(M{here}),ROUND(L{here}-M{here},2),"")', f"number|{LOST}", lost)
    state = NONE if row.kind == NONE else f'=IF(ISNUMBER(M{here}),"{row.state}","待补充")'
    sheet.put(here, 15, state, "centre", row.state)


def _curve(cell: str, row: Row) -> str:
    at = f"ROUND({cell},9)"
    if row.kind == DAY:
        return f"IF({at}>=91,0,IF({at}>=31,0.6,IF({at}>=1,0.8,IF({at}>=0,1,0))))"
    return f"IF({at}>=1,1,IF({at}>=0,{cell},0))"


def _measure(here: int, row: Row, scored: Scored) -> str:
    wanted, given = f"D{here}", f"G{here}"
    if row.kind == EXECUTION:
        rate = f'IF({wanted}>0,ROUND({given}/{wanted},12),"待补充")'
        return f'IF(AND(ISNUMBER({wanted}),ISNUMBER({given})),{rate},"待补充")'
    if row.kind == LEVEL:
        return _level_measure(here)
    if row.kind == MONTHS:
        span = "'资金支出进度'!$H$7:$H$18"
        return f'IF(COUNT({span})={len(scored.project.plan)},ROUND(AVERAGE({span}),12),"待补充")'
    if row.kind in {DAY, JUDGED}:
        value = f"MAX(0,{given}-{wanted})" if row.kind == DAY else f"IF(L{here}=0,0,{given}/L{here})"
        return f'IF(ISNUMBER({given}),ROUND({value},12),"待补充")'
    value, refused = given, f"{given}<0"
    if row.rate:
        value = f"IF({given}>=10,{given}/100,{given})"
        most = f",{value}>1" if isinstance(row.value, Fraction) and row.value <= 1 else ""
        refused = f"{value}<0{most}"
    share = f"IF({wanted}=0,IF({value}>=0,1,0),MAX({value},0)/{wanted})"
    if row.kind == MOST:
        share = f"IF({value}<={wanted},1,{wanted}/{value})"
    return f'IF(ISNUMBER({given}),IF(OR({refused}),"待补充",ROUND({share},12)),"待补充")'


def _level_measure(here: int) -> str:
    level, given, chosen = f"H{here}", f"I{here}", '"待补充"'
    for name, (least, most, default, _) in reversed(LEVELS.items()):
        below = "<=" if most == 1 else "<"
        inside = f"AND({given}>={float(least):g},{given}{below}{float(most):g})"
        chosen = f'IF({level}="{name}",IF(ISNUMBER({given}),IF({inside},{given},"待补充"),{float(default):g}),{chosen})'
    known = f'IFERROR(ROUND({chosen},12),"待补充")'
    return f'IF({level}="","待补充",IF(OR(ISNUMBER({given}),{given}=""),{known},"待补充"))'
