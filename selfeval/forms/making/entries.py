"""What Excel and WPS check while a department types: drop-downs, numbers, dates, with messages in plain Chinese."""

from __future__ import annotations

from selfeval.domain.needs.entry import Entry
from selfeval.forms.making.content.money import EARLIEST, LATEST

LARGEST = 1e12

Rule = dict[str, object]


def validation(entry: Entry) -> Rule | None:
    """The data validation of a box, in XlsxWriter's words; None where any text may stand.

    Negative numbers pass here: the scoring says what is wrong with them, and a saved value is never refused twice.
    """
    if entry.kind == "choice":
        return {
            "validate": "list",
            "source": list(entry.choices),
            "input_title": entry.title,
            "input_message": "请点右边的箭头，从列表里选。",
            "error_title": "请从列表里选",
            "error_message": "这里只能从下拉列表里选，不能自己写。",
            "error_type": "warning" if entry.free else "stop",
        }
    if entry.kind == "date":
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": EARLIEST,
            "maximum": LATEST,
            "input_title": "填日期",
            "input_message": "写全年月日，如 2024-12-20。",
            "error_title": "应为日期",
            "error_message": "请填完整的日期，如 2024-12-20；不要写“已完成”“12月底”之类的文字。",
        }
    if entry.kind == "percent":
        return _percent(entry)
    if entry.kind in {"number", "money"}:
        unit = f"单位：{entry.unit}。" if entry.unit else ""
        return {
            **_number(),
            "input_title": "填数字",
            "input_message": f"{unit}只填数字，不要写单位。",
            "error_title": "应为数字",
            "error_message": f"请只填数字。{unit}不要写单位、逗号和“约”等文字。",
        }
    return None


def _percent(entry: Entry) -> Rule:
    # Excel takes 95 for 95% in such a cell, but 0.3 for 30%
    how = "请连百分号一起输入，如 0.3%。" if entry.small else "输入 95 或 95% 都可以，格子里会显示 95.00%。"
    return {
        **_number(),
        "input_title": "填百分数",
        "input_message": how,
        "error_title": "应为百分数",
        "error_message": f"请填百分数，如 {'0.3%' if entry.small else '95%'}；不要写文字。",
    }


def _number() -> Rule:
    return {"validate": "decimal", "criteria": "between", "minimum": -LARGEST, "maximum": LARGEST}
