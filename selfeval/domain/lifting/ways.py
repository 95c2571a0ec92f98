"""Ways: how one row of a project could earn another score, by what would have to be reported for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, Protocol

from selfeval.domain.case import Case
from selfeval.domain.funds import unpaid_months
from selfeval.domain.lifting.dial import Dial, Stretch, edge
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reported import Cell

Change = Callable[[Case], Case]
Side = Literal["least", "most", "between", "choice"]
"""Whether a value or more earns a score, a value or less, values between two ends, or something picked."""


@dataclass(frozen=True)
class Value:
    """What would have to be reported, in words, and the score (hundredths) that it earns.

    ``group`` is the same for values that say the same thing at different prices. ``change`` reports it in a case,
    ``less`` the value one step short of it (None: there is none). ``number`` is it, ``until`` where it is too much.
    """

    group: str
    words: str
    side: Side
    score: int
    change: Change
    less: Change | None = None
    number: Fraction | None = None
    until: Fraction | None = None


class Way(Protocol):
    """One way to another score."""

    @property
    def best(self) -> int:
        """The highest score that it leads to, in hundredths."""

    def reach(self, wanted: int) -> Value | None:
        """What would have to be reported for ``wanted`` hundredths at least; None where nothing is enough."""

    def met(self) -> Value | None:
        """What would have to be reported for all points, or as many as there are; None where it is reported."""


@dataclass(frozen=True)
class Pick:
    """Something that is given or picked, with the score that it earns; there is nothing to turn."""

    group: str
    words: str
    score: int
    change: Change

    @property
    def best(self) -> int:
        """Its score."""
        return self.score

    def reach(self, wanted: int) -> Value | None:
        """Itself, when it is enough."""
        return self.met() if self.score >= wanted else None

    def met(self) -> Value:
        """Itself."""
        return Value(self.group, self.words, "choice", self.score, self.change)


@dataclass(frozen=True)
class Turn:
    """A number that is turned. ``what`` names it, ``show`` and ``report`` it; ``bounds`` are the words for a limit."""

    group: str
    what: str
    dial: Dial
    show: Callable[[Fraction], str]
    report: Callable[[Fraction], Change]
    bounds: tuple[str, str] = ("至少", "至多")

    @property
    def best(self) -> int:
        """The highest score of any of its steps."""
        return self.dial.best

    def reach(self, wanted: int) -> Value | None:
        """The nearest number that is enough, and how far one may go."""
        return self._value(self.dial.reach(wanted))

    def met(self) -> Value | None:
        """The nearest number that earns all points, and how far one may go."""
        return self._value(self.dial.met(Fraction(1)))

    def beyond(self, refused: Value, known: Value, accepted: Callable[[Value], bool]) -> Value | None:
        """The number nearest to a ``refused`` one that is accepted, on the way to one ``known`` to be; None: no way."""
        if refused.number is None or known.number is None or refused.group != known.group:
            return None
        outside, inside = (int(value.number / self.dial.step) for value in (refused, known) if value.number is not None)
        end = self.dial.high if inside > outside else self.dial.low
        last = end if refused.until is None else int(refused.until / self.dial.step)

        def at(place: int) -> Value:
            value = self._value((place, last))
            assert value is not None
            return value

        return None if outside == inside else at(edge(outside, inside, lambda place: accepted(at(place))))

    def _value(self, found: Stretch | None) -> Value | None:
        if found is None:
            return None
        (first, last), dial = found, self.dial
        up = last > first or (last == first and (first > dial.start or dial.start == dial.low))
        side: Side = "between" if last != (dial.high if up else dial.low) else "least" if up else "most"
        number, until = dial.at(first), dial.at(last)
        words = f"{self.bounds[0 if up else 1]}{self.show(number)}"
        if side == "between":
            ends = [self.show(end) for end in sorted({number, until})]
            words = "至".join(ends)
        short = first - 1 if up else first + 1
        return Value(
            self.group,
            f"{self.what}{words}",
            side,
            dial.score(number),
            self.report(number),
            self.report(dial.at(short)) if dial.low <= short <= dial.high else None,
            number,
            until if side == "between" else None,
        )


def plain(number: Fraction, *, percent: bool = False) -> Cell:
    """A cell as a number is typed into a form: in percent, with its sign."""
    value = float(number / 100 if percent else number)
    return Cell(show_number(value), value, "percent" if percent else "number")


def text(written: str) -> Cell:
    """A cell as a text is typed."""
    return Cell(written, data_type="text" if written else "blank")


def answered(indicator: str, cells: Iterable[tuple[str, Cell]]) -> Change:
    """The change that puts cells into the answers for an indicator; they stand where the old ones stood."""
    new = [*cells]

    def change(case: Case) -> Case:
        answers = dict(case.reports.answers)
        for item, cell in new:
            answers[indicator, item] = _in_place(cell, case.answer(indicator, item))
        return replace(case, reports=replace(case.reports, answers=answers))

    return change


def funded(item: str, amount: Fraction) -> Change:
    """The change of an item of FUND_ITEMS, 万元."""

    def change(case: Case) -> Case:
        others = {name: cell for name, cell in case.reports.funds.items() if not name.startswith(f"{item}.")}
        funds = {**others, item: _in_place(plain(amount), case.fund(item))}  # not what was said by source
        return replace(case, reports=replace(case.reports, funds=funds))

    return change


def paid(amounts: dict[int, Fraction]) -> Change:
    """The change of the payments of some months, 万元."""

    def change(case: Case) -> Case:
        cells = {month: _in_place(plain(amount), case.payment(month)) for month, amount in amounts.items()}
        return replace(case, reports=replace(case.reports, payments={**case.reports.payments, **cells}))

    return change


def unpaid_as_zero(case: Case) -> Case:
    """The case with 0 in the months left blank, which are 0 only as long as the others make up what was executed."""
    return paid(dict.fromkeys(unpaid_months(case.reports), Fraction(0)))(case)


def both(first: Change, second: Change) -> Change:
    """One change after another."""
    return lambda case: second(first(case))


def _in_place(new: Cell, old: Cell) -> Cell:
    return replace(new, file=old.file, sheet=old.sheet, cell=old.cell)
