"""Sheets changed as what they are: cells of other values, types and looks, rows and columns that moved, other ids."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random
from xml.sax.saxutils import escape

from selfeval.forms.reading.form import Form, find_form
from selfeval.forms.reading.grid import address, open_workbook
from selfeval.packages.columns import letters, position
from selfeval.packages.workbook import Workbook, workbook_of
from tests.fuzz.odd import NUMBERS, ODD
from tests.packages.evil import SHEET, changed

_ROW = re.compile(rb"<row\b[^>]*/>|<row\b.*?</row>", re.DOTALL)
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_STYLE = re.compile(rb's="\d+"')


def _parts(part: bytes) -> tuple[bytes, list[bytes], bytes]:
    """What stands before the rows, the rows, and what stands behind."""
    found = list(_ROW.finditer(part))
    if not found:
        return part, [], b""
    return part[: found[0].start()], [row[0] for row in found], part[found[-1].end() :]


def _number(row: bytes) -> int:
    found = re.search(rb'\br="(\d+)"', row)
    return int(found[1]) if found else 0


def rows_moved(dice: Random, part: bytes, heads: int = 1) -> bytes:
    """The rows below the first in another order, each with all its cells."""
    before, rows, behind = _parts(part)
    still = [row for row in rows if _number(row) <= heads]
    moved = [row for row in rows if _number(row) > heads]
    places = [_number(row) for row in moved]
    made = [_placed(row, place) for row, place in zip(dice.sample(moved, len(moved)), places, strict=True)]
    return b"".join((before, *still, *made, behind))


def _placed(row: bytes, place: int) -> bytes:
    row = re.sub(rb'^(<row\b[^>]*?\br=")\d+', rb"\g<1>" + str(place).encode(), row)
    return re.sub(rb'(<c r="[A-Z]+)\d+', rb"\g<1>" + str(place).encode(), row)


def columns_moved(dice: Random, part: bytes) -> bytes:
    """The columns in another order."""
    before, rows, behind = _parts(part)
    known = sorted({position(cell[1].decode()) for row in rows for cell in _CELL.finditer(row)})
    to = dict(zip(known, dice.sample(known, len(known)), strict=True))
    made = []
    for row in rows:
        cells = [(to[position(cell[1].decode())], cell) for cell in _CELL.finditer(row)]
        if cells:
            head = row[: cells[0][1].start()]
            inner = [
                cell[0].replace(b'r="' + cell[1], b'r="' + letters(at).encode(), 1)
                for at, cell in sorted(cells, key=_at)
            ]
            made.append(b"".join((head, *inner, b"</row>")))
        else:
            made.append(row)
    return b"".join((before, *made, behind))


def _at(placed: tuple[int, re.Match[bytes]]) -> int:
    return placed[0]


def rows_torn(dice: Random, part: bytes) -> bytes:
    """A row left out, twice there, blank, or under a number of its own."""
    before, rows, behind = _parts(part)
    if not rows:
        return part
    at = dice.randrange(len(rows))
    match dice.randrange(4):
        case 0:
            del rows[at]
        case 1:
            rows.append(_placed(rows[at], _number(rows[-1]) + 1))
        case 2:
            rows[at] = re.sub(rb">.*<", b"><", rows[at], flags=re.DOTALL)
        case _:
            rows[at] = rows[at].replace(
                b'r="%d"' % _number(rows[at]), b'r="%d"' % dice.choice((0, 1, 9999, 1048577)), 1
            )
    return b"".join((before, *rows, behind))


def cell_changed(dice: Random, part: bytes, place: str = "") -> bytes:
    """A cell (that at a place) with another value, type or look, without any, or with that of another cell."""
    found = list(_CELL.finditer(part))
    if not found:
        return part
    chosen = [cell for cell in found if place.encode() in {b"", cell[1] + cell[2]}]
    one, other = dice.choice(chosen), dice.choice(found)
    head = b'<c r="%s%s"' % (one[1], one[2])
    look = dice.choice(
        (b"", b' s="%d"' % dice.randrange(90), *(found_look[0] for found_look in _STYLE.finditer(one[3])))
    )
    text = escape(dice.choice(ODD)).encode()
    number = dice.choice(NUMBERS).encode()
    made = dice.choice(
        (
            b' %s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (look, text),
            b' %s t="inlineStr"><is><r><t>%s</t></r><r><t>%s</t></r></is></c>' % (look, text, number),
            b' %s t="str"><v>%s</v></c>' % (look, text),
            b" %s><v>%s</v></c>" % (look, number),
            b" %s><v>%s</v></c>" % (look, number),
            b" %s><f>A1+1</f></c>" % look,
            b" %s><f>A1+1</f><v>%s</v></c>" % (look, number),
            b' %s t="b"><v>%s</v></c>' % (look, dice.choice((b"0", b"1", b"2", b""))),
            b' %s t="e"><v>%s</v></c>' % (look, dice.choice((b"#REF!", b"#N/A", b"", b"1"))),
            b' %s t="d"><v>%s</v></c>' % (look, dice.choice((b"2024-12-20", b"2024-12-20T00:00:00", b"x"))),
            b' %s t="s"><v>%d</v></c>' % (look, dice.randrange(150)),
            b" %s/>" % look,
            b"%s>%s</c>" % (other[3], other[4] or b""),
        )
    )
    return part[: one.start()] + head + made + part[one.end() :]


SHEET_CHANGES = (rows_torn, cell_changed, cell_changed, cell_changed, cell_changed)
"""Of these a sheet is not what it was; rows and columns that only moved are laws."""


def answer_changed(dice: Random, form: bytes) -> bytes:
    """A sound form with another cell where something is reported that a score is made of."""
    ids = found_form(form).ids
    rows = [name for name in ids.rows if name.startswith(("funds.", "payments.")) or "-" in name]
    row = dice.choice(rows)
    column = dice.choice(("actual", "actual", "level", "percentage", "judged")) if "-" in row else "actual"
    place = address(ids.rows[row][0], ids.columns[column][0])
    return changed(form, {SHEET: lambda part: cell_changed(dice, part, place)})


def found_form(form: bytes) -> Form:
    """A sound form, as the product finds it."""
    book = workbook_of(form)
    assert isinstance(book, Workbook)
    found = find_form(open_workbook(book, "form"), "form", "")
    assert isinstance(found, Form)
    return found


def typed(form: bytes, texts: Mapping[tuple[str, str], str]) -> bytes:
    """A form into whose cells texts were typed, by the ids of row and column."""
    ids = found_form(form).ids
    at = {address(ids.rows[row][0], ids.columns[column][0]): text for (row, column), text in texts.items()}
    return changed(form, {SHEET: lambda part: _typed(part, at)})


def _typed(part: bytes, texts: Mapping[str, str]) -> bytes:
    for place, text in texts.items():
        cell = re.search(rb'<c r="%s"([^>]*?)(?:/>|>(.*?)</c>)' % place.encode(), part, re.DOTALL)
        assert cell is not None, place
        look: Sequence[bytes] = _STYLE.findall(cell[1])
        inner = f' t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'.encode()
        made = b'<c r="%s" %s' % (place.encode(), b" ".join(look)) + inner
        part = part[: cell.start()] + made + part[cell.end() :]
    return part
