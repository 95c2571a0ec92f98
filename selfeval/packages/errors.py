"""Cells that show a formula error (#DIV/0!, #REF! …).

python-calamine gives such a cell as blank, so a reader that trusts it alone would take an error for an empty cell.
"""

from __future__ import annotations

import io
import zipfile

import openpyxl


def formula_errors(data: bytes) -> dict[tuple[str, str], str]:
    """The errors that cells show, by (sheet, cell): {("指标", "G2"): "#REF!"}.

    Cheap for a workbook without any: only the bytes of the sheets are looked at. The file must have passed the guard.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        if not any(b't="e"' in package.read(name) or b"t='e'" in package.read(name) for name in sheets):
            return {}
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    try:
        return {
            (page.title, cell.coordinate): str(cell.value)
            for page in book.worksheets
            for row in page.iter_rows()
            for cell in row
            if cell.data_type == "e"
        }
    finally:
        book.close()
