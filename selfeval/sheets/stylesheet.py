"""The part with the styles of a workbook, put together out of pieces: XlsxWriter makes those of each style once.

A workbook lists fonts, grounds, borders and number formats in the order in which its styles come upon them, and a style
names each by its number. So what a style adds to these lists is the same in all workbooks, and only the numbers differ.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager

from selfeval.sheets.looks import Numbers, Usual, add_format
from selfeval.sheets.styles import Style

_FIRST_FORMAT = 164
"""The number of the first number format that is no usual one."""

_ITEMS = {name: re.compile(f"<{name}>.*?</{name}>") for name in ("font", "fill", "border")}
_FORMAT = re.compile('<numFmt numFmtId="[0-9]+"(.*?)/>')
_STYLE = re.compile('<xf numFmtId="([0-9]+)" fontId="[0-9]+" fillId="[0-9]+" borderId="[0-9]+"([^>]*/>|.*?</xf>)')


class _Written(NamedTuple):
    """The part as XlsxWriter writes it: its lists, and what stands around them."""

    head: str
    formats: list[str]
    """Without their numbers."""
    fonts: list[str]
    fills: list[str]
    borders: list[str]
    between: str
    styles: list[tuple[str, str]]
    """The number of the number format, and what follows upon the other numbers."""
    tail: str


class _Pieces(NamedTuple):
    """What a style adds: a number format (or the number of a usual one), a font, a ground, a border, and its end."""

    format: str
    font: str
    fill: str
    border: str
    end: str


def stylesheet(numbers: Numbers, *, comments: bool) -> str:
    """The part of a workbook with these styles; one with comments lists their font too."""
    frame = _frame(numbers.usual, comments, *numbers.of_rules.values())
    fonts, behind = frame.fonts[:1], frame.fonts[1:]
    formats = _Counted((), _FIRST_FORMAT)
    lists = _Counted(fonts), _Counted(frame.fills), _Counted(frame.borders)
    styles = [_style(frame.styles[0][0], "0", "0", "0", frame.styles[0][1])]
    for style in numbers.of_cells.values():
        number, *added, end = _pieces(numbers.usual, style)
        if not number.isdigit():
            number = formats.number(number)
        font, fill, border = (listed.number(piece) for listed, piece in zip(lists, added, strict=True))
        styles.append(_style(number, font, fill, border, end))
    own = [f'<numFmt numFmtId="{number}"{form}/>' for form, number in formats.items()]
    parts = [_list("numFmts", own)] if own else []
    parts += [_list("fonts", [*lists[0], *behind]), _list("fills", lists[1]), _list("borders", lists[2])]
    return "".join((frame.head, *parts, frame.between, _list("cellXfs", styles), frame.tail))


class _Counted(dict[str, str]):
    """Things and their numbers, in the order in which they are come upon."""

    def __init__(self, first: Iterable[str], start: int = 0) -> None:
        super().__init__()
        self._start = start
        for one in first:
            self.number(one)

    def number(self, one: str) -> str:
        """The number of a thing."""
        return self.setdefault(one, str(len(self) + self._start))


def _style(form: str, font: str, fill: str, border: str, end: str) -> str:
    return f'<xf numFmtId="{form}" fontId="{font}" fillId="{fill}" borderId="{border}"{end}'


def _list(name: str, items: Collection[str]) -> str:
    return f'<{name} count="{len(items)}">{"".join(items)}</{name}>'


@cache
def _pieces(usual: Usual, style: Style) -> _Pieces:
    """What a style adds; what it has in common with the usual one is the first of its kind."""
    made = _written(usual, (style,))
    number, end = made.styles[-1]
    return _Pieces(made.formats[0] if made.formats else number, *_last(made, end), end)


def _last(made: _Written, end: str) -> tuple[str, str, str]:
    fill = made.fills[-1] if " applyFill=" in end else made.fills[0]
    return made.fonts[-1], fill, made.borders[-1]


@cache
def _frame(usual: Usual, comments: bool, *rules: Style) -> _Written:  # noqa: FBT001
    """What workbooks with these colour rules have in common. No look of a rule has a number format."""
    return _written(usual, (), rules, comments=comments)


def _written(usual: Usual, cells: Sequence[Style], rules: Sequence[Style] = (), *, comments: bool = False) -> _Written:
    """The part as XlsxWriter writes it."""
    base = {name: value for name, value in usual if name != "theme_font_name"}  # which it adds itself
    made = Workbook(None, {"in_memory": True, "default_format_properties": base})
    made.fileclosed = True  # there is no file
    made.has_comments = comments
    for style in cells:
        add_format(made, style, usual)._get_xf_index()  # noqa: SLF001
    for style in rules:
        add_format(made, style, usual)._get_dxf_index()  # noqa: SLF001
    made._prepare_format_properties()  # noqa: SLF001
    packager = Packager()
    packager._set_in_memory(True)  # noqa: SLF001, FBT003
    packager._add_workbook(made)  # noqa: SLF001
    packager._write_styles_file()  # noqa: SLF001
    return _taken_apart(packager.filenames[0][0].getvalue())


def _taken_apart(xml: str) -> _Written:
    lists, _, styles = xml.partition("<cellXfs ")
    of_cells, _, tail = styles.partition("</cellXfs>")
    _, _, between = lists.partition("</borders>")
    head = xml[: min(at for at in (xml.find("<numFmts "), xml.find("<fonts ")) if at >= 0)]
    fonts, fills, borders = (each.findall(lists) for each in _ITEMS.values())
    return _Written(head, _FORMAT.findall(lists), fonts, fills, borders, between, _STYLE.findall(of_cells), tail)
