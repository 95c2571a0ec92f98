"""How cells are shown, and what stands in those that show nothing: number formats, formulas, error values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selfeval.packages.container import RefusedError
from selfeval.packages.elements import Found
from selfeval.packages.number_formats import Shown, beside_day, beside_text, digits_by, shown_by
from selfeval.packages.raised import is_raised
from selfeval.packages.remembered import remembered

MAX_FORMAT, MAX_FORMATS = 1000, 200_000
"""Characters of a number format, and of all together, which readers look through; a spreadsheet allows 255 of each."""
_TIMES = {"18": "h:mm", "19": "h:mm:ss", "20": "h:mm", "21": "h:mm:ss", "45": "mm:ss", "46": "h:mm:ss", "47": "mm:ss"}
_WHOLE, _CENTS = "#,##0;(#,##0)", "#,##0.00;(#,##0.00)"
_AMOUNTS = {
    "1": "0",
    "2": "0.00",
    "3": "#,##0",
    "4": "#,##0.00",
    "37": _WHOLE,
    "38": _WHOLE,
    "39": _CENTS,
    "40": _CENTS,
}
_BUILT_IN = {**_AMOUNTS, "9": "0%", "10": "0.00%", **_TIMES}
"""Number formats that files name by their number alone, where they matter."""


@dataclass(frozen=True)
class Look:
    """The number format of a cell (blank: general), and its error value or formula; a formula without a result too.

    ``struck``: a line goes through it, or through a part of its text, as through what counts no more. ``raised``: some
    of its digits stand above or below the line, beside others. ``raised_font``: whatever says nothing else does.
    """

    format: str = ""
    fault: str = ""
    struck: bool = False
    raised: bool = False
    raised_font: bool = False

    def shown(self, number: float) -> Shown | None:
        """What is seen beside a number in the cell; None where the number itself is not."""
        return shown_by(self.format, number)

    def digits(self, number: float) -> tuple[int, int | None]:
        """How many digits are seen of a number at least before the point, and how many behind (None: all)."""
        return digits_by(self.format, number)

    def beside_day(self) -> Shown | None:
        """What is seen beside a day in the cell; None where one does not see which day it is."""
        return beside_day(self.format)

    def beside_text(self) -> Shown | None:
        """What is seen beside a text in the cell; None where the text is not."""
        return beside_text(self.format)


Looks = Mapping[tuple[int, int], Look]
"""The looks of a sheet's cells that have a number format, a fault, a line through or raised digits, by row and column
from 0."""


@remembered(most=64, longest=200_000)
def read_styles(part: bytes) -> Sequence[Look]:
    """The look of each cell style, by its number; the number format is blank where it cannot matter.

    Raises RefusedError.
    """
    own: dict[str, str] = {}
    styles: list[tuple[str, str]] = []
    struck: list[bool] = []
    raised: list[bool] = []
    of_cells, length = False, 0
    for inside, name, attributes in Found(part, "numFmt", "font", "strike", "vertAlign", "xf").elements:
        number = attributes.get("numFmtId", "0")
        if name == "font":
            of_cells = inside == "fonts"
            if of_cells:
                struck.append(False)
                raised.append(False)
        elif name == "strike" and of_cells:
            struck[-1] = struck[-1] or is_on(attributes)
        elif name == "vertAlign" and of_cells:
            raised[-1] = raised[-1] or is_raised(attributes)
        elif name == "numFmt" and inside != "dxf":  # that of a condition may have the number of another one
            own[number] = attributes.get("formatCode", "")
            length += len(own[number])
            if len(own[number]) > MAX_FORMAT or length > MAX_FORMATS:
                raise RefusedError("数字格式过长或过多，不是一般的工作簿")
        elif inside == "cellXfs":
            styles.append((number, attributes.get("fontId", "0")))
    formats = _BUILT_IN | own
    fonts = {str(at): both for at, both in enumerate(zip(struck, raised, strict=True))}
    looks = ((formats.get(number, ""), *fonts.get(font, (False, False))) for number, font in styles)
    return tuple(Look(shown, struck=line, raised_font=above) for shown, line, above in looks)


def is_on(attributes: Mapping[str, str]) -> bool:
    """Whether an element that switches something on does so."""
    return attributes.get("val", "1") not in {"0", "false"}
