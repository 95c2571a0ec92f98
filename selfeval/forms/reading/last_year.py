"""Texts of last year's forms that may serve again this year: never a number, nor a text that holds one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from selfeval.domain.case import cases
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.targets import Indicator, Targets
from selfeval.forms.identity import ACTUAL, CellPlace, narrative_row
from selfeval.forms.reading.folder import open_forms
from selfeval.forms.reading.form import Form

CARRIED = ("result", "filler", "phone", "head")
"""Items of the narrative. Reasons and remedies are not among them: last year's would pass for this year's."""


def last_texts(folder: Path, root: Path, targets: Targets) -> dict[str, dict[CellPlace, str]]:
    """What last year's forms below ``folder`` say of projects of this year, by 项目编码.

    Indicators are matched by their 三级指标, since their numbers may have moved. A phone number is carried over; any
    other text with a digit is not, because it reports a figure of last year. Files that cannot be read are left out.
    """
    promised = {case.code: case.indicators for case in cases(targets)}
    found: dict[str, list[dict[CellPlace, str]]] = {}
    for _, form in open_forms(folder, root, targets.year - 1, promised, [], []):
        if form.year == str(targets.year - 1) and form.project in promised:
            found.setdefault(form.project, []).append(dict(_texts(form, promised[form.project])))
    return {code: several[0] for code, several in found.items() if len(several) == 1 and several[0]}


def _texts(form: Form, indicators: Sequence[Indicator]) -> Iterator[tuple[CellPlace, str]]:
    """The texts of a form, by where they go."""
    before = {_name(form.at(row, "level3").text): row for row in form.ids.rows if row.startswith(f"{form.project}-")}
    narrative = ((narrative_row(item), narrative_row(item), ACTUAL) for item in CARRIED)
    evidence = ((row.indicator, before.get(_name(row.level3), ""), "evidence") for row in indicators)
    for row, old_row, column in (*narrative, *evidence):
        cell = form.at(old_row, column)
        if cell.data_type == "text" and (row == narrative_row("phone") or not _has_digit(cell.text)):
            yield (row, column), cell.text


def _name(level3: str) -> str:
    """The name of an indicator, without the description that forms print below it."""
    return normalise(level3.split("\n", maxsplit=1)[0])


def _has_digit(text: str) -> bool:
    return any(unicodedata.numeric(character, None) is not None for character in text)
