"""The XML of a form spelled in other ways: it is read as XML means it, or refused."""

from __future__ import annotations

import datetime as dt
import re
from random import Random
from xml.etree import ElementTree as ET

from selfeval.packages.columns import position
from selfeval.packages.workbook import Raw, Workbook, workbook_of
from tests.fuzz.world import World
from tests.packages.evil import NAMESPACE, SHEET, STRINGS, changed, parts_of

_FIRST_DAY = dt.date(1899, 12, 30)
_TEXT = re.compile(rb"(?<=>)[^<>]+(?=</(?:v|t|f)>)")
_TAG = re.compile(rb"</?[a-zA-Z]+")


def respelled(dice: Random, part: bytes) -> bytes:
    """One text of a part, or all of its tags, spelled in another way."""
    if not dice.randrange(8) and b"xmlns:x=" not in part:  # every element under a prefix
        named = _TAG.sub(lambda tag: tag[0].replace(b"/", b"/x:") if b"/" in tag[0] else b"<x:" + tag[0][1:], part)
        return named.replace(b"xmlns=", b"xmlns:x=", 1)
    found = list(_TEXT.finditer(part))
    if not found:
        return part
    one = dice.choice(found)
    text = one[0].decode()
    at = dice.randrange(len(text) + 1)
    before, behind = text[:at], text[at:]
    if "&" in text:
        return part
    made = (
        f"{before}<!-- -->{behind}",
        f"{before}<?a b?>{behind}",
        f"{before}<![CDATA[{behind}]]>",
        f"<![CDATA[{before}]]>{behind}",
        "".join(f"&#{ord(letter)};" if dice.random() < 0.5 else letter for letter in text),
        f"{before}<b/>{behind}",
        f"{before}<b>{behind}</b>",
        f" {text}",
        f"{text}\n",
        f"{before}<!-- x -->{behind[:1]}<!-- y -->{behind[1:]}",
    )
    return part[: one.start()] + dice.choice(made).encode() + part[one.end() :]


def spelling(world: World, dice: Random) -> None:
    """Every number and text of an accepted form is what the XML says."""
    form = world.sound[dice.choice(world.forms)]
    for _ in range(dice.choice((1, 1, 3))):
        form = changed(form, {dice.choice((SHEET, SHEET, STRINGS)): lambda part: respelled(dice, part)})
    book = workbook_of(form)
    if not isinstance(book, Workbook):
        return
    rows = next(iter(book.sheets.values())).rows
    for (row, column), meant in meanings(form).items():
        assert _same(rows[row][column], meant), (row, column, meant, rows[row][column])


def _same(read: Raw, meant: str | float) -> bool:
    if isinstance(meant, str):
        return str(read).strip() == meant.strip()
    if isinstance(read, dt.date):
        return meant == (read - _FIRST_DAY).days
    return float(read) == meant if isinstance(read, (str, float)) else False


def meanings(form: bytes) -> dict[tuple[int, int], str | float]:
    """The numbers and shared texts of the first sheet by row and column, as another parser of XML takes them."""
    parts = parts_of(form)
    space = f"{{{NAMESPACE}}}"
    texts = [
        "".join("".join(text.itertext()) for text in one.iter(f"{space}t"))
        for one in ET.fromstring(parts[STRINGS]).iter(f"{space}si")
    ]
    found: dict[tuple[int, int], str | float] = {}
    for cell in ET.fromstring(parts[SHEET]).iter(f"{space}c"):
        value = cell.find(f"{space}v")
        letters, number = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", "")).groups()  # type: ignore[union-attr]
        if value is not None and (said := "".join(value.itertext())).strip():
            at = int(number) - 1, position(letters)
            kind = cell.get("t", "n")
            if kind == "s":
                found[at] = texts[int(said)]
            elif kind == "n":
                found[at] = float(said)
    return found
