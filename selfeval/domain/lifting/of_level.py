"""The ways of an indicator for which a level is picked: each level alone, and each share that may be given with one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from selfeval.domain.lifting.dial import Dial
from selfeval.domain.lifting.subject import Subject
from selfeval.domain.lifting.ways import Change, Pick, Turn, Way, answered, plain, text
from selfeval.domain.reported import ACTUAL_ITEMS
from selfeval.domain.rulebook import Level, show_percent

_STEP = Fraction(1, 10_000)
"""A share is given in percent with two decimals."""


def level_ways(subject: Subject) -> Iterator[Way]:
    """The ways of every level, the lowest first."""
    for level in sorted(subject.promise.asked.levels, key=lambda level: level.low):
        if level.low < level.high:
            yield _with_share(subject, level)
        score = subject.score(subject.at_level(level.label, None))
        words = f"{ACTUAL_ITEMS['level']}选“{level.label}”"
        words += f"（不填比例，按{show_percent(level.default)}计）" if level.low < level.high else ""
        yield Pick("pick", words, score, _picked(subject, level, None))


def _with_share(subject: Subject, level: Level) -> Way:
    last = math.floor(level.high / _STEP) if level.high_included else math.ceil(level.high / _STEP) - 1
    dial = Dial(
        _STEP,
        math.ceil(level.low / _STEP),
        last,
        None,
        (),
        subject.turns,
        lambda share: subject.measure(subject.at_level(level.label, share)),
        lambda share: subject.score(subject.at_level(level.label, share)),
        lambda share: subject.share(subject.at_level(level.label, share)),
    )
    what = f"{ACTUAL_ITEMS['level']}选“{level.label}”，{ACTUAL_ITEMS['percentage']}"
    return Turn("share", what, dial, show_percent, lambda share: _picked(subject, level, share))


def _picked(subject: Subject, level: Level, share: Fraction | None) -> Change:
    """The change to a level; what was written as actual value, which may name another one, is taken away."""
    given = text("") if share is None else plain(share * 100, percent=True)
    cells = ("level", text(level.label)), ("percentage", given), ("actual", text(""))
    return answered(subject.indicator, cells)
