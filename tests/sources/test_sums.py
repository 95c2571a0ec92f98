"""Rows of sums below the indicators of a form, and indicators that are called so."""

from __future__ import annotations

import pytest

from tests.sources.test_indicator_rows import HEADS, LIKED, PLAIN, SHOWN, codes, records, table


@pytest.mark.parametrize("name", ["合计", "小计", "合 计", "总计"])
def test_a_sum_with_a_target_is_an_indicator(name: str) -> None:
    found = table([*HEADS, "分值"], [*SHOWN, "30"], ["产出指标", "成本指标", name, "≤30万元", "20"], [*LIKED, "10"])
    level3, target = records(found, "level3", "target")[1]
    assert (level3.replace(" ", ""), target) == (name.replace(" ", ""), "≤30万元")
    assert codes(found) == []


@pytest.mark.parametrize(
    "last", [["合计", "", "", "", "100"], ["总分", "", "", "100分", ""], ["合计", "", "", "100", "100"]]
)
def test_a_row_of_sums_is_none(last: list[str]) -> None:
    found = table([*HEADS, "分值"], [*SHOWN, "90"], [*LIKED, "10"], [*last])
    assert records(found, "level1", "level2", "level3", "target") == PLAIN
    assert codes(found) == (["I140"] if last[3] else [])


def test_the_target_of_a_sum_may_stand_in_three_cells() -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    rows = [["产出指标", "数量指标", "演出", "≥", "20", "场"], ["产出指标", "成本指标", "合计", "≤", "30", "万元"]]
    found = table(heads, *rows)
    assert (records(found, "level3", "target"), codes(found)) == ([["演出", "≥20场"], ["合计", "≤30万元"]], [])
