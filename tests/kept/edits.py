"""What happens to a workspace between two runs: people, programs and accidents change inputs, outputs, the diary."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from openpyxl import load_workbook

from selfeval.packages.files import is_lock

Edit = Callable[[Path, Random], None]
_KEPT = "outputs/.2024.kept"
_BESIDE = re.compile("（(改动过|已复核)")


def forms(root: Path) -> list[Path]:
    """The forms of the year."""
    return sorted((root / "inputs/2024/forms").rglob("*.xlsx"))


def books(root: Path) -> list[Path]:
    """The workbooks of projects."""
    return sorted((root / "outputs/2024").rglob("*_自评表.xlsx"))


def results(root: Path) -> dict[str, bytes]:
    """The files of the outputs, without those that were kept beside because somebody had changed them."""
    home = root / "outputs/2024"
    files = (path for path in sorted(home.rglob("*")) if path.is_file() and not is_lock(path.name))
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in files if not _BESIDE.search(path.name)}


def _cell(path: Path, random: Random, sheets: tuple[str, ...] = ()) -> None:
    try:
        book = load_workbook(path)
    except Exception:  # noqa: BLE001 - damaged before
        return
    cells = [
        cell
        for sheet in book.worksheets
        if not sheets or sheet.title in sheets
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.value is not None and not str(cell.value).startswith("=") and (sheets or not cell.protection.locked)
    ]
    if not cells:
        return
    chosen = random.choice(cells)
    chosen.value = random.choice([None, "若干", random.randrange(200), f"{chosen.value}改"])
    book.save(path)


def _in_place(path: Path, random: Random) -> None:
    """A byte is another one, and the time of writing is put back, as programs that copy files do."""
    was, data = path.stat(), bytearray(path.read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    with path.open("r+b") as file:
        file.write(data)
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def _form(root: Path, random: Random) -> None:
    _cell(random.choice(forms(root)), random)


def _form_in_place(root: Path, random: Random) -> None:
    _in_place(random.choice(forms(root)), random)


def _older(root: Path, random: Random) -> None:
    form = random.choice(forms(root))
    shutil.copy2(form, root / "older.xlsx")
    _cell(form, random)
    shutil.move(root / "older.xlsx", form)


def _another(root: Path, random: Random) -> None:
    one, other = random.sample(forms(root), 2)
    shutil.copy2(one, other)


def _renamed(root: Path, random: Random) -> None:
    form = random.choice(forms(root))
    form.rename(form.with_name(f"{form.stem}改名{random.randrange(1000)}.xlsx"))


def _swapped(root: Path, random: Random) -> None:
    one, other = random.sample(forms(root), 2)
    one.rename(root / "aside.xlsx")
    other.rename(one)
    (root / "aside.xlsx").rename(other)


def _rival(root: Path, random: Random) -> None:
    form = random.choice(forms(root))
    shutil.copy2(form, form.with_name(f"{random.randrange(1000)}.xlsx"))


def _gone(root: Path, random: Random) -> None:
    if len(found := forms(root)) > 2:
        random.choice(found).unlink()


def _touched(root: Path, random: Random) -> None:
    os.utime(random.choice([*forms(root), *books(root)]))


def _junk(root: Path, random: Random) -> None:
    (forms(root)[0].with_name(f"说明{random.randrange(3)}.xlsx")).write_bytes(b"PK" * random.randrange(3))


def _targets(root: Path, random: Random) -> None:
    _cell(root / "inputs/2024/targets.xlsx", random, ("指标", "资金计划"))


def _project_gone(root: Path, random: Random) -> None:
    path = root / "inputs/2024/targets.xlsx"
    book = load_workbook(path)
    code = str(book["项目"].cell(random.randrange(2, book["项目"].max_row + 1), 4).value)
    for name in ("项目", "指标", "资金计划"):
        sheet = book[name]
        for at in range(sheet.max_row, 1, -1):
            if code in {str(cell.value) for cell in sheet[at]}:
                sheet.delete_rows(at)
    book.save(path)


def _rules(root: Path, random: Random) -> None:
    path = root / "rules/2024.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n# {random.random()}\n", encoding="utf-8")


def _settings(root: Path, random: Random) -> None:
    text = random.choice(["", "unit: 某局\n", "contact: 张三\n"])
    (root / "inputs/settings.yaml").write_text(text, encoding="utf-8")


def _book_edited(root: Path, random: Random) -> None:
    if found := books(root):
        path = random.choice(found)
        path.write_bytes(path.read_bytes() + b"\0")


def _book_in_place(root: Path, random: Random) -> None:
    if found := books(root):
        _in_place(random.choice(found), random)


def _book_gone(root: Path, random: Random) -> None:
    if found := books(root):
        random.choice(found).unlink()


def _books_swapped(root: Path, random: Random) -> None:
    if len(found := books(root)) > 1:
        one, other = random.sample(found, 2)
        shutil.copy2(one, other)


def _outputs_gone(root: Path, _: Random) -> None:
    shutil.rmtree(root / "outputs/2024")


def _outputs_moved(root: Path, _: Random) -> None:
    """The workspace was copied: every file is another one, with the same times."""
    shutil.copytree(root / "outputs", root / "copied", symlinks=True)
    shutil.rmtree(root / "outputs")
    (root / "copied").rename(root / "outputs")


def _kept_cut(root: Path, random: Random) -> None:
    if (root / _KEPT).is_file():
        os.truncate(root / _KEPT, random.randrange((root / _KEPT).stat().st_size + 1))


def _kept_damaged(root: Path, random: Random) -> None:
    path = root / _KEPT
    if path.is_file() and path.stat().st_size:
        for _ in range(random.randrange(1, 30)):
            _in_place(path, random)


def _kept_gone(root: Path, _: Random) -> None:
    (root / _KEPT).unlink(missing_ok=True)


def _kept_foreign(root: Path, random: Random) -> None:
    (root / _KEPT).unlink(missing_ok=True)
    (root / _KEPT).write_bytes(random.choice([b"", b"selfeval.diary.v1", b"{}", b"\n" * 100_000]))


EDITS: dict[str, Edit] = {
    "form": _form,
    "form in place": _form_in_place,
    "older": _older,
    "another": _another,
    "renamed": _renamed,
    "swapped": _swapped,
    "rival": _rival,
    "gone": _gone,
    "touched": _touched,
    "junk": _junk,
    "targets": _targets,
    "project gone": _project_gone,
    "rules": _rules,
    "settings": _settings,
    "book edited": _book_edited,
    "book in place": _book_in_place,
    "book gone": _book_gone,
    "books swapped": _books_swapped,
    "outputs gone": _outputs_gone,
    "outputs moved": _outputs_moved,
    "kept cut": _kept_cut,
    "kept damaged": _kept_damaged,
    "kept gone": _kept_gone,
    "kept foreign": _kept_foreign,
}
"""Every edit by its name."""
