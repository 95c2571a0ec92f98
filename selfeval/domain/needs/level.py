"""One of the rulebook's qualitative levels, optionally with a percentage."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from selfeval.domain.expression import tree
from selfeval.domain.expression.tree import (
    ALWAYS,
    NEVER,
    Expression,
    all_of,
    any_of,
    cases,
    is_error,
    is_number,
    negated,
    steady,
    when,
)
from selfeval.domain.formulas import score_of
from selfeval.domain.measures.measure import LEVEL, PERCENTAGE
from selfeval.domain.needs.asked import Asked
from selfeval.domain.needs.formats import MADE_FOR_RATES, as_made, shows_day, shows_percent
from selfeval.domain.needs.need import Input, Need, Outcome, Report, SelfCheck
from selfeval.domain.needs.selfcheck import (
    BLANK,
    DOUBTFUL,
    NOT_CHOICE,
    TO_READ,
    UNSCORED,
    Said,
    blank,
    holds_number,
    left_blank,
    squeezed,
    typed,
)
from selfeval.domain.reading.actuals import Answer, as_seen, read_level, read_percentage
from selfeval.domain.reading.levels import YES, Worded, denies, plain, repeats, worded_level
from selfeval.domain.reading.quantity import RATE, RATE_FROM, SAYS_NOTHING, normalise
from selfeval.domain.reported import Cell, says_something
from selfeval.domain.rounding import SHARE_PLACES, fraction
from selfeval.domain.rulebook import Level, Rounding

_WORDED = frozenset({"text", "number"})
"""What a cell holds that says as much as words: 0, of 无投诉."""


def _read(asked: Asked, report: Report) -> Outcome:
    cell, written = report.cell("level"), report.cell("actual")
    known = (asked.target, asked.levels, asked.name, asked.words)
    worded = worded_level(written.text, *known) if written.data_type in _WORDED else None
    picked = read_level(cell.text, cell.data_type, asked.levels)
    repeated = worded_level(cell.text, *known) if cell.data_type in _WORDED else None
    if isinstance(picked, Answer) and picked.code == "E413" and worded is not None:
        outcome = _of(worded.level, written, report.cell("percentage"))
        return replace(outcome, told=(_told(written.text, worded),), look=True)
    if isinstance(picked, Answer) and repeated is not None:
        outcome = _of(repeated.level, cell, report.cell("percentage"))
        return replace(outcome, told=(_told(cell.text, repeated),), look=True)
    if isinstance(picked, Answer):
        return Outcome(shown=as_seen(cell), cell=cell, code=picked.code, facts=picked.facts, at=cell, item="level")
    if worded is not None and not worded.repeated and worded.level != picked:
        facts = {"level": picked.label, "found": written.text}
        return Outcome(shown=picked.label, cell=cell, code="E432", facts=facts, at=written)
    outcome = _of(picked, cell, report.cell("percentage"))
    if worded is None and says_something(written):
        told = f"实际完成值“{normalise(written.text)}”未采用，按所选的“{picked.label}”计"
        return replace(outcome, told=(told,), look=True)
    return outcome


def _told(text: str, worded: Worded) -> str:
    why = "与指标值一致" if worded.repeated else "未选择完成档次"
    return f"填报为“{normalise(text)}”，{why}，按“{worded.level.label}”计"


def _of(level: Level, cell: Cell, given: Cell) -> Outcome:
    """A level with the percentage given with it, if any."""
    share = read_percentage(given.text, given.data_type, given.number, level)
    outcome = Outcome(shown=level.label, level=level.label, cell=cell, said=(level.label, level.band))
    if share.value is None:
        return replace(outcome, code=share.code, facts=share.facts, at=given, item="percentage")
    known = not math.isnan(share.value)
    inputs = {LEVEL.key: level.label, PERCENTAGE.key: fraction(share.value) if known else None}
    shown = f"{level.label} {share.shown}".strip()
    return replace(outcome, shown=shown, percentage=share.value, inputs=inputs, at=cell)


def _entry(asked: Asked, item: str) -> Input | None:
    if item == "level":
        return Input("choice", choices=tuple(level.label for level in asked.levels), title="完成档次")
    return Input("percent", RATE, least=Fraction(0), most=Fraction(100)) if item == "percentage" else None


def _how_scored(asked: Asked, points: int, rounding: Rounding) -> str:
    parts = []
    for level in asked.levels:
        low, high, default = (
            rounding.show(score_of(end, points, rounding)) for end in (level.low, level.high, level.default)
        )
        top = "含" if level.high_included else "不含"
        band = f"{low}分（含）—{high}分（{top}），不填比例的得{default}分"
        earned = band if level.low < level.high else f"{default}分"
        parts.append(f"选“{level.label}”得{earned}")
    return f"满分{rounding.show(points)}分。{'；'.join(parts)}。"


_PICKED, _GIVEN, _WRITTEN = typed("level"), typed("percentage"), typed("actual")


def _value(_asked: Asked) -> Expression:
    """The share, whether it was typed as 85% or as 85."""
    made = as_made(_GIVEN, MADE_FOR_RATES)
    of_hundred = steady(_GIVEN / 100, SHARE_PLACES)
    share = cases(
        (made, when(_GIVEN >= RATE_FROM, of_hundred, _GIVEN)),
        (shows_percent(_GIVEN), _GIVEN),
        (any_of(shows_day(_GIVEN), all_of(_GIVEN > 0, _GIVEN <= 1)), ""),
        otherwise=of_hundred,
    )
    return when(is_number(_GIVEN), share, "")


def meant_level(asked: Asked) -> Expression:
    """The label of the level that the two cells come to, as the scoring reads them; blank for none, # for a clash."""
    yes = not denies(asked.target)
    picked, written = _label(_PICKED, asked), _label(_WRITTEN, asked, yes=yes)
    named = _label(_WRITTEN, asked, yes=yes, repeated=False)
    clash = all_of(negated(named.equals("")), negated(picked.equals("")), negated(named.equals(picked)))
    own = when(blank(_PICKED), written, when(clash, CLASH, picked))
    return when(is_error(_PICKED), "", when(is_error(_WRITTEN), picked, own))


def _label(given: Expression, asked: Asked, *, yes: bool = True, repeated: bool = True) -> Expression:
    """The label of the level that a text stands for; blank for none."""
    text = tree.joined("|", squeezed(given), "|")
    pairs: list[tuple[Expression, str]] = []
    for level in asked.levels:
        words = dict.fromkeys(plain(word) for word in (level.label, *level.words))
        known = [word for word in words if yes or word not in YES]
        listed = (tree.is_number(tree.position_in(text, words)) for words in _literals(known))
        pairs.append((tree.any_of(*listed), level.label))
    said = (
        [
            text
            for text in repeats(asked.target, asked.name, asked.words)
            if text not in SAYS_NOTHING and len(text) < LONGEST_LITERAL - 1
        ]
        if repeated
        else []
    )
    if said and asked.levels:
        listed = (tree.is_number(tree.position_in(text, words)) for words in _literals(said))
        pairs.append((tree.any_of(*listed), asked.levels[0].label))
    return tree.cases(*pairs, otherwise="")


def _literals(words: Sequence[str]) -> Iterator[str]:
    """The words as |达成|完成|, in texts that are short enough for a formula."""
    found = "|"
    for word in words:
        if len(found) + len(word) >= LONGEST_LITERAL:
            yield found
            found = "|"
        found += f"{word}|"
    yield found


CLASH = "#"
LONGEST_LITERAL = 250
"""Characters of a text inside a formula."""


def _measured(measure: Expression) -> Expression:
    """Not while something stands where a percentage belongs that is none."""
    stray = when(is_error(_GIVEN), ALWAYS, all_of(negated(is_number(PERCENTAGE)), negated(blank(_GIVEN))))
    return when(is_error(_PICKED), "", when(stray, "", tree.if_error(measure, "")))


def _said(_asked: Asked) -> tuple[Said, ...]:
    unpicked = when(is_error(_WRITTEN), ALWAYS, LEVEL.equals(""))
    readable = when(is_error(_GIVEN), NEVER, all_of(negated(is_number(_GIVEN)), holds_number(_GIVEN)))
    return (
        (is_error(_PICKED), NOT_CHOICE),
        (when(blank(_PICKED), unpicked, NEVER), BLANK),
        (LEVEL.equals(""), NOT_CHOICE),
        (UNSCORED, when(readable, TO_READ, DOUBTFUL)),
    )


LEVEL_PICKED = Need(
    "level",
    "完成档次，可加比例",
    _read,
    hint=lambda _asked: "选完成档次，比例可不填",
    example=lambda _asked, level: f"在“完成档次”里选“{level}”；要写具体比例的，再填“完成比例”，如85%",
    entry=_entry,
    item="level",
    stuck={"no_level": when(left_blank(_PICKED), LEVEL.equals(""), NEVER)},
    check=SelfCheck(_value, _said, _measured, level=meant_level),
    how_scored=_how_scored,
)
