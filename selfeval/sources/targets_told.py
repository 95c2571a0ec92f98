"""What is told of the rows of a sheet: each, and of very many with the same fault how many more there are."""

from __future__ import annotations

from collections import Counter

from selfeval.domain.catalogue import CATALOGUE
from selfeval.domain.problems import Place, Problem, problem

MOST = 20_000
"""Problems of one kind that are told one by one: whoever mends a table mends its first, and memory has an end."""


class Told(list[Problem]):
    """Problems in the order they were found; of each code no more than ``MOST``."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[str] = Counter()
        self._places: dict[str, Place] = {}

    def append(self, one: Problem) -> None:
        """Add a problem."""
        self._counts[one.code] += 1
        if self._counts[one.code] <= MOST:
            super().append(one)
        else:
            self._places.setdefault(one.code, one.place.at(project="", indicator="", cell=""))

    @property
    def all(self) -> list[Problem]:
        """The problems, and behind them of which there are more."""
        return [*self, *(self._more(code, place) for code, place in self._places.items())]

    def _more(self, code: str, place: Place) -> Problem:
        return problem("W145", place, same=CATALOGUE[code].title, count=self._counts[code] - MOST)
