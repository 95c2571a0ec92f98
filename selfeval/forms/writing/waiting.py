"""The cells that need not be filled in yet: grey until what stands beside them asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.expression.tree import NEVER, Expression, all_of, any_of, is_error, when
from selfeval.domain.needs.selfcheck import BLANK, NO_CATEGORY, NO_REASON, left_blank
from selfeval.forms.identity import ACTUAL, fund_row, narrative_row
from selfeval.forms.writing.promised import PromisedRow
from selfeval.forms.writing.selfcheck import TAKEN
from selfeval.sheets.colours import Colour
from selfeval.sheets.model import cell, down

_LOOK = "waiting"


def waiting(rows: Sequence[PromisedRow]) -> tuple[Colour, ...]:
    """Grey for what explains a deviation while there is none, for evidence of what is not reported yet, and so on."""
    taken = any(row.taken for row in rows)
    return (*_of_indicators(rows[0].id, rows[-1].id, taken=taken), _adjusted()) if rows else (_adjusted(),)


def _of_indicators(first: str, last: str, *, taken: bool) -> list[Colour]:
    status = cell(first, "status")
    unexplained = [status.differs(word) for word in (NO_REASON, NO_CATEGORY)]
    silent = left_blank(cell(first, "reason"))
    until: dict[str, Expression] = {
        "percentage": left_blank(cell(first, "level")),
        "category": all_of(silent, *unexplained),
        "reason": all_of(*unexplained),
        "remedy": all_of(silent, *unexplained),
        "evidence": any_of(status.equals(BLANK), status.equals(TAKEN)) if taken else status.equals(BLANK),
    }
    if taken:
        until |= {column: status.equals(TAKEN) for column in ("actual", "level")}
    return [
        Colour(down(column, first, last), all_of(left_blank(cell(first, column)), condition), _LOOK)
        for column, condition in until.items()
    ]


def _adjusted() -> Colour:
    """Whether the budget was adjusted needs an answer only where the two budgets differ."""
    row = narrative_row("adjusted")
    here = cell(row, ACTUAL)
    initial, full = (cell(fund_row(item), ACTUAL) for item in ("initial", "full_year"))
    odd = any_of(is_error(initial), is_error(full))
    same = when(odd, NEVER, any_of(left_blank(full), initial.equals(full)))
    return Colour(down(ACTUAL, row, row), all_of(left_blank(here), same), _LOOK)
