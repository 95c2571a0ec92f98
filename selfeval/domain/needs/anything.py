"""Whatever there is to say: for a target that no entry of the rulebook recognises."""

from __future__ import annotations

from selfeval.domain.needs.entry import Entry
from selfeval.domain.needs.judgement import JUDGEMENT
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.need import Asked, Need, Outcome, Read, Report
from selfeval.domain.scored import State


def _read(asked: Asked, report: Report) -> Read:
    del asked, report
    return Read(Outcome(State.ERROR))


def _entry(asked: Asked, item: str) -> Entry | None:
    return JUDGEMENT.entry(asked, item) or LEVEL_PICKED.entry(asked, item)


ANYTHING = Need(
    "",
    _read,
    hint=lambda _asked: "写实际情况",
    example=lambda _asked, _level: "写明实际情况",
    entry=_entry,
    missing="",
)
