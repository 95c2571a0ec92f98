"""What a form prints around what is typed: where that was changed, nobody knows what the typed values answer.

The hidden ids stay behind when the visible cells are sorted, cut or pasted, and a unit may be changed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from selfeval.domain.problems import Problem, problem
from selfeval.domain.reported import ACTUAL_ITEMS, SCORED_ITEMS
from selfeval.forms.identity import FINGERPRINT, TARGET, fingerprint
from selfeval.forms.reading.amount_units import is_plain_unit, is_remark
from selfeval.forms.reading.expected import Expected
from selfeval.forms.reading.form import Form, form_command
from selfeval.forms.reading.printed_amounts import AMOUNT_LABELS, LABEL, amounts_printed_otherwise, is_label
from selfeval.forms.reading.spelling import bare, is_other_code, usual_target
from selfeval.packages.columns import letters

_NAME, _HINT = "level3", "hint"
_LINE, _ENDS = "\n", "。.;；"
_HEAD = ("status", "level")
"""The columns of the label of the code in the head of a form, and of the code itself."""
_HEAD_YEAR = re.compile(r"自评填报表（(\d{4})年度）")
_SCALED = re.compile(r"\d[十百千万亿]+元")
_HINT_UNIT = re.compile(r"单位[:：]?(?P<unit>[^\s，,。；;（(]+)")


@dataclass(frozen=True)
class Printed:
    """What is printed otherwise than it was sent out: beside which rows, above which columns, or around amounts."""

    rows: Mapping[str, Problem]
    columns: Mapping[str, Problem]
    amounts: Problem | None

    @property
    def problems(self) -> list[Problem]:
        """What is to be told of it."""
        return [*([] if self.amounts is None else [self.amounts]), *self.columns.values(), *self.rows.values()]

    def doubts(self, row: Expected, column: str) -> bool:
        """Whether nobody knows what is meant by a cell that a score is made of."""
        return row.row in self.rows or (column in self.columns if row.indicator else self.amounts is not None)


def printed_otherwise(form: Form, expected: Sequence[Expected]) -> Printed:
    """What a form prints otherwise than it was sent out."""
    rows = {row.row: found for row in expected if (found := _asks_otherwise(form, row)) is not None}
    answered = any(row.indicator in form.ids.rows for row in expected if row.indicator)
    columns = dict(_titled_otherwise(form)) if answered else {}
    return Printed(rows, columns, amounts_printed_otherwise(form, _year(form)))


def of_another(form: Form) -> Problem | None:
    """The problem of a form whose visible head names another project or year than its hidden one, as when pasted."""
    labels, codes = (next(iter(form.ids.columns.get(column, ())), None) for column in _HEAD)
    for row in form.unnamed:
        texts = (text for _, text in form.grid.texts(row))
        year = next((found[1] for text in texts if (found := _HEAD_YEAR.search(text))), form.year)
        code = form.project
        if labels is not None and codes is not None and bare(form.grid.label(row, labels)) == "项目编码":
            code = bare(form.grid.label(row, codes)) or code
        if year != form.year or is_other_code(code, form.project):
            facts = {"found": f"{code}（{year}年）", "own": f"{form.project}（{form.year}年）"}
            return problem("E343", form.place, **facts, command=form_command(form.year, form.project))
    return None


def _asks_otherwise(form: Form, row: Expected) -> Problem | None:
    """The problem of a row beside which another question than its own is printed."""
    if row.row not in form.ids.rows or not {_NAME, LABEL, TARGET} <= form.ids.columns.keys():
        return None
    if row.indicator:
        name, target, hint = (form.said(row.row, column) for column in (_NAME, TARGET, _HINT))
        printed = f"{name.partition(_LINE)[0]} {target}"
        column = _NAME if usual_target(target) == usual_target(row.target) else TARGET
        sound = _is_asked(form, row, name, target)
        if sound and not _in_unit(hint, target, name):
            sound, printed, column = False, hint, _HINT
    else:
        printed, column = form.said(row.row, LABEL), LABEL
        own = AMOUNT_LABELS.get(row.row)
        sound = own is None or is_label(printed, own, _year(form))
    if sound:
        return None
    facts = {"row": form.ids.rows[row.row][0] + 1, "what": row.name, "found": printed}
    place = form.place.at(indicator=row.indicator, cell=form.at(row.row, column).cell)
    return problem("E340", place, **facts, command=form_command(form.year, form.project))


def _is_asked(form: Form, row: Expected, name: str, target: str) -> bool:
    """Whether the name and target printed are the indicator's own, or its own name with the target it was made from.

    Where an indicator was put in between, or two changed places, the ids are those of others than were asked about.
    """
    if bare(row.level3).rstrip(_ENDS) not in bare(name):
        return False
    own = form.said(row.row, FINGERPRINT)
    if own in {"", row.fingerprint}:
        return usual_target(target) == usual_target(row.target)
    return own == fingerprint(row.level3, target)


def _in_unit(hint: str, target: str, name: str) -> bool:
    """Whether a hint names the unit of the target beside it, or of the indicator's name, or none."""
    said = _HINT_UNIT.search(bare(hint))
    if said is None:
        return True
    unit, around = usual_target(said["unit"]), f"{usual_target(target)}{bare(name)}"
    if "/" in unit:  # 元/人·年 for 人/年/元, as people write it
        return {*unit} <= {*around, *"/·"}
    return unit in around and not (unit == "元" and _SCALED.search(around))


def _titled_otherwise(form: Form) -> Iterator[tuple[str, Problem]]:
    """The columns of answers that some line of headings calls otherwise, or none calls by name, with their problems."""
    heads = {
        column: [bare(form.grid.label(row, form.ids.columns[column][0])) for row in form.unnamed]
        for column in ACTUAL_ITEMS
        if column in SCORED_ITEMS and column in form.ids.columns
    }
    year = _year(form)
    titled = {
        column: [text != "" and _is_title(text, column, year) for text in texts] for column, texts in heads.items()
    }
    lines = sorted({at for found in titled.values() for at, is_it in enumerate(found) if is_it})
    for column, found in titled.items():
        wrong = [at for at in lines if not found[at]]
        if wrong or not lines:
            text = heads[column][wrong[0]] if wrong else ""
            facts = {
                "what": f"{letters(form.ids.columns[column][0])}列的标题",
                "found": f"是“{text}”" if text else "没有了",
                "own": f"“{ACTUAL_ITEMS[column]}”",
            }
            yield column, problem("E341", form.place, **facts, command=form_command(form.year, form.project))


def _is_title(text: str, column: str, year: int) -> bool:
    """Whether a text is the heading of a column, with nothing around it that may change its numbers."""
    before, title, behind = text.partition(ACTUAL_ITEMS[column])
    said = behind.strip("*※").strip("（()）")
    return (
        bool(title) and is_remark(before.strip("*※"), year) and (is_plain_unit(said, column) or is_remark(said, year))
    )


def _year(form: Form) -> int:
    return int(form.year) if form.year.isdecimal() else 0
