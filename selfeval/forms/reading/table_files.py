"""The files of a reported table: a workbook, or a folder of CSV files; what is there under which name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from selfeval.domain.faults import unless_faulty
from selfeval.domain.problems import Place, Problem, problem
from selfeval.forms.reading.folder import Files, shown_path
from selfeval.forms.reading.grid import SheetGrid, open_csv, open_workbook
from selfeval.forms.reading.table_parts import PARTS
from selfeval.packages.any_workbook import any_workbook
from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.packages.printable import BLANKS
from selfeval.packages.workbook import Workbook

_LINE_ENDS = (b"\n", b"\r")
_ENDINGS = (".csv", ".txt", ".tsv")
"""How programs call files of texts; Excel's “Unicode text” is a .txt."""


def grids(path: Path, root: Path, problems: list[Problem], files: Files) -> dict[str, SheetGrid]:
    """The grids that are there, by name; what was read goes to ``files``, and what is wrong to ``problems``."""
    if not path.exists():
        problems.append(problem("E315", Place(file=shown_path(path, root)), reason="没有这个文件或文件夹"))
        return {}
    return _of_folder(path, root, problems, files) if path.is_dir() else _of_workbook(path, root, problems, files)


def _of_folder(path: Path, root: Path, problems: list[Problem], files: Files) -> dict[str, SheetGrid]:
    found: dict[str, SheetGrid] = {}
    there: list[str] = []
    for part in PARTS:
        named = [file for ending in _ENDINGS if (file := path / f"{part.name}{ending}").is_file()]
        if not named:
            continue
        there.append(part.name)
        if len(named) > 1:
            facts = {"what": part.name, "count": len(named)}
            problems.append(problem("E336", Place(file=shown_path(path, root)), **facts))
            continue
        shown, content = shown_path(named[0], root), read_bytes(named[0])
        files.append((shown, content.digest if isinstance(content, Unreadable) else digest(content)))
        grid = (
            content.reason
            if isinstance(content, Unreadable)
            else unless_faulty(Place(file=shown), open_csv, content, shown, part.key)
        )
        if isinstance(grid, SheetGrid):
            found[part.name] = grid
            if (
                isinstance(content, bytes)
                and not content.rstrip(b"\0").endswith(_LINE_ENDS)
                and (last := grid.raw[-1][-1])
            ):
                problems.append(problem("W309", Place(file=shown), found=last, row=grid.rows))
        else:
            problems.append(problem("E315", Place(file=shown), reason=grid) if isinstance(grid, str) else grid)
    present = sorted(table.name for ending in _ENDINGS for table in path.glob(f"*{ending}"))
    problems += _missing(shown_path(path, root), "CSV 文件", present, there)
    return found


def _of_workbook(path: Path, root: Path, problems: list[Problem], files: Files) -> dict[str, SheetGrid]:
    file, data = shown_path(path, root), read_bytes(path)
    files.append((file, data.digest if isinstance(data, Unreadable) else digest(data)))
    book = data if isinstance(data, Unreadable) else unless_faulty(Place(file=file), any_workbook, data)
    if not isinstance(book, Workbook):
        why = book if isinstance(book, Problem) else problem("E315", Place(file=file), reason=book.reason)
        problems.append(why)
        return {}
    named: dict[str, list[SheetGrid]] = {}
    sheets = open_workbook(book, file)
    for grid in sheets:
        name = grid.sheet.strip(BLANKS)
        part = name.removesuffix("表")
        named.setdefault(part if part in {one.name for one in PARTS} else name, []).append(grid)
    doubled = {part.name: len(same) for part in PARTS if len(same := named.get(part.name, ())) > 1}
    problems += [problem("E336", Place(file=file), what=name, count=count) for name, count in doubled.items()]
    problems += [
        problem("W316", Place(file=file, sheet=grid.sheet), what=grid.sheet)
        for part in PARTS
        for grid in named.get(part.name, ())
        if grid.hidden and part.name not in doubled
    ]
    problems += _missing(file, "工作表", [grid.sheet for grid in sheets], list(named))
    return {name: same[0] for name, same in named.items() if len(same) == 1}


def _missing(file: str, kind: str, present: list[str], there: list[str]) -> Iterator[Problem]:
    """The parts that are not there."""
    for part in PARTS:
        if part.name not in there:
            listed = "、".join((part.key, *part.items.values()))
            facts = {"what": part.name, "found": "、".join(present) or "（空）", "part": kind, "columns": listed}
            yield problem("E316", Place(file=file), **facts)
