"""Rules in words, as a person reads them: measures, what an entry looks for, the years."""

from __future__ import annotations

from selfeval.domain.kinds import KINDS
from selfeval.domain.rulebook import Entry, KindRule, Rulebook
from selfeval.domain.wording import told


def measure_words(rule: KindRule) -> str:
    """How a rule measures: its definition, and what a unit costs."""
    measure = KINDS[rule.kind].measures.get(rule.measure)
    if measure is None:
        return "不评分"
    return measure.definition + (f"。{rule.deduct.describe()}" if rule.deduct else "")


def entry_words(entry: Entry) -> str:
    """What an entry looks for, with its conditions."""
    looks = told(entry, "symbols", "words", "suffixes", "exact", "patterns", "shape")
    conditions = "，".join(told(entry, "number", "unit", "level2"))
    return "；或".join(looks) + (f"（条件：{conditions}）" if conditions else "")


def years_words(rulebook: Rulebook) -> str:
    """The years that a rulebook holds for."""
    first, last = rulebook.first_year, rulebook.last_year
    if last is None:
        return f"{first} 年度起"
    return f"{first} 年度" if first == last else f"{first} 至 {last} 年度"
