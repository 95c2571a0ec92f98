"""What was inferred, for a person: the same of many projects once, with how often and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from selfeval.sources.imported import LEFT_ASIDE, Reading

_NAMED = 3
"""Places that are named of many."""
_VALUE = re.compile("：[^；]*(?:；|$)")


def once(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings, those that say the same of several projects as one, of no project, at the place of the first."""
    groups: dict[Reading, list[Reading]] = {}
    for one in readings:
        groups.setdefault(_alike(one), []).append(one)
    return tuple(same[0] if len(same) == 1 else _as_one(alike, same) for alike, same in groups.items())


def where(reading: Reading) -> str:
    """The place of a reading: its file, where there are several, and the line, cell or row in it."""
    spot = reading.spot
    place = f"第{spot.only_line}行" if spot.only_line else spot.in_file or "全文"
    return f"{reading.file} {place}".strip()


def _alike(reading: Reading) -> Reading:
    """A reading without what differs from project to project: project, place, and the values of what is left aside."""
    said, original = reading.reading, reading.original
    if reading.project and said.endswith(f"编为{reading.project}"):  # a code made of the name
        said, original = f"{said.removesuffix(f'编为{reading.project}')}编制", ""
    if reading.what == LEFT_ASIDE:
        original = "、".join(filter(None, _VALUE.sub("、", original).split("、")))
    blank = replace(reading, project="", file="", original=original, reading=said)
    return replace(blank, spot=type(reading.spot)())


def _as_one(alike: Reading, same: list[Reading]) -> Reading:
    named = "、".join(map(where, same[:_NAMED])) + ("等" if len(same) > _NAMED else "")
    said = f"{alike.reading}（共{len(same)}处：{named}）"
    return replace(alike, reading=said, spot=same[0].spot, file=same[0].file)
