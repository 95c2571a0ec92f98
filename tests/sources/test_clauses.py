"""Clauses of the department's goals, and the indicators they speak of."""

from __future__ import annotations

import pytest

from selfeval.sources.form.department_goals import Candidate, Clause, match, split

CLAUSES = {
    "考试合格率达90%": [("考试合格率", "90%")],
    "考试合格率达到90%": [("考试合格率", "90%")],
    "受理数在100件以上": [("受理数", "100件以上")],
    "脱管率低于0.5%": [("脱管率", "低于0.5%")],
    "年度内组织培训1期": [("年度内组织培训", "1期")],
    "培训人次2500人次以上": [("培训人次", "2500人次以上")],
    "解答12348来电次数达7000次": [("解答12348来电次数", "7000次")],
    "开通12348热线": [("开通12348热线", "")],
    "聘用专职调解员": [("聘用专职调解员", "")],
    "送达率及审结率达100%": [("送达率", "100%"), ("审结率", "100%")],
    "送达率和审结率均达100%": [("送达率", "100%"), ("审结率", "100%")],
    "维护稳定及和谐": [("维护稳定及和谐", "")],
    "项目于12月底前完成": [("项目", "12月底前完成")],
    "成本控制在1,500.5万元以内；效果好。": [("成本", "1,500.5万元以内"), ("效果好", "")],
    "投入5，产出6": [("投入5", ""), ("产出6", "")],
}


@pytest.mark.parametrize("text", CLAUSES)
def test_a_clause_parts_into_words_and_value(text: str) -> None:
    assert [(one.text, one.value) for one in split(text)] == CLAUSES[text]


def indicator(number: int, project: str, name: str, target: str) -> Candidate:
    return Candidate(f"{project}-{number:02d}", project, f"{project}经费", name, target)


CANDIDATES = [
    indicator(1, "培训", "组织培训期数", "1期"),
    indicator(2, "培训", "培训人员合格率", "≥90%"),
    indicator(1, "普法", "法律考试及格率", "100%"),
    indicator(1, "安全", "事故发生率", "≤0.1百分比"),
    indicator(1, "场地", "事故发生率", "≤0.01百分比"),
    indicator(2, "场地", "验收合格率", "100%"),
    indicator(1, "援助", "受援群众满意度", "≥95%"),
    indicator(1, "接待", "接待群众满意度", "≥95%"),
]


def linked(text: str) -> list[list[str]]:
    return [[one.indicator for one in found] for found in match(split(text), CANDIDATES)]


def test_the_same_name_is_linked_and_a_like_one_is_not() -> None:
    assert linked("受援群众满意度达95%") == [["援助-01"]]


def test_among_equal_names_the_equal_value_decides() -> None:
    assert linked("事故发生率低于0.01%") == [["场地-01"]]
    assert linked("事故发生率低于0.05%") == [["安全-01", "场地-01"]]


def test_the_project_name_may_stand_before_the_indicator() -> None:
    assert linked("场地经费验收合格率达100%") == [["场地-02"]]


def test_a_neighbour_in_the_sentence_helps() -> None:
    assert linked("考试合格率达90%") == [[]]
    assert linked("年度内组织培训1期，考试合格率达90%") == [["培训-01"], ["培训-02"]]
    assert linked("年度内组织培训1期；考试合格率达90%") == [["培训-01"], []], "not across sentences"


def test_nothing_alike_stays_blank() -> None:
    assert match([Clause("为重大决策提供建议", "", 0)], CANDIDATES) == [[]]
