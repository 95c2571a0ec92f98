"""Which project indicators a clause of the department's goals speaks of, judged by their names.

Meant to be conservative: a blank is better than a wrong link, and every link is reported as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from selfeval.sources.form.clauses import Clause
from selfeval.sources.form.outline import plain

_ALIKE = 0.8
"""Names at least this alike are the same thing in other words."""
_ALIKE_IN_CONTEXT = 0.5
"""… when a neighbouring clause already points to the project, and the values are equal."""
_ALIKE_WITH_RARE_NUMBER = 0.45
"""… when both state the same number, and it is no percentage (2500人次, 2500人)."""
_RARE = 100
_NEAR_BEST = 0.05
_CONTAINED = 6
"""A name of at least this many characters that stands whole inside another."""
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(%|百分比|百分点)?")
_FILLER = re.compile("^(?:年度内|年内|本年度内?|全年)")


@dataclass(frozen=True)
class Candidate:
    """An indicator of a project that a clause may speak of."""

    indicator: str
    project: str
    project_name: str
    name: str
    target: str


def match(clauses: Sequence[Clause], candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """For each clause the indicators it speaks of, in document order; an empty list when none is convincing.

    First by name alone; then, for clauses left over, with the help of the sentence: its other clauses point to a
    project, and there a less similar name with an equal value will do.
    """
    found = [_by_name(clause, candidates) for clause in clauses]
    for i, clause in enumerate(clauses):
        if found[i]:
            continue
        projects = {
            one.project for j, other in enumerate(clauses) if other.sentence == clause.sentence for one in found[j]
        }
        near = [one for one in candidates if one.project in projects]
        found[i] = _best(clause, near, _ALIKE_IN_CONTEXT, same_value=True)
    return found


def differs(clause: Clause, candidate: Candidate) -> bool:
    """Whether both state a number, and not the same."""
    mine, theirs = _number(clause.value), _number(candidate.target)
    return mine is not None and theirs is not None and mine != theirs


def _by_name(clause: Clause, candidates: Sequence[Candidate]) -> list[Candidate]:
    found = _best(clause, candidates, _ALIKE, same_value=False)
    value = _number(clause.value)
    if found or value is None or value[1] or value[0] < _RARE:
        return found
    return _best(clause, candidates, _ALIKE_WITH_RARE_NUMBER, same_value=True)


def _best(clause: Clause, candidates: Sequence[Candidate], least: float, *, same_value: bool) -> list[Candidate]:
    """The most similar candidates; among them those with the clause's own value, if there are any."""
    value = _number(clause.value)
    pool = [one for one in candidates if not same_value or (value is not None and _number(one.target) == value)]
    scores = [(_likeness(clause.text, one), one) for one in pool]
    top = max((score for score, _ in scores), default=0.0)
    if top < least:
        return []
    floor = 1.0 if top == 1.0 else max(least, top - _NEAR_BEST)
    best = [one for score, one in scores if score >= floor]
    equal = [one for one in best if value is not None and _number(one.target) == value]
    return equal or best


def _likeness(text: str, candidate: Candidate) -> float:
    """0 to 1: how alike the clause and the indicator are, with or without the project's name before it."""
    clause, name = plain(_FILLER.sub("", text)), plain(candidate.name)
    if len(clause) >= _CONTAINED and clause in name and clause != name:
        return _ALIKE + (1 - _ALIKE) * len(clause) / len(name) / 2
    return max(_ratio(clause, name), _ratio(clause, plain(candidate.project_name) + name))


def _ratio(one: str, other: str) -> float:
    """Twice the longest common subsequence over the two lengths."""
    if not one or not other:
        return 0.0
    row = [0] * (len(other) + 1)
    for char in one:
        before = 0
        for j, opposite in enumerate(other, start=1):
            before, row[j] = row[j], before + 1 if char == opposite else max(row[j], row[j - 1])
    return 2 * row[-1] / (len(one) + len(other))


def _number(text: str) -> tuple[Fraction, bool] | None:
    """The number a value states, and whether it is a percentage."""
    hit = _NUMBER.search(text)
    return (Fraction(hit[1]), hit[2] is not None) if hit else None
