"""What a workbook stores is what it calculates: in every kind and state, at ties, and after changes."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from selfeval.domain.measures.measure import PENDING
from selfeval.domain.scored import State
from selfeval.packages.columns import letters
from selfeval.rulebook.loading import load
from selfeval.workbooks.grounds_sheet import COLUMNS
from selfeval.workbooks.scored_row import STATED
from tests.domain.rules import rulebook_2024
from tests.recalculation.engine import Calculator
from tests.workbooks.sample import (
    BENEFIT,
    HOSTILE,
    MET,
    OUTPUT,
    PARTLY,
    PROJECTS_OF_THE_YEAR,
    SATISFACTION,
    Indicator,
    Project,
    Year,
    hostile_project,
    score_year,
)

pytestmark = pytest.mark.xdist_group("libreoffice")


def workbooks(year: Year, folder: Path) -> list[Path]:
    """The workbooks of a year as files."""
    files = []
    for project in year.scored.projects.frame["project"]:
        file = folder / f"{project}.xlsx"
        file.write_bytes(year.workbook(project))
        files.append(file)
    return files


def test_every_kind_and_state_comes_out_again(calculator: Calculator, tmp_path: Path) -> None:
    year = score_year()
    summary = tmp_path / "汇总.xlsx"
    summary.write_bytes(year.summary())
    books = calculator.recalculate([*workbooks(year, tmp_path), summary])
    assert all(book.count > 40 for book in books)
    assert [difference for book in books for difference in book.differences] == []


def test_points_left_out_of_the_form_are_converted_in_the_sheets_too(calculator: Calculator, tmp_path: Path) -> None:
    year = score_year(rules=replace(rulebook_2024(), not_applicable="whole_form"))
    assert year.scored.projects.frame["total"].iloc[0] != 0
    summary = tmp_path / "汇总.xlsx"
    summary.write_bytes(year.summary())
    books = calculator.recalculate([*workbooks(year, tmp_path), summary])
    assert [difference for book in books for difference in book.differences] == []


def near_ties(target: int, chance: random.Random, *, monthly: bool) -> list[Indicator]:
    """Ten indicators whose scores lie at a rounding tie or one unit beside it; ``monthly``: and one of payments."""
    rows = []
    points = 454 if monthly else 500
    for _ in range(10):
        tie = Fraction(2 * chance.randrange(1, points) + 1, 2 * points)
        actual = int(tie * target) + chance.choice([-1, 0, 0, 1])
        sign = chance.choice("≥≤=")
        shown = 2 * target - actual if sign == "≤" else actual
        rows.append(
            Indicator(OUTPUT, "数量指标", "近于进位", f"{sign}{target}次", {"actual": shown, "reason": "有偏差"})
        )
    if monthly:
        rows.append(Indicator(OUTPUT, "时效指标", "按月支付", "月度时序", {"reason": "有偏差"}))
    rest = [Indicator(one, "指标", "其余", "≥60%", {"actual": "59.9999999999%"}) for one in (BENEFIT, SATISFACTION)]
    return rows + rest


def test_scores_at_and_beside_ties_are_the_exact_ones(calculator: Calculator, tmp_path: Path) -> None:
    chance = random.Random(2024)
    sizes = (3, 7, 60, 900, 7000, 10**9, 10**10, 10**11, 10**12, 10**13, 10**14)
    projects = []
    for i, size in enumerate(sizes):
        paid = [round(chance.random(), chance.choice([2, 6, 9])) for _ in range(12)]
        plan = (round(chance.random(), 2), None, round(chance.random(), 3), 1.0)
        executed = chance.choice([19.5, 0.1 + 0.2, 22.589999, 1e-5])
        budget = chance.choice([22.59, 1e10, 3.0])
        rows = near_ties(size, chance, monthly=i % 2 == 1)
        projects.append(Project(f"T{i:02}", "进位", rows, full_year=budget, executed=executed, paid=paid, plan=plan))
    books = calculator.recalculate(workbooks(score_year(projects), tmp_path))
    assert [difference for book in books for difference in book.differences] == []


CHANGES: Sequence[tuple[int, Mapping[str, float | str], Mapping[str, object]]] = (
    (1, {"actual_value": 6999}, {"actual": 6999}),
    (2, {"actual_value": 900}, {"actual": 900}),
    (3, {"actual_value": 14}, {"actual": 14}),
    (5, {"actual_value": 98.5}, {"actual": "98.5%"}),
    (6, {"actual_value": 0.888}, {"actual": "88.8%"}),
    (8, {"actual_value": 45657 + 31}, {"actual": "2025-01-31"}),
    (9, {"actual_value": 45.18}, {"actual": 45.18}),
    (10, {"actual_value": 0.0065}, {"actual": "0.65%"}),
    (12, {"level": PARTLY}, {"level": PARTLY}),
    (13, {"level": MET, "percentage": 0.85}, {"level": MET, "percentage": ("percent", 0.85)}),
    (15, {"actual_value": 7.25}, {"judged": 7.25}),
    (16, {"actual_value": 90.123456}, {"actual": 90.123456}),
)
"""Position of the indicator, columns of its row in 评分依据 to type into, and the same as a report.

A rate is typed as 98.5% (0.985 to the program), or as 98.5 into a program that leaves it so.
"""


def cell(column: str, row: int) -> str:
    """A cell of 评分依据 by the id of its column and the number of its row."""
    return f"{letters([one.id for one in COLUMNS if one.id not in STATED].index(column))}{row}"


def place(column: str, row: int) -> str:
    return f"评分依据!{cell(column, row)}"


def test_typing_a_changed_actual_gives_the_score_of_the_changed_report(calculator: Calculator, tmp_path: Path) -> None:
    before = PROJECTS_OF_THE_YEAR[0]
    paid = (2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1)
    indicators = list(before.indicators)
    edits: dict[str, float | str | bool | None] = {place("target_value", 5): 23.0, place("actual_value", 5): 22.0}
    for i, cells, answer in CHANGES:
        old = indicators[i - 1]
        indicators[i - 1] = replace(old, answer={**old.answer, **answer, "reason": "改后"})
        edits |= {place(column, 5 + i): typed for column, typed in cells.items()}
    edits |= {f"资金支出进度!B{6 + month}": amount for month, amount in enumerate(paid, start=1)}
    file = workbooks(score_year([before]), tmp_path)[0]
    seen = calculator.change(file, edits)
    changed = score_year([replace(before, indicators=indicators, full_year=23.0, executed=22.0, paid=paid)])
    for i, row in enumerate(changed.scored.indicators.frame.to_dict("records")):
        expected = "不涉及" if row["state"] == "not_applicable" else row["score"] / 100
        assert seen["评分依据"].get(cell("score", 5 + i)) == expected, row["level3"]
    total = changed.scored.projects.frame.iloc[0]
    form = list(seen["自评表"].values())
    assert total["total"] / 100 in form
    assert f"自评等级：{total['grade']}" in form
    assert "6999次" in form
    assert "2025年\n1月31日" in form
    assert f"{MET} 85.00%" in form


def test_what_cannot_be_is_open_however_it_got_there(
    calculator: Calculator, tmp_path: Path, project_root: Path
) -> None:
    rules, _ = load(project_root / "rules/national-2020.yaml", project_root)
    rows = [
        Indicator(OUTPUT, "成本指标", "总成本", "≤22万元", {"actual": 20}),
        Indicator(BENEFIT, "社会效益指标", "增长", "增长5%", {"actual": "6%"}),
        Indicator(SATISFACTION, "服务对象满意度指标", "受援群众满意度", "≥95%", {"actual": "96%"}),
    ]
    (file,) = workbooks(score_year([Project("P0001", "甲", rows)], rules), tmp_path)
    pasted = {place("actual_value", row): number for row, number in zip((6, 7, 8), (-11, -0.02, 1.2), strict=True)}
    seen = calculator.change(file, pasted)["评分依据"]
    assert [seen[cell("score", row)] for row in (6, 8)] == [PENDING, PENDING]
    assert seen[cell("state", 7)] == State.SCORED.label  # what grew may have shrunk


def test_filling_in_what_was_open_closes_the_total(calculator: Calculator, tmp_path: Path) -> None:
    year = score_year()
    file = workbooks(year, tmp_path)[1]
    numbers = {5: 20, 6: 60, 7: 95, 8: 45657, 12: 4.5}
    edits: dict[str, float | str | bool | None] = {place("actual_value", row): one for row, one in numbers.items()}
    edits |= {place("level", 10): MET, place("level", 11): MET, place("percentage", 11): 0.9}
    edits |= {f"资金支出进度!B{6 + month}": 2 for month in range(1, 13)}
    before, seen = (sheets["评分依据"] for sheets in calculator.changes(file, {}, edits))
    assert before[cell("score", 17)] == "10.00 – 100.00"
    assert before[cell("score", 18)] == "待定"
    assert not seen.get(cell("score", 16))
    assert isinstance(seen[cell("score", 17)], float)
    assert seen[cell("score", 18)] in {"优", "良"}
    assert {seen[cell("state", row)] for row in range(5, 14)} == {"已评分"}


def test_clearing_an_actual_leaves_it_open_instead_of_zero(calculator: Calculator, tmp_path: Path) -> None:
    year = score_year()
    file = workbooks(year, tmp_path)[0]
    seen = calculator.change(file, {place("actual_value", 6): None})
    assert seen["评分依据"][cell("score", 6)] == "待补充"
    assert "待补充" in seen["自评表"].values()
    assert "自评等级：待定" in seen["自评表"].values()


def test_a_share_typed_as_a_text_leaves_its_level_open(calculator: Calculator, tmp_path: Path) -> None:
    file = workbooks(score_year(), tmp_path)[0]
    edits: dict[str, float | str | bool | None] = {place("level", 18): MET, place("percentage", 18): "85%"}
    assert calculator.change(file, edits)["评分依据"][cell("score", 18)] == "待补充"


@pytest.mark.parametrize("typed", [None, "核实中"])
def test_a_score_taken_out_of_the_summary_opens_its_project(
    calculator: Calculator, tmp_path: Path, typed: str | None
) -> None:
    summary = tmp_path / "汇总.xlsx"
    summary.write_bytes(score_year().summary())
    before, after = calculator.changes(summary, {}, {"指标!I5": typed})
    total, score = (float(str(before[sheet][place])) for sheet, place in (("汇总", "I4"), ("指标", "I5")))
    points = float(str(before["指标"]["H5"]))
    assert after["汇总"]["I4"] == f"{total - score:.2f} – {total - score + points:.2f}"
    assert (after["汇总"]["J4"], after["汇总"]["L4"]) == ("待定", 1)


def test_hostile_text_does_not_change_what_is_calculated(calculator: Calculator, tmp_path: Path) -> None:
    year = score_year([hostile_project(f"H{i:03}", evil) for i, evil in enumerate(HOSTILE)])
    year.targets.projects.frame["unit_name"] = year.scored.projects.frame["unit_name"] = list(HOSTILE)
    summary = tmp_path / "汇总.xlsx"
    summary.write_bytes(year.summary())
    books = calculator.recalculate([*workbooks(year, tmp_path), summary])
    assert [difference for book in books for difference in book.differences] == []


def test_the_whole_summary_follows_a_changed_score(calculator: Calculator, tmp_path: Path) -> None:
    year = score_year()
    summary = tmp_path / "汇总.xlsx"
    summary.write_bytes(year.summary())
    before, after, closed = calculator.changes(summary, {}, {"指标!I5": 1.5}, {"指标!I31": 22.5})
    assert (before["指标"]["E5"], before["指标"]["I5"]) == ("≥7000次", 5)

    def moved(sheet: str, cell: str) -> float:
        return round(float(str(after[sheet][cell])) - float(str(before[sheet][cell])), 2)

    unit = next(row for row in range(1, 10) if str(before["分析"].get(f"A{row}")).startswith("承德"))
    assert moved("分析", f"H{unit}") == 3.5
    assert [moved("汇总", cell) for cell in ("H4", "I4", "I9", "I10")] == [-3.5] * 4
    assert (before["汇总"]["J4"], after["汇总"]["J4"]) == ("良", "良")
    told = [
        next(str(text) for text in sheets["概览"].values() if "平均得分8" in str(text)) for sheets in (before, after)
    ]
    assert "平均得分85.25分" in told[0]
    assert "平均得分81.75分" in told[1]
    # a score for an open row closes it, and moves what its project can reach
    assert (before["指标"]["I31"], before["指标"]["K31"], closed["指标"]["K31"]) == ("待补充", "待补充", "已评分")
    assert (before["汇总"]["I6"], closed["汇总"]["I6"]) == ("0.00 – 100.00", "22.50 – 100.00")
    assert (before["汇总"]["L6"], closed["汇总"]["L6"]) == (5, 4)


def test_the_ledger_and_the_lists_may_be_sorted(calculator: Calculator, tmp_path: Path) -> None:
    """What the other sheets add up is found by number, not by place."""
    summary = tmp_path / "汇总.xlsx"
    summary.write_bytes(score_year().summary())
    book = load_workbook(summary)
    sheet = book["指标"]
    first, last = 4, sheet.max_row
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(first, last)]
    for at, row in enumerate(reversed(rows)):
        for column, content in enumerate(row, start=1):
            old, new = last - at, first + at
            text = str(content)
            moved = re.sub(rf"(?<=[A-Z]){old}(?=\D|$)", str(new), text) if text.startswith("=") else content
            sheet.cell(first + at, column).value = moved
    turned = tmp_path / "turned.xlsx"
    book.save(turned)
    (before,), (after,) = calculator.changes(summary, {}), calculator.changes(turned, {})
    for name in ("汇总", "分析", "整改台账", "图表"):
        assert after[name] == before[name], name
