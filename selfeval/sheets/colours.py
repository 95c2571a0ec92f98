"""Looks that follow what a cell holds at the time: a word, the beginning of a text, or an expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from selfeval.domain.expression.tree import Expression, Span
from selfeval.domain.problems import Severity
from selfeval.domain.scored import State


@dataclass(frozen=True)
class Holds:
    """The cell holds this very word, or its text begins so or does not contain it."""

    word: str
    how: Literal["==", "begins with", "not containing"] = "=="


@dataclass(frozen=True)
class Colour:
    """A look of the theme for the cells of an area for which a test holds.

    An expression is written for the area's first row, and read for each row with the cells of that row.
    """

    area: Span
    test: Holds | Expression
    look: str


def words(area: Span, looks: Mapping[str, str]) -> tuple[Colour, ...]:
    """A look for each of some words."""
    return tuple(Colour(area, Holds(word), look) for word, look in looks.items())


def states(area: Span) -> tuple[Colour, ...]:
    """The colours of the words of states; 已评分 has none."""
    return words(area, {state.label: state.value for state in State if state is not State.SCORED})


def severities(area: Span) -> tuple[Colour, ...]:
    """The colours of the words of severities."""
    return words(area, {Severity.ERROR: "salmon", Severity.WARNING: "yellow", Severity.INFO: "silver"})
