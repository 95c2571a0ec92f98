"""Codes for units and projects whose document prints none: the same name always gets the same one."""

from __future__ import annotations

import hashlib
import re

from selfeval.sources.layout import squeeze, unified

MARK = "自编"
"""What such a code begins with, so that nobody takes it for one that a finance bureau gave."""
OF_UNIT = r"\d{6}(?:\d{3})?"
"""The code of a unit before its name, in a pattern: 324001 of most units, 324001002 of those below them."""
LOST = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{2}")
"""A code that a spreadsheet took for a number and saved, as text: 1.30001E+17."""
_BRACKETED = re.compile(
    r"[\[【〔（(](?P<code>(?=(?:[A-Z]*\d){5})(?:(?=\d*[A-Z])[0-9A-Z]{7,40}|[0-9A-Z]{12,40}))[\]】〕）)][-—_\s]*(?P<name>\D.*)",
    re.DOTALL,
)
"""A code in brackets before the name of a project; a short one has letters too, as those of units have none."""
_UNIT_DIGITS, _PROJECT_DIGITS = 10, 16
"""Enough that among 10,000 units, or a million projects, two share a code with a chance of 1 in 200, or 1 in 20,000."""


def unit_code(unit: str) -> str:
    """The code of a unit by its name, whatever white space and width of signs it is printed with."""
    return MARK + _digits(unit, count=_UNIT_DIGITS)


def project_code(unit: str, project: str) -> str:
    """The code of a project by its own name and that of its unit (or the unit's code, where it has one)."""
    return MARK + _digits(unit, project, count=_PROJECT_DIGITS)


def bracketed(text: str) -> tuple[str, str]:
    """The code in brackets before the name of a project, and the name: [41200125A01]送戏; else blank."""
    found = _BRACKETED.fullmatch(text)
    return (found["code"], found["name"]) if found else ("", "")


def alike_by(code: str) -> dict[str, str]:
    """What two projects of one code have in common, in words, and how to keep them apart."""
    if code.startswith(MARK):
        return {"what": "单位和名称（都没有项目编码）", "cure": "把两个的名称写得不同，或各写上项目编码"}
    return {"what": f"编码 {code} ", "cure": "改正其中一个的编码"}


def _digits(*names: str, count: int) -> str:
    text = "\n".join(squeeze(unified(name)) for name in names)
    return f"{int(hashlib.sha256(text.encode()).hexdigest(), 16) % 10**count:0{count}d}"
