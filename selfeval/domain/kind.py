"""What a kind of indicator is. All its faces stand together in its one file of ``domain.kinds``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from selfeval.domain.measures.measure import Measure
from selfeval.domain.needs.need import Need
from selfeval.domain.reading.targets import Misread, TargetNumbers, read_one_number


@dataclass(frozen=True)
class Kind:
    """A kind: its id in YAML, its Chinese label, and its place among the others (``rank``).

    ``need`` is what a department reports for it, ``read_target`` reads the numbers of a target without its sign (text,
    year evaluated), ``measures`` are the ways to measure it, the usual one first. ``met`` promises what earns all
    points. ``better`` is the side of the target on which nothing is taken off (1 above, -1 below, 0 neither);
    ``compared`` says that actual ÷ target is a 完成率, ``can_exceed`` that a target far exceeded was perhaps set too
    low, ``strict_at_target`` that a strict sign makes equality worth a look.
    """

    id: str
    label: str
    rank: int
    need: Need
    read_target: Callable[[str, int], TargetNumbers | Misread]
    measures: Mapping[str, Measure]
    met: str = ""
    better: int = 0
    compared: bool = False
    can_exceed: bool = False
    strict_at_target: bool = False

    @property
    def signed(self) -> bool:
        """Whether its targets are one number with a sign, a word or an ending of its own."""
        return self.read_target is read_one_number
