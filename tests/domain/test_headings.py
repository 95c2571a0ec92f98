"""Headings are compared without what stands around their words; names by the words they contain."""

from __future__ import annotations

import pytest

from selfeval.domain.reading.headings import is_heading, is_named, plain_heading, without_points


@pytest.mark.parametrize(
    "text",
    [
        "成本指标",
        "成本",
        "成本指标(10分)",
        "成本指标（10分）",
        "成本指标10分",
        "一、成本指标（50分）",
        "（一）成本指标",
        "1.成本指标",
        "成本指标（10%）",
        "成本指标【20分】",
        "成 本 指 标",
        "成本指标（满分20分）",
        "成本目标",
        "成本指标等",
    ],
)
def test_a_heading_is_its_words(text: str) -> None:
    assert plain_heading(text) == "成本"
    assert is_heading(text, ("成本指标",))


@pytest.mark.parametrize("text", ["经济成本指标", "数量指标", "", "50分"])
def test_another_heading_is_another(text: str) -> None:
    assert not is_heading(text, ("成本指标",))


def test_a_name_contains_one_word_and_none_of_others() -> None:
    assert is_named("安全事故起数", ("事故",), ("处理",))
    assert not is_named("安全事故处理率", ("事故",), ("处理",))
    assert not is_named("培训人数", ("事故",))
    assert is_named("培训人数", ())


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("一、产出指标（50分）", "一、产出指标"),
        ("效益指标 (满分30分)", "效益指标"),
        ("产出指标", "产出指标"),
        ("产出指标（含成本）", "产出指标（含成本）"),
    ],
)
def test_points_behind_a_heading_are_not_printed_twice(text: str, printed: str) -> None:
    assert without_points(text) == printed
