"""Every line proposed for a target that no rule can read is YAML, loads, and reads as it says or names what is open."""

from __future__ import annotations

import shlex
from dataclasses import replace
from math import nan

import pytest
import yaml

from selfeval.domain.case import Case
from selfeval.domain.promise import promises
from selfeval.domain.reading.addressed import addressed_to
from selfeval.domain.reading.proposal import WHICH_DAY, WHY, propose
from selfeval.domain.rulebook import Origin, Override, Rulebook
from selfeval.domain.rulebook.homes import adoption, has_home
from selfeval.domain.targets import Indicator, Project
from selfeval.rulebook.loading import load
from tests.rulebook.workbench import ROOT, RULES, Workbench

YEAR = 2022
PROJECT = Project(1, "324001", "某局", "X", "项目", 50.0, 50.0, 0.0, "", "")

DAYS = {
    "次年3月底前": "2023年3月31日",
    "次年2月底前完成": "2023年2月28日",
    "2022年12月至次年3月": "",
    "下一年度的3月15日前": "2023年3月15日",
    "明年6月上旬": "2023年6月10日",
    "翌年1月": "2023年1月31日",
    "上年12月底": WHICH_DAY,
    "去年12月": WHICH_DAY,
    "前年3月5日": WHICH_DAY,
    "2022年2月30日": WHICH_DAY,
    "2月30日前": WHICH_DAY,
    "11月31日": WHICH_DAY,
    "次年2月29日": WHICH_DAY,
    "6月45日": WHICH_DAY,
    "9月初": WHICH_DAY,
    "9月中完成": WHICH_DAY,
    "2019年3月": WHICH_DAY,
    "2099年3月": WHICH_DAY,
    "验收拟于3月5日左右": "3月5日",
    "大约6月份": "6月",
}
OTHERS = (
    *(
        '完成"智慧"平台3个"',
        '30"',
        '“3”个"',
        '约"30万元"',
        "3$HOME",
        "5`ls`",
        "2个\\",
        "3个'",
        "4!个",
        "9%PATH%",
        "5&del",
    ),
    *("随便", "", " ", "a: b", "{x}", "[1]", "#3", "- 3", "*3", "&3个", "!!int 3", "是", "null", "~", "yes", "3: 4"),
    *("约30", "30左右", "左右30%", "3上下", "大概5次", "0.95上下", "≥约30", "随便≤约30", "M.8万元", "-5%", "五十余万"),
    *(
        "甲\u2028乙3",
        "甲\x85乙3",
        "\ufeff3多",
        "行一\n行二3",
        "3\t4",
        "3\x7f",
        "😀3",
        "项" * 400,
        "3" * 400,
        "3个" * 200,
    ),
    *(
        "每月检查约1次",
        "每季度左右2次",
        "建筑面积约2360.46平方米",
        "1/3",
        "1:2",
        "≤5900人/年/元",
        "完成1部宣传片,2套方案",
    ),
)


@pytest.fixture(scope="module")
def national() -> Rulebook:
    rulebook, problems = load(RULES / "national-2020.yaml", ROOT)
    assert rulebook is not None, problems
    return rulebook


@pytest.mark.parametrize("target", [*DAYS, *OTHERS])
def test_a_proposed_line_loads_and_reads_as_it_says(national: Rulebook, target: str) -> None:
    offered = propose(target, "指标名称", national.vocabulary, YEAR)
    line, command = offered.line('X"-01', addressed_to("指标名称", target)), offered.command("X-01", YEAR)
    assert len(f"{line}{command}".splitlines()) == 1
    (item,) = yaml.safe_load(line)
    assert item["because"].endswith(WHY)
    assert (item["indicator"], item["kind"], item.get("target", "")) == ('X"-01', offered.kind, offered.target)
    typed = shlex.split(command)
    assert typed[-1] == item["because"]
    assert offered.target in {"", typed[typed.index("--year") + 3]}
    made = Override(
        indicator="X-01", kind=item["kind"], target=offered.target, because="批复", origin=Origin("rules/2022.yaml", 1)
    )
    asked = replace(national, overrides={"X-01": made})
    indicator = Indicator("X-01", "X", "产出指标", "数量指标", "指标名称", "", target, "", "", nan, "")
    (promise,), problems = promises(Case(YEAR, PROJECT, (indicator,)), asked)
    if offered.target == WHICH_DAY:
        assert [found.code for found in problems] == ["E503"]
    else:
        assert (promise.reading.kind, problems) == (offered.kind, [])


@pytest.mark.parametrize(("target", "meant"), DAYS.items())
def test_a_day_is_proposed_with_its_year_or_left_open(national: Rulebook, target: str, meant: str) -> None:
    assert propose(target, "完成时间", national.vocabulary, YEAR).target == meant


@pytest.mark.parametrize("target", ["±5%以内", "±5%", "大约5%以内", "正负5%以内"])
def test_what_may_be_off_by_so_much_is_not_to_be_reached(national: Rulebook, target: str) -> None:
    assert propose(target, "检测数据偏差", national.vocabulary, YEAR).target == "≤5%"


@pytest.mark.parametrize("target", ["2023年2月30日", "2月30日前"])
def test_a_day_that_is_none_is_told(national: Rulebook, target: str) -> None:
    indicator = Indicator("X-01", "X", "产出指标", "时效指标", "完成时间", "", target, "", "", nan, "")
    _, (found,) = promises(Case(2023, PROJECT, (indicator,)), national)
    assert "没有2月30日这一天" in found.message + found.remedy
    assert WHICH_DAY in found.remedy


def test_a_long_target_is_quoted_in_short(national: Rulebook) -> None:
    indicator = Indicator("X-01", "X", "产出指标", "数量指标", "指标名称", "", "约3个、" * 100, "", "", nan, "")
    _, (found,) = promises(Case(YEAR, PROJECT, (indicator,)), national)
    assert "…”" in found.message
    assert len(found.message) < 120


@pytest.mark.parametrize(
    ("level1", "home"),
    [
        ("成本指标", "output"),
        ("综合指标", "output"),
        ("经济效益指标", "benefit"),
        ("满意度", ""),
        ("产出：数量", "output"),
    ],
)
def test_the_line_for_a_first_level_without_a_section_gives_it_one(bench: Workbench, level1: str, home: str) -> None:
    base, _ = load(RULES / "national-2020.yaml", ROOT)
    assert base is not None
    assert has_home(level1, base.sections) == (not home)
    if home:
        line = adoption(level1, base.sections)["line"]
        head = "id: 2025\ntitle: 某局规则\nextends: national-2020\nin_force:\n  from: 2025\n  to: 2025\n"
        bench.write(f"{head}{line}\n", "2025.yaml")
        made, problems = load(bench.path("2025.yaml"), bench.root)
        assert made is not None, problems
        own = next(section for section in made.sections if has_home(level1, [section]))
        assert (own.id, own.levels1[:1]) == (home, next(one.levels1[:1] for one in base.sections if one.id == home))
