"""Heads of several rows: what stands below others in them says what a column is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.any_file import FORMATS, read_as
from tests.sources.goal_tables import Cells, Over, grid, read

every_format = pytest.mark.parametrize("suffix", FORMATS)
THREE_ROWS: list[Cells] = [
    [Over("项目", 2), Over("资金", 3), Over("绩效指标", 6)],
    [
        *(Over(one, 1, 2) for one in ("编码", "名称", "预算数（元）")),
        Over("其中", 2),
        *(Over(one, 1, 2) for one in ("一级指标", "二级指标", "三级指标")),
        Over("指标值", 3),
    ],
    ["财政拨款", "其他资金", "符号", "值", "单位"],
]


@every_format
def test_a_head_of_three_rows_loses_neither_money_nor_targets(suffix: str, tmp_path: Path) -> None:
    row = ["ZZ01", "送戏", "500000", "450000", "50000", "产出指标", "数量指标", "演出场次", "≥", "20", "场"]
    found = read_as(suffix, tmp_path, [*THREE_ROWS, row])
    project = found.targets.projects.records[0]
    assert [project[name] for name in ("project", "budget", "fiscal", "other")] == ["ZZ01", 50, 45, 5]
    assert found.targets.indicators.column("target") == ["≥20场"]
    assert {"W105", "W139"}.isdisjoint(one.code for one in found.problems)


@every_format
@pytest.mark.parametrize(
    "parts", [("一季度", "二季度", "三季度", "全年"), ("半年目标值", "全年目标值"), ("上半年", "下半年")]
)
def test_targets_of_parts_of_the_year_are_asked_about(parts: tuple[str, ...], suffix: str, tmp_path: Path) -> None:
    heads = [*(Over(one, 1, 2) for one in ("项目名称", "一级指标", "二级指标", "三级指标")), Over("指标值", len(parts))]
    values = [f"≥{5 * at}场" for at, _ in enumerate(parts, start=1)]
    found = read_as(suffix, tmp_path, [heads, [*parts], ["送戏", "产出指标", "数量指标", "演出场次", *values]])
    assert found.targets.indicators.column("target") == [""]
    assert "E148" in [one.code for one in found.problems]


def test_a_target_in_one_cell_over_the_period_and_the_year_is_that_of_the_year() -> None:
    money: list[Cells] = [
        ["项目名称", Over("生态补水", 4)],
        ["实施单位", Over("某所", 4)],
        ["年度资金总额（万元）", Over("50", 4)],
    ]
    heads: Cells = ["一级指标", "二级指标", "三级指标", "实施期指标值", "年度指标值"]
    rows: list[Cells] = [
        ["产出指标", "数量指标", "补水量", "≥900万方", "≥300万方"],
        ["产出指标", "质量指标", "水质达标率", Over("≥95%", 2)],
        ["产出指标", "时效指标", "及时率", "≥90%", ""],
    ]
    found = read(grid([*money, heads, *rows]))
    assert found.targets.indicators.column("target") == ["≥300万方", "≥95%", ""]
    assert [one.code for one in found.problems if one.code == "E107"] == ["E107"]
    assert any("合并的单元格" in one.reading for one in found.readings)
