"""复核意见: each score with what is doubtful about it, the verdict of a reviewer beside it, and three boxes to sign."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.peers.checks import Finding
from benchmarks.peers.grounds_rows import GROUNDS, graded
from benchmarks.peers.layout import RATE, SCORE, STATES, Colour, Entry, Sheet, Value, height
from benchmarks.peers.scoring import EXECUTION, NONE, YEAR, Row, Scored, grade

_VERDICTS = (("认可", "green"), ("调整", "attention"), ("退回", "error"))
_BOXES = ((2, 5, "单位意见"), (6, 8, "主管部门审核意见"), (9, 13, "财政部门审核意见"))


def review_sheet(scored: Scored, found: Sequence[Finding], constants: Mapping[str, Any]) -> Sheet:
    """The sheet, its formulas on the verdicts from ``constants``."""
    widths = constants["widths"]["复核意见"]
    sheet = Sheet("复核意见", widths, heads=11, frozen=(12, 3), printed=13, hidden=(1,), hidden_rows=(1, 2, 3, 4))
    _identity(sheet, scored, constants)
    general = [_line(finding) for finding in found if finding.row is None]
    first = 12 + bool(general)
    last = first + len(scored.rows) - 1
    _top(sheet, scored, constants, last + 1)
    sheet.line(11, (None, *constants["review heads"]), "head")
    if general:
        sheet.over(12, (2, 13), "\n".join(["项目整体的复核关注事项：", *general]), "small")
        sheet.heights[12] = 14.25 * (1 + len(general)) + 4
    for at, row in enumerate(scored.rows):
        _row(sheet, first + at, 5 + at, row, [finding for finding in found if finding.row is row], constants)
    _sum(sheet, first, last, scored)
    _boxes(sheet, last + 3)
    sheet.colours += [Colour("G9", look, text) for text, look in _VERDICTS]
    sheet.colours += [Colour(f"G{first}:G{last}", look, text) for text, look in _VERDICTS]
    sheet.colours += [Colour(f"E{first}:E{last}", look, text) for text, look in STATES]
    lost = f"AND(ISNUMBER($D{first}),$D{first}<$C{first})"
    sheet.colours.append(Colour(f"D{first}:D{last}", "lost", formula=lost))
    return sheet


def _identity(sheet: Sheet, scored: Scored, constants: Mapping[str, Any]) -> None:
    sheet.line(1, constants["review ids"], "note")
    told = "|".join(f"{row.id}{row.target}{row.actual}{row.points}{row.score}{row.state}" for row in scored.rows)
    known = (("meta.year", str(YEAR)), ("meta.project", scored.project.code))
    for at, (name, value) in enumerate(
        (*known, ("meta.fingerprint", hashlib.sha256(told.encode()).hexdigest()[:16])), 2
    ):
        sheet.line(at, (name, value), "note")


def _top(sheet: Sheet, scored: Scored, constants: Mapping[str, Any], end: int) -> None:
    """The title, the figures of the whole project, and how to fill the sheet in; ``end`` is the row of the sums."""
    project, total = scored.project, f"L{end}"
    sheet.over(5, (2, 13), f"复核意见（{YEAR}年度）{constants['mark']}", "title")
    sheet.over(6, (2, 13), f"{project.name}　（{project.code}）　{project.unit_name}", "plain")
    both = f"AND(ISNUMBER(B8),ISNUMBER({total}))"
    rate = f'=IF({both},IF({total}>0,ROUND((B8-{total})/{total},6),"—"),"—")'
    figures: tuple[tuple[int, int, str, str, str], ...] = (
        (2, 2, "自评总分", f"={GROUNDS}M{5 + len(scored.rows) + 3}", f"total|{SCORE}"),
        (3, 5, "复核总分", f"={total}", f"total|{SCORE}"),
        (6, 6, "自评 − 复核（分）", f'=IF({both},ROUND(B8-{total},2),"—")', f"total|{SCORE}"),
        (7, 8, "自评复核偏差率", rate, f"total|{RATE}"),
        (9, 9, "复核等级", f'=IF(ISNUMBER({total}),{graded(total)},"待定")', "total"),
    )
    own = float(scored.total)
    results: tuple[Value, ...] = (own, own, 0, 0, grade(scored.total))
    for (start, stop, label, formula, look), result in zip(figures, results, strict=True):
        sheet.over(7, (start, stop), label, "label")
        if start == stop:
            sheet.put(8, start, formula, look, result)
        else:
            sheet.over(8, (start, stop), formula, look)
    for row in (7, 8):
        sheet.over(row, (10, 13), None, "note")
    sheet.put(9, 1, "whole", "note")
    sheet.over(9, (2, 6), "整个项目的复核结论", "label")
    sheet.put(9, 7, None, "typed_text")
    sheet.over(9, (8, 9), "复核人和复核日期", "label")
    sheet.over(9, (12, 13), None, "label")
    sheet.over(10, (2, 13), constants["review note"], "note")
    sheet.entries += [_verdict("G9"), Entry("J9", "any"), _day("K9")]
    sheet.heights |= {5: 30, 6: 20.25, 7: 20.25, 8: 24, 9: 24, 10: 30, 11: 30}


def _verdict(cell: str) -> Entry:
    return Entry(cell, "list", "复核意见", "请选“认可”“调整”或“退回”", tuple(text for text, _ in _VERDICTS))


def _day(cell: str) -> Entry:
    return Entry(cell, "date", "填日期", "写全年月日，如2025-03-01。")


def _row(sheet: Sheet, here: int, there: int, row: Row, found: Sequence[Finding], constants: Mapping[str, Any]) -> None:
    name = row.level3 if row.kind == EXECUTION else f"{row.level2}：{row.level3}"
    doubts = "\n".join(_doubts(row, found))
    sheet.put(here, 1, row.id, "note")
    sheet.put(here, 2, name, "small")
    score = NONE if row.score is None else float(row.score)
    sheet.put(here, 4, f"={GROUNDS}M{there}", f"number|{SCORE}", score)
    sheet.put(here, 5, f"={GROUNDS}O{there}", "centre", row.state)
    sheet.put(here, 6, doubts or None, "small")
    sheet.heights[here] = height(26.25, (name, 24), (doubts, 49))
    if row.kind == NONE:
        for column in (3, *range(7, 14)):
            sheet.put(here, column, "—", "centre")
        return
    sheet.put(here, 3, f"={GROUNDS}L{there}", f"number|{SCORE}", float(row.points))
    for column, look in ((7, "typed_text"), (8, f"typed|{SCORE}"), (9, "typed_left"), (10, "typed_text")):
        sheet.put(here, column, None, look)
    sheet.put(here, 11, None, "typed|yyyy-mm-dd")
    sheet.put(here, 12, constants["review score"].replace("{r}", str(here)), f"number|{SCORE}", score)
    sheet.put(here, 13, constants["review hint"].replace("{r}", str(here)), "warn", "")
    sheet.entries.append(_verdict(f"G{here}"))
    sheet.entries.append(Entry(f"H{here}", "decimal", "调整得分", "请填0到分值之间的数", most=f"=C{here}"))
    sheet.entries.append(_day(f"K{here}"))


def _line(finding: Finding) -> str:
    return f"{finding.severity} {finding.code}：{finding.message}"


def _doubts(row: Row, found: Sequence[Finding]) -> Iterator[str]:
    if row.lost > 0:
        reason = row.sentence if row.kind == EXECUTION else row.reason
        yield f"失{float(row.lost):.2f}分：{reason or '未填写偏差原因'}"
        if row.remedy:
            yield f"改进措施：{row.remedy}"
    yield from map(_line, found)
    if row.kind not in {EXECUTION, NONE}:
        yield f"佐证材料：{row.evidence or '未填写'}"


def _sum(sheet: Sheet, first: int, last: int, scored: Scored) -> None:
    end, final = last + 1, f"$L${first}:$L${last}"
    for column in (2, *range(5, 12), 13):
        sheet.put(end, column, "合计" if column == 2 else None, "total")
    for column, letter, result in ((3, "C", 100.0), (4, "D", float(scored.total))):
        formula = f"=ROUND(SUM(${letter}${first}:${letter}${last}),2)"
        sheet.put(end, column, formula, f"total|{SCORE}", result)
    opened = f'COUNTIF({final},"待补充")+COUNTIF({final},"错误")=0'
    settled = f'=IF(AND({opened},C{end}=100),ROUND(SUM({final}),2),"待补充")'
    sheet.put(end, 12, settled, f"total|{SCORE}", float(scored.total))
    sheet.heights |= {end: 24, end + 1: 8.25}


def _boxes(sheet: Sheet, top: int) -> None:
    sheet.put(top + 1, 1, "opinion", "note")
    signed = (None, "负责人（签字）：", "（盖章）　　　　　　　年　　月　　日")
    for start, stop, label in _BOXES:
        sheet.over(top, (start, stop), label, "label")
        for at, (text, look) in enumerate(zip(signed, ("box", "open", "open"), strict=True), top + 1):
            sheet.over(at, (start, stop), text, look)
    sheet.heights |= {top: 20.25, top + 1: 120, top + 2: 24, top + 3: 24}
