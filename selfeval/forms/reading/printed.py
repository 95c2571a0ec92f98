"""What a form prints around what is typed: where that was changed, nobody knows what the typed values answer.

The hidden ids stay behind when the visible cells are sorted, cut or pasted, and a unit may be changed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from selfeval.domain.funds import MONTHS
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reported import ACTUAL_ITEMS, FUND_ITEMS, SCORED_ITEMS
from selfeval.forms.identity import FINGERPRINT, TARGET, fingerprint, fund_row, payment_row
from selfeval.forms.reading.amount_units import OWN_UNIT, is_plain_unit, is_remark, units_in
from selfeval.forms.reading.expected import Expected
from selfeval.forms.reading.form import Form, form_command
from selfeval.forms.reading.grid import address
from selfeval.packages.columns import letters
from selfeval.sheets.text import clean

_NAME, _LABEL, _UNIT = "level3", "level1", "points"
_LINE = "\n"
_HEAD = ("status", "level")
"""The columns of the label of the code in the head of a form, and of the code itself."""
_HEAD_YEAR = re.compile(r"自评填报表（(\d{4})年度）")
_TITLE = re.compile(r"(?P<title>[^（()）*]+)(?:[（(](?P<said>[^（()）]*)[）)])?\*?")
_WHITE = re.compile(r"\s+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SIGNS = {">=": "≥", "=>": "≥", "≧": "≥", "⩾": "≥", "<=": "≤", "=<": "≤", "≦": "≤", "⩽": "≤", "％": "%"}
"""Other spellings of a target that mean the same."""
_LABELS = {
    **{fund_row(item): name for item, name in FUND_ITEMS.items()},
    **{payment_row(month): f"{month}月" for month in MONTHS},
}
"""What is printed before the amounts, by row."""
_IN_OWN_UNIT = re.compile(r"[（(]?万元[）)]?$")


@dataclass(frozen=True)
class Printed:
    """What is printed otherwise than it was sent out: beside which rows, above which columns, or as unit of amounts."""

    rows: Mapping[str, Problem]
    columns: Mapping[str, Problem]
    unit: Problem | None

    @property
    def problems(self) -> list[Problem]:
        """What is to be told of it."""
        return [*([] if self.unit is None else [self.unit]), *self.columns.values(), *self.rows.values()]

    def doubts(self, row: Expected, column: str) -> bool:
        """Whether nobody knows what is meant by a cell that a score is made of."""
        return row.row in self.rows or (column in self.columns if row.indicator else self.unit is not None)


def printed_otherwise(form: Form, expected: Sequence[Expected]) -> Printed:
    """What a form prints otherwise than it was sent out."""
    rows = {row.row: found for row in expected if (found := _asks_otherwise(form, row)) is not None}
    answered = any(row.indicator in form.ids.rows for row in expected if row.indicator)
    return Printed(rows, dict(_titled_otherwise(form)) if answered else {}, _measured_otherwise(form))


def of_another(form: Form) -> Problem | None:
    """The problem of a form whose visible head names another project or year than its hidden one, as when pasted."""
    labels, codes = (next(iter(form.ids.columns.get(column, ())), None) for column in _HEAD)
    for row in _rows_without_id(form):
        texts = (text for _, text in form.grid.texts(row))
        year = next((found[1] for text in texts if (found := _HEAD_YEAR.search(text))), form.year)
        code = form.project
        if labels is not None and codes is not None and _bare(form.grid.label(row, labels)) == "项目编码":
            code = _bare(form.grid.label(row, codes)) or code
        if (year, code) != (form.year, form.project):
            facts = {"found": f"{code}（{year} 年）", "own": f"{form.project}（{form.year} 年）"}
            return problem("E343", form.place, **facts, command=form_command(form.year, form.project))
    return None


def _asks_otherwise(form: Form, row: Expected) -> Problem | None:
    """The problem of a row beside which another question than its own is printed."""
    if row.row not in form.ids.rows or not {_NAME, _LABEL, TARGET} <= form.ids.columns.keys():
        return None
    if row.indicator:
        name, target = form.at(row.row, _NAME), form.at(row.row, TARGET)
        sound = _is_asked(form, row, name.text, target.text)
        printed = f"{name.text.partition(_LINE)[0]} {target.text}"
        cell = (name if _usual(target.text) == _usual(row.target) else target).cell
    else:
        label = form.at(row.row, _LABEL)
        own = _LABELS.get(row.row)
        sound = own is None or _IN_OWN_UNIT.sub("", _bare(label.text)) in {"", own}
        printed, cell = label.text, label.cell
    if sound:
        return None
    facts = {"row": form.ids.rows[row.row][0] + 1, "what": row.name, "found": printed}
    place = form.place.at(indicator=row.indicator, cell=cell)
    return problem("E340", place, **facts, command=form_command(form.year, form.project))


def _is_asked(form: Form, row: Expected, name: str, target: str) -> bool:
    """Whether the name and target printed are the indicator's own, or those of the older target it was made from."""
    if _bare(row.level3) in _bare(name) and _usual(target) == _usual(row.target):
        return True
    own = form.at(row.row, FINGERPRINT).text
    older = (fingerprint(shown, target) for shown in (name, name.rpartition("\n（")[0]))
    return own not in {"", row.fingerprint} and own in older


def _titled_otherwise(form: Form) -> Iterator[tuple[str, Problem]]:
    """The columns of answers whose own heading stands nowhere above them, each with its problem."""
    unnamed = _rows_without_id(form)
    for column in ACTUAL_ITEMS:
        if column in SCORED_ITEMS and column in form.ids.columns:
            at, title = form.ids.columns[column][0], ACTUAL_ITEMS[column]
            if not any(_is_title(_bare(form.grid.label(row, at)), column, form.year) for row in unnamed):
                facts = {"what": f"{letters(at)} 列的标题", "found": "没有了", "own": f"“{title}”"}
                yield column, problem("E341", form.place, **facts, command=form_command(form.year, form.project))


def _is_title(text: str, column: str, year: str) -> bool:
    """Whether a text is the heading of a column, with nothing behind it that may change its numbers."""
    found = _TITLE.fullmatch(text)
    if found is None or found["title"] != ACTUAL_ITEMS[column]:
        return False
    said = found["said"] or ""
    return is_plain_unit(said, column) or is_remark(said, int(year) if year.isdecimal() else 0)


def _measured_otherwise(form: Form) -> Problem | None:
    """The problem of a form that prints another unit than ours beside its amounts, or above them."""
    labels = form.ids.columns.get(_LABEL, ())
    rows = [*_rows_without_id(form), *(place for row in _LABELS for place in form.ids.rows.get(row, ()))]
    texts = [(address(row, at), form.grid.label(row, at)) for row in rows for at in labels]
    beside = [form.at(row, _UNIT) for row in _LABELS]
    units = [(cell, unit) for cell, text in texts for unit in units_in(text)]
    units += [(one.cell, unit) for one in beside for unit in units_in(one.text) or filter(None, [one.text])]
    for cell, unit in units:
        if unit != OWN_UNIT:
            facts = {"what": "金额的单位", "found": f"是“{unit}”", "own": f"“{OWN_UNIT}”"}
            return problem("E341", form.place.at(cell=cell), **facts, command=form_command(form.year, form.project))
    return None


def _rows_without_id(form: Form) -> list[int]:
    """The titles and headings, wherever they stand."""
    named = {row for rows in form.ids.rows.values() for row in rows}
    return [row for row in range(form.grid.rows) if row not in named]


def _bare(text: str) -> str:
    return _WHITE.sub("", clean(text))


def _usual(target: str) -> str:
    """A target in its usual spelling: ≥7000次 for >= 7,000次."""
    text = _THOUSANDS.sub("", _bare(target))
    for written, usual in _SIGNS.items():
        text = text.replace(written, usual)
    return text
