"""The indicators of a project in a flat table: levels as above where they are blank, the target out of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from selfeval.domain.targets import INDICATORS, MOST_INDICATORS
from selfeval.sources.flat.lines import Line, Part
from selfeval.sources.flat.projects import Project
from selfeval.sources.form.labels import COLUMNS, NEEDED
from selfeval.sources.form.several import is_several, points_behind
from selfeval.sources.form.split_target import (
    AS_TEXT,
    TEXT,
    JoinedTarget,
    are_opposite,
    are_several,
    as_headed,
    join,
    parts_of,
)
from selfeval.sources.imported import Account, how_to_mend

_ONE_BELOW = re.compile("^满意度(?:指标)?(?:[（(].*)?$")
"""A first level that has one second level only, which need not be named."""
_TEXTS = ("level1", "level2", "level3", "description", "target", "basis", "standard")
_POINTS = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)[分%]?")
_NOTHING = frozenset({"", "-", "—", "/"})


def levels(project: Project, line: Line, *, goes_on: bool) -> tuple[Line, Mapping[str, str]]:
    """A row with its levels: blank ones as in the row above, where that is of the same project (``goes_on``)."""
    level1, level2 = line.text("level1"), line.text("level2")
    above = project.upper if goes_on else {"level1": "", "level2": ""}
    level2 = level2 or (above["level2"] if level1 in ("", above["level1"]) else "")
    level1 = level1 or above["level1"]
    return line, {"level1": level1, "level2": level2 or (level1 if _ONE_BELOW.search(level1) else "")}


def records(project: Project, account: Account) -> Iterator[dict[str, object]]:
    """The records of INDICATORS (without ``cell``), in order; what is not right with them is reported."""
    lines = project.lines
    if not lines:
        account.report("E111", project.spot, name=project.name or project.code, how=how_to_mend((), project.spot))
    if len(lines) > MOST_INDICATORS:
        account.report("E113", lines[MOST_INDICATORS][0].spot, count=len(lines), limit=MOST_INDICATORS)
    for number, (line, upper) in enumerate(lines[:MOST_INDICATORS], start=1):
        indicator = f"{project.code}-{number:02d}"
        account.spots[indicator] = line.at("target")
        yield {
            "indicator": indicator,
            "project": project.code,
            **_record(line, upper, account.about(indicator=indicator)),
        }


def _record(line: Line, upper: Mapping[str, str], account: Account) -> dict[str, object]:
    before = len(account.problems)
    target, is_text = _target(line, account)
    read = {name: line.text(name) for name in _TEXTS} | {**upper} | {"target": target}
    asked = any(one.code == "E148" for one in account.problems[before:])
    texts = {name: _bounded(name, text, line, account) for name, text in read.items()}
    for name in NEEDED:
        told = name == "target" and asked
        if not read[name] and name in line.head.names and not told:  # of a column that is not there, the head tells
            account.report("E107", line.at(name), what=COLUMNS[name][0], level3=read["level3"] or "（无名称）")
    if upper["level2"] and not line.text("level2") and upper["level2"] == upper["level1"]:
        said = f"二级指标空白，按“{upper['level2']}”识别"
        account.infer(account.place.indicator, read["level3"], said, line.at("level2"))
    if is_several(read["level3"]):
        account.report("E173", line.at("level3"), level3=read["level3"])
    if line.how:
        account.infer(account.place.indicator, read["level3"], line.how, line.at("level3"))
    if line.shared:
        found, count = line.shared
        account.report("W175", line.at("points"), found=found, count=count)
    points = line.text("points")
    if not points and (points := points_behind(read["level3"])):
        account.infer(account.place.indicator, read["level3"], f"分值{points}写在三级指标后面", line.at("level3"))
    hit = _POINTS.fullmatch(points)
    if not hit and points not in _NOTHING:
        account.report("E125", line.at("points"), what=INDICATORS["points"].header, found=points)
    return {**texts, "points": float(hit[1]) if hit else None, **({"kind": TEXT} if is_text else {})}


def _bounded(name: str, text: str, line: Line, account: Account) -> str:
    column = INDICATORS[name]
    return text if column.takes(text) else account.bounded(text, column, line.at(name))


def _target(line: Line, account: Account) -> tuple[str, bool]:
    """The target, put together where it stands in several cells, and whether that is 定性 though it has numbers."""
    signs, values, units = ([part for part in line.parts if part.name == kind] for kind in ("sign", "target", "unit"))
    signs += [part for part in line.parts if part.name == "nature" and _SIGN.match(part.text)]
    headings = {part.heading for part in values}
    cells = [
        _Cells([*signs, *(part for part in values if part.heading == one)], units, _titles(line, one))
        for one in headings
    ]
    ways = {one.joined().text: one for one in cells}
    if len(ways) > 1 or any(map(_Cells.are_several, cells)):
        found = " | ".join(part.text for part in values)
        account.report("E148", line.at("target"), level3=line.text("level3"), found=found)
        return "", False
    return next(iter(ways.values()), _Cells(signs, units)).told(line, account)


def _titles(line: Line, heading: int) -> tuple[str, str]:
    """The heading of a column, and the one above it."""
    return line.head.title(heading), line.head.over(heading)


@dataclass(frozen=True)
class _Cells:
    """The cells of a target: what stands under headings of a sign or a value, and of a unit."""

    values: Sequence[Part]
    units: Sequence[Part]
    headings: Sequence[str] = ()

    def are_several(self) -> bool:
        """Whether they are no parts of one target, as under 实施期 and 年度."""
        return are_several(dict.fromkeys(part.text for part in self.values if part.name == "target"))

    def joined(self) -> JoinedTarget:
        """Them as one."""
        sign, value, unit = self._three()
        joined = join(sign, value, unit)
        signs = [part.text for part in self.values if part.name in {"sign", "nature"}]
        if are_opposite(signs) and value:
            return replace(joined, clash=f"“{'”和“'.join(signs)}”方向相反")
        return joined

    def _three(self) -> tuple[str, str, str]:
        return self._headed()[:3]

    def _headed(self) -> tuple[str, str, str, str]:
        """Sign, value and unit, and what of them the heading says."""
        signs = [part.text for part in self.values if part.name in {"sign", "nature"}]
        values = [part.text for part in self.values if part.name == "target"]
        units = [part.text for part in self.units]
        sign, value, unit = parts_of(values)
        cells = _sign([*signs, *filter(None, (sign,))]), value, "".join((*units, unit))
        return as_headed(*cells, self.headings)

    def _by_heading(self) -> str:
        more = self._headed()[3]
        return f"“{more}”写在列名里" if more else ""

    def told(self, line: Line, account: Account) -> tuple[str, bool]:
        """The target, and whether it is 定性 though it has numbers; doubts are reported, inferences said."""
        joined, parts = self.joined(), [*self.values, *self.units]
        original = " | ".join(part.text for part in parts)
        guessed = any(part.guessed for part in parts) or (joined.text and self._three()[0] in _DIRECTIONS)
        if joined.clash:
            level3 = line.text("level3") or "（无名称）"
            account.report("E170", line.at("target"), level3=level3, clash=joined.clash)
        elif said := joined.said or (AS_TEXT if joined.qualitative else "") or self._by_heading() or guessed:
            said = f"{joined.text}（{said}）" if isinstance(said, str) else joined.text
            account.infer(account.place.indicator, original, said, line.at("target"))
        return joined.text, joined.qualitative


_DIRECTIONS = frozenset(
    {"正向", "正向指标", "正指标", "反向", "反向指标", "逆向", "逆向指标", "负向", "负向指标", "逆指标"}
)
_SIGN = re.compile(r"[≥≤≧≦<>=]{1,2}|[大小]于(?:或?等于)?|等于|定性|定量|[正反逆负]向|不[低高少多]于")


def _sign(signs: Sequence[str]) -> str:
    """The one of several cells (指标性质, 指标方向) that says most: a sign before 定量."""
    said = sorted(
        (text for text in signs if text not in {"定量", "定量指标"}), key=lambda text: text in {"定性", "定性指标"}
    )
    return said[0] if said else ""
