"""Needs of which nothing is read: 不涉及, and a target that no entry of the rulebook recognises."""

from __future__ import annotations

from selfeval.domain.needs.judgement import JUDGEMENT
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.need import Need, Outcome
from selfeval.domain.scored import State

NOTHING_ASKED = Need(
    "nothing",
    "不用填",
    read=lambda _asked, _report: Outcome(State.NOT_APPLICABLE),
    hint=lambda _asked: "不涉及，不用填",
    example=lambda _asked, _level: "这一行不填",
    entry=lambda _asked, _item: None,
    item="",
    stuck={},
    how_scored=lambda _asked, _points, _rounding: "",
)

ANYTHING = Need(
    "",
    "",
    read=lambda _asked, _report: Outcome(State.ERROR),
    hint=lambda _asked: "写实际情况",
    example=lambda _asked, _level: "写明实际情况",
    entry=lambda asked, item: JUDGEMENT.entry(asked, item) or LEVEL_PICKED.entry(asked, item),
    stuck={},
)
"""Whatever there is to say."""
