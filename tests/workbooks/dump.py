"""A workbook as readable text: what every cell holds, for a golden file that a person can review."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def dump(workbook: bytes) -> str:
    """Every sheet with its merged cells, print set-up and cells: value, and the formula behind it."""
    formulas = load_workbook(BytesIO(workbook))
    values = load_workbook(BytesIO(workbook), data_only=True)
    parts = [_sheet(formulas[name], values[name]) for name in formulas.sheetnames]
    return "\n".join(parts)


def _sheet(formulas: Worksheet, values: Worksheet) -> str:
    merged = sorted(str(one) for one in formulas.merged_cells.ranges)
    setup = formulas.page_setup
    page = f"{setup.orientation} paper {setup.paperSize}, titles {formulas.print_title_rows}"
    lines = [
        f"== {formulas.title}",
        f"   {page}, area {formulas.print_area}, frozen {formulas.freeze_panes}",
        f"   merged {' '.join(merged)}",
    ]
    for row, shown in zip(formulas.iter_rows(), values.iter_rows(), strict=True):
        for cell, value in zip(row, shown, strict=True):
            if cell.value is None:
                continue
            text = repr(value.value)
            lines.append(f"{cell.coordinate} {text}" + (f"  {cell.value}" if cell.data_type == "f" else ""))
    return "\n".join(lines) + "\n"
