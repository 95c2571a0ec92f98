"""What a form's own formulas make of what is typed into a row, without a form around it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pytest

from selfeval.domain.expression.evaluate import as_sheet
from selfeval.domain.expression.values import Given, Loose, Value
from selfeval.domain.measures.measure import POINTS
from selfeval.domain.needs.asked import Asked
from selfeval.domain.needs.judgement import JUDGEMENT
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.need import Need
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.needs.selfcheck import EARNED, NOT_NUMBER, TO_JUDGE, TO_READ, VALUE, typed
from tests.domain.rules import LEVELS

RATE_OF_NINE = Asked("≥9%", 9.0, "%", LEVELS, 2024)


class AsMade(Loose):
    """Cells that all keep the number format that they were made with."""

    def number_format(self, key: Hashable) -> str:
        """A format of its own, which is neither that of percentages nor of days."""
        del key
        return "F0"


def meant(need: Need, typed_in: float) -> Value:
    item = "percentage" if need is LEVEL_PICKED else "actual"
    assert need.check is not None
    return as_sheet(need.check.value(RATE_OF_NINE), AsMade({typed(item).key: typed_in}))


@pytest.mark.parametrize(("typed_in", "share"), [(0.095, 0.095), (1.0, 1.0), (9.99, 9.99), (10.0, 0.1), (95.0, 0.95)])
def test_a_cell_for_rates_takes_a_number_for_percent_from_10_on(typed_in: float, share: float) -> None:
    assert meant(LEVEL_PICKED, typed_in) == pytest.approx(share)


@pytest.mark.parametrize(("typed_in", "percent"), [(0.095, 9.5), (10.0, 10.0), (95.0, 95.0), (9.99, "")])
def test_a_reported_rate_is_taken_likewise_unless_it_is_in_doubt(typed_in: float, percent: Value) -> None:
    assert meant(NUMBER, typed_in) == percent


@pytest.mark.parametrize(
    ("judged", "said"), [("40分", TO_READ), ("四十", TO_READ), ("很好", NOT_NUMBER), (None, TO_JUDGE)]
)
def test_a_judgement_with_words_is_left_to_the_scoring_if_it_holds_a_number(judged: str | None, said: str) -> None:
    cells: Mapping[Hashable, Given] = {
        typed("judged").key: judged,
        typed("actual").key: "已办结",
        VALUE.key: "",
        POINTS.key: 50.0,
        EARNED.key: "",
    }
    assert JUDGEMENT.check is not None
    words = (word for holds, word in JUDGEMENT.check.said(RATE_OF_NINE) if as_sheet(holds, Loose(cells)) is True)
    first = next(words)
    assert (first if isinstance(first, str) else as_sheet(first, Loose(cells))) == said
