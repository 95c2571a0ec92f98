"""Number formats that pasting and typing bring along: the form recalculated says what the scoring says.

LibreOffice has no letter for text, for most days and for the format that cells for rates are made with. There a form
asks about a number under 文本 that the scoring takes, and takes a rate that was pasted as a day or as text.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.domain.case import cases
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.needs.selfcheck import DOUBTFUL
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring.score import score
from selfeval.forms.identity import FORM_SHEET
from selfeval.forms.reading.folder import form_path, read_forms
from selfeval.forms.writing.form import write_form
from tests.forms.forms import cells_of, open_form, saved
from tests.forms.test_readings import PROJECT, Line, agrees, targets_of
from tests.recalculation.engine import Calculator

AS_MADE, PLAIN, PERCENT, DAY = "", "General", "0.00%", "m/d/yy"
TARGETS = {
    "rate": ("质量指标", "合格率", "≥95%"),
    "small": ("质量指标", "事故率", "≤0.5%"),
    "mille": ("质量指标", "发病率", "≤5‰"),
    "count": ("数量指标", "培训次数", "≥12次"),
    "money": ("成本指标", "成本", "≤20万元"),
    "day": ("时效指标", "完成时间", "2023年12月底前"),
    "level": ("社会效益指标", "提升能力", "明显提升"),
}
TYPED: dict[str, tuple[tuple[float, ...], tuple[str, ...]]] = {
    "rate": ((0.96, 96, 1, 0.5, 9.6, 0), (AS_MADE, PLAIN, "0%", PERCENT, "0.00", "#,##0", '0.00"%"', DAY)),
    "small": ((0.003, 0.3, 0.4), (AS_MADE, PLAIN, "0.0%", "0.00")),
    "mille": ((0.003, 3), (AS_MADE, PLAIN, "0.0%", "0.00")),
    "count": ((0.12, 12, 45291), (AS_MADE, "0%", PERCENT, DAY, "yyyy-mm-dd", '0"次"', "#,##0.00", "0.00E+00")),
    "money": ((20, 0.2), (AS_MADE, "0%", "¥#,##0.00", "yyyy-mm-dd", DAY)),
    "day": ((45280, 12, 20231220, 2023.11), (AS_MADE, PLAIN, "0", "yyyy/m/d", 'yyyy"年"m"月"d"日"', DAY, "0%")),
    "level": ((0.85, 85, 1), (AS_MADE, PLAIN, "0%", "0.00", DAY)),
}
"""What stands in a cell for each, and the number formats pasted over it."""

CELLS = [(name, value, form) for name, (values, forms) in TYPED.items() for value in values for form in forms]
STRICTER = {("count", 45291, '0"次"')}
"""Where the form asks, and the scoring does not: a form does not see the unit that makes a number no day."""
FUNDS = ((20.0, AS_MADE, True), (20.0, PLAIN, True), (0.2, "0%", False), (45291.0, DAY, False), (20.0, "0.00", True))
"""What stands under 全年执行数 beside 20 万元, and whether it can be money."""


@pytest.mark.xdist_group("libreoffice")
def test_a_pasted_number_format_is_seen(rulebook: Rulebook, tmp_path: Path, calculator: Calculator) -> None:
    lines = {f"{PROJECT}-{i:03d}": Line(*TARGETS[name], "", "") for i, (name, _, _) in enumerate(CELLS)}
    targets, paths, places = targets_of(lines), list[Path](), list[list[str]]()
    for number, (executed, form, _) in enumerate(FUNDS):
        path = tmp_path / str(number) / "inputs" / form_path("U1", "单位", PROJECT, "项目")
        path.parent.mkdir(parents=True)
        path.write_bytes(write_form(next(cases(targets)), rulebook))
        book, sheet = open_form(path)
        cell_at = cells_of(sheet)
        typed = {"funds.initial": (20.0, ""), "funds.full_year": (20.0, ""), "funds.executed": (executed, form)}
        typed |= {row: (value, shown) for row, (_, value, shown) in zip(lines, CELLS, strict=True)}
        for row, (value, shown) in typed.items():
            of_level = row in lines and lines[row].level3 == TARGETS["level"][1]
            if of_level:
                cell_at(row, "level").value = rulebook.levels[0].label
            cell = cell_at(row, "percentage" if of_level else "actual")
            cell.value, cell.number_format = value, shown or cell.number_format
        rows = ("funds.executed", *lines)
        places = [[cell_at(row, at).coordinate for at in ("score", "status")] for row in rows]
        path.write_bytes(saved(book))
        paths.append(path)
    for path, says, (_, _, usable) in zip(paths, calculator.recalculate(paths), FUNDS, strict=True):
        root = path.parents[2]
        scored = score(targets, read_forms(root / "inputs", targets, root), rulebook)
        found = [[says.recalculated[FORM_SHEET][at] for at in pair] for pair in places]
        wrong = [
            (cell, row["state"], row["score"], *shown)
            for cell, row, shown in zip(
                [("executed",), *CELLS], scored.indicators.frame.to_dict("records"), found, strict=True
            )
            if cell not in STRICTER and not agrees(str(row["state"]), row["score"], *shown)
        ]
        assert wrong == [], wrong
        asked = [shown for cell, shown in zip(CELLS, found[1:], strict=True) if cell in STRICTER]
        assert asked == [[PENDING, DOUBTFUL]] * len(STRICTER)
        assert (found[0] == [PENDING, DOUBTFUL]) != usable
