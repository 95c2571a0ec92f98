"""The peers of the benchmark do the same work as selfeval, and a difference would be told."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from benchmarks.contest import AGAIN, FLOOR, IMPORTS, OURS, PLAIN, ROOT, VERSION, Times, Year, peers, prepare
from benchmarks.goals import goals
from benchmarks.peers.same import counted, differences

pytestmark = pytest.mark.xdist_group("peers")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The sample year scored by selfeval and by every peer; differences would have ended it."""
    home = tmp_path_factory.mktemp("peers")
    for name in ("rules", "inputs"):  # others may be at work in the repository's own
        shutil.copytree(ROOT / name, home / "workspace" / name)
    made = Year(28, home / "workspace", home / "sample")
    prepare(made)
    return made


def test_every_peer_scores_the_sample_alike(year: Year) -> None:
    for name in peers():
        assert differences(year.out(OURS), year.out(name)) == []
        assert len(list(year.out(name).glob("*/*_自评表.xlsx"))) == year.projects


def test_a_score_and_a_cell_that_differ_are_told(year: Year, tmp_path: Path) -> None:
    shutil.copytree(year.out(PLAIN), tmp_path, dirs_exist_ok=True)
    book = next(tmp_path.glob("*/*_自评表.xlsx"))
    opened = load_workbook(book)
    opened["评分依据"]["M6"] = 1
    opened.save(book)
    results = tmp_path / "results.csv"
    with results.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    rows[1][rows[0].index("得分")] = "9.99"
    with results.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    score, sheet = differences(year.out(OURS), tmp_path)
    assert "9.99" in score
    assert book.stem in sheet
    assert "评分依据" in sheet


def test_what_is_counted_is_what_openpyxl_sees(year: Year) -> None:
    book = next(year.out(OURS).glob("*/*_自评表.xlsx"))
    for sheet in load_workbook(book).worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        formulas = [cell for cell in cells if cell.data_type == "f"]
        assert counted(book)[sheet.title] == (len(cells), len(formulas), len(sheet.merged_cells.ranges))


def test_goals_are_ratios_of_the_same_round() -> None:
    small: Times = {OURS: [3.0, 6.0, 9.0], FLOOR: [1.0, 2.0, 3.0], PLAIN: [6.0, 12.0, 18.0]}
    large: Times = {name: [3 * second for second in seconds] for name, seconds in small.items()}
    others: Times = {IMPORTS: [1.5, 3.0, 4.5], AGAIN: [1.0, 1.0, 1.0], VERSION: [0.5, 0.5, 0.5]}
    found = {goal.name: goal.ratio for goal in goals({0: others, 28: small, 84: large})}
    assert list(found.values())[:-1] == pytest.approx([3.0, 2.0, 2.0, 3.0, 2.0, 2.0])
    minutes = (6.0 + (100_000 - 28) * 12.0 / 56) / 60
    assert list(found.values())[-1] == pytest.approx(minutes)
