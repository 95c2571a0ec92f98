"""Rulebook: how to score, as plain values with the place and source of each; and what may be written of it, in words.

Every field with an ``Option`` is a key of a rule file: here it is declared, once. All thresholds are exact fractions,
all points hundredths.
"""

from selfeval.domain.rulebook.kind_rules import (
    ACTION_WORDS,
    CONDITIONS,
    PER_UNIT,
    UNIT_WORDS,
    Attention,
    Deduction,
    KindRule,
    PartUnit,
    Variant,
    When,
    WhenAction,
)
from selfeval.domain.rulebook.parts import Check, Execution, Grade, Grades, InForce, Level, Passed, Section
from selfeval.domain.rulebook.recognising import Entry, NumberPresence, Override, Shape
from selfeval.domain.rulebook.rulebook import NOT_APPLICABLE_WORDS, NotApplicable, Rulebook
from selfeval.domain.rulebook.showing import show_percent, show_plain
from selfeval.domain.rulebook.sources import Origin, RuleFile, Source

__all__ = [
    "ACTION_WORDS",
    "CONDITIONS",
    "NOT_APPLICABLE_WORDS",
    "PER_UNIT",
    "UNIT_WORDS",
    "Attention",
    "Check",
    "Deduction",
    "Entry",
    "Execution",
    "Grade",
    "Grades",
    "InForce",
    "KindRule",
    "Level",
    "NotApplicable",
    "NumberPresence",
    "Origin",
    "Override",
    "PartUnit",
    "Passed",
    "RuleFile",
    "Rulebook",
    "Section",
    "Shape",
    "Source",
    "Variant",
    "When",
    "WhenAction",
    "show_percent",
    "show_plain",
]
