"""What a rulebook says of one indicator by its number holds for that indicator alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run
from tests.forms.conftest import CLOTHES, HOTLINE

COUNT = f"{HOTLINE}-01"
SCORE = ("score", "2024", "--project", HOTLINE, "--project", CLOTHES)
"""The project of the indicator, and one of which nothing is said."""


def change(workspace: Path, **cells: str) -> None:
    """Write cells of the row of COUNT in the target table, by the heading of their column."""
    path = workspace / "inputs" / "2024" / "targets.xlsx"
    book = load_workbook(path)
    sheet = book["指标"]
    titles = [cell.value for cell in sheet[1]]
    at = [cell.value for cell in sheet["A"]].index(COUNT) + 1
    for title, value in cells.items():
        if title not in titles:
            titles.append(title)
            sheet.cell(1, len(titles)).value = title
        sheet.cell(at, titles.index(title) + 1).value = value
    book.save(path)


def overridden(run: Run, workspace: Path) -> None:
    assert (
        run(
            *("rules", "override", COUNT, "--as", "≥6000次", "--because", "批复调整", "--workspace", workspace),
        ).code
        == 0
    )


@pytest.mark.parametrize("cells", [{"指标值": "≥9000次"}, {"三级指标": "培训场次"}])
def test_an_override_does_not_outlive_what_it_was_written_for(
    run: Run, workspace: Path, tmp_path: Path, cells: dict[str, str]
) -> None:
    overridden(run, workspace)
    assert run("rules", "check", "2024", "--workspace", workspace).out.count("E517") == 0
    change(workspace, **cells)
    out = tmp_path / "out"
    ran = run(*SCORE, "--out", out, "--workspace", workspace)
    assert ran.code == 1
    assert "E517" in ran.said
    row = next(line for line in (out / "results.csv").read_text("utf-8-sig").splitlines() if COUNT in line)
    assert "错误" in row
    told = next(line for line in (out / "problems.csv").read_text("utf-8-sig").splitlines() if "E517" in line)
    assert next(iter(cells.values())) in told
    assert "解答12348来电次数：≥7000次" in told
    assert "rules/2024.yaml:" in told
    assert "E517" in run("rules", "check", "2024", "--workspace", workspace).out
    explained = run("explain", "2024", COUNT, "--workspace", workspace).out
    assert "E517" in explained
    assert "写给：解答12348来电次数：≥7000次" in explained
    again = ("rules", "override", COUNT, "--as", "≥6000次", "--because", "批复", "--replace", "--workspace", workspace)
    assert run(*again).code == 0
    ran = run(*SCORE, "--out", out, "--workspace", workspace)
    assert "E517" not in ran.said
    assert ("E340" in ran.said) == ("三级指标" in cells), "the form was made for the old name"


def test_an_override_that_does_not_tell_what_it_is_for_is_told(run: Run, workspace: Path, tmp_path: Path) -> None:
    path = workspace / "rules" / "2024.yaml"
    line = f'  - {{indicator: "{COUNT}", kind: at_least, target: ≥6000次, because: 批复调整}}\n'
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    assert run(*SCORE, "--out", tmp_path / "out", "--workspace", workspace).code == 0
    told = [one for one in (tmp_path / "out/problems.csv").read_text("utf-8-sig").splitlines() if "I505" in one]
    assert len(told) == 1
    assert COUNT in told[0]
    assert run("rules", "check", "2024", "--workspace", workspace).out.count("I505") == 1


_VARIANT = """
  at_least:
    variants:
      - id: ours
        indicators: ["{indicator}"]{printed}
        curve: [{{from: 0, share: 50%}}, {{from: 50%, share: 100%}}]
        sources: [unit-2024]
"""


@pytest.mark.parametrize(
    ("printed", "code"), [("", "I505"), ('\n        printed: ["解答12348来电次数：≥7000次"]', "E517")]
)
def test_so_does_another_way_to_score_it(run: Run, workspace: Path, tmp_path: Path, printed: str, code: str) -> None:
    path = workspace / "rules" / "2024.yaml"
    text = path.read_text(encoding="utf-8")
    variant = _VARIANT.format(indicator=COUNT, printed=printed)
    assert text.count("\n  at_least:\n") == 1
    path.write_text(text.replace("\n  at_least:\n", variant), encoding="utf-8")
    score = (*SCORE, "--out", tmp_path / "out", "--workspace", workspace)
    assert run(*score).code == 0
    assert ("I505" in (tmp_path / "out/problems.csv").read_text("utf-8-sig")) == (code == "I505")
    change(workspace, 指标值="≥9000次")
    assert run(*score).code == (1 if code == "E517" else 0)
    assert code in (tmp_path / "out/problems.csv").read_text("utf-8-sig")
    assert code in run("rules", "check", "2024", "--workspace", workspace).out


def test_a_rule_made_from_the_standard_of_a_row_goes_with_it(run: Run, workspace: Path, tmp_path: Path) -> None:
    change(workspace, 评分标准="每少100次扣1分")
    assert run("rules", "standards", "2024", "--write", "--workspace", workspace).code == 0
    assert "printed" in (workspace / "rules" / "2024.yaml").read_text(encoding="utf-8").split("standard-")[-1]
    score = (*SCORE, "--out", tmp_path / "out", "--workspace", workspace)
    assert run(*score).code == 0
    change(workspace, 评分标准="")
    ran = run(*score)
    assert ran.code == 1
    assert "没有评分标准" in (tmp_path / "out/problems.csv").read_text("utf-8-sig")
    change(workspace, 评分标准="每少100次扣1分", 指标值="≥20000次")
    assert run(*score).code == 1
