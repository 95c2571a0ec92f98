"""Nothing: 不涉及."""

from __future__ import annotations

from selfeval.domain.needs.need import Asked, Need, Outcome, Read, Report
from selfeval.domain.scored import State


def _read(asked: Asked, report: Report) -> Read:
    del asked, report
    return Read(Outcome(State.NOT_APPLICABLE))


NOTHING_ASKED = Need(
    "nothing",
    _read,
    hint=lambda _asked: "不涉及，不用填",
    example=lambda _asked, _level: "这一行不填",
    entry=lambda _asked, _item: None,
    item="",
    missing="",
    how_scored=lambda _asked, _points: "",
)
