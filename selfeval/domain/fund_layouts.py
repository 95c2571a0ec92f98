"""The official forms' lines of money: the sources below each of FUND_ITEMS, and what tables call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from selfeval.domain.reported import FUND_ITEMS

FundLayout = Literal["national", "hebei"]

SOURCES: dict[str, str] = {
    "granted": "当年财政拨款",
    "carried": "上年结转资金",
    "own": "本级安排",
    "upper": "上级补助",
    "other": "其他资金",
}
"""Every source that some official form asks for."""


@dataclass(frozen=True)
class FundLine:
    """A line below 年度资金总额: its label, and the sources whose sum it shows."""

    label: str
    sources: tuple[str, ...]


LAYOUTS: Mapping[FundLayout, tuple[FundLine, ...]] = {
    "national": (
        FundLine("其中：当年财政拨款", ("granted",)),
        FundLine("　　　上年结转资金", ("carried",)),
        FundLine("　　　其他资金", ("other",)),
    ),
    "hebei": (
        FundLine("其中：财政资金", ("own", "upper")),
        FundLine("　　　　本级安排", ("own",)),
        FundLine("　　　　上级补助", ("upper",)),
        FundLine("　　　其他资金", ("other",)),
    ),
}
"""The lines of 《项目支出绩效自评表》 (财预〔2020〕10号), and those of a provincial platform used in Hebei."""


def sources_of(layout: FundLayout) -> tuple[str, ...]:
    """The sources that a layout asks for, in its order; the first is the usual one."""
    return tuple(source for line in LAYOUTS[layout] if len(line.sources) == 1 for source in line.sources)


def source_item(item: str, source: str) -> str:
    """The item of an amount by source, beside those of FUND_ITEMS: ``executed.carried``."""
    return f"{item}.{source}"


LAYOUT_WORDS: Mapping[FundLayout, str] = {
    layout: "、".join(SOURCES[source] for source in sources_of(layout)) for layout in LAYOUTS
}
"""The sources of each layout, in words."""

SOURCE_ITEMS: dict[str, str] = {
    source_item(item, source): f"{name}中的{label}"
    for item, name in FUND_ITEMS.items()
    for source, label in SOURCES.items()
}
"""Every amount by source, with what tables call it."""
