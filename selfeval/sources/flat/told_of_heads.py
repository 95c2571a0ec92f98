"""What is told of a flat table: of its head's money and years, of the unit above it, and of lines that are no rows."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.targets import INDICATORS, PROJECTS
from selfeval.sources import years
from selfeval.sources.blocks import Spot
from selfeval.sources.flat.columns import MONEY, name_of, unit_of_money
from selfeval.sources.flat.head import Head
from selfeval.sources.flat.lines import OF_UNITS, Line
from selfeval.sources.flat.projects import Register
from selfeval.sources.flat.titles import Above, tell_sheet
from selfeval.sources.form.foot import is_foot, is_page_number
from selfeval.sources.form.outline import plain
from selfeval.sources.imported import Account
from selfeval.sources.layout import tidy, unified
from selfeval.sources.targets_rows import passed_over

_QUOTED = 60


def is_of_other_years(head: Head, spot: Spot, year: int, account: Account) -> bool:
    """Whether all columns of targets are of years that were not asked for; then, and of budgets, that is told."""
    for name, what in (("budget", PROJECTS["budget"].header), ("target", INDICATORS["target"].header)):
        if name in head.names:
            continue
        titles = [text for at, one in head.headings.items() for text in (one.title, one.above) if head.of_years(at)]
        if of_years := [text for text in titles if years.meaning_of(years.dated(text)[1] or "指标", name_of) == name]:
            facts = {"what": what, "years": years.years_said(of_years), "year": year}
            account.report("E176", spot, **facts)
            if name == "target":
                return True
    return False


def units_of_money(head: Head, above: Above, spot: Spot, account: Account) -> dict[str, str]:
    """The unit of money of each column of money, as the head names it or the lines above; what differs is told."""
    units = {}
    for name in MONEY:
        if places := head.places(name):
            heading = head.headings[places[0]]
            own = unit_of_money(heading.title, heading.above)
            if own and above.money and own != above.money:
                facts = {"where": f"“{heading.title or heading.above}”一列", "elsewhere": above.money_in}
                facts |= {"unit": own, "other": above.money, "taken": own}
                account.report("W176", heading.spot, **facts)
            units[name] = own or above.money
    units = {name: unit or units.get("budget", "") for name, unit in units.items()}  # of which the others are parts
    if any(not unit for unit in units.values()) and "money_unit" not in head.names:
        account.infer("金额单位", "", "表上没有写金额单位，按万元识别", spot)
    for name, unit in units.items():
        if unit not in {"万元", ""}:
            heading = head.headings[head.places(name)[0]]
            account.infer(MONEY[name], heading.title, f"单位是{unit}，换算为万元", heading.spot)
    return units


def tell_unread(text: str, spot: Spot, account: Account, *, after_note: bool = False) -> bool:
    """Report a line that is no row, and whether it is a note, which may go on."""
    said = tidy(unified(text))
    note = passed_over([said], (), after_note=after_note) or ("注" if is_foot(said) else "")
    if note or is_page_number(said):
        note = note or "页码"
        account.report("I140", spot, what=note, found=said[:_QUOTED])
    elif said:
        account.report("W105", spot, found=said)
    return note == "注"


def tell_unit_above(above: Above, lines: Sequence[Line], register: Register, account: Account) -> None:
    """Say that the unit named above a table, or by its sheet, is that of none of its projects, which name their own."""
    named = {text for line in lines for text in map(line.text, OF_UNITS) if text}
    if len({line.unit for line in lines} - {""}) == 1:  # the sheet may be that of a department of several
        tell_sheet(lines[0].spot, {*named, above.department}, "表里", account)
    units = [one.unit for one in register.projects.values()]
    same = any(above.unit.key in {unit.key, unit.code, plain(unit.name)} for unit in units)
    if above.named and above.unit.name and above.unit.name != above.department and units and not same:
        said = "表里各行写有自己的单位，未采用"
        account.infer("表上方的单位", above.unit.name, said, above.named)
