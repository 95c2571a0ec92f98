"""The lower half of a project's table: its indicators, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from selfeval.domain.reading.headings import plain_heading
from selfeval.domain.targets import INDICATORS, MOST_INDICATORS
from selfeval.packages.columns import letters
from selfeval.sources.blocks import GridCell, GridRow, Spot
from selfeval.sources.form.body import read_body
from selfeval.sources.form.foot import is_foot, is_page_number, is_sum, remark_of
from selfeval.sources.form.heads import PRINTED, Heads, read_heads
from selfeval.sources.form.labels import COLUMNS, LEVEL, NEEDED, PASSED, column_of, is_side_label
from selfeval.sources.form.outline import TableSection
from selfeval.sources.form.several import is_several, points_behind
from selfeval.sources.form.split_target import (
    AS_TEXT,
    MOST_PARTS,
    TEXT,
    are_several,
    as_headed,
    goes_on,
    join,
    parts_of,
)
from selfeval.sources.imported import LEFT_ASIDE, Account, how_to_mend
from selfeval.sources.layout import squeeze, tidy
from selfeval.sources.years import years_said

Record = dict[str, str | float | None]
_FIELDS = ("level1", "level2", "level3", "description", "target", "basis", "standard")
_BARE = re.compile(r"\d{1,4}(?:\.\d{1,2})?分?")
"""What may stand in a row of sums under the heading of targets: points."""
_QUOTED = 60
_TOTALS = frozenset({"总分", "合计", "总计", "小计", "总得分", "总分值", "自评总分", "合计分", "得分合计", "权重合计"})
_SUBTOTAL = "小计"
_EXECUTION = frozenset({"预算执行率", "预算执行", "预算执行情况", "资金执行率", "预算资金执行率", "执行率"})
_NUMBERING = re.compile(r"^指标\s*\d{1,2}\s*(?:[:：.、．]\s*|(?=[（(])|$)")
_BLANKS = re.compile(r"[/\\／—\-–…·.。*、无]*")
_LEVELS = ("level1", "level2", "level3")
_LETTER = re.compile(r"^[A-Z]\d{0,2}[.、．:：-]?(?=[\u4e00-\u9fff])")
_LETTER_AND_DIGITS = re.compile(r"^[A-Z]\d{1,4}[.、．:：-]?(?=[\u4e00-\u9fff])")
_POINTS = re.compile(r"(\d{1,3}(?:\.\d+)?)(分|%|百分比)?")
_QUOTED = 60
_BESIDE = " | "
"""What is put between texts of several cells that cannot be one."""


def read(section: TableSection, year: int, account: Account) -> list[Record]:
    """The indicators of a table of a year in order, as records of ``targets.INDICATORS`` (without ``cell``)."""
    found: list[list[Record] | None] = []
    for rows in _by_heads(section.rows):
        found.append(_read(replace(section, rows=tuple(rows)), year, account, sum(len(part or ()) for part in found)))
    if not any(found) and None not in found:
        spot, name = section.spot, section.heading or account.place.project
        last = heads.last.spot if (heads := read_heads(section.rows)) else spot
        account.report("E111", last, name=name, how=how_to_mend((), last))
    for paragraph in section.below:
        if remark := remark_of([paragraph.text]):
            account.report("I140", paragraph.spot, what="备注或意见", found=remark[:_QUOTED])
        if paragraph.text.strip() and not is_foot(paragraph.text) and not is_page_number(paragraph.text):
            account.report("W105", paragraph.spot, found=tidy(paragraph.text))
    return [record for part in found for record in part or ()]


def _by_heads(rows: Sequence[GridRow]) -> list[Sequence[GridRow]]:
    """The rows of a table, cut where heads stand again that are others, or over other columns, than those before."""
    heads, starts = read_heads(rows), [0]
    for at in range(heads.after if heads else len(rows), len(rows)):
        if not any(column_of(cell.text) == "level1" for cell in rows[at].cells):
            continue
        again = read_heads(rows[at : at + 2])
        if heads and again and {"level3", "target"} <= again.names and again.columns != heads.columns:
            heads = again
            starts.append(at)
    return [rows[first:end] for first, end in pairwise([*starts, len(rows)])]


def _read(section: TableSection, year: int, account: Account, before: int) -> list[Record] | None:
    """The indicators below the heads of a table, ``before`` of which stand above; None where it is told why not."""
    heads, name = read_heads(section.rows), section.heading or account.place.project
    if heads is None:
        what = "、".join(PRINTED[needed] for needed in NEEDED)
        account.report("E106", section.spot, what=what, name=name, how=how_to_mend((), section.spot))
        return None
    if heads.twice:
        first = next(cell for cell in heads.twice if column_of(cell.text) == "level3")
        again = [at for at, meaning in heads.columns.items() if meaning == "level3"]
        facts = {"what": tidy(first.text), "columns": f"{letters(first.column)}列、{letters(again[0])}列"}
        account.report("E178", first.spot, **facts)
        return None
    missing = [needed for needed in NEEDED if needed not in heads.names]
    if "target" in missing and heads.of_other_years:
        years = years_said([cell.text for cell in heads.of_other_years])
        account.report("E176", heads.last.spot, what=PRINTED["target"], years=years, year=year)
        return None
    if missing:
        unknown = [*dict.fromkeys(heads.unknown.values())]
        spot, named = (unknown or [heads.last])[0].spot, [(tidy(cell.text), cell.spot) for cell in unknown]
        what = "、".join(PRINTED[needed] for needed in missing)
        account.report("E106", spot, what=what, name=name, how=how_to_mend(named, spot))
    if missing and missing != ["level2"]:
        return None
    rows = read_body(section.rows, heads, account)
    records = _Rows(heads, account, before).read(rows)
    _told(heads, rows, account)
    return records


def _told(heads: Heads, rows: Sequence[GridRow], account: Account) -> None:
    """Say which columns are not read: those that hold no target, and those whose head is unknown."""
    passed = [cell for cell in heads.passed if cell not in heads.of_other_years]
    if passed:
        said = "这几栏不是绩效目标，没有导入"
        account.infer(LEFT_ASIDE, "、".join(dict.fromkeys(tidy(cell.text) for cell in passed)), said, passed[0].spot)
    for cell in dict.fromkeys(heads.unknown.values()):
        columns = range(cell.column, cell.column + cell.columns)
        texts = [tidy(one.text) for row in rows for one in row.cells if one.column in columns and one.text.strip()]
        if texts:
            account.report("W171", cell.spot, head=tidy(cell.text), found="、".join(dict.fromkeys(texts)))


@dataclass
class _Rows:
    """The reading of one table's rows."""

    heads: Heads
    account: Account
    before: int

    def read(self, rows: Sequence[GridRow]) -> list[Record]:
        records: list[Record] = []
        above = {"level1": "", "level2": ""}
        for row in rows:
            values, said, unplaced = _values(row, self.heads)
            again = values["level1"] and values["level1"] == above["level1"]
            values["level2"] = values["level2"] or ("" if values["level1"] and not again else above["level2"])
            values["level1"] = values["level1"] or above["level1"]
            passed = _passed(values, next((cell.text for cell in row.cells if cell.text.strip()), ""))
            if passed == "execution":
                read = " | ".join(filter(None, values.values()))
                said = "预算执行率按规则文件评分，没有作为一条指标导入"
                self.account.infer("预算执行率", read, said, row.cells[0].spot)
            if passed == "total" and (_is_other(values["target"]) or _SUBTOTAL in "".join(values.values())):
                found = " ".join(dict.fromkeys(filter(None, values.values())))
                self.account.report("I140", row.cells[0].spot, what="合计", found=found[:_QUOTED])
            if passed:
                above = values if passed == "blank" and not self._is_stray(row) else above
                continue
            above = values
            number = self.before + len(records) + 1
            if number > MOST_INDICATORS:
                self.account.report("E113", row.cells[0].spot, count=len(rows), limit=MOST_INDICATORS)
                break
            records.append(self._record(dict(values), number, row.cells[0].spot, said, unplaced))
        return records

    def _is_stray(self, row: GridRow) -> bool:
        """Whether a row without an indicator holds some other text than the name of a level; that is reported."""
        texts = [tidy(cell.text) for cell in row.cells if not is_side_label(cell.text)]
        stray = [text for text in texts if _says(_NUMBERING.sub("", text)) and not LEVEL.search(text)]
        for text in stray:
            self.account.report("W105", row.cells[0].spot, found=text)
        return bool(stray)

    def _record(self, values: dict[str, str], number: int, spot: Spot, said: str, unplaced: list[str]) -> Record:
        project = self.account.place.project
        indicator = f"{project}-{number:02d}"
        here = self.account.about(indicator=indicator)
        here.spots[indicator] = spot
        printed = " | ".join(filter(None, values.values()))
        values |= _without_letters(values)
        printed_name = values["level3"]
        values["level3"] = _NUMBERING.sub("", printed_name) or printed_name
        if is_several(printed_name):
            here.report("E173", spot, level3=printed_name)
        told = _BESIDE in values["target"]
        if told:
            here.report("E148", self._at("target", spot), level3=printed_name or "（无名称）", found=values["target"])
            values["target"] = ""
        kind, reasons = self._target(values, here, spot)
        if not values["points"] and (behind := points_behind(printed_name)):
            values["points"] = behind
            reasons.append(f"分值{behind}写在三级指标后面")
        points = self._points(values["points"], here, spot)
        if points is not None and values["points"].endswith(("%", "百分比")):
            reasons.append(f"权重{values['points']}按{points:g}分识别")
        too_long = {name for name in _FIELDS if values[name] != here.bounded(values[name], INDICATORS[name], spot)}
        values |= dict.fromkeys(too_long, "")
        record: Record = {"indicator": indicator, "project": project, **{name: values[name] for name in _FIELDS}}
        if said := "；".join(filter(None, (said, *reasons))):
            self.account.infer(indicator, printed, said, spot)
        for name in NEEDED:
            if (
                not values[name]
                and name not in too_long
                and name in self.heads.names
                and not (told and name == "target")
            ):
                here.report("E107", self._at(name, spot), what=PRINTED[name], level3=values["level3"] or "（无名称）")
        if "basis" in self.heads.names and not values["basis"]:
            here.report("W108", spot, level3=values["level3"])
        for text in unplaced:
            here.report("W105", spot, found=text)
        return record | ({"kind": kind} if kind else {}) | ({} if points is None else {"points": points})

    def _at(self, name: str, spot: Spot) -> Spot:
        """Where a field of a row stands, or should: in a format without addresses the row."""
        column = min((at for at, one in self.heads.columns.items() if one == name), default=None)
        return spot if column is None or not spot.cell else replace(spot, cell=f"{letters(column)}{spot.line}")

    def _target(self, values: dict[str, str], here: Account, spot: Spot) -> tuple[str, list[str]]:
        """Join the cells of a target in ``values``; its 类型 where the text alone does not tell it, and what to say."""
        sign, value, unit, more = as_headed(values["sign"], values["target"], values["unit"], self.heads.of_target)
        if not self.heads.names & {"sign", "unit"} and not sign and not unit:
            return "", []
        joined = join(sign, value, unit)
        if joined.clash:
            here.report("E170", spot, level3=values["level3"] or "（无名称）", clash=joined.clash)
        values["target"] = joined.text
        if joined.qualitative:
            return TEXT, [AS_TEXT]
        return "", [joined.said, f"“{more}”写在列名里" if more else ""]

    def _points(self, text: str, here: Account, spot: Spot) -> float | None:
        """分值 as a number; what is none is reported."""
        bare = squeeze(text)
        if not _says(bare):
            return None
        if hit := _POINTS.fullmatch(bare):
            return float(hit[1])
        here.report("E171", spot, found=text)
        return None


def _is_other(text: str) -> bool:
    return bool(text) and not _is_total(text)


def _is_total(text: str) -> bool:
    return squeeze(text).rstrip(":：") in _TOTALS or is_sum(text)


def _passed(values: dict[str, str], first: str) -> str:
    """Why a row is none of an indicator: total, execution, blank (a line of the template); blank text if it is one.

    ``first``: its first text, which may stand left of the levels.
    """
    names = [first, *(values[name] for name in _LEVELS)]
    target = values["target"]
    bare = _BARE.fullmatch(squeeze(target)) and not (values.get("sign") or values.get("unit"))
    if any(map(_is_total, names)) and (not target or _is_total(target) or bare):
        return "total"  # 合计 | ≤30万元 is an indicator, in one cell or in three
    if values["level1"] and plain_heading(values["level1"]) in _EXECUTION:
        return "execution"
    rest = ("description", "target", "basis", "points", "standard")
    blank = not _says(_NUMBERING.sub("", values["level3"])) and not any(_says(values[name]) for name in rest)
    return "blank" if blank else ""


def _without_letters(values: dict[str, str]) -> dict[str, str]:
    """The levels without letters that number them (A产出指标, A1数量指标, A11…), where the first level has one."""
    if not _LETTER.match(values["level1"]):
        return {name: values[name] for name in _LEVELS}
    plain = {name: _LETTER.sub("", values[name]) for name in ("level1", "level2")}
    return plain | {"level3": _LETTER_AND_DIGITS.sub("", values["level3"])}


def _says(text: str) -> bool:
    return not _BLANKS.fullmatch(squeeze(text))


def _covers_levels(cell: GridCell, known: Mapping[int, str]) -> bool:
    covered = {known.get(column) for column in range(cell.column, cell.column + cell.columns)}
    return bool(cell.text.strip()) and {"level1", "level2"} <= covered


def _slipped(cells: Sequence[tuple[int, str]], known: Mapping[int, str]) -> list[int]:
    """The columns right of the last heading whose cells go on with the target below it, as where nothing is merged."""
    last = max(known)
    right = [(column, text) for column, text in cells if last <= column <= last + MOST_PARTS]
    if known[last] != "target" or len(right) < 2 or right[0][0] != last:  # noqa: PLR2004 - one and its rest
        return []
    return [column for column, _ in right[1:]] if goes_on(right[0][1], right[1][1]) else []


def _values(row: GridRow, heads: Heads) -> tuple[dict[str, str], str, list[str]]:
    """The fields of a row, how they were inferred (blank: plainly), and text that stands in no column with a head."""
    values = dict.fromkeys(COLUMNS, "")
    known = {**heads.columns, **dict.fromkeys(heads.unknown, PASSED)}
    left = heads.level1
    cells = [(cell.column, text) for cell in row.cells if (text := tidy(cell.text))]
    cells = [(column, text) for column, text in cells if column >= left or not is_side_label(text)]
    known |= dict.fromkeys(_slipped(cells, known), "target")
    targets: list[str] = []
    for column, text in cells:
        name = known.get(column, PASSED)
        if name == "target" and text not in targets:
            targets.append(text)
        elif name not in {PASSED, "target"} and values[name] != text:  # the same again where merged cells were parted
            values[name] += f"{_BESIDE}{text}" if name == "points" and values[name] else text  # two numbers are not one
    targets, said = targets or [*_over_both(row, known, heads)], row.how
    if targets and not any(known.get(column) == "target" for column, _ in cells):
        said = "；".join(filter(None, (row.how, f"“{targets[0]}”在几栏合并的单元格里，按指标值识别")))
    apart = are_several(targets) or (row.torn and len(targets) > 1)
    sign, values["target"], unit = ("", _BESIDE.join(targets), "") if apart else parts_of(targets)
    values |= {name: text for name, text in (("sign", sign), ("unit", unit)) if text}
    if not values["level2"] and any(_covers_levels(cell, known) for cell in row.cells):
        values["level2"] = values["level1"]  # 满意度指标 as one cell over both levels
    stray = [text for column, text in cells if column not in known]
    if not stray:
        return values, said, []
    # Columns slipped against the header: as many texts as columns can only be read one way.
    level2 = max(column for column, name in known.items() if name in ("level1", "level2"))
    texts = [text for column, text in cells if column > level2]
    names = list(dict.fromkeys(name for column, name in sorted(known.items()) if column > level2))
    if len(texts) == len(names) and PASSED not in names:
        return values | dict(zip(names, texts, strict=True)), "内容与表头未对齐，个数相同，按先后顺序识别", []
    return values, said, stray


def _over_both(row: GridRow, known: Mapping[int, str], heads: Heads) -> Iterator[str]:
    """The target that stands in one cell over the columns of a longer period and of the year."""
    for cell in row.cells:
        over = {known.get(at, "") for at in range(cell.column, cell.column + cell.columns)}
        if over == {PASSED, "target"} and cell.column not in heads.unknown and cell.text.strip():
            yield tidy(cell.text)
