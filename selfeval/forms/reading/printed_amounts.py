"""What a form prints around its amounts: their labels, their unit, and the titles above them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selfeval.domain.fund_layouts import SOURCES, source_item
from selfeval.domain.funds import MONTHS
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reported import FUND_ITEMS
from selfeval.forms.identity import ACTUAL, FUNDS_TITLE, MONTH_TITLE, PAID_TITLE, PAYMENTS_TITLE, fund_row, payment_row
from selfeval.forms.reading.amount_units import OWN_UNIT, is_remark, units_in
from selfeval.forms.reading.form import Form, form_command
from selfeval.forms.reading.grid import address
from selfeval.forms.reading.spelling import bare, usual_month

LABEL = "level1"
"""The column of what is printed before an amount."""
AMOUNT_LABELS = {
    **{fund_row(item): name for item, name in FUND_ITEMS.items()},
    **{fund_row(source_item(item, source)): name for item in FUND_ITEMS for source, name in SOURCES.items()},
    **{payment_row(month): f"{month}月" for month in MONTHS},
}
"""What is printed before the amounts, by row."""

_UNIT = "points"
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{0,3}[）)]?[、.．,，]?")
_BEGINS = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")
"""How a title begins, and a note does not."""
_MARKS = re.compile(r"[（）()【】〔〕\[\]<>《》〈〉：:，,、;；_\-—–/|*]+")
_SAYS_UNIT = re.compile(r"(?:以|均|按|金额|计量)*单位(?:均|为|是)*|^[以按]|^(?:人民币|RMB|CNY|金额)|(?:为单位|计|整)$")
_SAY_NOTHING = frozenset({"情况", "使用情况", "明细", "表", "明细表"})
_SUM = re.compile(r"(?:合计|共计?|共)?\d[\d.,]*万元")
_PAID = re.compile(rf"(?:{PAID_TITLE}|(?:本月|当月)?(?:实际)?支付(?:金额|数额?)?)(?P<said>.*)")

_QUOTED = 60
"""Characters of a title that a message quotes."""

Wrong = tuple[str, str, str, str]
"""The address, what it is, what was found, and what should stand there."""


def amounts_printed_otherwise(form: Form, year: int) -> Problem | None:
    """The problem of a form that prints another unit than ours beside its amounts, or another title above them."""
    wrong = next(_faults(form, year), None)
    if wrong is None:
        return None
    cell, what, found, own = wrong
    facts = {"what": what, "found": f"是“{found}”", "own": f"“{own}”"}
    return problem("E341", form.place.at(cell=cell), **facts, command=form_command(form.year, form.project))


def is_label(text: str, own: str, year: int) -> bool:
    """Whether a text before an amount is the label of its row, with nothing behind it but a remark or our unit."""
    label = bare(text)
    name, *behind = _MARKS.split(label, maxsplit=1)
    if usual_month(name, year) == own:
        return _says_nothing("".join(behind), year)
    return not label or (label.startswith(own) and _says_nothing(label.removeprefix(own), year))


def _faults(form: Form, year: int) -> Iterator[Wrong]:
    own_rows = [place for row in AMOUNT_LABELS for place in form.ids.rows.get(row, ())]
    # what is noted below the last amount has units of its own
    above = [row for row in form.unnamed if row < max(own_rows, default=-1)]
    for row in (*above, *own_rows):
        for at in form.ids.columns.get(LABEL, ()):
            yield from _other_units(address(row, at), units_in(form.grid.label(row, at)))
    for name in AMOUNT_LABELS:
        unit = form.said(name, _UNIT)
        if unit:
            yield from _other_units(form.at(name, _UNIT).cell, units_in(unit) or [unit])
    for row in above:
        yield from _titled_otherwise(form, row, year)


def _other_units(cell: str, units: list[str]) -> Iterator[Wrong]:
    yield from ((cell, "金额的单位", unit, OWN_UNIT) for unit in units if unit != OWN_UNIT)


def _titled_otherwise(form: Form, row: int, year: int) -> Iterator[Wrong]:
    """What is wrong in a row without an id that holds the title of a block of amounts, or the headings of payments."""
    labels = [(at, bare(form.grid.label(row, at))) for at in form.ids.columns.get(LABEL, ())]
    for at, label in labels:
        for title in (FUNDS_TITLE, PAYMENTS_TITLE):
            before, found, behind = label.partition(title)
            is_title = found and (not before or _BEGINS.match(before))
            if is_title and not (_NUMBERED.fullmatch(before) and _says_nothing(behind, year)):
                yield address(row, at), "金额的标题", label[:_QUOTED], f"{title}（{OWN_UNIT}）"
    if not any(label == MONTH_TITLE for _, label in labels):
        return
    for at in (*form.ids.columns.get(_UNIT, ()), *form.ids.columns.get(ACTUAL, ())):
        yield from _other_units(address(row, at), units_in(form.grid.label(row, at)))
    for at in form.ids.columns.get(ACTUAL, ()):
        text = bare(form.grid.label(row, at))
        paid = _PAID.fullmatch(text)
        if text and not (paid and _says_nothing(paid["said"], year)):
            yield address(row, at), "每月金额的标题", text[:_QUOTED], PAID_TITLE


def _says_nothing(behind: str, year: int) -> bool:
    """Whether what stands behind a title names our unit, or is only a remark."""
    parts = (_SAYS_UNIT.sub("", part) for part in _MARKS.split(behind))
    return all(part in {"", OWN_UNIT, *_SAY_NOTHING} or is_remark(part, year) or _SUM.fullmatch(part) for part in parts)
