"""Rows of a flat table that are the rest of the row above, as where one row of print became two of a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from selfeval.sources.flat.head import Head
from selfeval.sources.flat.lines import Line, Part, what_else
from selfeval.sources.form.torn import are_halves, begins_anew
from selfeval.sources.layout import squeeze

_HOW = "这一行在表里断成两行，已拼接"
_LEVELS = frozenset({"level1", "level2"})
_OF_TARGET = frozenset({"target", "sign", "unit", "nature"})
_MAY_GO_ON = _OF_TARGET | {"name", "level3", "goal", "purpose", "description", "basis", "standard"}
_UNIT = re.compile(r"[^\d≥≤≧≦<>=\s，；。:：]{1,6}")
_ENDS_IN_NUMBER = re.compile(r"(?:^|[≥≤≧≦<>=]|[^\d.])\d[\d,.]*$")
_SAYS = re.compile(r"\w")
_OPEN = re.compile(r"[（(][^）)]*$")
_CLOSES = re.compile(r"^[^（(]*[）)]")
_APART = -2
"""Where the rest of a target stands that is not surely of the one above: under no heading of its own."""


def put_together(head: Head, lines: Sequence[Line]) -> list[Line]:
    """The rows, each that is surely the rest of the one above joined to it.

    A row with nothing but a target may be that too: then both stand in the row above, which is asked about.
    """
    made: list[Line] = []
    for line in lines:
        above = made[-1] if made else None
        own = {name for name in line.texts.keys() - line.covered if line.text(name)}
        if above and line.torn and not line.text("code"):
            levels = own & _LEVELS
            if levels and own <= above.texts.keys() and all(_are_halves(name, above, line) for name in levels):
                made[-1] = _joined(above, line, own)
                continue
            if above.is_indicator and "target" in own and not begins_anew(line.texts):
                made[-1] = _asked(above, line)
                continue
        if above and _may_go_on(above, line, own, head):
            if _is_rest(above, line, own):
                made[-1] = _joined(above, line, own)
                continue
            if "target" in own <= _OF_TARGET:
                made[-1] = _asked(above, line)
                continue
        made.append(line)
    return made


def _are_halves(name: str, above: Line, line: Line) -> bool:
    return are_halves(squeeze(above.text(name)), squeeze(line.text(name)))


def _asked(above: Line, line: Line) -> Line:
    """A row with the target of the one below it beside its own."""
    return replace(above, parts=[*above.parts, *(part._replace(heading=_APART) for part in line.parts)])


def _may_go_on(above: Line, line: Line, own: set[str], head: Head) -> bool:
    """Whether a row says nothing that only a row of its own would, and stands below one that says all of it."""
    if not own or not own <= _MAY_GO_ON or line.wide or line.stray or line.how or above.how not in {"", _HOW}:
        return False
    whole = above.is_indicator and above.text("level3") and above.text("target")
    if not _SAYS.search("".join(map(line.text, own))):
        return False
    beside = line.covered & {"level3", "target"}  # what a merged cell says of both rows parts them
    return bool(whole) and not beside and own <= above.texts.keys() and not what_else(line, head, after_note=False)


def _is_rest(above: Line, line: Line, own: set[str]) -> bool:
    if "name" in own:
        coded = bool(above.text("code") or above.text("unit_code"))
        if not (coded or own & _OF_TARGET) or squeeze(above.text("name")) == squeeze(line.text("name")):
            return False
    if own & _OF_TARGET:
        return bool(_ENDS_IN_NUMBER.search(above.text("target")) and _UNIT.fullmatch(line.text("target")))
    # without a target: what was open is closed
    opened = [name for name in own if _OPEN.search(above.text(name))]
    return bool(opened) and all(_CLOSES.search(line.text(name)) for name in opened)


def _joined(above: Line, line: Line, own: set[str]) -> Line:
    texts = {**above.texts, **{name: above.text(name) + line.text(name) for name in own}}
    parts = [_whole(part, line.parts) for part in above.parts]
    known = {(part.name, part.heading) for part in parts}
    parts += [part for part in line.parts if (part.name, part.heading) not in known]
    return replace(above, texts=texts, parts=parts, how=_HOW)


def _whole(part: Part, rest: Sequence[Part]) -> Part:
    more = "".join(one.text for one in rest if (one.name, one.heading) == (part.name, part.heading))
    return part._replace(text=part.text + more)
