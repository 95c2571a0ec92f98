"""The published document for 2024, end to end, against a reading made by hand."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from selfeval.sources.imported import Imported
from selfeval.sources.read import read_file
from tests.sources import accidents
from tests.sources.invented import read_text

JUSTICE, REHAB = ("324001", "承德市司法局本级"), ("324004", "承德市戒毒管理所")

# 项目编码, 项目名称, 预算数, number of indicators, and the plan at 3, 6, 10, 12月底 in percent.
PROJECTS: list[tuple[str, str, float, int, tuple[float | None, ...]]] = [
    ("13080024P00010310005F", "12348法律服务热线", 22.59, 9, (20, 50, 90, None)),
    ("13080024P00009710005F", "法律顾问经费", 20.0, 7, (None, 50, 75, 100)),
    ("13080024P00010010005E", "法律援助服务经费", 30.0, 8, (20, 50, 75, 100)),
    ("13080024P000094100062", "法律援助中心工作经费", 5.0, 7, (25, 50, 90, None)),
    ("13080024P00009610005R", "法律职业资格考试经费", 22.0, 7, (None, None, 50, 100)),
    ("13080024P00000610028B", "公务运转经费", 93.0, 7, (25, 50, 75, 100)),
    ("13080024P000105100047", "警察服装经费", 3.0, 6, (25, 50, 90, None)),
    ("13080024P000099100047", "律师值班补贴经费", 22.59, 7, (None, 50, 75, 100)),
    ("13080024P00010210005R", "普法宣传经费", 10.0, 7, (None, 50, 75, 100)),
    ("13080024P00010410003X", "人民调解和医疗纠纷经费", 30.0, 7, (25, 50, 90, 100)),
    ("13080024P000093100070", "人民监督员经费", 10.0, 7, (25, 50, 75, None)),
    ("13080024P00009210007A", "社区矫正和特殊人员教育经费", 20.0, 7, (None, None, None, 100)),
    ("13080024P00009810006Q", "司法所经费", 15.0, 7, (25, 50, 90, 100)),
    ("13080024P000101100054", "行政复议经费", 10.0, 8, (20, 50, 75, 100)),
    ("13080024P00009510006P", "执法培训经费", 15.0, 8, (25, 50, 75, 100)),
    ("13080023P00033510157D", "2023年中央一批转移支付资金—办案业务费", 2.69, 8, (25, 50, 75, 100)),
    (
        "13080023P000335101581",
        "2023年中央一批转移支付资金—政法三级网视频会议系统更换升级",
        0.92,
        7,
        (None, None, None, 100),
    ),
    ("13080024P00010710004J", "被装购置项目", 49.65, 8, (25, 50, 80, 100)),
    ("13080024P00010910005H", "电网维护经费", 20.0, 8, (25, 50, 90, None)),
    ("13080024P00011010003E", "辅警人员经费", 165.85, 8, (25, 50, 90, 100)),
    ("13080024P00000610025G", "公务运转经费", 54.0, 8, (25, 50, 90, 100)),
    ("13080024P00011110004P", "聘用医护人员经费", 18.0, 9, (25, 50, 90, 100)),
    ("13080024P000108100048", "强制隔离戒毒人员经费", 55.0, 8, (25, 50, 75, None)),
    ("13080023P00044010013Q", "“四区五中心”建设项目", 138.56, 9, (None, 50, 90, 100)),
    ("13080024P000106100039", "安防设施项目经费", 20.0, 8, (25, 50, 90, 100)),
    ("13080023P000242100025", "承德市戒毒所（原劳教所）扩建工程", 79.0, 8, (None, None, None, 100)),
    ("13080023P00044010010X", "消防设施修缮项目", 11.81, 8, (None, 90, 100, None)),
    ("13080023P00044010009J", "智慧戒毒项目", 143.67, 9, (30, 60, 90, None)),
]
INFERRED_PLANS = {1, 2, 9, 10, 14, 16, 17, 18, 20, 25, 26}
"""The projects whose plan has slipped: each must be reported, and no other."""

INDICATORS = {
    "13080024P00010310005F-01": "产出指标|数量指标|解答12348来电次数|解答12348来电次数|≥7000次|经验标准",
    "13080024P00010310005F-05": "产出指标|时效指标|解答12348来电、来访、代写法律文书响应率。|"
    "解答12348来电、来访、代写法律文书响应率。|≥95%|年度工作计划",
    "13080024P00009710005F-01": "产出指标|数量指标|法律顾问出具法律意见书及出庭数量|"
    "法律顾问出具法律意见书及出庭数量|≥50件|年度工作计划",
    "13080024P00009710005F-03": "产出指标|时效指标|在规定期限内出具法律意见书率|"
    "在规定期限内出具法律意见书率|100%|年度工作计划",
    "13080024P00009710005F-05": "效益指标|社会效益指标|巩固提升行政复议、行政诉讼办案质量，维护社会稳定。|"
    "巩固提升行政复议、行政诉讼办案质量，维护社会稳定。|巩固提升|经验标准",
    "13080024P00010010005E-07": "效益指标|可持续影响指标|促进法治政府建设保障社会长治久安。|"
    "持续促进法治政府建设，保障社会长治久安。|可持续|经验标准",
    "13080024P000105100047-03": "产出指标|时效指标|采购警察服装完成时间|"
    "采购警察服装完成时间|2024年12月底前|年度工作计划",
    "13080024P00009210007A-01": "产出指标|数量指标|社区矫正对象在线学习人数|"
    "社区矫正对象在线学习人数|≥2000人|预算绩效目标申报数",
    "13080024P000101100054-08": "满意度指标|服务对象满意度指标|服务对象满意度指标|服务对象满意度指标|≥90%|随机调查",
    "13080023P00033510157D-05": "产出指标|成本指标|总成本控制率|"
    "总成本控制率=实际总成本/预算成本*100%|≤100%|年度工作计划",
    "13080024P00010710004J-03": "产出指标|时效指标|资金支付及时率|"
    "资金支付及时率=实际支出资金数/预算资金数*100%|12月31日前完成全部工作|工作计划",
    "13080024P00010910005H-03": "产出指标|时效指标|使用时间|年度设备延续使用时间|1212月31日前完成全部工作|机关要求",
    "13080024P00011010003E-08": "满意度指标|服务对象满意度指标|服务对象满意度|服务对象满意度|≥90百分比|随机调查",
    "13080024P000108100048-04": "产出指标|成本指标|平均成本|反映按戒毒人员年度所需平均费用|≤5900人/年/元|上级文件规定",
    "13080023P000242100025-01": "产出指标|数量指标|总工程量|反应项目建设总工程量|建筑面积2360.46平方米|实际情况",
    "13080023P000242100025-03": "产出指标|时效指标|工程进度达标率|"
    "工程进度达标率=实际施工进度达标的工程数/总工程数（反映工程建设进度情况）*100%|≥95百分比|合同约定",
    "13080023P000242100025-04": "产出指标|成本指标|项目总成本|按照项目结算评审金额确定尚未支付部分|实际金额|年初预算数",
    "13080023P00044010010X-01": "产出指标|数量指标|设施建设数量|"
    "反映配套设施建设数量|对所内建筑进行消防设施整体完善1套|规范要求",
    "13080023P00044010009J-06": "效益指标|社会效益指标|提高工作效率|"
    "定性指标：解决工作量大、效率低、精度不准等问题|提升工作效率，解决工作量大等问题|项目实施目标要求",
    "13080023P00044010009J-07": "效益指标|经济效益指标|设备使用率|"
    "设备使用率=信息设备或建设的系统使用台数（或功能）/设备总（功能）数*100|≥50%|项目实施目标要求",
}

# 序号, 指标, 指标值, 对应指标编号 by hand: the number of the project and of its indicator.
CLAUSES: list[tuple[int, str, str, tuple[tuple[int, int], ...]]] = [
    (1, "法律顾问在规定期限内出具法律意见书率", "100%", ((2, 3),)),
    (1, "为重大决策提供建议和咨询", "", ()),
    (2, "年度内组织培训", "1期", ((15, 1),)),
    (2, "行政执法人员培训人次", "2500人次以上", ((15, 2),)),
    (2, "考试合格率", "90%", ((15, 3),)),
    (2, "行政复议案件法律文书送达率", "100%", ((14, 3),)),
    (2, "在规定期限内审结率", "100%", ((14, 4),)),
    (3, "组织普法宣传活动场次", "16次以上", ((9, 1), (16, 1))),
    (3, "组织各级干部普法考试合格率", "100%", ((9, 2),)),
    (3, "社区矫正对象脱管率", "低于0.5%", ((12, 2),)),
    (3, "社区矫正对象重新犯罪率", "低于0.2%", ((12, 5),)),
    (3, "建设规范化司法所完成率", "100%", ((13, 2),)),
    (3, "人民监督员履职参与率", "100%", ((11, 2),)),
    (3, "聘用专职调解员", "", ((10, 1),)),
    (3, "提升人民调解、医疗纠纷化解工作的影响力", "", ((10, 5),)),
    (3, "营造有矛盾找调解的社会氛围", "", ((10, 6),)),
    (3, "法律援助案件受理数", "100件以上", ((3, 1),)),
    (3, "解答12348来电次数", "7000次", ((1, 1),)),
    (3, "律师到岗值班率", "95%", ((1, 4),)),
    (3, "受援群众满意度", "95%", ((1, 9), (4, 7))),
    (4, "考试组织合规率", "100%", ((5, 2),)),
    (4, "参考人员满意度", "100%", ((5, 7),)),
    (5, "年度内完成智慧戒毒项目软、硬件配置", "", ((28, 1), (28, 2))),
    (5, "安防设施项目验收合格率", "100%", ((25, 2),)),
    (5, "安全事故发生率", "低于0.01%", ((24, 5),)),
]

Accident = Callable[[str, random.Random], str]


@pytest.fixture(scope="module")
def text(seed_document: Path) -> str:
    return seed_document.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def seed(seed_document: Path) -> Imported:
    return read_file(seed_document, 2024)


def assert_same(found: Imported, expected: Imported) -> None:
    for name in ("projects", "indicators", "plan", "department"):
        assert getattr(found.targets, name) == getattr(expected.targets, name), name
    assert (found.title, found.overall_goal) == (expected.title, expected.overall_goal)
    assert [one.code for one in found.problems] == [one.code for one in expected.problems]


def test_the_heads_of_all_projects(seed: Imported) -> None:
    table = seed.targets.projects
    assert table.column("seq") == list(range(1, 29))
    assert list(zip(table.frame["project"], table.frame["name"], table.frame["budget"], strict=True)) == [
        one[:3] for one in PROJECTS
    ]
    assert table.column("fiscal") == table.column("budget")
    assert table.frame["other"].isna().all()
    assert list(zip(table.frame["unit_code"], table.frame["unit_name"], strict=True)) == [JUSTICE] * 17 + [REHAB] * 11
    assert table.column("purpose")[:2] == ["12348法律服务热线值班费用", "聘请法律顾问出具法律意见"]
    assert (table.frame["purpose"] != "").all()
    assert table.frame["goal"].str.startswith("1.").all()
    assert table.frame["goal"][1].endswith(
        "在规定期限内出具法律意见书率达100%，总成本小于等于20万元；巩固提升行政复议、行政诉讼办案质量，维护社会稳定，提高法律意识，持续促进法治政府建设，服务对象满意度达90%"
    )
    assert table.frame["goal"][19] == "1.确保戒毒场所安全稳定2.确保戒毒所各项工作正常运转，提高工作效率"


def test_the_number_of_indicators_of_each_project(seed: Imported) -> None:
    counts = seed.targets.indicators.frame.groupby("project", sort=False).size()
    assert counts.to_dict() == {code: count for code, _, _, count, _ in PROJECTS}
    assert counts.sum() == 215


@pytest.mark.parametrize("indicator", INDICATORS)
def test_indicators_that_layout_had_broken(seed: Imported, indicator: str) -> None:
    row = seed.targets.indicators.frame.set_index("indicator").loc[indicator]
    fields = ("level1", "level2", "level3", "description", "target", "basis")
    assert "|".join(str(row[name]) for name in fields) == INDICATORS[indicator]


def test_every_indicator_equals_a_plain_split_of_its_line(seed: Imported, text: str) -> None:
    """An independent reading: this document has each row on one line, with six texts or five (level carried down)."""
    rows = [[re.sub(" ", "", cell) for cell in line.split("\t") if cell] for line in text.split("\n")]
    rows = [row for row in rows if len(row) in (5, 6) and row[-5].endswith("指标") and row[0] != "一级指标"]
    table = seed.targets.indicators.frame[["level2", "level3", "description", "target", "basis"]]
    assert table.to_numpy().tolist() == [row[-5:] for row in rows]


def test_the_plans_of_all_projects(seed: Imported) -> None:
    found = [
        tuple(None if math.isnan(share) else round(share * 100, 6) for share in row)
        for row in seed.targets.plan.frame[["month_3", "month_6", "month_10", "month_12"]].to_numpy().tolist()
    ]
    assert found == [plan for *_, plan in PROJECTS]


def test_just_the_slipped_plans_are_reported_as_inferred(seed: Imported) -> None:
    numbers = {code: number for number, (code, *_) in enumerate(PROJECTS, start=1)}
    assert {numbers[one.project] for one in seed.readings if one.what == "资金支出计划"} == INFERRED_PLANS


def test_the_only_doubt_is_a_plan_that_is_complete_in_october(seed: Imported) -> None:
    assert [(one.code, one.place.project) for one in seed.problems] == [("W104", "13080023P00044010010X")]


def test_the_clauses_of_the_departments_goals(seed: Imported) -> None:
    table = seed.targets.department
    expected = [
        (seq, text, value, "、".join(f"{PROJECTS[p - 1][0]}-{n:02d}" for p, n in links))
        for seq, text, value, links in CLAUSES
    ]
    found = table.frame[["seq", "indicator_text", "target", "indicators"]].itertuples(index=False, name=None)
    assert list(found) == expected
    assert table.frame["title"].unique().tolist() == [
        "政府法治制度建设",
        "依法行政工作",
        "司法行政管理工作",
        "国家法律职业资格证书考试",
        "戒毒管理工作。",
    ]


def test_title_and_overall_goal(seed: Imported) -> None:
    assert seed.title == "承德市司法局2024年部门预算绩效文本"
    assert seed.overall_goal.startswith("2024年，坚持以习近平新时代中国特色社会主义思想为统领")
    assert seed.overall_goal.endswith("社区矫正、安置帮教和强制戒毒等工作年度目标任务。")


@pytest.mark.parametrize("accident", accidents.ACCIDENTS, ids=lambda one: one.__name__)
def test_accidents_of_extraction_change_nothing(seed: Imported, text: str, accident: Accident) -> None:
    assert_same(read_text(accident(text, random.Random(7))), seed)


def test_many_accidents_at_once_change_nothing(seed: Imported, text: str) -> None:
    for accident in (
        accidents.full_width,
        accidents.spaces,
        accidents.radicals,
        accidents.lost_trailing_tabs,
        accidents.broken_cells,
        accidents.windows_line_ends,
    ):
        text = accident(text, random.Random(11))
    assert_same(read_text(text), seed)


def test_the_same_projects_in_reverse_order_without_some(seed: Imported, text: str) -> None:
    front, *tables = re.split(r"(?m)^(?=\d+\. .*绩效目标表$)", text)
    assert len(tables) == 28
    kept = [table if table.endswith("\n") else f"{table}\n" for table in tables[:20:2]]
    found = read_text(front + "".join(reversed(kept))).targets
    codes = [code for code, *_ in PROJECTS[:20:2]]
    assert found.projects.frame["project"].tolist() == codes[::-1]
    for code in codes:
        for name in ("projects", "indicators", "plan"):
            one, same = (getattr(targets.only([code]), name).frame for targets in (found, seed.targets))
            pd.testing.assert_frame_equal(
                one.drop(columns="cell", errors="ignore"), same.drop(columns="cell", errors="ignore")
            )
