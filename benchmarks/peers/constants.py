"""What no project changes, taken once from workbooks that selfeval made: ``python -m benchmarks.peers.constants``.

Texts that it would be silly to type again: column widths, headings, the rows of 计分规则, notes, the two long formulas
of a reviewer's row (with the row number left open), where a rule stands in the YAML; and from the rulebook the readings
fixed for single indicators. No figure, answer or score of a project is taken.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.domain.kinds import KINDS

_CLOSING = ("分值构成", "完成档次", "等级")


def constants(workspace: Path, made: Path) -> dict[str, Any]:
    """The constants of the workbooks below ``made``, which selfeval wrote for ``workspace``."""
    found: dict[str, Any] = {"widths": {}, "references": {}, "rules": {}}
    for path in sorted(made.glob("*/*_自评表.xlsx")):
        _take(load_workbook(path), found)
    rules = yaml.safe_load((workspace / "rules" / "2024.yaml").read_text(encoding="utf-8"))
    fixed = rules["overrides"]
    found["overrides"] = {
        one["indicator"]: [KINDS[one["kind"]].label, str(one.get("target", "")), _said(one)] for one in fixed
    }
    found["rules title"] = rules["title"]
    return found


def _said(fixed: dict[str, Any]) -> str:
    reading = f"指标值识别说明：按“{fixed['target']}”识别。" if "target" in fixed else ""
    return f"指标值由财务部门在规则文件中单独指定（{fixed['because']}）。{reading}"


def _take(book: Workbook, found: dict[str, Any]) -> None:
    for sheet in book.worksheets:
        if sheet.title not in found["widths"]:
            found["widths"][sheet.title] = _widths(sheet)
            found |= _texts(sheet)
    grounds, rules = book["评分依据"], book["计分规则"]
    for _, rule in _ruled(grounds):
        found["references"].setdefault(rule[0], rule[1])
    used = list(dict.fromkeys(kind for kind, _ in _ruled(grounds)))
    rows = [list(row[:6]) for row in rules.iter_rows(min_row=4, values_only=True)]
    for kind, row in zip(used, rows, strict=False):
        found["rules"][kind] = [str(row[0]).partition("　")[2], *row[1:]]
    closing = [[str(row[0]).partition("（")[0], *row[1:]] for row in rows[len(used) :]]
    if len(closing) > len(found.get("closing rules", ())):
        found["closing rules"] = closing


def _ruled(grounds: Worksheet) -> Iterator[tuple[str, tuple[str, str]]]:
    """The kind of each row, with the name of its rule and where that stands."""
    for row in grounds.iter_rows(min_row=5, values_only=True):
        text = str(row[18] or "")
        kind, _, rest = text.partition("　")
        if not row[1]:
            continue
        rule = rest.partition("\n")[0].replace("单独指定", f"override{kind}")
        yield (kind, (rule, text)) if rest else ("预算执行率", ("execution", text))


def _widths(sheet: Worksheet) -> list[float]:
    """The width of each column; a run of equal ones is stored under the first."""
    widths: list[float] = []
    for at in range(1, sheet.max_column + 1):
        letter = get_column_letter(at)
        known = letter in sheet.column_dimensions
        widths.append(sheet.column_dimensions[letter].width if known else widths[-1])
    return widths


def _texts(sheet: Worksheet) -> dict[str, Any]:
    def row(at: int) -> list[Any]:
        return [cell.value for cell in sheet[at]]

    if sheet.title == "自评表":
        mark = str(sheet["A2"].value).partition("）")[2]
        return {"mark": mark, "department": sheet["B4"].value, "form heads": row(12)[1:]}
    if sheet.title == "评分依据":
        return {"grounds heads": row(4), "grounds note": sheet["A3"].value}
    if sheet.title == "复核意见":
        texts = {"review heads": row(11)[1:], "review note": sheet["B10"].value, "review ids": row(1)}
        return texts | {"review score": _left_open(sheet["L12"]), "review hint": _left_open(sheet["M12"])}
    heads = {"计分规则": ("rules heads", 3), "资金支出进度": ("schedule heads", 6), "问题": ("problem heads", 3)}
    return {heads[sheet.title][0]: row(heads[sheet.title][1])}


def _left_open(cell: Any) -> str:  # noqa: ANN401 - a cell or a merged one
    """A formula with its own row number left open."""
    return re.sub(rf"\b([A-Z]){cell.row}\b", r"\1{r}", str(cell.value))


def main() -> None:
    """Write the constants of WORKSPACE, scored into MADE, to a file."""
    workspace, made, target = map(Path, sys.argv[1:4])
    target.write_text(json.dumps(constants(workspace, made), ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
