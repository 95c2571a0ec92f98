"""What units are called in the summary: by their names, with the code only where several have the same."""

from __future__ import annotations

from collections.abc import Iterable

from selfeval.domain.scored_case import Total
from selfeval.sheets.text import clean
from selfeval.workbooks.conventions import unit_label


def unit_names(projects: Iterable[Total]) -> dict[tuple[str, str], str]:
    """The name of each unit by its code and 单位名称; two that sheets would take for one have their codes with them."""
    units = dict.fromkeys((one.unit_code, one.unit_name) for one in projects)
    shown: dict[str, int] = {}
    for _, name in units:
        shown[_alike(name)] = shown.get(_alike(name), 0) + 1
    return {
        (code, name): clean(name).strip() if _alike(name) and shown[_alike(name)] == 1 else unit_label(code, name)
        for code, name in units
    }


def _alike(name: str) -> str:
    return clean(name).strip().lower()
