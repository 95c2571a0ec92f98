"""What stands on the other side of a report: the target, and what of the rulebook bears on how the report is read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from selfeval.domain.reading.quantity import RATE
from selfeval.domain.reading.units import Synonyms
from selfeval.domain.reading.vocabulary import NO_WORDS, Vocabulary
from selfeval.domain.rulebook import Level
from selfeval.domain.sameness import blanks_alike


@blanks_alike
@dataclass(frozen=True)
class Asked:
    """What stands on the other side of a report: target text, its number and unit, the levels to pick, the year.

    ``upper`` is the upper end of a range (NaN: none), ``name`` that of the indicator. ``same`` are counters that are
    one; ``signed``: it may be negative; ``highest`` is the share that such a rate cannot exceed (None: none is known);
    ``budget`` is the published one in this unit, where such an amount is paid from it (None: it is not, or not known);
    ``words`` are those that readings know; ``unclear``: nothing says whether more is better.
    """

    target: str
    value: float
    unit: str
    levels: tuple[Level, ...]
    year: int
    upper: float = float("nan")
    name: str = ""
    same: Synonyms = ()
    signed: bool = False
    highest: Fraction | None = None
    words: Vocabulary = NO_WORDS
    budget: Fraction | None = None
    unclear: bool = False

    @property
    def small(self) -> bool:
        """Whether it is a rate of at most 1%, such as an accident rate."""
        return self.unit == RATE and self.value <= 1
