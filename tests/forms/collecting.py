"""What tests of collecting share: a collection over the sample year, and its forms with cells changed."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from selfeval.domain.problems import Problem
from selfeval.forms.collecting.collect import Collected, Intake, collect
from selfeval.forms.collecting.gather import gather
from tests.forms.conftest import HOTLINE, Year
from tests.forms.forms import cell_at, open_form, saved


def take(
    year: Year, workspace: Path, source: Path, *, accept_newest: bool = False, day: dt.date | None = None
) -> Collected:
    aside = source.parent / "aside"
    aside.mkdir(exist_ok=True)
    received, problems = gather(source, aside)
    folder = workspace / "inputs/2024/forms"
    intake = Intake(2024, year.promised, year.rulebook, folder, workspace, day, accept_newest)
    result = collect(received, intake)
    result.problems[:0] = problems
    return result


def edited(year: Year, project: str = HOTLINE, **cells: object) -> bytes:
    """The sample form with cells changed: ``actual_01=6500``, ``date=dt.date(2025, 1, 20)``."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "form.xlsx"
        whole.write_bytes(year.form(project))
        book, sheet = open_form(whole)
        for name, new in cells.items():
            column, _, number = name.partition("_")
            row = f"{project}-{number}" if number else f"narrative.{name}"
            cell_at(sheet, row, column if number else "actual").value = new  # type: ignore[assignment]
        return saved(book)


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, [one.message for one in problems]
    return problems[0]
