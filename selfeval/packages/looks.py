"""How cells are shown, and what stands in those that show nothing: number formats, formulas, error values.

The file must have passed the guard, which lets no DOCTYPE through.
"""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError, fromstring  # the guard lets no DOCTYPE through
from xml.parsers.expat import ExpatError, ParserCreate

from selfeval.packages.columns import position

_BUILT_IN = {"9": "0%", "10": "0.00%"}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(frozen=True)
class Look:
    """The number format of a cell (blank: general), and its error value or formula; a formula without a result too."""

    format: str = ""
    fault: str = ""

    @property
    def percent(self) -> bool:
        """Whether a number in the cell is shown as a percentage: a % stands in the format, unquoted."""
        return "%" in _QUOTED.sub("", self.format)


def looks(data: bytes, sheet: str) -> dict[tuple[int, int], Look]:
    """The cells of a sheet with a number format or a fault, by row and column from 0: as far as they can be read."""
    found: dict[tuple[int, int], Look] = {}
    with (
        suppress(KeyError, ParseError, ExpatError, ValueError, zipfile.BadZipFile, OSError),
        zipfile.ZipFile(io.BytesIO(data)) as package,
    ):
        part = _part_of(package, sheet)
        if part:
            _Cells(_formats(package), found).parser.ParseFile(package.open(part))
    return found


class _Cells:
    """Follows the elements of a sheet, and the text in them only where a cell may have a fault, which is rare."""

    def __init__(self, formats: list[str], found: dict[tuple[int, int], Look]) -> None:
        self._looks, self._found = [Look(code) for code in formats], found
        self._look, self._attributes = Look(), dict[str, str]()
        self._texts, self._open = dict[str, str](), ""
        self.parser = ParserCreate()
        self.parser.StartElementHandler = self._start

    def _start(self, prefixed: str, attributes: dict[str, str]) -> None:
        self._open = name = prefixed.rpartition(":")[2]
        if name == "c":
            style = int(attributes.get("s", "0"))
            self._look = self._looks[style] if style < len(self._looks) else Look()
            self._attributes, self._texts = attributes, {}
            if self._look.format:
                self._keep(self._look)
        if name == "f":
            self._texts["f"] = ""
        if name == "f" or (name == "c" and attributes.get("t") == "e"):
            self.parser.CharacterDataHandler, self.parser.EndElementHandler = self._text, self._end

    def _text(self, text: str) -> None:
        self._texts[self._open] = self._texts.get(self._open, "") + text

    def _end(self, prefixed: str) -> None:
        self._open = ""
        if prefixed.rpartition(":")[2] != "c":
            return
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        kind, value, formula = self._attributes.get("t"), self._texts.get("v"), self._texts.get("f")
        if kind == "e":
            self._keep(Look(self._look.format, value or "#?"))
        elif formula is not None and kind != "str" and not value:
            self._keep(Look(self._look.format, f"={formula or '…'}"))

    def _keep(self, look: Look) -> None:
        address = _ADDRESS.fullmatch(self._attributes.get("r", ""))
        if address:
            self._found[int(address[2]) - 1, position(address[1])] = look


def _root(package: zipfile.ZipFile, part: str) -> Element:
    return fromstring(package.read(part))  # noqa: S314 - the guard has looked


def _part_of(package: zipfile.ZipFile, sheet: str) -> str | None:
    for entry in _root(package, "xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
        if entry.get("name") == sheet:
            relation = next((value for key, value in entry.items() if key.endswith("}id")), None)
            for found in _root(package, "xl/_rels/workbook.xml.rels"):
                if found.get("Id") == relation:
                    target = found.get("Target", "")
                    return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
    return None


def _formats(package: zipfile.ZipFile) -> list[str]:
    """The number format of each cell style, by its number; blank where it cannot matter."""
    root = _root(package, "xl/styles.xml")
    own = {style.get("numFmtId", "0"): style.get("formatCode", "") for style in root.iterfind("{*}numFmts/{*}numFmt")}
    return [(_BUILT_IN | own).get(style.get("numFmtId", "0"), "") for style in root.iterfind("{*}cellXfs/{*}xf")]
