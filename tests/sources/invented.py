"""A small 绩效文本, invented, with the shapes of the real ones; and what it means."""

from __future__ import annotations

from dataclasses import dataclass, replace

from selfeval.sources.blocks import Document
from selfeval.sources.form.document import read_document
from selfeval.sources.imported import Imported
from selfeval.sources.text.reader import blocks

ROW_LABELS = "一级指标\t二级指标\t三级指标\t绩效指标描述\t指标值\t指标值确定依据\t"


@dataclass(frozen=True)
class Table:
    """One project's table as text; every part can be changed by a test."""

    seq: int = 1
    name: str = "河道清淤经费"
    unit: str = "400001 某某市水务局本级"
    money: str = "单位：万元"
    code: str = "ZZ0024P00000000001A"
    budget: str = "12.50"
    fiscal: str = "12.50"
    other: str = ""
    purpose: str = "清淤 3 公里"
    plan: str = "资金支出计 划（%）\t3 月底\t\t6 月底\t\t10 月底\t12 月底\n\t20%\t\t50%\t\t75%\t100%"
    goal: str = "绩效目标\t1. 清淤 3 公里，总成本 ≤ 12.5 万元。\t\t\t\t\t"
    header: str = ROW_LABELS
    rows: tuple[str, ...] = (
        "产出指标\t数量指标\t清淤长度\t清淤河道的长度\t≥3 公里\t年度工作计划\t",
        "\t质量指标\t验收合 格率\t验收合格率=合格数/总数*100%\t≥95百分 比\t年度工作计划\t",
        "效益指标\t社会效益指标\t改善水环境。\t改善水环境。\t有所改善\t经验标准\t",
        "满意度指标\t服务对象满意度指标\t居民满意度\t居民满意度\t≥90%\t随机调查\t",
    )

    @property
    def heading(self) -> str:
        return f"{self.seq}. {self.name}绩效目标表"

    def text(self) -> str:
        return "\n".join(
            [
                self.heading,
                "",
                self.unit,
                "",
                self.money,
                "",
                f"项目编码\t{self.code}\t\t项目名称\t{self.name}\t\t",
                f"预算规模及 资金用途\t预算数\t{self.budget}\t其中：财政 资金\t{self.fiscal}\t其他资金\t{self.other}",
                f"\t{self.purpose}\t\t\t\t\t",
                self.plan,
                self.goal,
                self.header,
                *self.rows,
                "",
            ]
        )


RIVER = Table()
TREES = replace(
    RIVER,
    seq=2,
    name="2023年“三北”补助资金—植树",
    code="ZZ0023P00000000002B",
    budget="1,200.00",
    fiscal="1000.00",
    other="200",
    plan="资金支出计 划（%）\t3月底\t\t6月底\t\t10月底\t\n\t25%\t\t50%\t\t90%\t12月底 100%",
    rows=(
        "产出指标\t数量指标\t植树数量\t植树数量\t≥8000 棵\t年度工作计划\t",
        "\t\t抚育面积\t抚育面积\t500亩\t年度工作计划\t",
        "\t成本指标\t总成本\t总成本\t≤1200 万元\t预算批复文件\t",
    ),
)
PUMPS = replace(
    RIVER,
    seq=3,
    name="泵站维护经费",
    unit="400002 某某市泵站管理所",
    code="ZZ0024P00000000003C",
    plan="资金支出计 划（%）\t3月底\t\t6月底\t\t10月底\t\n\t\t\t50%\t\t75%\t\n12月底\t100%\t\t\t\t\t",
)
TABLES = (RIVER, TREES, PUMPS)

GOALS = """二、分项绩效目标

1、水环境

绩效目标：改善 水环境。

绩效指标：清淤长度达 3 公里以上，居民满意度达 95%；提升水质。

2、绿化

绩效目标：扩大绿化面积；
巩固成果。

绩效指标：植树数量 8000 棵，成活率及抚育率达 90%。

三、工作保障措施

1、完善制度

按要求执行。
"""


def document(
    tables: tuple[Table, ...] = TABLES, goals: str = GOALS, title: str = "某某市水务局\n\n2024 年部门预算绩效文本"
) -> str:
    contents = "\n".join(f"{one.seq}.{one.name}绩效目标表.....\t{page}" for page, one in enumerate(tables, start=3))
    front = [
        title,
        "目 录",
        "第一部分 部门整体绩效目标",
        "一、总体绩效目标.....\t1\n二、分项绩效目标.....\t1\n三、工作保障措施.....\t2",
        "第二部分 预算项目绩效目标",
        contents,
        "第一部分",
        "部门整体绩效目标",
        "一、总体绩效目标",
        "2024 年，保障供水安 全；推进 GB 50014 标准。",
        goals,
        "第二部分",
        "预算项目绩效目标",
    ]
    return "\n\n".join(front) + "\n\n" + "\n".join(one.text() for one in tables)


def read_text(text: str, source: str = "") -> Imported:
    """What a text means."""
    return read_document(Document(blocks(text)), 2024, source)
