"""The catalogue as a page of Markdown: ``python -m selfeval.domain.catalogue.document > docs/problems.md``."""

from __future__ import annotations

import re
import sys

from selfeval.domain.catalogue import CATALOGUE
from selfeval.domain.catalogue.entry import ProblemText
from selfeval.domain.checks import CHECKS
from selfeval.domain.problems import Severity

ENTRIES: dict[str, ProblemText] = {**CATALOGUE, **{check.code: check.entry for check in CHECKS.values()}}
"""Every code, those of the checks among them."""

_SUBJECTS = (
    "绩效文本和绩效目标表",
    "规则文件和用例",
    "填报表和填报数据表",
    "填报的数值",
    "评分和核对",
    "工作文件夹和结果",
)
_SEVERITIES = dict(zip("EWI", Severity, strict=True))
_FACT = re.compile(r"\{[^{}]*\}")

INTRODUCTION = """# 问题代码

`selfeval` 发现的每个问题都有一个代码。第一个字母是级别：E 错误（须修改），W 警告（请核实），I 提示（供参考）；
第一位数字是类别。下面的“…”在实际提示中是具体的文件、单元格、数值或名称。

## 常见的问题，由谁处理

| 由谁处理 | 代码 |
| - | - |
"""

_FREQUENT = {
    "填报科室（在填报表上修改）": "E401 E402 E404 E405 E410 E413 E416 E420 E510 E511 W306 W509",
    "财务部门（催报、收集、核对资金）": "E301 E302 E303 E325 E421 E512 W503 W520 W522 W526",
    "评分人员、复核人员": "E417 E419 I501 E613",
    "规则文件和绩效目标表的维护人员": "E501 E503 E508 E216 W502",
}
"""The codes that are met most, by who handles them."""


def document() -> str:
    """The page: one table a subject, in the order of the codes."""
    frequent = (f"| {who} | {'；'.join(_called(code) for code in codes.split())} |" for who, codes in _FREQUENT.items())
    parts = [INTRODUCTION + "\n".join(frequent)]
    found = sorted(ENTRIES.items(), key=lambda item: ("EWI".index(item[0][0]), item[0]))
    for digit, subject in enumerate(_SUBJECTS, start=1):
        parts.append(f"## {subject}\n\n| 代码 | 级别 | 问题 | 提示 | 修改办法 |\n| - | - | - | - | - |")
        for code, entry in found:
            if code[1] == str(digit):
                cells = (code, _SEVERITIES[code[0]], entry.title, _plain(entry.message), _plain(entry.remedy))
                parts[-1] += f"\n| {' | '.join(cells)} |"
    return "\n".join(f"{part}\n" for part in parts)


def _called(code: str) -> str:
    return f"{code} {ENTRIES[code].title}"


def _plain(template: str) -> str:
    return _FACT.sub("…", template).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(document())
