"""Several indicators in one row: names in one cell and targets in another, numbered alike or line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from selfeval.sources.blocks import GridCell, GridRow
from selfeval.sources.layout import squeeze, tidy, unified

_LABEL = re.compile(r"指标\s*(\d{1,2})(?:\s*[:：.、．]|(?=\s*[^\d\s%，。；、]))")
_NUMBER = re.compile(r"(?:^|(?<=[；;，,。\s]))[（(]?(\d{1,2})[)）.、．](?!\d)")
_SIGNED = re.compile(r"\s*(?:[≥≤≧≦⩾⩽><=＝]|不低于|不少于|不超过|不高于)")
_POINTS = re.compile(r"[（(](\d{1,3}(?:\.\d+)?)分[)）]$")
_ENDS = " \n\t；;，,。、"
_OF_ALL = frozenset({"level1", "level2"})
_MOST = 30
HOW = "一个单元格里有{}个指标，按编号或换行拆开"


def is_several(name: str) -> bool:
    """Whether the name of an indicator is those of several, 指标1 and 指标2."""
    return len(_numbered(name, _LABEL)) > 1


def points_behind(name: str) -> str:
    """The points that stand behind the name of an indicator, such as 办证数（10分）; blank where there are none."""
    found = _POINTS.search(squeeze(unified(name)))
    return found[1] if found else ""


def parted(row: GridRow, columns: Mapping[int, str]) -> list[GridRow]:
    """The indicators of a row, one a row; ``columns``: what the columns hold.

    Points that stand there once for all cannot be shared out, and are left out: see ``shared_points``.
    """
    cells = {columns.get(cell.column, ""): cell for cell in reversed(row.cells) if cell.text.strip()}
    name, target = (cells[key].text if key in cells else "" for key in ("level3", "target"))
    names, targets = _parts(name, target)
    if not 1 < len(names) == len(targets) <= _MOST:
        return [row]
    found = []
    for at in range(len(names)):
        own = tuple(_part(cell, columns.get(cell.column, ""), at, len(names)) for cell in row.cells)
        found.append(replace(row, cells=own, how=HOW.format(len(names))))
    return found


def shared_points(row: GridRow, columns: Mapping[int, str]) -> GridCell | None:
    """The cell of a row with points for all of its indicators together; None where there is none."""
    count = len(parted(row, columns))
    points = (cell for cell in row.cells if columns.get(cell.column) == "points" and cell.text.strip())
    return next((cell for cell in points if count > 1 and len(_of_each(cell.text, count)) != count), None)


def _part(cell: GridCell, name: str, at: int, count: int) -> GridCell:
    """What a cell says of one of the indicators; ``name``: what its column holds."""
    if name in _OF_ALL or not name:
        return cell
    parts = _of_each(cell.text, count)
    if len(parts) == count:
        return replace(cell, text=parts[at])
    return replace(cell, text="") if name == "points" else cell


def _of_each(text: str, count: int) -> list[str]:
    """The parts of a text, if it has as many: by its numbers, else by its lines; else the text itself."""
    lines = [line for line in text.split("\n") if line.strip()]
    ways = (_numbered(text, _LABEL), _numbered(text, _NUMBER), lines)
    return next((parts for parts in ways if len(parts) == count), [text])


def _parts(name: str, target: str) -> tuple[list[str], list[str]]:
    """The names and the targets of several indicators, none where there is one."""
    for pattern in (_LABEL, _NUMBER):
        names = _numbered(name, pattern)
        if len(names) > 1:
            return names, _of_each(target, len(names))
    targets = [line for line in target.split("\n") if line.strip()]
    names = [line for line in name.split("\n") if line.strip()]
    if len(targets) == len(names) and all(map(_SIGNED.match, targets)):  # each is whole
        return names, targets
    return [], []


def _numbered(text: str, pattern: re.Pattern[str]) -> list[str]:
    """What follows 1, 2, 3 … in a text that begins with the first; nothing where it is not numbered so."""
    text = unified(text)
    hits: list[re.Match[str]] = []
    for hit in pattern.finditer(text):
        if int(hit[1]) == len(hits) + 1:
            hits.append(hit)
    if len(hits) < 2 or text[: hits[0].start()].strip():  # noqa: PLR2004 - one is none
        return []
    ends: Sequence[int] = [*(hit.start() for hit in hits[1:]), len(text)]
    parts = [text[hit.end() : end].strip(_ENDS) for hit, end in zip(hits, ends, strict=True)]
    return parts if all(squeeze(tidy(part)) for part in parts) else []
