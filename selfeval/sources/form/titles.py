"""The title of a table: 项目支出绩效目标表（2025年度）, and what it says of project, unit and year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selfeval.sources.imported import DIGITS
from selfeval.sources.layout import squeeze, unified

_FORM = "绩效(?:目标(?:及指标)?(?:申报|批复|公开|情况|管理|设定|审核)?|自评)表"
TITLE = re.compile(rf"(?:(\d{{1,3}})[.、．])?(.+?){_FORM}(?:[（(][^（）()]*[)）])*")
"""A whole title: its number, if it has one, and what it is of."""
_BARE = re.compile(rf"{_FORM}(?:[（(][^（）()]*[)）])*")
_DEPARTMENT = re.compile("整体支出|(?:部门|单位)整体|整体绩效|部门预算整体")
_YEAR = re.compile(r"(20\d\d)年")
_YEAR_ALONE = re.compile(
    r"[（(]?(?:(?:预算|项目|申报|填报|(?:绩效)?目标)?年度[:：])?(20\d\d)(?:年(?:度|预算)?|(?<=[:：]....))[)）]?"
)
_ANNEX = re.compile(r"附(?:件|表)\d{0,3}(?:-\d{1,3})?[:：]?|表\d{1,3}")
_ANY = re.compile(
    r"(?:20\d\d年度?)?(?:[\u4e00-\u9fff]{1,6}[省市县区州旗])?(?:20\d\d年度?)?(?:省级|市级|县级|区级|市本级|县本级|区本级|省本级|本级|中央|财政|部门)?(?:部门)?(?:预算)?(?:财政)?"
    r"(?:项目|专项资金|项目资金|预算|专项|转移支付|财政专项资金|项目支出|部门预算项目|支出项目)?(?:支出)?(?:20\d\d年度?)?"
)
_OFFICE = re.compile(
    "([\u4e00-\u9fff].{1,40}?(?:局|委员会|委|办公室|办|厅|院|学校|中学|小学|幼儿园|大学|学院|中心|站|所|会|部|支队|大队|队|政府|街道|馆|"
    "校|社|处|医院|集团|公司|场|台|政协|党校|档案馆|法院|检察院))(?:本级|（本级）|机关)?"
)


_OF_OFFICE = re.compile(rf"(?:20\d\d年度?)?({_OFFICE.pattern}){_ANY.pattern}")


@dataclass(frozen=True)
class Title:
    """What a title says; each part blank or 0 where it says nothing of it. ``project`` may also be a mere kind."""

    project: str = ""
    unit: str = ""
    year: int = 0
    department: bool = False


def is_title(text: str) -> bool:
    """Whether a text is the title of a table of goals, and nothing besides."""
    bare = squeeze(unified(text))
    return (
        len(bare) <= _LONGEST and bool(TITLE.fullmatch(bare) or _BARE.fullmatch(bare)) and not set("，。；") & {*bare}
    )


def is_above(text: str) -> bool:
    """Whether a text is one that stands around a title: a year, the number of an annex."""
    bare = squeeze(unified(text))
    return bool(_YEAR_ALONE.fullmatch(bare) or _ANNEX.fullmatch(bare))


def read_title(heading: str) -> Title:
    """What is said by a title, or by what stands in one before 绩效目标表."""
    bare = squeeze(unified(heading))
    if year := year_of(heading):
        return Title(year=year)
    whole = TITLE.fullmatch(bare)
    named = whole[2] if whole else "" if _BARE.fullmatch(bare) else bare
    behind = whole[0][whole.end(2) :] if whole else bare if not named else ""
    year = _year(behind)
    if _DEPARTMENT.search(named):
        return Title(year=year or _year(named), department=True)
    if _ANY.fullmatch(named):
        return Title(year=year or _year(named))
    if office := _OF_OFFICE.fullmatch(named):
        return Title(unit=office[1], year=year or _year(named))
    return Title(named, year=year)  # a year in the name of a project says where its money is from


def _year(text: str) -> int:
    found = _YEAR.search(text)
    return int(found[1]) if found else 0


def office_of(text: str) -> str:
    """The unit that a line consists of; blank where it is another line."""
    found = _OFFICE.fullmatch(squeeze(unified(text)))
    return found[0] if found else ""


def year_of(text: str) -> int:
    """The year that a line of its own states; 0 where it is another line."""
    alone = _YEAR_ALONE.fullmatch(squeeze(unified(text)).translate(DIGITS))
    return int(alone[1]) if alone else 0


_LONGEST = 80
