"""Whether Excel would open a workbook without offering to repair it, as far as its documented limits tell."""

from __future__ import annotations

from tests.workbooks.excel.formulas import formula_faults
from tests.workbooks.excel.looks import chart_faults, condition_faults, defined_name_faults, style_faults
from tests.workbooks.excel.package import opened, package_faults
from tests.workbooks.excel.sheets import name_faults, sheet_faults


def faults(workbook: bytes) -> list[str]:
    """Everything in a workbook that Excel would complain about; empty for a good one."""
    package = opened(workbook)
    found = [*package_faults(package), *name_faults(package)]
    for name in package.sheets():
        found += sheet_faults(package, name)
    found += formula_faults(package)
    return [
        *found,
        *style_faults(package),
        *condition_faults(package),
        *defined_name_faults(package),
        *chart_faults(package),
    ]
