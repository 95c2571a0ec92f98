"""Whose a project is, and its code: by the table, the lines above it, its title; else codes made from the names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfeval.sources.blocks import Paragraph, Spot
from selfeval.sources.codes import bracketed, project_code, unit_code
from selfeval.sources.form.foot import is_foot
from selfeval.sources.form.labels_above import above_of
from selfeval.sources.form.outline import plain
from selfeval.sources.form.pieces import CODED_UNIT, LABELLED, MONEY
from selfeval.sources.form.titles import is_above, is_title, office_of, read_title
from selfeval.sources.form.upper import BLANKS, Upper
from selfeval.sources.imported import LEFT_ASIDE, Account
from selfeval.sources.layout import squeeze, tidy

_CODE = re.compile(r"\d{3,}[\dA-Za-z]*")
_CODE_BEFORE = re.compile(r"[\[【〔（(](\d{3,12})[\]】〕）)](.+)")
_CODE_BEHIND = re.compile(r"(.+?)[（(](\d{3,12})[)）]")
_STAMP = re.compile("[（(](?:公章|盖章|签章|印章)[)）]$")
_CODED_PROJECT = re.compile(
    r"(\d{6,}[0-9A-Z]{9,})[-—_\s]*(\D.*|.*[\u4e00-\u9fff].*)"
    r"|(?P<short>(?=(?:[A-Z]*\d){5})[0-9A-Z]{10,40})[-—_\s]*(?P<name>[\u4e00-\u9fff（(].*)",
    re.DOTALL,
)
"""A code and the name behind it; a short code stands before a name that begins with a character."""


@dataclass(frozen=True)
class Whose:
    """A unit: its code as printed (blank: none) and its name."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True)
class Lines:
    """What the lines above a table say: the units they name, the unit of money, and what none of that is."""

    units: tuple[tuple[str, Whose], ...]
    money: str
    rest: tuple[Paragraph, ...]


def named(text: str) -> Whose:
    """A unit by a text that may hold its code: 412-清源县文旅局, 324001 承德市司法局本级, 清源县文旅局（412）."""
    plain = _STAMP.sub("", tidy(text))
    if _CODE.fullmatch(plain):
        return Whose(plain)
    if squeeze(plain) in BLANKS:
        return Whose()
    if hit := CODED_UNIT.fullmatch(plain) or _CODE_BEFORE.fullmatch(plain):
        return Whose(hit[1], hit[2])
    if hit := _CODE_BEHIND.fullmatch(plain):
        return Whose(hit[2], hit[1])
    return Whose("", plain)


def read_lines(above: Sequence[Paragraph]) -> Lines:
    """Understand the lines above a table; several may stand in one."""
    units: list[tuple[str, Whose]] = []
    rest: list[Paragraph] = []
    money = ""
    for paragraph in above:
        unknown = False
        for part in _NEXT.split(paragraph.text.strip()):
            text = tidy(part)
            if hit := MONEY.search(text):
                money, text = hit[1], text.replace(hit[0], "")
            found = list(_units(text))
            units += found
            unknown |= not (found or not text or is_above(text) or is_title(text) or _is_passed(text))
        rest += [paragraph] if unknown else []
    return Lines(tuple(units), money, tuple(rest))


_NEXT = re.compile(r"\s+(?=[^\s:：]{2,14}[:：])")
"""Where another label begins in a line: 填报单位：某局　填报日期：1月3日."""


def _is_passed(text: str) -> bool:
    """Whether a line is one that nobody's targets need, such as 填报日期：2025年1月3日."""
    labelled = LABELLED.fullmatch(text)
    return is_foot(text) or (labelled is not None and above_of(labelled[1]) == "passed")


def _units(text: str) -> Iterator[tuple[str, Whose]]:
    labelled = LABELLED.fullmatch(text)
    meaning = above_of(labelled[1]) if labelled else ""
    if labelled and meaning in {"unit", "executor", "department"}:
        yield meaning, named(labelled[2])
    elif labelled and meaning == "unit_code":
        yield "unit", Whose(squeeze(labelled[2]))
    elif CODED_UNIT.fullmatch(text) or office_of(text):
        yield "unit", named(text)


def unit_of(upper: Upper, lines: Lines, title: str, name: str, account: Account) -> Whose:
    """The unit of a table: who fills it in, else who carries the project out, else the department above it."""
    in_table = [(kind, _beside(upper, kind)) for kind in ("unit", "executor", "department")]
    of_title = Whose("", read_title(title).unit)
    code = squeeze(upper.of("unit_code"))
    known = [*lines.units, *in_table, ("title", of_title)]
    ranked = [whose for kind in ("unit", "executor", "department", "title") for which, whose in known if which == kind]
    unit = next((whose for whose in ranked if whose.name), Whose())
    others = [whose.name for kind, whose in known if kind in {"unit", "executor"} and whose.name]
    if passed := [name for name in dict.fromkeys(others) if plain(name) != plain(unit.name)]:
        said = f"单位按“{unit.name}”识别，没有导入"
        account.infer(LEFT_ASIDE, "、".join(passed), said, upper.label_spot("executor", "unit"))
    if not unit.code:  # the same unit may stand elsewhere with its code
        printed = code if _CODE.fullmatch(code) else ""
        alone = next((whose.code for kind, whose in known if kind == "unit" and whose.code and not whose.name), "")
        same = next((whose.code for whose in ranked if whose.name == unit.name and whose.code), "")
        unit = Whose(same or printed or alone, unit.name)
    if not unit.name:
        account.report("W106", upper.spot, name=name or "（无标题）")
        return unit
    if not unit.code:
        unit = Whose(unit_code(unit.name), unit.name)
        said = f"表上没有单位编码，按单位名称编为{unit.code}"
        account.infer("单位编码", unit.name, said, upper.label_spot("unit", "executor", "department"))
    return unit


def _beside(upper: Upper, kind: str) -> Whose:
    """The unit beside a label."""
    code, name = upper.coded(kind)
    return Whose(code, name) if name else named(upper.of(kind))


def department_of(upper: Upper, lines: Lines) -> str:
    """The department that a table names above its unit, without its code; blank where it names none."""
    printed = [_beside(upper, "department"), *(whose for kind, whose in lines.units if kind == "department")]
    return next((whose.name for whose in printed if whose.name), "")


def project_of(upper: Upper, title: str) -> tuple[str, str, bool]:
    """The code and the name of a table's project as printed, and whether the name is that of its title."""
    beside = upper.coded("name")
    code, name = squeeze(upper.of("code")) or beside[0], beside[1] or upper.of("name")
    by_title = not name
    name = name or read_title(title).project
    if not code and (coded := _CODED_PROJECT.fullmatch(name)):
        code, name = coded[1] or coded["short"], coded[2] or coded["name"]
    elif not code and (apart := bracketed(name))[0]:
        code, name = apart
    return code, name, by_title


def made_code(unit: Whose, name: str, spot: Spot, account: Account) -> str:
    """A code for a project without one, which is said."""
    code = project_code(unit.code or unit.name, name)
    said = f"表上没有项目编码，按单位和项目名称编为{code}"
    account.infer("项目编码", name, said, spot)
    return code
