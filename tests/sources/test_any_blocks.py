"""Whatever a reader makes of a file, a model takes it: nothing is raised."""

from __future__ import annotations

import random

import pytest

from selfeval.sources.blocks import Block, Document, Grid, GridCell, GridRow, Paragraph, Spot
from selfeval.sources.read import understood

HEAD = ("项目编码", "项目名称", "一级指标", "二级指标", "三级指标", "指标值")
TEXTS = (
    *HEAD,
    *(
        "计量单位",
        "单位",
        "计算符号",
        "预算数（元）",
        "年度",
        "备注",
        "绩效指标",
        "分值",
        "单位：元",
        "预算单位：甲",
        "注：1",
    ),
    *(
        "ZZ01",
        "甲",
        "产出指标",
        "≥50",
        "%",
        "正向",
        "合计",
        "2025",
        "—",
        "1.5e300",
        "9" * 400,
        "x" * 2000,
        "\n",
        " ",
        "0",
    ),
)


def cells(chance: random.Random, row: int, sheet: str) -> tuple[GridCell, ...]:
    is_head = row == 0 and chance.random() < 0.7
    texts = HEAD if is_head else chance.choices(TEXTS, k=chance.randint(0, 8))
    made = []
    for column, text in enumerate(texts):
        spot = Spot(row + 1, sheet=sheet, cell=chance.choice(["", f"{chr(65 + column)}{row + 1}"]))
        shape = chance.choice([1, 1, 1, 2, 3]), chance.choice([1, 1, 1, 2, 9])
        made += [GridCell(text, spot, column, *shape)] if chance.random() < 0.9 else []
    return tuple(made)


def blocks(chance: random.Random) -> list[Block]:
    made: list[Block] = []
    for _ in range(chance.randint(1, 4)):
        sheet = chance.choice(["", "A", "B"])
        if chance.random() < 0.3:
            made.append(Paragraph(chance.choice(TEXTS), Spot(chance.randint(0, 9), sheet=sheet)))
        else:
            rows = tuple(GridRow(cells(chance, row, sheet)) for row in range(chance.randint(1, 8)))
            made.append(Grid(rows, Spot(1, sheet=sheet)))
    return made


@pytest.mark.parametrize("seed", range(8))
def test_no_blocks_raise(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        made = tuple(blocks(chance))
        found = understood(Document(made), 2025, "表.xlsx")
        assert len(found.targets.projects) <= sum(len(one.rows) for one in made if isinstance(one, Grid))
