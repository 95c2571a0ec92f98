"""Makes the faulty forms of this folder, its targets and its README from the tables below. Same bytes every time.

Run from the repository: ``python examples/faulty/make.py``. Departments fill in forms wrongly in the ways listed here;
``selfeval check`` must name each by file, sheet and cell.
"""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import io
import sys
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from selfeval.domain.case import cases
from selfeval.domain.problems import Problem
from selfeval.domain.reported import Cell, DataType, Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.tables import Rows
from selfeval.domain.targets import Targets
from selfeval.forms.reading.folder import form_path
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.form import write_form
from selfeval.rulebook.loading import load
from selfeval.sources.imported import Imported
from selfeval.sources.targets_reader import read_targets
from selfeval.sources.targets_workbook import targets_workbook

HOTLINE = "13080024P00010310005F"
CLOTHES = "13080024P000105100047"
PUBLICITY = "13080024P00010210005R"
CENTRE = "13080024P000094100062"
TRAINING = "13080024P00009510006P"
EXAM = "13080024P00009610005R"
CASES = "13080023P00033510157D"
OFFICES = "13080024P00009810006Q"
AID = "13080024P00010010005E"
UNKNOWN = "13080024P00099990005X"
PROJECTS = (HOTLINE, CLOTHES, PUBLICITY, CENTRE, TRAINING, EXAM, CASES, OFFICES, AID)

YEAR = 2024
MARK = "示例数据（虚构，仅供演示）"
RULES_NOTE = """# 规则

这里不另放规则文件，用仓库的那一份：运行命令时写明 `--rules rules/2024.yaml`。
"""


@dataclass(frozen=True)
class Mistake:
    """A value put into a form: where (id of an indicator, or a fund or month), what, how it is stored, and why."""

    project: str
    row: str
    item: str
    value: str
    data_type: DataType
    told: str


MISTAKES: tuple[Mistake, ...] = (
    Mistake(HOTLINE, "01", "actual", "", "blank", "实际完成值没有填"),
    Mistake(HOTLINE, "02", "actual", "约460", "text", "填了约数“约460”"),
    Mistake(HOTLINE, "03", "actual", "57人", "text", "单位写错：应为份，写成了“57人”"),
    Mistake(HOTLINE, "04", "actual", "0.978", "number", "百分比填成小数0.978，单元格不是百分比格式"),
    Mistake(HOTLINE, "06", "actual", "-22.59", "number", "成本填成负数"),
    Mistake(HOTLINE, "07", "level", "", "blank", "定性指标没有选完成档次"),
    Mistake(HOTLINE, "08", "percentage", "65%", "text", "选了“达成年度指标”，完成比例却填65%，不在该档之内"),
    Mistake(HOTLINE, "09", "actual", "80%", "text", "满意度没有达到指标值，没有写偏差原因和改进措施"),
    Mistake(CLOTHES, "01", "actual", "2024-12-16", "date", "应填数字，填成了日期"),
    Mistake(CLOTHES, "02", "actual", "合格", "text", "应填百分数，填了文字“合格”"),
    Mistake(CLOTHES, "03", "actual", "已完成", "text", "应填日期，填了“已完成”"),
    Mistake(CLOTHES, "05", "level", "基本完成", "text", "完成档次不是三个档次之一"),
    Mistake(CLOTHES, "", "executed.granted", "3.2", "number", "全年执行数超过全年预算数"),
    Mistake(PUBLICITY, "01", "actual", "=1+1", "text", "填了像公式的文字“=1+1”，不能当公式算"),
    Mistake(PUBLICITY, "03", "actual", "45000", "number", "应填日期，填成了数字"),
    Mistake(PUBLICITY, "07", "actual", "９４％左右", "text", "填了“９４％左右”，不是一个准确的数"),
    Mistake(CENTRE, "", "5", "", "blank", "5月支付金额没有填，支出进度无法计算"),
    Mistake(CENTRE, "", "10", "十月没有支出", "text", "10月支付金额填了文字"),
)

FILES: tuple[tuple[str, str], ...] = (
    ("执法培训经费", "同一个项目有两份填报表，文件名不同"),
    ("法律职业资格考试经费", "是2023年度的填报表"),
    ("2023年中央一批转移支付资金—办案业务费", "有一行的指标编号无法识别，本来的那一行不见了"),
    ("司法所经费", "文件只有一半，打不开"),
    ("法律援助服务经费", "没有报送填报表"),
    (f"{UNKNOWN}_绩效目标表里没有的项目.xlsx", "项目编码在绩效目标表里没有"),
    ("会议通知.xlsx", "不是填报表"),
    ("空文件.xlsx", "文件是空的"),
    ("请先看我.txt", "不是 .xlsx 文件"),
)


def main(root: Path, out: Path) -> None:
    """Write everything below ``out``; ``root`` is the repository, which holds targets, rules and sample values."""
    whole, problems = read_targets(root / "inputs/2024/targets.xlsx", YEAR, "inputs/2024/targets.xlsx")
    rulebook, more = load(root / "rules/2024.yaml", root)
    _none((*problems, *more))
    assert rulebook is not None
    reported = read_reported(root / "examples/sample-2024", whole, root)
    _none(reported.problems)
    targets = whole.only(list(PROJECTS))
    for path, data in contents(targets, rulebook, with_mistakes(reported)).items():
        place = out / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def contents(targets: Targets, rulebook: Rulebook, reported: Reported) -> dict[str, bytes]:
    """Every file of the folder by its path."""
    files = {"inputs/2024/targets.xlsx": targets_workbook(Imported(targets)), "README.md": readme(targets).encode()}
    files["rules/说明.md"] = RULES_NOTE.encode()
    made = {code: form(targets, rulebook, reported, code) for code in PROJECTS}
    paths = {code: path(targets, code) for code in PROJECTS}
    unit = paths[HOTLINE].rsplit("/", 1)[0]
    for code in (HOTLINE, CLOTHES, PUBLICITY, CENTRE, TRAINING):
        files[paths[code]] = made[code]
    files[paths[TRAINING].replace(".xlsx", "（最终版）.xlsx")] = made[TRAINING]
    files[paths[EXAM]] = form(targets, rulebook, reported, EXAM, year=YEAR - 1)
    files[paths[CASES]] = form(renamed(targets, "indicator", f"{CASES}-02", f"{CASES}-92"), rulebook, reported, CASES)
    files[paths[OFFICES]] = made[OFFICES][: len(made[OFFICES]) // 2]
    foreign = renamed(targets, "project", OFFICES, UNKNOWN)
    files[f"{unit}/{UNKNOWN}_绩效目标表里没有的项目.xlsx"] = form(foreign, rulebook, reported, UNKNOWN)
    files[f"{unit}/会议通知.xlsx"] = notice()
    files[f"{unit}/空文件.xlsx"] = b""
    files[f"{unit}/请先看我.txt"] = "填报表请于1月20日前交财务科。\n".encode()
    return files


def form(targets: Targets, rulebook: Rulebook, reported: Reported, code: str, year: int = YEAR) -> bytes:
    """The form of one project."""
    case = next(cases(replace(targets.only([code]), year=year), reported))
    return write_form(case, rulebook, mark=MARK)


def with_mistakes(reported: Reported) -> Reported:
    """The sample values with every mistake put in."""
    projects = deepcopy(dict(reported.projects))
    for one in MISTAKES:
        reports, number = projects[one.project], float(one.value) if one.data_type == "number" else float("nan")
        part: dict[Any, Cell] = (
            reports.answers if one.row else reports.payments if one.item.isdigit() else reports.funds
        )
        key = (f"{one.project}-{one.row}", one.item) if one.row else int(one.item) if one.item.isdigit() else one.item
        part[key] = replace(part[key], text=one.value, number=number, data_type=one.data_type)
        if part is reports.funds:
            part.pop(one.item.partition(".")[0])  # the form adds it up
    return replace(reported, projects=projects)


def renamed(targets: Targets, column: str, old: str, new: str) -> Targets:
    """The targets with one id replaced wherever it stands."""
    return replace(
        targets,
        projects=_with(targets.projects, column, old, new) if column == "project" else targets.projects,
        indicators=_with(targets.indicators, column, old, new),
    )


def _with(rows: Rows, column: str, old: str, new: str) -> Rows:
    return rows.with_columns(**{column: [new if value == old else value for value in rows.column(column)]})


def path(targets: Targets, code: str) -> str:
    """Where the form of a project lies."""
    row = targets.projects.of(code)[0]
    return f"inputs/{YEAR}/forms/{form_path(row['unit_code'], row['unit_name'], code, row['name'])}"


def notice() -> bytes:
    """A workbook that is no form."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": pd.Timestamp(YEAR, 1, 1).to_pydatetime()})
    book.add_worksheet("通知").write_string("A1", "定于1月8日召开绩效自评工作会议")
    book.close()
    return buffer.getvalue()


def readme(targets: Targets) -> str:
    """The list of all mistakes, in Chinese."""
    names = dict(targets.projects.columns("project", "name"))
    lines = [
        "# 填错的填报表",
        "",
        f"{MARK}。这里的填报表是故意填错的，用来查看各种问题怎样提示：",
        "",
        "```",
        "selfeval score 2024 --workspace examples/faulty --rules rules/2024.yaml",
        "```",
        "",
        "全部文件由 `make.py` 生成（`python examples/faulty/make.py`），请不要手工修改。",
        "",
        "## 填在单元格里的错误",
        "",
        "| 项目 | 位置 | 错在哪里 |",
        "| --- | --- | --- |",
    ]
    for one in MISTAKES:
        place = f"指标{one.row}" if one.row else (f"{one.item}月" if one.item.isdigit() else "资金")
        lines.append(f"| {names[one.project]} | {place} | {one.told} |")
    lines += ["", "## 文件的错误", "", "| 项目或文件 | 错在哪里 |", "| --- | --- |"]
    lines += [f"| {name} | {told} |" for name, told in FILES]
    return "\n".join(lines) + "\n"


def _none(problems: tuple[Problem, ...]) -> None:
    """The sources must be sound: what is wrong here is put in on purpose, and nothing else."""
    assert not [one for one in problems if one.code.startswith("E")], problems


if __name__ == "__main__":
    HERE = Path(__file__).resolve().parent
    main(HERE.parents[1], Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
