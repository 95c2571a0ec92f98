"""An empty target table to be filled in: drop-downs, an example of each kind, and a sheet that says how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from selfeval.domain.kinds import KINDS
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import MOST_INDICATORS, PROJECTS
from selfeval.sheets.entries import Entry
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Book, Cell, Column, Row, Sheet
from selfeval.sheets.page import Footer, Page
from selfeval.sheets.rows import headings, over
from selfeval.sheets.themes.targets import TARGETS
from selfeval.sheets.writer import workbook
from selfeval.sources.targets_cells import DATA_TYPES
from selfeval.sources.targets_page import SHEETS, TargetSheet
from selfeval.sources.targets_rows import EXAMPLE

_PAGE = Page(footer=Footer(numbers="第{page}页，共{pages}页"))
_UPRIGHT = Page(landscape=False, footer=Footer(numbers="第{page}页，共{pages}页"))
_LEVELS1 = ("产出指标", "效益指标", "满意度指标", "成本指标")
_LEVELS2 = (
    *("数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "社会效益指标", "生态效益指标"),
    *("可持续影响指标", "服务对象满意度指标"),
)
"""The headings of 财预〔2020〕10号 and 财预〔2021〕101号, for a year without rules, and beside those of its rules."""
_LONGEST_LIST = 250
"""Characters of a drop-down list that Excel takes, nearly."""
_ROWS = {"项目": 200, "指标": 400, "资金计划": 200, "部门目标": 60}
_LEAST, _WIDEST = 17.5, 22
_LEFT_OUT = frozenset({"standard"})
_KEY = "项目编码"

_NOTES = (Column("about", "", 17), Column("note", "", 66))


def template(year: int, rulebook: Rulebook | None) -> bytes:
    """The workbook, the same bytes every time; with the headings of the year's rulebook where there is one."""
    lists = _lists(rulebook)
    sheets = (_notes(year), *(_sheet(sheet, lists) for sheet in SHEETS))
    return workbook(Book(f"{year}年绩效目标表（空白）", dt.date(year, 1, 1), TARGETS, sheets))


def _lists(rulebook: Rulebook | None) -> Mapping[str, Entry]:
    own1 = [level for section in rulebook.sections for level in section.levels1[:1]] if rulebook else [*_LEVELS1]
    own2 = [level for entry in rulebook.recognise for level in entry.level2] if rulebook else []
    return {
        "level1": _choice(own1, "一级指标"),
        "level2": _choice([*_LEVELS2, *own2], "二级指标"),
        "kind": _choice([kind.label for kind in KINDS.values()], "类型（可空）"),
    }


def _choice(choices: Sequence[str], title: str) -> Entry:
    """A drop-down; as documents print other headings too, another text passes after a question."""
    fit = [*dict.fromkeys(choices)]
    while len(",".join(fit)) > _LONGEST_LIST:
        fit.pop()
    said = (title, "请点右边的箭头，从列表里选；原文是其他名称的，照原文填写。")
    return Entry(
        "choice", tuple(fit), prompt=said, refusal=("不在列表里", "原文如此的，点“是”；否则请从列表里选。"), free=True
    )


def _sheet(sheet: TargetSheet, lists: Mapping[str, Entry]) -> Sheet:
    columns = tuple(
        Column(each.name, each.header, min(width, _WIDEST), frozen=each.header == _KEY and sheet.name == "项目")
        for each, width in zip(sheet.table.published, sheet.widths, strict=True)
        if each.name not in _LEFT_OUT
    )
    examples = [
        Row(
            tuple(Cell(column.id, row.get(column.id), _example_look(column.id)) for column in columns),
            f"example.{at}",
            Fit(_LEAST),
        )
        for at, row in enumerate(_EXAMPLES[sheet.name]())
    ]
    free = [
        Row(
            tuple(
                Cell(column.id, None, f"free_{DATA_TYPES.get(column.id, 'text')}", entry=lists.get(column.id))
                for column in columns
            ),
            height=None,
        )
        for _ in range(_ROWS[sheet.name])
    ]
    return Sheet(
        sheet.name, columns, (headings(columns, "header", 22.0, frozen=True), *examples, *free), _PAGE, gridlines=True
    )


def _example_look(column: str) -> str:
    look = f"example_{DATA_TYPES.get(column, 'text')}"
    return look if look in {"example_money", "example_share"} else "example"


Example = Mapping[str, str | float]


def _projects() -> Iterator[Example]:
    yield {
        "unit_code": "501001",
        "unit_name": "某县文化和旅游局本级",
        "project": EXAMPLE,
        "name": "公共图书馆免费开放经费",
        "budget": 30.0,
        "fiscal": 30.0,
        "purpose": "图书馆免费开放",
        "goal": "全年开放300天，读者满意度达90%以上。",
    }


def _indicators() -> Iterator[Example]:
    shown = [(kind, kind.example) for kind in KINDS.values() if kind.example]
    for number, (kind, one) in enumerate(shown, start=1):
        yield {
            "indicator": f"{EXAMPLE}-{number:02d}",
            "project": EXAMPLE,
            **one._asdict(),
            "description": f"这是{kind.title}的写法",
            "basis": "年度工作计划",
            "kind": kind.label,
        }


def _plan() -> Iterator[Example]:
    yield {"project": EXAMPLE, "month_3": 0.25, "month_6": 0.5, "month_10": 0.8, "month_12": 1.0}


def _department() -> Iterator[Example]:
    yield {
        "title": EXAMPLE,
        "goal": "提升公共文化服务水平。",
        "indicator_text": "公共图书馆开放天数",
        "target": "≥300天",
    }


_EXAMPLES = {"项目": _projects, "指标": _indicators, "资金计划": _plan, "部门目标": _department}


def _notes(year: int) -> Sheet:
    lines = (
        (
            "示例行",
            f"灰底的行（“{_KEY}”或“分项名称”写着“{EXAMPLE}”）只作示例，导入时跳过；看过可以删去，不删也不影响。",
        ),
        (
            "填好以后",
            f"保存，运行 selfeval import 这个文件 --year {year}；也可以另存为 inputs/{year}/targets.xlsx 直接使用。",
        ),
        ("金额", "一律为万元，只填数字。"),
        ("编码", "编码的列已设为文本格式，请直接输入；改成数字格式的，长编码的后几位会变成0。"),
        ("列", "列的先后可以调整，列名请不要改动；不用的列可以删去，必填的列不能删。"),
        ("工作表 项目", "一行一个项目。必填：单位编码、单位名称、项目编码、项目名称、预算数（年初预算数）；其余可空。"),
        (
            f"　{PROJECTS['department'].header}",
            "可空。空着的，按单位名称带“本级”的推断；自评表、公开版照此填写。",
        ),
        (
            "工作表 指标",
            (
                f"一行一个指标，同一项目的排在一起，不超过{MOST_INDICATORS}个。必填：指标编号、项目编码、一级指标、二级指标、"
                "三级指标、指标值。"
            ),
        ),
        ("　指标编号", "项目编码加“-01”“-02”……，一年之内不要改动。"),
        ("　一、二级指标", "与上一行相同的，可以空着。有下拉列表；原文是其他名称的，照原文填写。"),
        ("　指标值", "照绩效目标原文填写，如 ≥300天、95%以上、11月底前、2800-3200元、月度时序、有所提升、不涉及。"),
        ("　类型", "一般空着，由评分规则按指标值识别；要由评分人员评定的选“人工”。"),
        ("　分值", "可空，空着的在同一部分里平均分配；填了的，同一部分要都填，合计等于这一部分的分值。"),
        (
            "工作表 资金计划",
            (
                "一行一个项目：到3月底、6月底、10月底、12月底累计应支付的比例（25%、50%……）。只有写了“月度时序”的指标用到它，"
                "没有的可以不填。"
            ),
        ),
        ("工作表 部门目标", "部门整体绩效目标，一条一行；没有的不用填。对应指标编号可空，几个之间用顿号（、）分开。"),
        ("更多的行", "直接往下填写；下拉列表在前面各行里，可以往下复制。"),
    )
    title = over(_NOTES, f"{year}年绩效目标表填写说明", "title", 28.0)
    texts = ((Cell("about", about, "text"), Cell("note", note, "text")) for about, note in lines)
    rows = (title, *(Row(cells, height=Fit(_LEAST)) for cells in texts))
    return Sheet("填写说明", _NOTES, rows, _UPRIGHT)
