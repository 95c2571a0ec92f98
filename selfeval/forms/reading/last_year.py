"""Texts of last year's forms that may serve again this year: never a number, nor a text that holds one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from selfeval.domain.case import cases
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.targets import Indicator, Targets
from selfeval.forms.identity import ACTUAL, narrative_row
from selfeval.forms.reading.folder import open_forms
from selfeval.forms.reading.one_form import Form

CARRIED = ("result", "filler", "phone", "head")
"""Items of the narrative. Reasons and remedies are not among them: last year's would pass for this year's."""

Texts = dict[tuple[str, str], str]
"""Texts by the ids of row and column."""


def last_texts(folder: Path, root: Path, targets: Targets) -> dict[str, Texts]:
    """What last year's forms below ``folder`` say of projects of this year, by 项目编码.

    Indicators are matched by their 三级指标, since their numbers may have moved. A phone number is carried over; any
    other text with a digit is not, because it reports a figure of last year. Files that cannot be read are left out.
    """
    promised = {case.code: case.indicators for case in cases(targets)}
    found: dict[str, list[Texts]] = {}
    for opened in open_forms(folder, root, targets.year - 1, targets.names, []):
        form = opened.form
        if form is not None and form.year == str(targets.year - 1) and form.project in promised:
            texts = {**_narrative(form), **_evidence(form, promised[form.project])}
            found.setdefault(form.project, []).append(texts)
    return {code: several[0] for code, several in found.items() if len(several) == 1 and several[0]}


def _narrative(form: Form) -> Texts:
    found: Texts = {}
    for item in CARRIED:
        value = form.at(narrative_row(item), ACTUAL)
        if value.form == "text" and (item == "phone" or not _has_digit(value.text)):
            found[narrative_row(item), ACTUAL] = value.text
    return found


def _evidence(form: Form, indicators: Sequence[Indicator]) -> Texts:
    before = {_name(form.at(row, "level3").text): row for row in form.rows if row.startswith(f"{form.project}-")}
    found: Texts = {}
    for indicator in indicators:
        row = before.get(_name(indicator.level3))
        value = form.at(row, "evidence") if row else None
        if value is not None and value.form == "text" and not _has_digit(value.text):
            found[indicator.indicator, "evidence"] = value.text
    return found


def _name(level3: str) -> str:
    """The name of an indicator, without the description that forms print below it."""
    return normalise(level3.split("\n", maxsplit=1)[0])


def _has_digit(text: str) -> bool:
    return any(unicodedata.numeric(one, None) is not None for one in text)
