"""The reviewers' workbook of a project as sheets of data: 自评表, 评分依据, 计分规则, 资金支出进度, 问题, 复核意见."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from benchmarks.peers.checks import Finding
from benchmarks.peers.grounds_rows import GROUNDS, fill_grounds, graded, money_entry
from benchmarks.peers.layout import LOST, MONEY, RATE, SCORE, STATES, Colour, Sheet, figure, height, serial
from benchmarks.peers.review_sheet import review_sheet
from benchmarks.peers.scoring import CHECKPOINTS, DAY, JUDGED, LEVEL, MONTHS, NONE, ONE, YEAR, Row, Scored, grade, plain

_SCHEDULE = "'资金支出进度'!"
Constants = dict[str, Any]


def project_sheets(scored: Scored, found: Sequence[Finding], constants: Constants) -> list[Sheet]:
    """The sheets of a project's workbook, in their order."""
    made = [
        _form(scored, constants),
        _grounds(scored, constants),
        _rules(scored, constants),
        _schedule(scored, constants),
    ]
    if found:
        made.append(problem_sheet(f"问题清单　{scored.project.name}（{YEAR}年度）", scored, found, constants))
    return [*made, review_sheet(scored, found, constants)]


def _form(scored: Scored, constants: Constants) -> Sheet:
    sheet = Sheet("自评表", constants["widths"]["自评表"], upright=True, tall=1, printed=9)
    project, mark = scored.project, constants["mark"]
    sheet.over(1, (1, 9), "项目支出绩效自评表", "form_title")
    sheet.over(2, (1, 9), f"（{YEAR}年度）{mark}", "subtitle")
    sheet.put(3, 1, "项目名称", "label")
    sheet.over(3, (2, 9), project.name, "form_text")
    sheet.put(4, 1, "主管部门", "label")
    sheet.over(4, (2, 4), constants["department"], "form_text")
    sheet.put(4, 5, "实施单位", "label")
    sheet.over(4, (6, 9), project.unit_name, "form_text")
    sheet.heights |= {1: 36, 2: 22, 3: 20, 4: 28, 5: 30, **dict.fromkeys(range(6, 11), 20.0)}
    _funds(sheet, scored)
    _goal(sheet, scored)
    sheet.heads = 12
    after = _indicators(sheet, scored, constants)
    end = 5 + len(scored.rows)  # the row of the sums in 评分依据
    sheet.over(after, (1, 6), "总　　分", "label")
    sheet.put(after, 7, f"={GROUNDS}L{end}", f"number|{SCORE}", 100)
    sheet.put(after, 8, f"={GROUNDS}M{end + 3}", f"total|{SCORE}", float(scored.total))
    sheet.put(after, 9, f'="自评等级："&{GROUNDS}M{end + 4}', "total", f"自评等级：{grade(scored.total)}")
    sheet.heights |= {after: 34, after + 1: 8, after + 2: 26, after + 3: 26}
    _signatures(sheet, after + 2, scored)
    return sheet


def _funds(sheet: Sheet, scored: Scored) -> None:
    sheet.over(5, (1, 1), "项目资金\n（万元）", "label", rows=5)
    sheet.over(5, (2, 3), None, "label")
    for column, text in enumerate(
        ("年初预算数", "全年预算数\n（A）", "全年执行数\n（B）", "分值", "执行率\n（B/A）", "得分"), 4
    ):
        sheet.put(5, column, text, "label")
    first, form = scored.rows[0], scored.form
    full, spent = f"{GROUNDS}D5", f"{GROUNDS}G5"
    initial = form.number("funds.initial")
    sheet.over(6, (2, 3), "年度资金总额", "text")
    sheet.put(6, 4, figure(scored.project.budget if initial is None else initial), f"number|{MONEY}")
    for column, cell, value in ((5, full, first.wanted), (6, spent, first.value)):
        sheet.put(6, column, f'=IF(ISNUMBER({cell}),{cell},"")', f"number|{MONEY}", figure(value))
    rate = f'=IF(AND(ISNUMBER({full}),ISNUMBER({spent})),IF({full}>0,ROUND({spent}/{full},12),"—"),"—")'
    sheet.put(6, 7, f"={GROUNDS}L5", f"number|{SCORE}", 10)
    sheet.put(6, 8, rate, f"number|{RATE}", float(first.measure))
    sheet.put(6, 9, f"={GROUNDS}M5", f"number|{SCORE}", figure(first.score))
    lines = (("其中：当年财政拨款", "granted"), ("　　　上年结转资金", "carried"), ("　　　其他资金", "other"))
    for row, (label, source) in enumerate(lines, 7):
        sheet.over(row, (2, 3), label, "text")
        _by_source(sheet, row, source, scored)


def _by_source(sheet: Sheet, row: int, source: str, scored: Scored) -> None:
    form, project, first = scored.form, scored.project, scored.rows[0]
    totals = (("initial", None), ("full_year", first.wanted), ("executed", first.value))
    for column, (item, total) in enumerate(totals, 4):
        given = {name: form.number(f"funds.{item}.{name}") for name in ("granted", "carried", "other")}
        if all(part is None for part in given.values()):
            if item != "initial" or form.number("funds.initial") not in {None, project.budget}:
                continue
            given |= {"granted": project.sources[0], "other": project.sources[1]}
        part = given[source] or Fraction(0)
        value = (
            f'=IF({GROUNDS}{"DG"[column - 5]}5={plain(total)},{plain(part)},"")'
            if isinstance(total, Fraction)
            else None
        )
        sheet.put(row, column, float(part) if value is None else value, f"number|{MONEY}", float(part))
    rate = f'=IF(AND(ISNUMBER(E{row}),ISNUMBER(F{row})),IF(E{row}>0,ROUND(F{row}/E{row},4),""),"")'
    sheet.put(row, 7, "—", "centre")
    sheet.put(row, 8, rate, f"number|{RATE}", "")
    sheet.put(row, 9, "—", "centre")


def _goal(sheet: Sheet, scored: Scored) -> None:
    sheet.over(10, (1, 1), "年度\n总体\n目标", "label", rows=2)
    sheet.over(10, (2, 5), "预期目标", "label")
    sheet.over(10, (6, 9), "实际完成情况", "label")
    goal, result = scored.project.goal, scored.form.text("narrative.result")
    sheet.over(11, (2, 5), goal, "form_top")
    sheet.over(11, (6, 9), result, "form_top")
    sheet.heights |= {11: height(60, (goal, 47), (result, 50)), 12: 32}


def _indicators(sheet: Sheet, scored: Scored, constants: Constants) -> int:
    """The table of indicators from row 12; the row after it."""
    rows = scored.rows[1:]
    sheet.over(12, (1, 1), "绩效\n指标", "label", rows=len(rows) + 1)
    for column, text in enumerate(constants["form heads"], 2):
        sheet.put(12, column, text, "label")
    for column, key in ((2, _first_level), (3, _second_level)):
        _shared(sheet, column, rows, key)
    for at, row in enumerate(rows, 1):
        here = 12 + at
        sheet.put(here, 4, row.level3, "form_text")
        sheet.put(here, 5, row.target, "form_centre")
        sheet.put(here, 6, _actual(row, 5 + at), "form_centre", row.actual or NONE)
        points = "—" if row.kind == NONE else f"={GROUNDS}L{5 + at}"
        sheet.put(here, 7, points, f"number|{SCORE}", float(row.points))
        sheet.put(here, 8, f"={GROUNDS}M{5 + at}", f"number|{SCORE}", NONE if row.score is None else float(row.score))
        reason = "\n".join(part for part in (row.reason, f"改进措施：{row.remedy}" if row.remedy else "") if part)
        sheet.put(here, 9, reason or None, "form_small")
        sheet.heights[here] = height(26, (row.level3, 15.6), (row.target, 10.5), (row.actual, 10.5), (reason, 29))
    return 13 + len(rows)


def _first_level(rows: Sequence[Row], row: Row) -> tuple[str, str]:
    held = sum((other.points for other in rows if other.level1 == row.level1), Fraction(0))
    return row.level1, f"{row.level1}\n（{plain(held)}分）"


def _second_level(rows: Sequence[Row], row: Row) -> tuple[str, str]:
    del rows
    return f"{row.level1}{row.level2}", row.level2


def _shared(
    sheet: Sheet, column: int, rows: Sequence[Row], key: Callable[[Sequence[Row], Row], tuple[str, str]]
) -> None:
    """A column that neighbouring rows of one heading share."""
    at = 13
    for (_, text), run in groupby(rows, lambda row: key(rows, row)):
        count = len(list(run))
        sheet.over(at, (column, column), text, "centre", rows=count)
        at += count


def _actual(row: Row, at: int) -> str:
    """What was reported, until the figure in 评分依据 is changed."""
    said, typed, level, given = (f"{GROUNDS}{column}{at}" for column in "FGHI")
    if row.kind == NONE:
        return NONE
    if row.kind == MONTHS:
        parts = "&".join(_checkpoint(month) for month in CHECKPOINTS)
        return f'=IF(ISNUMBER({_SCHEDULE}D18),{parts},"待补充")'
    if row.kind == LEVEL:
        same = f"NOT(ISNUMBER({given}))" if row.given is None else f"{given}={plain(row.given)}"
        rate = f'IF(ISNUMBER({given})," "&TEXT(ROUND(ROUND({given}*100,9),2),"0.00")&"%","")'
        changed = f'IF({level}="","",{level}&{rate})'
        return f'=IF(AND({level}="{row.level}",{same}),{said}&"",{changed})'
    if row.kind == DAY and not isinstance(row.value, Fraction | None):
        lines = f'SUBSTITUTE(TEXT({typed},"yyyy""年""m""月""d""日"""),"年","年\n")'
        printed = f'IF({typed}={serial(row.value)},SUBSTITUTE({said}&"","年","年\n"),{lines})'
        return f'=IF(ISNUMBER({typed}),{printed},{typed}&"")'
    number = f"ROUND(ROUND(IF({typed}>=10,{typed}/100,{typed})*100,10),9)" if row.rate else f"ROUND({typed},9)"
    value = plain(row.value) if isinstance(row.value, Fraction) else ""
    unit = "" if row.kind == JUDGED else row.unit
    return f'=IF(ISNUMBER({typed}),IF({typed}={value},{said}&"",{number}&"{unit}"),{typed}&"")'


def _checkpoint(month: int) -> str:
    start = "" if month == CHECKPOINTS[0] else "\n"
    return f'"{start}{month}月底"&ROUND(ROUND({_SCHEDULE}D{6 + month}*100,9),2)&"%"'


def _signatures(sheet: Sheet, row: int, scored: Scored) -> None:
    form = scored.form
    day = form.get("narrative.date")
    said = "" if day is None else f"{day.year}年{day.month}月{day.day}日"
    given = (
        ("填报人：" + form.text("narrative.filler"), "联系电话：" + form.text("narrative.phone"), f"填报日期：{said}"),
        ("项目负责人：" + form.text("narrative.head"), "单位负责人：", "单位（盖章）："),
    )
    for at, line in enumerate(given, row):
        for text, columns in zip(line, ((1, 4), (5, 7), (8, 9)), strict=True):
            sheet.over(at, columns, text, "sign")


def _grounds(scored: Scored, constants: Constants) -> Sheet:
    project, last = scored.project, 4 + len(scored.rows)
    sheet = Sheet("评分依据", constants["widths"]["评分依据"], heads=4, frozen=(5, 3), printed=17, hidden=(5,))
    sheet.filtered = f"A4:S{last}"
    sheet.over(1, (1, 17), f"评分依据　{project.name}（{YEAR}年度）{constants['mark']}", "title")
    unit = f"实施单位：{project.unit} {project.unit_name}"
    where = f"评分规则：{constants['rules title']}，各条见“计分规则”"
    sheet.over(2, (1, 17), f"项目编码：{project.code}　{unit}　{where}", "plain")
    sheet.over(3, (1, 17), constants["grounds note"], "note")
    sheet.line(4, constants["grounds heads"], "head")
    sheet.heights |= {1: 27, 2: 18.75, 3: 18, 4: 30}
    order = {kind: f"第{at}条" for at, kind in enumerate(dict.fromkeys(row.kind for row in scored.rows), 1)}
    fill_grounds(sheet, scored, order, constants)
    _sums(sheet, last, scored)
    sheet.colours += [Colour(f"O5:O{last}", look, text) for text, look in STATES]
    sheet.colours += [Colour(f"{c}5:{c}{last}", "lost", formula="AND(ISNUMBER($N5),$N5>0)") for c in "MN"]
    return sheet


def _sums(sheet: Sheet, last: int, scored: Scored) -> None:
    """The sums, the most that can be reached, what is open, total and grade below the rows."""
    end, points, scores = last + 1, f"$L$5:$L${last}", f"$M$5:$M${last}"
    total, lost = float(scored.total), float(sum(row.lost for row in scored.rows))
    for column, result, look in (("L", 100, SCORE), ("M", total, SCORE), ("N", lost, LOST)):
        formula = f"=ROUND(SUM(${column}$5:${column}${last}),2)"
        sheet.put(end, "ABCDEFGHIJKLMN".index(column) + 1, formula, f"sum|{look}", result)
    open_points = f'SUMIF({scores},"待补充",{points})+SUMIF({scores},"错误",{points})'
    opened = f'COUNTIF({scores},"待补充")+COUNTIF({scores},"错误")'
    ranged = f'TEXT(M{end},"0.00")&" – "&TEXT(M{end + 1},"0.00")'
    lines = (
        ("最高可得分", f"=ROUND(M{end}+({open_points})+MAX(0,100-L{end}),2)", SCORE),
        ("未评分指标数", f"={opened}", "0"),
        ("总分", f"=IF(AND(M{end + 2}=0,L{end}=100),M{end},{ranged})", SCORE),
        ("等级", f'=IF(ISNUMBER(M{end + 3}),{graded(f"M{end + 3}")},"待定")', SCORE),
    )
    sheet.over(end, (10, 11), "合计", "total")
    for row, (label, formula, pattern) in enumerate(lines, end + 1):
        sheet.over(row, (10, 11), label, "total")
        sheet.over(row, (13, 15), formula, f"total|{pattern}")
    sheet.heights |= dict.fromkeys(range(end, end + 5), 20.25)


def _rules(scored: Scored, constants: Constants) -> Sheet:
    """The rules that the project uses, numbered as they first occur."""
    widths = constants["widths"]["计分规则"]
    sheet = Sheet("计分规则", widths, heads=3, frozen=(4, 1), printed=5)
    sheet.over(1, (1, 5), f"本项目用到的计分规则　{scored.project.name}（{YEAR}年度）{constants['mark']}", "title")
    sheet.over(2, (1, 5), f"评分规则：{constants['rules title']}", "plain")
    sheet.line(3, constants["rules heads"], "head")
    sheet.heights |= {1: 27, 2: 18.75, 3: 30}
    for row, values in enumerate(_used(scored, constants), 4):
        sheet.line(row, values, "small")
        sheet.heights[row] = height(43.5, *zip(values, widths, strict=True))
    return sheet


def _used(scored: Scored, constants: Constants) -> Iterator[list[str]]:
    kinds = list(dict.fromkeys(row.kind for row in scored.rows))
    for at, kind in enumerate(kinds, 1):
        name, *texts = constants["rules"][kind]
        yield [f"第{at}条　{name}", *texts]
    for name, *texts in constants["closing rules"]:
        if name != "完成档次":
            yield [name, *texts]
        elif LEVEL in kinds:
            yield [f"{name}（第{kinds.index(LEVEL) + 1}条）", *texts]


def _schedule(scored: Scored, constants: Constants) -> Sheet:
    project, full, spent = scored.project, f"{GROUNDS}D5", f"{GROUNDS}G5"
    sheet = Sheet(
        "资金支出进度", constants["widths"]["资金支出进度"], upright=True, frozen=(7, 2), printed=9, chart="A21"
    )
    sheet.over(1, (1, 9), f"资金支出进度{constants['mark']}", "title")
    sheet.over(2, (1, 9), f"{project.name}（{YEAR}年度）　项目编码：{project.code}", "plain")
    first = scored.rows[0]
    rate = f'=IF(AND(ISNUMBER({full}),ISNUMBER({spent})),IF({full}>0,ROUND({spent}/{full},12),"—"),"—")'
    for column, label in ((1, "全年预算数"), (4, "全年执行数"), (7, "执行率")):
        sheet.put(4, column, label, "label")
    sheet.put(4, 2, f'=IF(ISNUMBER({full}),{full},"待补充")', f"number|{MONEY}", figure(first.wanted))
    sheet.put(4, 5, f'=IF(ISNUMBER({spent}),{spent},"待补充")', f"number|{MONEY}", figure(first.value))
    sheet.put(4, 8, rate, f"number|{RATE}", float(first.measure))
    sheet.line(6, constants["schedule heads"], "head")
    for month in range(1, 13):
        _month(sheet, month, scored)
    note = "节点得分率 = 累计支付比例 ÷ 计划比例，最高100%；只计算设有计划的节点。"
    assumed = "绩效文本中12月底的计划是空白的，按100%计。" if project.assumed else ""
    sheet.over(19, (1, 9), note + assumed, "note")
    sheet.heights |= {1: 27, 2: 18.75, 3: 6, 4: 21.75, 6: 30, **dict.fromkeys(range(7, 19), 20.25), 19: 18}
    sheet.colours.append(Colour("I7:I18", "behind", "未达计划"))
    return sheet


def _month(sheet: Sheet, month: int, scored: Scored) -> None:
    row, so_far, budget = 6 + month, sum(scored.paid[:month], Fraction(0)), scored.rows[0].wanted
    assert isinstance(budget, Fraction)
    span = f"$B$7:$B${row}"
    sheet.put(row, 1, f"{month}月", "centre")
    sheet.put(row, 2, float(scored.paid[month - 1]), f"typed|{MONEY}")
    known = f'=IF(COUNT({span})={month},ROUND(SUM({span}),9),"待补充")'
    sheet.put(row, 3, known, f"number|{MONEY}", float(so_far))
    both = f"AND(ISNUMBER(C{row}),ISNUMBER(B4))"
    share = f'=IF({both},IF(B4>0,ROUND(C{row}/B4,12),"—"),"待补充")'
    sheet.put(row, 4, share, f"number|{RATE}", float(so_far / budget))
    sheet.entries.append(money_entry(f"B{row}"))
    plan = scored.project.plan.get(month)
    if plan is None:
        if month in CHECKPOINTS:
            sheet.put(row, 9, "未设计划", "centre")
        return
    behind = max(Fraction(0), plan * budget - so_far)
    kept = f"ROUND(IF(E{row}=0,1,MIN(1,C{row}/B4/E{row})),12)"
    planned = f'=IF(ISNUMBER(B4),IF(B4>0,ROUND(E{row}*B4,9),"—"),"待补充")'
    short = f'=IF({both},IF(B4>0,ROUND(MAX(0,E{row}*B4-C{row}),9),"—"),"待补充")'
    sheet.put(row, 5, float(plan), f"sum|{RATE}")
    sheet.put(row, 6, planned, "sum|#,##0.00", float(plan * budget))
    sheet.put(row, 7, short, "sum|#,##0.00", float(behind))
    sheet.put(
        row, 8, f'=IF({both},IF(B4>0,{kept},"—"),"待补充")', f"sum|{RATE}", float(min(ONE, so_far / budget / plan))
    )
    verdict = "未达计划" if behind >= Fraction(1, 100) else "达到计划"
    sheet.put(row, 9, f'=IF(ISNUMBER(G{row}),IF(G{row}>=0.01,"未达计划","达到计划"),G{row})', "total", verdict)


def problem_sheet(title: str, scored: Scored, found: Sequence[Finding], constants: Constants) -> Sheet:
    widths = constants["widths"]["问题"]
    sheet = Sheet("问题", widths, heads=3, frozen=(4, 2), printed=5, locked=False)
    sheet.over(1, (1, 5), f"{title}{constants['mark']}", "title")
    sheet.line(3, constants["problem heads"], "head")
    sheet.heights |= {1: 27, 2: 6, 3: 32}
    for at, finding in enumerate(found, 4):
        texts = (finding.severity, finding.row.level3 if finding.row else None, finding.message, finding.remedy)
        look = "查看" if finding.row else None
        code = finding.row.id if finding.row else None
        sheet.line(at, (*texts, finding.place or None), "text")
        if finding.row is not None:
            sheet.put(at, 6, look, "link")
            sheet.links.append((at, 6, f"#{GROUNDS}M{5 + scored.rows.index(finding.row)}"))
        sheet.line(at, (*[None] * 6, finding.code, scored.project.code, code, finding.file or None), "small")
        sheet.heights[at] = height(24, *((text or "", width) for text, width in zip(texts, widths, strict=False)))
    return sheet
