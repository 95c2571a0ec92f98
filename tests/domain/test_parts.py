"""Parts that a number is said to be made of: kinds of it are passed over, what may not belong to it is asked about."""

from __future__ import annotations

import pytest

from tests.domain.build import Row, evaluate_row


def reading(actual: str) -> tuple[str, set[str]]:
    row, codes = evaluate_row(Row("≥7000次", actual, level3="解答来电次数"))
    assert (row["actual_value"] == 7321) == (row["state"] != "ask")
    return row["state"], set(codes)


@pytest.mark.parametrize(
    "parts",
    [
        *("接听1321次，占线6000次", "有记录1321次，漏接6000次", "本年1321次，历年6000次", "本单位1321次，外单位6000次"),
        *("接听1321次，未接6000次", "成功1321次，失败6000次", "已办1321次，待办6000次", "男1321次，历年女6000次"),
        *("1321次接听，6000次占线", "占线六千次", "大部分占线", "占线占82%", "合格1321次，不合格6000次"),
        *("本年1321次，以前年度6000次", "其他单位6000次，本单位1321次", "男1321次，女8000次"),
    ],
)
def test_parts_that_may_not_belong_to_it_are_asked_about(parts: str) -> None:
    assert reading(f"7321次，其中{parts}") == ("ask", {"E403"})
    assert reading(f"7321次（其中：{parts.replace('，', '、')}）") == ("ask", {"E403"})


@pytest.mark.parametrize("part", ["占线", "历年", "外单位", "挂断的", "失败"])
def test_what_is_said_to_be_counted_too_and_may_not_belong_to_it_is_asked_about(part: str) -> None:
    assert reading(f"7321次（含{part}）") == ("ask", {"E403"})
    assert reading(f"7321次（含{part}6000次）") == ("ask", {"E403"})


@pytest.mark.parametrize(
    "parts",
    [
        *("正常1321次，异常6000次", "办结1321次，在办6000次", "正式1321次，测试6000次", "新增1321次，存量6000次"),
        *("应答1321次，无应答6000次", "咨询1321次、求助6000次", "线上6000次", "大都是咨询", "男1321次，女6001次"),
    ],
)
def test_other_parts_are_told(parts: str) -> None:
    assert reading(f"7321次，其中{parts}") == ("attention", {"I401"})


@pytest.mark.parametrize("part", ["测试", "返工", "存量"])
def test_what_is_said_to_be_counted_too_is_told(part: str) -> None:
    assert reading(f"7321次（含{part}）") == ("attention", {"I401"})


@pytest.mark.parametrize(
    "parts",
    [
        *("男1321次，女6000次", "男性1321次、女性6000次", "城镇1321次，农村6000次", "农村居民1321次；城镇居民6000次"),
        *("上半年1321次，下半年6000次", "线上6,000次和线下1,321次", "电话6000次、现场1321次", "男1321，女6000"),
        "一季度1321次，二季度2000次，三季度2000次，四季度2000次",
        "第1季度1321次，第2季度2000次，第3季度2000次，第4季度2000次",
        "1月1321次，12月6000次",
    ],
)
def test_kinds_that_make_it_exactly_are_not_told(parts: str) -> None:
    assert reading(f"7321次，其中{parts}") == ("scored", set())
    assert reading(f"7321次（其中{parts}）") == ("scored", set())


def test_parts_are_added_up_exactly() -> None:
    row, codes = evaluate_row(Row("≥0.3万次", "0.3万次，其中线上0.1万次，线下0.2万次"))
    assert (row["actual_value"], row["state"], codes) == (0.3, "scored", set())
