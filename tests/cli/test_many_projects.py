"""A year of more projects than one summary adds up: a summary by unit, and each unit's own beside its workbooks."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from math import isnan
from pathlib import Path

import pytest
from openpyxl import load_workbook

from selfeval.domain.measures.measure import PENDING
from selfeval.workbooks.summary import by_unit
from tests.cli.conftest import Ran
from tests.recalculation.engine import Calculator
from tests.workbooks.sample import DATE, score_year

pytestmark = pytest.mark.xdist_group("libreoffice")
UNITS = ["324001_承德市司法局本级", "324004_承德市戒毒管理所"]


@pytest.fixture
def outputs(run: Callable[..., Ran], sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample year scored as one of many projects."""
    monkeypatch.setattr(by_unit, "_MOST_LIVE", 20)
    assert run("score", "2024", "--workspace", sample).code == 0
    return sample / "outputs/2024"


def test_every_unit_has_its_summary_and_the_year_one_of_units(outputs: Path, calculator: Calculator) -> None:
    books = [outputs / "汇总.xlsx", *(outputs / unit / "汇总.xlsx" for unit in UNITS)]
    recalculated = calculator.recalculate(books)
    assert [one for book in recalculated for one in book.differences] == []
    year = load_workbook(books[0], data_only=True)
    assert year.sheetnames == ["单位", "项目", "问题"]
    assert load_workbook(books[1], read_only=True).sheetnames[0] == "概览"
    with (outputs / "projects.csv").open(encoding="utf-8-sig", newline="") as file:
        projects = list(csv.DictReader(file))
    lines = [*year["单位"].values]
    heads = [str(head).replace("\n", "") for head in lines[2]]
    of_all = dict(zip(heads, lines[-1], strict=True))
    average = Decimal(sum(Decimal(one["总分"]) for one in projects)) / 28
    assert of_all["项目数"] == len(projects) == 28
    assert Decimal(str(of_all["全年预算数（万元）"])) == sum(Decimal(one["全年预算数"]) for one in projects)
    assert Decimal(str(of_all["平均得分（已评定）"])) == average.quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert [dict(zip(heads, line, strict=True))["项目数"] for line in lines[3:5]] == [17, 11]
    shown = [(row[3], Decimal(str(row[9]))) for row in [*year["项目"].values][3:]]
    assert shown == [(one["项目名称"], Decimal(one["总分"])) for one in projects]
    told = [line for line in _lines(outputs / "problems.csv") if not line[2].endswith("部门整体")]
    assert sum(int(str(row[4])) for row in [*year["问题"].values][3:]) == len(told)


def test_a_unit_links_to_its_summary(outputs: Path) -> None:
    sheet = load_workbook(outputs / "汇总.xlsx")["单位"]
    found = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert found == [f"{unit}/汇总.xlsx" for unit in UNITS]


def test_two_processes_give_the_same(outputs: Path, run: Callable[..., Ran], sample: Path, tmp_path: Path) -> None:
    run("score", "2024", "--workspace", sample, "--workers", "2", "--fresh", "--out", tmp_path / "again")
    for path in outputs.rglob("*.xlsx"):
        assert (tmp_path / "again" / path.relative_to(outputs)).read_bytes() == path.read_bytes()


def test_rows_are_made_when_they_are_asked_for(
    outputs: Path, run: Callable[..., Ran], sample: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("selfeval.workbooks.conventions.MANY", 3)
    run("score", "2024", "--workspace", sample, "--fresh", "--out", tmp_path / "again")
    both = [load_workbook(folder / "汇总.xlsx") for folder in (outputs, tmp_path / "again")]
    assert [[*one["项目"].values] for one in both[:1]] == [[*one["项目"].values] for one in both[1:]]


def test_half_a_sum_has_no_rate(calculator: Calculator, tmp_path: Path) -> None:
    year = score_year()  # of which some budgets are not known
    book = tmp_path / "汇总.xlsx"
    book.write_bytes(by_unit.summary_by_unit(year.scored, year.rulebook, {}, DATE))
    assert [one for recalculated in calculator.recalculate([book]) for one in recalculated.differences] == []
    *_, unit, sums = load_workbook(book, data_only=True)["单位"].values
    known = [amount for (amount,) in year.scored.projects.columns("full_year") if not isnan(amount)]
    for line in (unit, sums):
        assert Decimal(str(line[3])) == sum(Decimal(str(amount)) for amount in known)
        assert line[5] == PENDING


def _lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]
