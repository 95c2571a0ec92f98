"""What a kind of indicator is. All its faces stand together in its one file of ``domain.kinds``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from selfeval.domain.measures.measure import Measure
from selfeval.domain.needs.need import Need
from selfeval.domain.reading.targets import NO_NUMBERS, TargetNumbers, read_one_number


class Example(NamedTuple):
    """An indicator as a target document prints it; which section it belongs to is the rulebook's to say."""

    level1: str
    level2: str
    level3: str
    target: str


@dataclass(frozen=True)
class Kind:
    """A kind: its id in YAML, its Chinese label, and its place among the others (``rank``).

    ``name`` says a label that is a sign in words; ``example`` shows how such a target is written.

    ``read_target`` reads the numbers of a target without its sign (text, year evaluated); the usual of ``measures``
    comes first; ``met`` promises what earns all points. ``better`` is the side of the target on which nothing is taken
    off (1 above, -1 below, 0 neither); ``can_exceed``: a target far exceeded was perhaps set too low.
    """

    id: str
    label: str
    rank: int
    need: Need
    measures: Mapping[str, Measure]
    read_target: Callable[[str, int], TargetNumbers] = lambda _text, _year: NO_NUMBERS
    met: str = ""
    better: int = 0
    can_exceed: bool = False
    name: str = ""
    example: Example | None = None

    @property
    def title(self) -> str:
        """What people are shown: 正向指标（≥）; a label that is a word stands alone."""
        return f"{self.name}（{self.label}）" if self.name else self.label

    @property
    def compared(self) -> bool:
        """Whether its targets are one number with a sign, a word or an ending, so that actual ÷ target is a 完成率."""
        return self.read_target is read_one_number
