"""The summary of the year (汇总, 指标, 问题) and results.csv, from all scored projects."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.checks import Finding
from benchmarks.peers.grounds_rows import graded
from benchmarks.peers.layout import LOST, RATE, SCORE, STATES, Colour, Sheet, figure
from benchmarks.peers.scoring import EXECUTION, YEAR, Row, Scored, grade, percent

Found = Mapping[str, Sequence[Finding]]
_WIDTHS = (5.3, 17.7, 30.7, 11.3, 11.3, 9.3, 7.3, 7.3, 13.3, 5.7, 8.3, 7.7, 7.7, 6.3, 6.3, 6.3, 7.7, 7.7, 24.7)
_HEADS = (
    *(
        "序号",
        "单位",
        "项目名称",
        "全年预算数\n（万元）",
        "全年执行数\n（万元）",
        "执行率",
        "执行\n得分",
        "指标\n得分",
        "总分",
        "等级",
    ),
    *(
        "状态",
        "待补充\n（项）",
        "需关注\n（项）",
        "错误\n（条）",
        "警告\n（条）",
        "提示\n（条）",
        "自评表",
        "问题",
        "项目编码",
    ),
)
_INDICATORS = (
    *(
        "项目\n序号",
        "项目名称",
        "二级指标",
        "三级指标",
        "指标值",
        "实际完成值",
        "完成率",
        "分值",
        "得分",
        "失分",
        "状态",
        "偏差类别",
    ),
    *("偏差原因", "改进措施", "说明", "一级指标", "类型", "单位", "指标编号"),
)
_INDICATOR_WIDTHS = (
    6.7,
    24.7,
    14.7,
    24.7,
    14.7,
    14.7,
    9.7,
    7.7,
    7.7,
    7.7,
    8.7,
    14.7,
    30.7,
    30.7,
    45.7,
    12.7,
    12.7,
    18.7,
    27.7,
)
_COLUMNS = (
    *(
        "项目编码",
        "项目名称",
        "指标编号",
        "一级指标",
        "二级指标",
        "三级指标",
        "类型",
        "指标值",
        "实际完成值",
        "完成率",
        "分值",
        "得分",
        "状态",
    ),
    *("规则", "说明", "偏差类别", "偏差原因", "改进措施", "佐证材料"),
)


def summary_sheets(all_scored: Sequence[Scored], found: Found, constants: Mapping[str, Any]) -> list[Sheet]:
    """The sheets of 汇总.xlsx."""
    return [
        _projects(all_scored, found, constants),
        _indicators(all_scored, constants),
        _problems(all_scored, found, constants),
    ]


def _titled(sheet: Sheet, title: str, constants: Mapping[str, Any], heads: Sequence[str], last: int) -> None:
    sheet.over(1, (1, last), f"{title}（{YEAR}年度）{constants['mark']}", "title")
    sheet.over(2, (1, last), f"评分规则：{constants['rules title']}", "note")
    sheet.line(3, heads, "head")
    sheet.heights |= {1: 27, 2: 18, 3: 32}


def _projects(all_scored: Sequence[Scored], found: Found, constants: Mapping[str, Any]) -> Sheet:
    last = 3 + len(all_scored)
    rows, problems = sum(len(one.rows) for one in all_scored), sum(map(len, found.values()))
    sheet = Sheet("汇总", (*_WIDTHS, *[9.7] * 6), heads=3, frozen=(4, 4), printed=16, locked=False)
    _titled(sheet, "项目支出绩效自评汇总", constants, _HEADS, 16)
    for at, scored in enumerate(all_scored, 1):
        _project(sheet, at, scored, found[scored.project.code], (rows + 3, problems + 3))
    _totals(sheet, last, all_scored)
    sheet.colours += [Colour(f"K4:K{last}", look, text) for text, look in STATES]
    sheet.colours.append(Colour(f"O4:O{last}", "attention", formula="$O4>0"))
    return sheet


def _project(sheet: Sheet, at: int, scored: Scored, found: Sequence[Finding], ends: tuple[int, int]) -> None:
    row, first, project = 3 + at, scored.rows[0], scored.project
    states = [one.state for one in scored.rows]
    told = [finding.severity for finding in found]
    own = float(scored.total)
    execution = figure(first.score)
    sheet.put(row, 1, at, "number|0")
    sheet.line(row, (None, project.unit_name, project.name), "text")
    sheet.put(row, 4, figure(first.wanted), "number|#,##0.00")
    sheet.put(row, 5, figure(first.value), "number|#,##0.00")
    calm = states.count("需关注") + told.count("警告") == 0
    results = (
        *(float(first.measure), execution, float(scored.total - (first.score or 0)), own, grade(scored.total)),
        *("已评分" if calm else "需关注", 0, states.count("需关注"), 0, told.count("警告"), told.count("提示")),
    )
    looks = (RATE, SCORE, SCORE, SCORE, "General", "General", "0", "0", "0", "0", "0")
    for column, (formula, look, result) in enumerate(zip(_formulas(row, ends), looks, results, strict=True), 6):
        sheet.put(row, column, formula, f"number|{look}", result)
    sheet.put(row, 17, "打开", "link")
    sheet.links.append((row, 17, f"{project.unit}_{project.unit_name}/{project.code}_{project.name}_自评表.xlsx"))
    if found:
        sheet.put(row, 18, "查看", "link")
        sheet.links.append((row, 18, "#'问题'!A1"))
    sheet.put(row, 19, project.code, "small")
    for column, formula, result in _helpers(row, ends[0], own):
        sheet.put(row, column, formula, "note", result)
    sheet.put(row, 25, project.name, "note")
    sheet.heights[row] = 20.25 if len(project.name) < 16 else 33


def _count(sheet: str, end: int, key: str, row: int, word: str) -> str:
    number = "A" if sheet == "指标" else "B"
    mine = f"'{sheet}'!${number}$4:${number}${end},A{row}"
    return f"COUNTIFS({mine},'{sheet}'!${key}$4:${key}${end},\"{word}\")"


def _formulas(row: int, ends: tuple[int, int]) -> Iterator[str]:
    rows, problems = ends
    mine = f"'指标'!$A$4:$A${rows},A{row}"
    scores = f"'指标'!$I$4:$I${rows}"
    executed = f"{mine},'指标'!$S$4:$S${rows},\"预算执行率\""
    ranged = f'TEXT(ROUND(SUM(G{row})+H{row},2),"0.00")&" – "&TEXT(W{row},"0.00")'
    open_rows = f"{_count('指标', rows, 'K', row, '待补充')}+{_count('指标', rows, 'K', row, '错误')}"
    state = f'IF(L{row}>0,"待补充",IF(OR(M{row}>0,N{row}>0,O{row}>0),"需关注","已评分"))'
    rate = f'IF(D{row}>0,ROUND(E{row}/D{row},12),"待补充")'
    yield f'=IF(AND(ISNUMBER(D{row}),ISNUMBER(E{row})),{rate},"待补充")'
    yield f'=IF(COUNTIFS({executed})>0,ROUND(SUMIFS({scores},{executed}),2),"待补充")'
    yield f"=ROUND(SUMIFS({scores},{mine})-SUM(G{row}),2)"
    yield f"=IF(AND(L{row}=0,V{row}=100),ROUND(SUM(G{row})+H{row},2),{ranged})"
    yield f'=IF(ISNUMBER(I{row}),{graded(f"I{row}")},"待定")'
    yield f'=IF({_count("指标", rows, "K", row, "错误")}>0,"错误",{state})'
    yield f"={open_rows}"
    yield f"={_count('指标', rows, 'K', row, '需关注')}"
    for word in ("错误", "警告", "提示"):
        yield f"={_count('问题', problems, 'A', row, word)}"


def _helpers(row: int, end: int, own: float) -> Iterator[tuple[int, str, float]]:
    points = f"SUMIFS('指标'!$H$4:$H${end},'指标'!$A$4:$A${end},A{row}"
    opened = f"{points},'指标'!$K$4:$K${end},\"待补充\")"
    yield 20, f"=IF(ISNUMBER(I{row}),1,0)", 1
    yield 21, f"=IF(AND(ISNUMBER(D{row}),ISNUMBER(E{row})),1,0)", 1
    yield 22, f"=ROUND({points}),2)", 100
    yield 23, f"=ROUND(ROUND(SUM(G{row})+H{row},2)+{opened}+MAX(0,100-V{row}),2)", own
    yield 24, f'=IF(ISNUMBER(I{row}),IF(I{row}<100,ROUND(I{row}*100,0)*10000000+ROW(I{row}),""),"")', own * 1e9 + row


def _totals(sheet: Sheet, last: int, all_scored: Sequence[Scored]) -> None:
    end = last + 1
    sheet.over(end, (1, 3), "合计", "total")
    for column in "DE":
        sheet.put(end, "ABCDE".index(column) + 1, f"=ROUND(SUM({column}4:{column}{last}),9)", "sum|#,##0.00")
    sheet.put(end, 6, f'=IF(D{end}>0,ROUND(E{end}/D{end},12),"—")', f"sum|{RATE}")
    for column in "LMNOP":
        sheet.put(end, ord(column) - 64, f"=SUM({column}4:{column}{last})", "sum|0")
    mean = float(sum(one.total for one in all_scored)) / len(all_scored)
    sheet.over(end + 1, (1, 8), "平均得分（已评定项目）", "total")
    sheet.put(end + 1, 9, f"=ROUND(ROUND(AVERAGE(I4:I{last}),9),2)", f"sum|{SCORE}", mean)
    sheet.over(end + 2, (1, 8), "加权平均得分（按预算数）", "total")
    weighted = f"=ROUND(SUMPRODUCT(D4:D{last},I4:I{last})/SUM(D4:D{last}),2)"
    sheet.put(end + 2, 9, weighted, f"sum|{SCORE}", mean)


def _indicators(all_scored: Sequence[Scored], constants: Mapping[str, Any]) -> Sheet:
    sheet = Sheet("指标", (*_INDICATOR_WIDTHS, *[9.7] * 9), heads=3, frozen=(4, 5), printed=14, locked=False)
    _titled(sheet, "全部指标", constants, _INDICATORS, 14)
    row = 4
    for at, scored in enumerate(all_scored, 1):
        for one in scored.rows:
            _indicator(sheet, row, at, scored, one)
            row += 1
    sheet.colours += [Colour(f"K4:K{row - 1}", look, text) for text, look in STATES]
    sheet.colours.append(Colour(f"J4:J{row - 1}", "lost", formula="AND(ISNUMBER($J4),$J4>0)"))
    return sheet


def _indicator(sheet: Sheet, row: int, at: int, scored: Scored, one: Row) -> None:
    target, unit = (
        (f"{one.actual}万元", scored.project.unit_name)
        if one.kind == EXECUTION
        else (one.target, scored.project.unit_name)
    )
    sheet.put(row, 1, at, "number|0")
    sheet.line(row, (None, scored.project.name, one.level2, one.level3, target, one.actual or None), "text")
    sheet.put(row, 7, figure(one.completion), f"number|{RATE}")
    sheet.put(row, 8, float(one.points), f"number|{SCORE}")
    sheet.put(row, 9, figure(one.score) if one.score is not None else "不涉及", f"number|{SCORE}")
    lost = float(one.lost)
    sheet.put(row, 10, f'=IF(ISNUMBER(I{row}),ROUND(H{row}-I{row},2),"")', f"number|{LOST}", lost)
    state = f'=IF(ISNUMBER(I{row}),"{one.state}","待补充")' if one.score is not None else one.state
    sheet.put(row, 11, state, "centre", one.state)
    texts = (one.category or None, one.reason or None, one.remedy or None, one.sentence)
    sheet.line(row, (*[None] * 11, *texts, one.level1, one.kind, unit, one.id), "small")
    order = f'IF(J{row}>0,ROUND(J{row}*100,0)*10000000+(10000000-ROW(J{row})),"")'
    sheet.put(row, 20, row - 3, "note")
    sheet.put(row, 21, f"=IF(ISNUMBER(I{row}),1,0)", "note", 1)
    sheet.put(row, 22, f"=IF(AND(ISNUMBER(I{row}),ISNUMBER(H{row})),H{row},0)", "note", float(one.points))
    sheet.put(row, 23, f'=IF(ISNUMBER(J{row}),{order},"")', "note", "")
    for column, text in enumerate((scored.project.name, one.level3, target, one.actual, one.sentence[:40]), 24):
        sheet.put(row, column, text or None, "note")


def _problems(all_scored: Sequence[Scored], found: Found, constants: Mapping[str, Any]) -> Sheet:
    first, *others = constants["problem heads"]
    sheet = Sheet(
        "问题", (7.7, 6.7, 24.7, *constants["widths"]["问题"][1:]), heads=3, frozen=(4, 2), printed=7, locked=False
    )
    _titled(sheet, "问题清单", constants, (first, "项目\n序号", "项目名称", *others), 7)
    row = 4
    for at, scored in enumerate(all_scored, 1):
        for finding in found[scored.project.code]:
            about = finding.row.level3 if finding.row else None
            texts = (
                finding.severity,
                None,
                scored.project.name,
                about,
                finding.message,
                finding.remedy,
                finding.place or None,
            )
            sheet.line(row, texts, "text")
            sheet.put(row, 2, at, "number|0")
            code = finding.row.id if finding.row else None
            sheet.line(
                row, (*[None] * 7, "查看", finding.code, scored.project.code, code, finding.file or None), "small"
            )
            row += 1
    return sheet


def write_results(all_scored: Sequence[Scored], target: Path) -> None:
    """results.csv, a row a score."""
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        made = csv.writer(file)
        made.writerow(_COLUMNS)
        for scored in all_scored:
            made.writerows(_result(scored, row) for row in scored.rows)


def _result(scored: Scored, row: Row) -> tuple[str, ...]:
    score = "" if row.score is None else f"{float(row.score):.2f}"
    completion = "" if row.completion is None else percent(row.completion)
    where = (scored.project.code, scored.project.name, row.id, row.level1, row.level2, row.level3, row.kind)
    figures = (row.target, row.actual, completion, f"{float(row.points):.2f}", score, row.state, row.rule, row.sentence)
    return (*where, *figures, row.category, row.reason, row.remedy, row.evidence)
