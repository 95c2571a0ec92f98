"""In which unit the answers of a reported table are, where a line around the table or a column says so.

Such a unit is put behind the bare numbers that it concerns, so that they are read as if it had been typed there: 7321
below 单位：万次 is 7321万次. A unit that is the target's own changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from selfeval.domain.reading.bounds import read_range
from selfeval.domain.reading.quantity import RATES, Quantity, read_quantity, unit_class
from selfeval.domain.reading.units import KNOWN, alike, convert, size_of, taken_apart
from selfeval.forms.reading.amount_units import plain_unit
from selfeval.forms.reading.grid import SheetGrid

_BRACKETS = re.compile(r"[（(［\[【][^（(［\[【）)］\]】]*[）)］\]】]|\*")
_COLUMN = re.compile(r"(?:(?:计量|度量|数量|数值|统计|金额|货币|指标值?|目标值|实际|完成值)+(?:的)?)?单位")
_REMARKS = frozenset({"备注", "说明", "备注说明"})
_STATED = re.compile(
    r"单位[均都]?[为是]?[:：]?\s*(?P<said>[^\s。；;:：（）()【】\[\]［］|]{1,30})"
    r"|[以按](?P<counted>[^\s，,。；;:：以按]{1,8}?)(?:[为作做]+(?:计量)?单位|统计|计算|填[写报列]|计)"
)
_PIECE = re.compile(r"[\s（(［\[【）)］\]】，,、;；。:：|]+")
_SPLIT = re.compile(r"[，,、和或及]|/(?!(?:年度?|月|[日天人户亩台辆期])(?:$|[，,、/和或及]))")
_DIGIT = re.compile(r"\d")
_TIMES = re.compile(r"^×[\d.,]+")
_ROUND = str.maketrans("（［[【）］]】", "(((())))")
_LONGEST_BASE, _LONGEST_LINE = 2, 200
_BEHIND = re.compile(r"(?:日期|制表|填报|编制|共|计$|等$).*")
_ORGANISATION = re.compile(r"(?!.*[个/]).{2,}[局委办院校厅府部队站馆园镇乡村道处科所会司心社区县市省股室厂]")


@dataclass(frozen=True)
class AnswerRows:
    """The sheet of the answers: its row of headings, the columns of ids and of the answers, the target of each row."""

    grid: SheetGrid
    top: int
    key: int
    answer: int
    targets: Mapping[int, str]


def answer_units(rows: AnswerRows) -> dict[int, str]:
    """The unit to put behind a bare number, by row; rows whose numbers are in the unit of their target have none."""
    own = {row: unit_of_target(target) for row, target in rows.targets.items()}
    named = _of_columns(rows, own)
    above = _of_lines(rows, own)
    found: dict[int, str] = {}
    for row, unit in own.items():
        said = named.get(row) or above.get(row, [])
        other = list(dict.fromkeys(one for one in said if unit is None or not _same(one.rstrip("？"), unit)))
        if other:
            found[row] = "、".join(other if len(other) == len({*said}) else dict.fromkeys(said))
    return found


def unit_of_target(target: str) -> str | None:
    """The unit of a target with a number or a range; None for any other."""
    bounds = read_range(target)
    if bounds is not None:
        return bounds[2]
    quantity = read_quantity(target, label=True)
    return quantity.unit if isinstance(quantity, Quantity) else None


def _same(unit: str, own: str) -> bool:
    return convert(Quantity(Fraction(1), unit), own) == 1


def _of_columns(rows: AnswerRows, own: Mapping[int, str | None]) -> dict[int, list[str]]:
    """What columns of units say of each row."""
    grid, found = rows.grid, dict[int, list[str]]()
    known = {taken_apart(unit).base for unit in own.values() if unit}
    for column in range(grid.width(rows.top)):
        heading = _BRACKETS.sub("", _bare(grid.label(rows.top, column)))
        if column in {rows.key, rows.answer} or not (heading in _REMARKS or _COLUMN.fullmatch(heading)):
            continue
        if heading in _REMARKS:
            for row, mine in own.items():
                units = (unit for unit, _ in _said(grid.label(row, column), free=True))
                found.setdefault(row, []).extend(unit for unit in units if _concerns(unit, mine, rows.targets[row]))
            continue
        said = {row: _unit(grid.label(row, column)) for row in sorted(own)}
        if heading == "单位" and not any(_is_unit(unit, known) for unit in said.values()):
            continue  # the organisation
        above = ""
        for row, unit in said.items():
            if not unit and above and _concerns(above, own[row], rows.targets[row]):
                found.setdefault(row, []).append(f"{above}？")  # a merged cell says it for those below it, too
            above = unit or above
            if unit and not (heading == "单位" and _ORGANISATION.fullmatch(unit)) and _counts(own[row], rows, row):
                found.setdefault(row, []).append(unit)
    return found


def _counts(own: str | None, rows: AnswerRows, row: int) -> bool:
    """Whether a row may be answered by a number."""
    return own is not None or any(character.isdigit() for character in rows.targets[row])


def _is_unit(unit: str, known: set[str]) -> bool:
    if not unit or _ORGANISATION.fullmatch(unit):
        return False
    base = taken_apart(unit).base
    return len(unit) == 1 or base in known or base in KNOWN or base in RATES or unit.startswith("个")


def _of_lines(rows: AnswerRows, own: Mapping[int, str | None]) -> dict[int, list[str]]:
    """What the lines around the table say of each row that it can concern."""
    found: dict[int, list[str]] = {}
    lines = [*_lines(rows)]
    for unit in dict.fromkeys(unit for unit, _ in lines):
        concerned = [row for row, mine in own.items() if _concerns(unit, mine, rows.targets[row])]
        if not concerned and (unit, True) in lines and _is_many(unit):
            counted = [row for row, mine in own.items() if mine and unit_class(mine) == "count"]
            concerned = [row for row in counted if taken_apart(unit).base in rows.targets[row]] or counted
        for row in concerned:
            found.setdefault(row, []).append(unit)
    return found


def _concerns(unit: str, own: str | None, target: str) -> bool:
    unit = _TIMES.sub("", unit)
    if own is None:
        base = taken_apart(unit).base
        return size_of(unit) > 1 and base != "" and base in target
    if own == "":  # as many as there are, of whatever
        return size_of(unit) > 1 and alike(unit, "次")
    return alike(unit, own)


def _is_many(unit: str) -> bool:
    """Whether a unit says tens or thousands of something that is no money, in a word or two."""
    base = taken_apart(unit).base
    return size_of(unit) > 1 and len(base) <= _LONGEST_BASE and unit_class(base) == "count"


def _lines(rows: AnswerRows) -> Iterator[tuple[str, bool]]:
    """The units that the lines around the table name, and whether nothing else can be meant."""
    grid, top = rows.grid, rows.top
    for row in range(grid.rows):
        if row > top and (key := grid.label(row, rows.key)) and "单位" not in key:
            continue
        for column in range(grid.width(row)):
            text = grid.label(row, column)
            if row == top and (column == rows.answer or _COLUMN.fullmatch(_bare(text))):
                continue
            yield from _said(text, free=row <= top)
        if row == top + 1:
            yield _unit(grid.label(row, rows.answer)), True


def _said(text: str, *, free: bool) -> Iterator[tuple[str, bool]]:
    """The units that a line names: behind 单位, or, where it is ``free``, a word alone that says tens of something."""
    for match in _STATED.finditer(text):
        said = _BEHIND.sub("", match["said"] or match["counted"])
        yield from ((unit, True) for part in _SPLIT.split(said) if (unit := _unit(part)))
    if free and len(text) <= _LONGEST_LINE:
        for piece in _PIECE.split(text):
            alone = _bare(text) == piece or f"({piece})" in text.translate(_ROUND)
            units = [_unit(part) for part in _SPLIT.split(piece) if not _DIGIT.search(part)]
            yield from ((unit, alone) for unit in units if unit in RATES or size_of(unit) > 1)


def _unit(text: str) -> str:
    """A unit in one spelling; blank for none. Of 10000次 it cannot be told what the numbers are."""
    unit = plain_unit(_bare(text).strip("（()）[]［］【】*"))
    if unit.replace("-", "").replace("—", "") in {"", "/", "无"}:
        return ""
    number = read_quantity(unit) if unit[:1].isdigit() else ""
    if isinstance(number, Quantity) and number.unit:
        return number.unit if number.value == 1 else f"×{unit}"
    return "" if unit[:1].isdigit() else unit


def _bare(text: str) -> str:
    return "".join(text.split())


def targets_by_row(rows: Mapping[str, Sequence[int]], targets: Mapping[str, str]) -> dict[int, str]:
    """The target of each row, from the rows of each id."""
    return {row: targets[key] for key, places in rows.items() if key in targets for row in places}
