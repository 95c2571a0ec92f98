"""Checks of what looks too good: full marks everywhere, copied plans, satisfaction that nobody asked about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from selfeval.domain.checking.facts import COMPARED, Facts
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.quantity import RATE, SAYS_NOTHING, normalise
from selfeval.domain.rulebook import Check
from selfeval.domain.scored import State

_DAY_0 = date(1899, 12, 30)
_WHOLE = 10_000


def full_unit(facts: Facts, check: Check) -> Iterator[Problem]:
    """Every project of a unit has 100.00; a unit with fewer projects than the limit says nothing."""
    assert check.limit is not None
    frame = facts.projects
    names = (frame["unit_code"] + " " + frame["unit_name"]).str.strip()
    full = (frame["total"].fillna(0) == _WHOLE).groupby(names, sort=False).agg(["all", "size"])
    for unit, whole, count in full.itertuples(name=None):
        if whole and count >= check.limit:
            yield problem("W529", Place(), unit=unit, count=count)


def all_equal(facts: Facts, check: Check) -> Iterator[Problem]:
    """Every numeric actual of a project is exactly its target. A rate of 100% says nothing: it cannot be passed."""
    assert check.limit is not None
    actual, target = facts.column("actual_value"), facts.column("target_value")
    certain = (facts.indicators["target_unit"] == RATE).to_numpy() & (target == 100)  # noqa: PLR2004 - percent
    numeric = facts.scored() & facts.kinds(*COMPARED) & ~certain & ~np.isnan(actual)
    same = facts.every(np.asarray(actual == target), numeric, int(check.limit))
    counts = facts.indicators["project"][numeric].value_counts()
    for project in facts.projects["project"][same]:
        yield problem("I520", Place(str(project)), count=int(counts[project]))


def satisfaction_evidence(facts: Facts, check: Check) -> Iterator[Problem]:
    """A satisfaction that earned points without evidence, or with one of the check's words (无投诉) for evidence."""
    texts = facts.indicators["evidence"]
    blank = texts.map({one: normalise(one) in SAYS_NOTHING | {""} for one in texts.unique()})
    earned = facts.scored() & (facts.column("score") > 0) & facts.named("满意")
    weak = blank.to_numpy(dtype=np.bool_) | facts.says("evidence", check.words)
    for i, place in facts.rows(earned & weak):
        found = str(texts.iloc[i]).strip()
        yield problem("W527", place, found=f"只写了“{found}”" if found else "没有填写")


def after_year(facts: Facts, check: Check) -> Iterator[Problem]:
    """Done after the year was over, and yet with all its points."""
    assert check.limit is None
    end = (date(facts.targets.year, 12, 31) - _DAY_0).days
    late = facts.full() & facts.kinds("deadline") & (facts.column("actual_value") > end)
    for i, place in facts.rows(late):
        shown = {"actual": facts.indicators["actual"].iloc[i], "target": facts.indicators["target"].iloc[i]}
        yield problem("W528", place, year=facts.targets.year, **shown)


def reason_without_loss(facts: Facts, check: Check) -> Iterator[Problem]:
    """A reason for a deviation where there is none: full points and nothing that deserves attention."""
    assert check.limit is None
    texts = facts.indicators["reason"]
    given = texts.map({one: normalise(one) not in SAYS_NOTHING | {""} for one in texts.unique()})
    plain = (facts.indicators["state"] == State.SCORED).to_numpy() & facts.full()
    plain &= ~facts.kinds("judged")
    for i, place in facts.rows(plain & given.to_numpy(dtype=np.bool_)):
        yield problem("I521", place, reason=_short(str(texts.iloc[i])))


def _short(text: str, longest: int = 40) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else f"{plain[:longest]}……"
