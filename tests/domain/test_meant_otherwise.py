"""Values that may have been meant in another unit: what is told names what was probably meant."""

from __future__ import annotations

import pytest

from tests.domain.build import CONTENT, MET, Project, Row, Value, evaluate


@pytest.mark.parametrize(
    ("target", "actual", "example"),
    [
        ("≤92.65万元", 900000.0, "如900000元；"),
        ("≤5000元", 0.5, "如0.5万元；"),
        ("≥1.2万人次", 12000.0, "如12000人次；"),
    ],
)
def test_the_example_of_a_unit_is_another_than_what_makes_it_far_off(target: str, actual: Value, example: str) -> None:
    assert example in evaluate([Project([Row(target, actual, level2="成本指标"), MET, CONTENT])]).problem("E428").remedy


@pytest.mark.parametrize("target", ["0.995", "=0.995", "≥0.995"])
def test_a_rate_below_1_without_a_sign_is_told_with_both_meanings(target: str) -> None:
    told = evaluate([Project([Row(target, 0.99, level3="检测合格率"), MET, CONTENT])]).problem("E503")
    assert "不能确定是99.5%还是0.995%" in told.message
