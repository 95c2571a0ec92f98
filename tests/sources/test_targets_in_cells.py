"""Targets in several cells where nothing is merged: columns right of the last heading are theirs, or asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.sources.form.split_target import joined_target, parts_of
from tests.sources.any_file import FORMATS, read_as
from tests.sources.goal_tables import Cells, Over

HEAD = ["项目编码", "项目名称", "一级指标", "二级指标", "三级指标"]
ROW = ["412000251234567890AB", "送戏", "产出指标", "时效指标", "完成"]
CELLS = [
    (("≥", "20", "场"), "≥20场"),
    (("12", "月", "底前"), "12月底前"),
    (("10", "-", "20"), "10-20"),
    (("90%", "～", "95%"), "90%～95%"),
    (("定性", "有所", "提升"), "有所提升"),
    (("2025", "12月", "31日"), ""),
]
every_format = pytest.mark.parametrize("suffix", FORMATS)
every_target = pytest.mark.parametrize(("cells", "target"), CELLS)


@every_format
@every_target
def test_cells_below_one_heading_of_a_flat_table(
    cells: tuple[str, ...], target: str, suffix: str, tmp_path: Path
) -> None:
    found = read_as(suffix, tmp_path, [[*HEAD, Over("指标值", 3)], [*ROW, *cells]])
    assert found.targets.indicators.column("target") == [target]
    assert [one.code for one in found.problems if one.code != "W147"] == ([] if target else ["E148"])


@every_format
@every_target
def test_cells_below_one_heading_of_a_form(cells: tuple[str, ...], target: str, suffix: str, tmp_path: Path) -> None:
    rows: list[Cells] = [
        ["项目名称", Over("送戏下乡", 5)],
        ["实施单位", Over("清源县文化馆", 5)],
        ["年度资金总额", Over("50", 5)],
        ["年度目标", Over("演出", 5)],
        ["一级指标", "二级指标", "三级指标", Over("指标值", 3)],
        ["产出指标", "时效指标", "完成", *cells],
    ]
    found = read_as(suffix, tmp_path, rows, "项目支出绩效目标表")
    assert found.targets.indicators.column("target") == [target]
    assert [one.code for one in found.problems] == ([] if target else ["E148"])


def test_a_remark_beside_a_target_is_no_part_of_it(tmp_path: Path) -> None:
    found = read_as(".csv", tmp_path, [[*HEAD, "指标值"], [*ROW, "≥20", "见附件"]])
    assert found.targets.indicators.column("target") == ["≥20"]
    assert "W139" in [one.code for one in found.problems]


def test_a_unit_in_two_cells_is_one() -> None:
    assert joined_target(*parts_of(["12", "月", "底前"])) == "12月底前"
