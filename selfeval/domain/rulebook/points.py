"""What a rulebook says of points as such: how a score is rounded, and sections that stand outside the 100."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Literal

from selfeval.domain.options import Option, Places
from selfeval.domain.rounding import PLACES

RoundingMode = Literal["half_up", "floor", "truncate"]

ExtraKind = Literal["", "bonus", "deduction"]
TotalCap = Literal["hundred", "none"]
Cap = Literal["points", "none"]

Earning = Literal["points", "uncapped", "taken", "given"]
"""How a share becomes a score: up to the points, above them too, or as points taken away (``given``: by a person)."""

EXTRA_WORDS: dict[ExtraKind, str] = {"bonus": "加分项", "deduction": "扣分项"}
UNCAPPED_SAID = "不封顶，得分可以超过分值"
CAP = Option(
    "封顶",
    "points 得分不超过分值（默认）；none 不封顶，得分 = 分值 × 比例，可以超过分值（计分标准中 share: measure 的一档）",
    words={"points": "封顶", "none": "不封顶"},
)

_MODE_WORDS: dict[RoundingMode, str] = {"half_up": "四舍五入", "floor": "只舍不入", "truncate": "只舍不入"}


@dataclass(frozen=True)
class Rounding:
    """How each printed score is rounded, to ``places`` decimals; a total is the sum of the printed scores.

    ``floor`` and ``truncate`` are one: no share of points is negative. Points themselves stay hundredths.
    """

    places: Annotated[Places, Option("取到多少分", "0.01（默认）、0.1或1", key="to")] = PLACES
    mode: Annotated[
        RoundingMode, Option("怎样取", "half_up 四舍五入（默认）；floor 只舍不入（也可写 truncate）", words=_MODE_WORDS)
    ] = "half_up"

    @property
    def way(self) -> Literal["half", "down"]:
        """How an expression rounds."""
        return "half" if self.mode == "half_up" else "down"

    @property
    def step(self) -> int:
        """The smallest score above 0, in hundredths."""
        return int(10 ** (PLACES - self.places))

    @property
    def smallest(self) -> str:
        """The same in points, as printed: 0.01."""
        return f"{Decimal(1).scaleb(-self.places)}"

    @property
    def said(self) -> str:
        """In words: 四舍五入到 0.01."""
        return f"{_MODE_WORDS[self.mode]}到{self.smallest}"

    @property
    def decimals(self) -> str:
        """How many decimals a printed score has, in words."""
        return f"{'零一两'[self.places]}位小数" if self.places else "整数"

    @property
    def finest(self) -> str:
        """The same as a limit for whoever types one."""
        return f"最多{self.decimals}" if self.places else f"只能是{self.decimals}"

    def show(self, hundredths: int) -> str:
        """A score as printed; one with more decimals (full marks of points that have them) with all of them."""
        return self._printed(hundredths, "")

    def signed(self, hundredths: int) -> str:
        """The same of a change, with its sign: +1.25, -0.40; 0.00 for none."""
        return self._printed(hundredths, "+" if hundredths else "")

    def places_of(self, scores: Iterable[int]) -> int:
        """The decimals with which they are printed in one column: more where one of them has more."""
        step = self.step
        return PLACES if step > 1 and any(found % step for found in scores) else self.places

    def for_all(self, points: Iterable[int]) -> Rounding:
        """How the scores of a project are rounded at the finest, given its points."""
        return replace(self, places=self.places_of(points))

    def _printed(self, hundredths: int, sign: str) -> str:
        return f"{Decimal(int(hundredths)).scaleb(-PLACES):{sign}.{self.places_of([hundredths])}f}"


USUAL = Rounding()
"""To 0.01, half up."""
