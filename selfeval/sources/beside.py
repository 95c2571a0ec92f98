"""What a file says around its tables: a unit of money there counts; the rest is told, each kind in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from selfeval.packages.beside_cells import FOOT, HEAD
from selfeval.sources.blocks import Beside, Block, Document, Grid, GridRow, Paragraph, Spot
from selfeval.sources.form.outline import TableSection
from selfeval.sources.form.pieces import MONEY
from selfeval.sources.imported import Account, printed_years
from selfeval.sources.layout import squeeze, tidy, unified
from selfeval.sources.pdf.margins import PAGE_NUMBER

_NOTE = re.compile("注|备注|说明|填[报表]说明|本表")
_DATE = re.compile(
    r"(?:.{0,6}(?:日期|时间)[:：])?(?:20)?\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
)
_BARE_PAGE = re.compile(r"(?:[\W_第共页]|\d{1,3}(?!\d)|page|of)+", re.IGNORECASE)
_WORD = re.compile(r"\w")
_MARGINS = frozenset({HEAD, FOOT})
BELOW = "表下方的一行"
_MOST_TOLD = 5
_QUOTED = 60


@dataclass(frozen=True)
class Said:
    """A unit of money that a file names around its tables, and where."""

    unit: str
    where: Beside


def money_of(beside: Sequence[Beside], sheet: str) -> Said | None:
    """The unit of money that stands around the tables of a sheet, or of a file without sheets."""
    found = ((MONEY.fullmatch(part), one) for one in beside if one.spot.sheet == sheet for part in _parts(one.text))
    return next((Said(hit[1], one) for hit, one in found if hit), None)


def money_of_notes(lines: Iterable[str]) -> str:
    """The unit of money that a note below a table names; blank where none does."""
    plain = (squeeze(unified(text)) for text in lines)
    return next((hit[1] for text in plain if _NOTE.match(text) and (hit := MONEY.search(text))), "")


def below(rows: Iterable[GridRow]) -> Iterator[str]:
    """The texts of rows that have one alone."""
    alone = ([cell.text for cell in row.cells if cell.text.strip()] for row in rows)
    return (texts[0] for texts in alone if len(texts) == 1)


def with_money(section: TableSection, beside: Sequence[Beside]) -> TableSection:
    """A table of one project, with the unit of money that stands around or below it where nothing above names one."""
    around = money_of(beside, section.spot.sheet)
    notes = (*below(section.rows), *(line.text for line in section.below))
    said = around.unit if around else money_of_notes(notes)
    cells = [cell.text for row in section.rows[:_MOST_TOLD] for cell in row.cells]
    own = (squeeze(unified(text)) for text in (section.title, *(line.text for line in section.above), *cells))
    if not said or any(map(MONEY.search, own)):
        return section
    return replace(section, above=(*section.above, Paragraph(f"金额单位：{said}", section.spot)))


def with_units_below(document: Document) -> Document:
    """The document, a unit of money alone in a line below the last table of a sheet as what stands beside it."""
    tables = {
        block.spot.sheet for block in document.blocks if isinstance(block, Grid) and any(map(_is_row, block.rows))
    }
    blocks: list[Block] = []
    units: list[Beside] = []
    for block in reversed(document.blocks):
        sheet, rest = block.spot.sheet, block
        if sheet in tables and isinstance(block, Grid):
            last = max((at for at, row in enumerate(block.rows) if _is_row(row)), default=-1)
            tables -= {sheet} if last >= 0 else set()
            named = [cell for row in block.rows[last + 1 :] for cell in row.cells if _is_unit(cell.text)]
            units += (Beside(BELOW, cell.text, cell.spot) for cell in named)
            if named:
                rows = (row for row in block.rows if not any(cell in named for cell in row.cells))
                rest = replace(block, rows=tuple(rows))
        elif sheet in tables and isinstance(block, Paragraph) and _is_unit(block.text):
            units.append(Beside(BELOW, block.text, block.spot))
            continue
        blocks.append(rest)
    return replace(document, blocks=tuple(reversed(blocks)), beside=(*document.beside, *units)) if units else document


def _is_row(row: GridRow) -> bool:
    return sum(bool(cell.text.strip()) for cell in row.cells) > 1


def _is_unit(text: str) -> bool:
    return MONEY.fullmatch(squeeze(unified(text))) is not None


def tell(document: Document, year: int, account: Account) -> None:
    """Report what stands around the tables and says something: a line a kind, with where it stands."""
    blocks = document.blocks
    cells = (
        [block.text] if isinstance(block, Paragraph) else [cell.text for row in block.rows for cell in row.cells]
        for block in blocks
    )
    names = (account.place.file, PurePath(account.place.file).stem)
    within = "".join(squeeze(unified(text)) for some in cells for text in some) if document.beside else ""
    told: dict[tuple[str, str], dict[str, list[Spot]]] = {}
    units: dict[tuple[str, str], Beside] = {}
    for one in document.beside:
        for unit in (hit[1] for part in _parts(one.text) if (hit := MONEY.fullmatch(part))):
            units.setdefault((one.what, unit), one)
        text = tidy(unified(" ".join(_rest(one.text))))
        plain = squeeze(text)
        if not _WORD.search(plain):
            continue
        other_year = (years := printed_years(plain)) and year not in years and not _DATE.fullmatch(plain)
        if one.what in _MARGINS and not other_year and (plain in within or plain in names or _is_of_pages(plain)):
            continue
        code = "I140" if one.what in _MARGINS and not other_year else "W105"
        told.setdefault((code, one.what), {}).setdefault(text, []).append(one.spot)
    above = [hit[1] for hit in MONEY.finditer(within)]
    for (what, unit), one in units.items():
        if other := next((own for own in above if own != unit), ""):
            facts = {"where": "表上方", "unit": other, "elsewhere": what, "other": unit, "taken": other}
            account.report("W176", one.spot, **facts)
        said = f"是{what}里写的，表上没有写金额单位的按{unit}识别"
        account.infer("金额单位", tidy(one.text)[:_QUOTED], said, one.spot)
    for (code, what), texts in told.items():
        spot = next(iter(texts.values()))[0]
        account.report(code, spot, what=what, found=_listed(what if code == "W105" else "", texts))


def _is_of_pages(plain: str) -> bool:
    """Whether a text is only the number of a page, which may be blank in a file (第 页), or the day of printing."""
    return bool(PAGE_NUMBER.fullmatch(plain) or _DATE.fullmatch(plain) or _BARE_PAGE.fullmatch(plain))


def _listed(what: str, texts: dict[str, list[Spot]]) -> str:
    """The first of the texts, each behind what it stands in, and in which cell."""
    named = [f"{what}{spots[0].cell}：{text[:_QUOTED]}" if what else text[:_QUOTED] for text, spots in texts.items()]
    more = f"；等{len(named)}处" if len(named) > _MOST_TOLD else ""
    return "；".join(named[:_MOST_TOLD]) + more


def _parts(text: str) -> Iterator[str]:
    return (squeeze(part) for part in _BETWEEN.split(unified(text)) if part.strip())


_BETWEEN = re.compile(r"[\s；;]+(?![:：])")


def _rest(text: str) -> list[str]:
    """A text without the unit of money in it."""
    return [part for part in _BETWEEN.split(unified(text)) if part and not MONEY.fullmatch(squeeze(part))]
