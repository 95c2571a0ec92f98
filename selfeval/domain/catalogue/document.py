"""The catalogue as a page of Markdown: ``python -m selfeval.domain.catalogue.document > docs/problems.md``."""

from __future__ import annotations

import re
import sys

from selfeval.domain.catalogue import CATALOGUE, Entry
from selfeval.domain.checks import CHECKS

ENTRIES: dict[str, Entry] = {**CATALOGUE, **{check.code: check.entry for check in CHECKS.values()}}
"""Every code, those of the checks among them."""

_SUBJECTS = {
    "1": "目标文本和目标表",
    "2": "规则文件和用例",
    "3": "填报表和填报数据表",
    "4": "填报的数值",
    "5": "评分和核对",
    "6": "工作目录和结果",
}
_SEVERITIES = {"E": "错误", "W": "警告", "I": "提示"}
_FACT = re.compile(r"\{[^{}]*\}")

INTRODUCTION = """# 问题代码

`selfeval` 发现的每个问题都有一个代码。第一个字母是级别：E 错误（要改），W 警告（要看），I 提示（供参考）；
第一位数字是类别。下面的「…」在实际提示中是具体的文件、单元格、数值或名称。
有错误或有待补充的项目时，`selfeval score` 的退出码是 1。
"""


def document() -> str:
    """The page: one table a subject, in the order of the codes."""
    parts = [INTRODUCTION]
    for digit, subject in _SUBJECTS.items():
        rows = [
            f"| {code} | {_SEVERITIES[code[0]]} | {entry.title} | {_plain(entry.message)} | {_plain(entry.remedy)} |"
            for code, entry in sorted(ENTRIES.items(), key=lambda one: ("EWI".index(one[0][0]), one[0]))
            if code[1] == digit
        ]
        parts.append(
            "\n".join([f"## {subject}", "", "| 代码 | 级别 | 是什么 | 提示 | 怎么改 |", "| - | - | - | - | - |", *rows])
        )
    return "\n".join(f"{part}\n" for part in parts)


def _plain(template: str) -> str:
    return _FACT.sub("…", template).replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(document())
