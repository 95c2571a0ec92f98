"""Undoing page layout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.sources.layout import squeeze, tidy, without_pages

TIDY = {
    "法律顾问出 具法律意见 书": "法律顾问出具法律意见书",
    "≥90百分 比": "≥90百分比",
    "解答 12348 来电次数": "解答12348来电次数",
    "1. 通过聘请": "1.通过聘请",
    "≤ 22.59 万元": "≤22.59万元",
    "GB  50014 标准": "GB 50014标准",
    "提升\n意识": "提升意识",
    "70\n00次": "7000次",
    "P0001\n0310005F": "P00010310005F",
    "Open\nOffice": "Open Office",
    "意识。 ": "意识。",
}
NORMAL = {
    "１２．５％": "12.5%",
    "Ａ／Ｂ＊１００％": "A/B*100%",
    "（含），一：二；三": "（含），一：二；三",
    "⼈⺠⻚": "人民页",
    "一\u00a0二\u3000三\u200b四\ufeff": "一 二 三四",
    "甲\r\n乙\r丙": "甲\n乙\n丙",
    "甲\n- 12 -\n乙": "甲\n\n乙",
    "甲\n第3页 共 9 页\n乙": "甲\n\n乙",
    "甲\n\n12\n\n乙": "甲\n\n\n\n乙",
    "甲\n12\f\n乙": "甲\n\n乙",
    "甲\n12\n乙": "甲\n12\n乙",
    "甲\n1\n乙\n2\n丙\n3\n丁\n4\n戊": "甲\n\n乙\n\n丙\n\n丁\n\n戊",
    "≥5，≧6，≤7": "≥5，≧6，≤7",
}


@pytest.mark.parametrize("text", TIDY)
def test_only_layout_white_space_goes(text: str) -> None:
    assert tidy(text) == TIDY[text]


@pytest.mark.parametrize("text", NORMAL)
def test_widths_spaces_breaks_and_page_numbers(text: str) -> None:
    assert without_pages(text) == NORMAL[text]


@given(st.text(alphabet="指标≥ \t\n\fAb19.，％１⼈-页第", max_size=60))
def test_normalising_again_and_tidying_again_change_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert squeeze(tidy(text)) == squeeze(text)
    assert without_pages(text).count("\n") == text.count("\n")
