from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from selfeval.domain.fund_layouts import SOURCE_ITEMS, source_item
from selfeval.domain.reported import Reported
from selfeval.domain.scoring.score import score
from selfeval.forms.reading.folder import read_forms
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.form import write_form
from tests.forms.conftest import HOTLINE, Year
from tests.forms.forms import found, open_form, put, read, saved, values
from tests.recalculation.engine import Calculator


def meanings(reported: Reported) -> dict[tuple[str, str], tuple[str, object]]:
    """Every value as what it means: a date written as text is that date, 95% is 0.95 however it is kept."""
    meant: dict[tuple[str, str], tuple[str, object]] = {}
    for key, (text, form) in values(reported).items():
        if re.fullmatch(r"-?[\d.]+%", text):
            meant[key] = ("percent", Fraction(text.removesuffix("%")) / 100)
        elif form == "number":
            meant[key] = ("number", Fraction(text))
        else:
            meant[key] = ("text", text)
    return meant


def test_all_forms_give_back_the_table_they_were_filled_from(year: Year) -> None:
    forms = read_forms(year.root / "inputs/2024/forms", year.targets, year.root)
    assert forms.problems == ()
    assert meanings(forms) == meanings(year.reported)


def test_every_expected_value_has_a_row_with_its_cell(year: Year) -> None:
    forms = read_forms(year.root / "inputs/2024/forms", year.targets, year.root)
    projects, indicators = len(year.targets.projects), len(year.targets.indicators)
    cells = list(found(forms).values())
    assert len(cells) == projects * (3 + 9 + 12 + 7) + indicators * 8
    assert all(cell.cell for cell in cells)
    assert {cell.sheet for cell in cells} == {"自评填报"}


def test_rates_come_back_as_percentages_and_deadlines_as_dates(year: Year) -> None:
    forms = values(read_forms(year.root / "inputs/2024/forms", year.targets, year.root))
    assert forms[f"{HOTLINE}-04", "actual"] == ("97.8%", "percent")
    assert forms["13080024P000105100047-03", "actual"] == ("2025-01-10", "date")


def test_a_form_saved_by_openpyxl_reads_the_same(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    before = values(read(workspace, year, HOTLINE))
    book, _ = open_form(path)
    path.write_bytes(saved(book))
    again = read(workspace, year, HOTLINE)
    assert again.problems == ()
    assert values(again) == before


@pytest.mark.xdist_group("libreoffice")
def test_forms_saved_by_libreoffice_read_the_same(
    year: Year, workspace: Path, tmp_path_factory: pytest.TempPathFactory, calculator: Calculator
) -> None:
    codes = list(year.targets.projects.frame["project"])[::4]
    paths = [put(workspace, year, code) for code in codes]
    before = values(read(workspace, year, *codes))
    folder = tmp_path_factory.mktemp("libreoffice")
    # its user interface works on names without surprises; the journey does not depend on them
    sources = [folder / f"{number}.xlsx" for number in range(len(paths))]
    for source, path in zip(sources, paths, strict=True):
        source.write_bytes(path.read_bytes())
    for made, path in zip(calculator._convert(sources, folder), paths, strict=True):
        path.write_bytes(made.read_bytes())
    again = read(workspace, year, *codes)
    assert again.problems == ()
    assert values(again) == before


@pytest.mark.xdist_group("libreoffice")
def test_the_sums_stored_in_forms_are_what_libreoffice_calculates(
    year: Year, workspace: Path, calculator: Calculator
) -> None:
    codes = list(year.targets.projects.frame["project"])[::9]
    paths = [put(workspace, year, code) for code in codes]
    blank = put(workspace, year, HOTLINE, year.form(HOTLINE, filled=False))
    for one in calculator.recalculate([*paths, blank]):
        assert one.count > 0
        assert one.differences == ()


@pytest.mark.parametrize(
    ("executed", "sources", "scored_as"),
    [
        ("20", {"granted": "18", "carried": "2"}, 20.0),
        ("200000元", {"granted": "18", "carried": "2"}, 20.0),
        ("", {"granted": "18", "carried": "2"}, 20.0),
        ("20", {}, 20.0),
        ("0", {}, 0.0),
        ("20", {"granted": "18"}, None),
        ("0", {"granted": "18"}, None),
        ("约20", {"granted": "18"}, None),
        ("20", {"granted": "不详"}, None),
        ("", {"own": "18", "upper": "2"}, 20.0),  # of another layout than that of the form
        ("20", {"granted": "18", "upper": "2"}, 20.0),
        ("20", {"granted": "18", "upper": "1"}, None),
    ],
)
def test_an_amount_by_source_is_filled_in_without_settling_what_is_in_doubt(
    year: Year, workspace: Path, executed: str, sources: dict[str, str], scored_as: float | None
) -> None:
    """A form that is filled from a table scores what the table would, or asks as well."""
    lines = {"项目编码": HOTLINE, "全年预算数": "22.59", "全年执行数": executed}
    lines |= {SOURCE_ITEMS[source_item("executed", source)]: amount for source, amount in sources.items()}
    (workspace / "表").mkdir()
    text = "".join(f"{','.join(row)}\n" for row in (lines.keys(), lines.values()))
    (workspace / "表/资金.csv").write_text(text, encoding="utf-8")
    targets = year.targets.only([HOTLINE])
    table = read_reported(workspace / "表", targets, workspace)
    put(workspace, year, HOTLINE, write_form(year.case(HOTLINE, table), year.rulebook))
    for reported in (table, read(workspace, year, HOTLINE)):
        assert [*score(targets, reported, year.rulebook).projects.frame["executed"].dropna()] == (
            [] if scored_as is None else [scored_as]
        )
