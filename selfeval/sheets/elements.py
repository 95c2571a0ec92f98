"""What many sheets have, mostly as XML: settings, columns, heights of rows, entries, colour rules, texts in pieces.

XlsxWriter writes each into a sheet of its own when it is needed for the first time. It is kept by what it follows from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from selfeval.sheets.colours import Holds
from selfeval.sheets.decor import Settings, set_columns, set_up, validation
from selfeval.sheets.decor import colour_rule as rule_of
from selfeval.sheets.entries import Entry
from selfeval.sheets.looks import Usual, ready
from selfeval.sheets.model import Column
from selfeval.sheets.styles import Style
from selfeval.sheets.text import SPACE, clean, has_outer_space, in_element
from selfeval.sheets.worksheet import Sample

_KEPT = 4_096
_PIECES = 2
"""A text in fewer is not in pieces."""

_USUAL_ROW = 20
"""Pixels."""

_Said = tuple[Any, tuple[str, ...], tuple[str, str], tuple[str, str], bool]
"""What an entry says besides its limits."""


@lru_cache(_KEPT)
def row(height: float | None, hidden: bool, grows: bool) -> str:  # noqa: FBT001
    """The attributes of a row's height; one that grows does not say that it was set."""
    pixels = _USUAL_ROW if height is None else int(height * 4.0 / 3.0 + 0.5)
    hidden, pixels = hidden or pixels == 0, pixels or _USUAL_ROW
    own = pixels != _USUAL_ROW
    size, fixed = f' ht="{pixels * 0.75:.16g}"' if own else "", ' customHeight="1"' if own and not grows else ""
    unseen = ' hidden="1"' if hidden else ""
    return f"{size}{unseen}{fixed}"


@lru_cache(_KEPT)
def settings(said: Settings) -> Mapping[str, Any]:
    """What a worksheet holds once it is set up, where that is not what every new one holds."""
    sample, new = Sample(), vars(Sample())
    set_up(sample, said)
    return {name: value for name, value in vars(sample).items() if value != new[name] and name != "fh"}


@lru_cache(_KEPT)
def columns(*columns: tuple[float | None, bool]) -> str:
    """The widths of columns, and whether they are hidden."""
    sample = Sample()
    set_columns(sample, [Column("", "", width, hidden) for width, hidden in columns])
    sample._write_cols()  # noqa: SLF001
    return sample.written()


def entry(one: Entry, least: object, most: object, test: object) -> tuple[str, str]:
    """What stands before and after the place of an entry with its limits; blank where any text may stand."""
    ends = (str(end) if isinstance(end, int | float) else end for end in (least, most, test))  # 0 and 0.0 are one key
    return _entry((one.kind, one.choices, one.prompt, one.refusal, one.free), *ends)


@lru_cache(_KEPT)
def _entry(said: _Said, least: object, most: object, test: object) -> tuple[str, str]:
    kind, choices, prompt, refusal, free = said
    sample = Sample()
    rule = validation(Entry(kind, choices, prompt=prompt, refusal=refusal, free=free), least, most, test)
    if not rule:
        return "", ""
    sample.data_validation(0, 0, 0, 0, rule)
    for options in sample.validations:
        sample._write_data_validation(options)  # noqa: SLF001
    before, place, after = sample.written().rpartition('sqref="A1"')
    return (f'{before}sqref="', f'"{after}') if place else ("", "")


class _Format:
    """The number of a colour rule's look, as XlsxWriter asks for it."""

    def __init__(self, number: int) -> None:
        self._number = number

    def _get_dxf_index(self) -> int:
        return self._number


@lru_cache(_KEPT)
def colour_rule(test: Holds | str, look: int, priority: int, top: int, left: int) -> str:
    """A colour rule of an area that begins in this cell."""
    sample = Sample()
    sample.dxf_priority = priority
    sample.conditional_format(top, left, top, left, {**rule_of(test), "format": _Format(look)})
    for rules in sample.cond_formats.values():
        for rule in rules:
            sample._write_cf_rule(rule)  # noqa: SLF001
    return sample.written()


def rich(usual: Usual, pieces: Sequence[tuple[str, Style]]) -> str:
    """A text in pieces; blank where XlsxWriter refuses it, and warns: there is one piece, a blank one, or too much."""
    whole = "".join(text for text, _ in pieces)
    if len(pieces) < _PIECES or not all(text for text, _ in pieces) or clean(whole) != whole:
        return _in_pieces([one for text, style in pieces for one in (ready(style, usual), text)])
    return "".join(
        f"<r>{_font(usual, style)}<t{SPACE if has_outer_space(text) else ''}>{in_element(text)}</t></r>"
        for text, style in pieces
    )


@lru_cache(_KEPT)
def _font(usual: Usual, style: Style) -> str:
    look = ready(style, usual)
    font, _, _ = _in_pieces([look, "a", look, "b"]).partition("<t>")
    return font.removeprefix("<r>")


def _in_pieces(looks_and_texts: list[Any]) -> str:
    sample = Sample()
    sample.str_table = _Last()
    sample.write_rich_string(0, 0, *looks_and_texts, looks_and_texts[0])
    return str(sample.str_table.text)


class _Last:
    """The text that was written last."""

    text = ""

    def _get_shared_string_index(self, text: str) -> int:
        self.text = text
        return 0
