"""A file with flat tables and others: what both mean, together, and what belongs to neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selfeval.domain.problems import Place
from selfeval.domain.targets import Targets
from selfeval.sources.blocks import Block, Document, Grid, Paragraph, Spot
from selfeval.sources.codes import alike_by
from selfeval.sources.differences import NOT_COMPARED, by_project, inside
from selfeval.sources.form.document import read_document
from selfeval.sources.form.labels import HOLD_A_TABLE, is_label
from selfeval.sources.imported import Account, Imported, target_cell
from selfeval.sources.layout import tidy, unified

_QUOTED = 60


def with_rest(found: Imported, others: Document, year: int) -> Imported:
    """What the flat tables of a file mean, with what its other blocks do."""
    rest = [*others.blocks]
    account = Account(Place(file=found.source))
    sheets = {block.spot.sheet: [one for one in rest if one.spot.sheet == block.spot.sheet] for block in rest}
    of_form = [sheet for sheet, blocks in sheets.items() if any(map(_is_of_form, blocks))]
    for sheet, blocks in sheets.items():
        if sheet not in of_form:
            _tell_unread(blocks, account, beside_others=sheet in {spot.sheet for spot in found.spots.values()})
    found = replace(found, problems=(*found.problems, *account.problems))
    if not of_form:
        return found
    document = replace(others, blocks=tuple(block for block in rest if block.spot.sheet in of_form), problems=())
    return _both(found, read_document(document, year, found.source, whole_file=False))


def _is_of_form(block: Block) -> bool:
    return isinstance(block, Grid) and any(
        is_label(cell.text, HOLD_A_TABLE) for row in block.rows for cell in row.cells
    )


def _tell_unread(blocks: Sequence[Block], account: Account, *, beside_others: bool) -> None:
    """Report that a sheet was not read; where there are none, or other tables of it were, what was not."""
    texts = [text for block in blocks for text in _first_text(block)]
    spot = next((block.spot for block in blocks if isinstance(block, Grid)), blocks[0].spot)
    if spot.sheet and not beside_others:
        account.report("W174", spot, sheet=spot.sheet)
        return
    account.report("W141", spot, found=" ".join(map(tidy, map(unified, texts)))[:_QUOTED])


def _first_text(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    return [cell.text for row in block.rows[:1] for cell in row.cells]


def _both(one: Imported, other: Imported) -> Imported:
    """Two readings of parts of a file; a project of the second that is in the first is left out, and told."""
    account = Account(Place(file=one.source))
    names, (before, again) = one.targets.names, (by_project(part.targets) for part in (one, other))
    for code, name in other.targets.names.items():
        if code not in names:
            continue
        here, spot = account.about(project=code), other.spots.get(code)
        where = one.spots[code].in_file if code in one.spots else "前面"
        if any(found.column not in NOT_COMPARED for found in inside(before[code], again[code])):
            here.report("E110", spot, name=name, first=names[code], where=where, **alike_by(code))
        else:
            here.infer("重复的项目", name, f"{where}已有内容相同的一张表，只读入一次", spot or Spot())
    nothing = not other.targets.projects  # in sheets that only look like the form
    told = [found for found in other.problems if not (nothing and found.code in {"E105", "W110"})]
    targets, more = one.targets, other.targets.only([code for code in other.targets.names if code not in names])
    pairs = ((getattr(targets, name), getattr(more, name)) for name in ("projects", "indicators", "plan"))
    projects, indicators, plan = (first.table.of_rows([*first, *second]) for first, second in pairs)
    indicators = indicators.with_columns(cell=[*map(target_cell, range(len(indicators)))])
    whole = Targets(targets.year, projects, indicators, plan, more.department, targets.file)
    return Imported(
        whole,
        (*one.readings, *other.readings, *account.readings),
        (*one.problems, *told, *account.problems),
        one.title or other.title,
        other.overall_goal,
        one.source,
        budgets={**other.budgets, **one.budgets},
        spots={**other.spots, **one.spots},
    )
