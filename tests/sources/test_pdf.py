"""PDF files: which rules make cells, what a page break parts, and what is no text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from selfeval.domain.problems import Place
from selfeval.sources import documents
from selfeval.sources.blocks import Document, Grid, Paragraph, Spot
from tests.sources.raw_pdf import box, line, pdf, stream, text, thin

Draw = Callable[[float, float, float, float], str]


def read(data: bytes, name: str = "某某.pdf") -> Document:
    return documents.read(data, Place(file=name))


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def cells(grid: Grid) -> list[list[tuple[int, int, int, str]]]:
    return [[(cell.column, cell.columns, cell.rows, cell.text) for cell in row.cells] for row in grid.rows]


def codes(document: Document) -> list[str]:
    return [one.code for one in document.problems]


# A form of three columns at 100, 200, 300 and 400, its rows at 700, 680, 660 and 640:
# a cell over two columns, one over two rows.
FORM = [
    [(0, 1, 1, "项目编码"), (1, 2, 1, "ZZ0024P")],
    [(0, 1, 2, "一级"), (1, 1, 1, "二级"), (2, 1, 1, "≥95%")],
    [(1, 1, 1, "三级"), (2, 1, 1, "12月底")],
]


def rules(draw: Draw) -> str:
    across = [(100, 700, 400), (100, 680, 400), (200, 660, 400), (100, 640, 400)]
    down = [(100, 640, 700), (400, 640, 700), (200, 640, 700), (300, 640, 680)]
    lines = [draw(x0, y, x1, y) for x0, y, x1 in across]
    return "".join([*lines, *(draw(x, y0, x, y1) for x, y0, y1 in down)])


WORDS = "".join(
    text(x, y, said)
    for x, y, said in [
        (105, 685, "项目编码"),
        (205, 685, "ZZ0024P"),
        (105, 655, "一级"),
        (205, 665, "二级"),
        (305, 665, "≥95%"),
        (205, 645, "三级"),
        (305, 645, "12月底"),
    ]
)


def dashes(x0: float, y0: float, x1: float, y1: float) -> str:
    count = int(max(x1 - x0, y1 - y0) / 6)
    pieces = ((x0 + 6 * at, y0) if x1 > x0 else (x0, y0 + 6 * at) for at in range(count))
    return "".join(line(x, y, x + (3 if x1 > x0 else 0), y + (0 if x1 > x0 else 3)) for x, y in pieces)


def double(x0: float, y0: float, x1: float, y1: float) -> str:
    by = (0, 1.5) if x1 > x0 else (1.5, 0)
    return thin(x0, y0, x1, y1) + thin(x0 + by[0], y0 + by[1], x1 + by[0], y1 + by[1])


@pytest.mark.parametrize("draw", [line, thin, dashes, double])
def test_a_cell_reaches_as_far_as_no_line_stands(draw: Draw) -> None:
    document = read(pdf([rules(draw) + WORDS]))
    assert [cells(grid) for grid in grids(document)] == [FORM]
    assert codes(document) == []


def test_frames_of_cells_are_lines_too_and_shades_are_none() -> None:
    frames = box(100, 680, 200, 700) + box(200, 680, 400, 700) + box(100, 640, 200, 680)
    frames += "".join(box(x, y, x + 100, y + 20) for x in (200, 300) for y in (640, 660))
    shade = "0.9 g 110 641 35 58 re f 0 g\n1 g 1 G 250 600 20 120 re B 0 g 0 G\n"
    assert [cells(grid) for grid in grids(read(pdf([shade + frames + WORDS])))] == [FORM]


def test_a_table_open_at_its_sides_is_closed() -> None:
    sides = line(100, 640, 100, 700) + line(400, 640, 400, 700)
    assert [cells(grid) for grid in grids(read(pdf([rules(line).replace(sides[:20], "") + WORDS])))] == [FORM]
    without = "".join(each + "\n" for each in rules(line).split("\n") if each and each + "\n" not in sides)
    document = read(pdf([without + WORDS]))
    assert [row[0][3] for row in cells(grids(document)[0])] == ["项目编码", "一级", "三级"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_seen(turn: int) -> None:
    """Turned by its own mark, which undoes how its contents lie."""
    matrix = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}[turn]
    moved = f"q 1 0 0 1 0 -300 cm {rules(line)}{WORDS} Q\n" if turn != 180 else rules(line) + WORDS
    document = read(pdf([f"q {matrix} cm {moved} Q"], page=b"/Rotate %d" % turn))
    assert [cells(grid) for grid in grids(document)] == [FORM]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_turned_against_its_contents_is_read_as_these_stand(turn: int) -> None:
    document = read(pdf([rules(line) + WORDS], page=b"/Rotate %d" % turn))
    assert [cells(grid) for grid in grids(document)] == [FORM]


@pytest.mark.parametrize(("turn", "x", "y"), [("0 1 -1 0", 155, 642), ("0 -1 1 0", 145, 678)])
def test_a_text_that_lies_on_its_side_in_a_cell_is_read_as_it_runs(turn: str, x: float, y: float) -> None:
    words = WORDS.replace(text(105, 655, "一级"), text(x, y, "一级", 10, turn))
    assert [cells(grid) for grid in grids(read(pdf([rules(line) + words])))] == [FORM]


@pytest.mark.parametrize("matrix", ["0 1 -1 0 595 0", "0 -1 1 0 0 842"])
def test_what_lies_on_a_page_is_read_with_the_page_turned(matrix: str) -> None:
    document = read(pdf([f"q {matrix} cm q 1 0 0 1 0 -300 cm {rules(line)}{WORDS} Q Q"]))
    assert [cells(grid) for grid in grids(document)] == [FORM]


def test_a_table_in_a_form_object_and_what_was_filled_in_to_a_field() -> None:
    drawn = rules(line) + WORDS.replace(text(305, 665, "≥95%"), "")
    inner = stream(drawn.encode(), b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>")
    shown = stream(
        text(5, 5, "≥95%").encode(),
        b"/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 3 0 R>>>>",
    )
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/F 4/Rect[300 660 400 680]/AP<</N 11 0 R>>>>"
    data = pdf(
        ["q 1 0 0 1 0 0 cm /X Do Q"],
        page=b"/Annots[12 0 R]",
        resources=b"/XObject<</X 10 0 R>>",
        extra=[inner, shown, field],
    )
    assert [cells(grid) for grid in grids(read(data))] == [FORM]


def test_a_frame_around_the_page_is_no_table_and_an_inner_table_is_one_of_its_own() -> None:
    document = read(pdf([box(20, 20, 575, 820) + text(60, 750, "1.河道清淤经费绩效目标表") + rules(thin) + WORDS]))
    assert texts(document) == ["1.河道清淤经费绩效目标表"]
    assert [cells(grid) for grid in grids(document)] == [FORM]


def test_spots_name_the_page_the_table_and_the_row() -> None:
    document = read(pdf([text(60, 750, "封面"), text(60, 750, "1.河道清淤经费绩效目标表") + rules(thin) + WORDS]))
    (grid,) = grids(document)
    assert grid.rows[2].cells[0].spot == Spot(3, page=2, table=1)
    assert document.blocks[1].spot == Spot(1, page=2)


def test_text_that_looks_bold_is_read_once_and_spaces_part_only_words() -> None:
    drawn = (
        text(60, 750, "合计")
        + text(60.3, 750, "合计")
        + text(60, 700, "Q S")
        + text(60, 650, "年")
        + text(74, 650, "度")
    )
    assert texts(read(pdf([drawn]))) == ["合计", "Q S", "年 度"]


def test_a_raised_digit_stays_so_and_a_small_one_is_plain() -> None:
    drawn = (
        text(60, 700, "10")
        + text(71, 704, "3", 6)
        + text(75, 700, "亩，")
        + text(95, 700, "20", 6)
        + text(103, 700, "个")
    )
    (found,) = texts(read(pdf([drawn])))
    assert found.replace(" ", "") == "10³亩，20个"


def test_lines_that_fill_the_page_go_on_and_others_do_not() -> None:
    long = "为" * 47
    drawn = text(60, 700, long) + text(60, 685, "人民服务。") + text(80, 670, long[:45]) + text(60, 655, "2、绿化")
    drawn += text(60, 640, "短行") + text(60, 625, "另一行")
    assert texts(read(pdf([drawn]))) == [f"{long}人民服务。", long[:45], "2、绿化", "短行", "另一行"]


def clipped(x0: float, y0: float, x1: float, y1: float, drawn: str) -> str:
    """Drawing with what lies outside a box cut off, as a spreadsheet prints a cell."""
    return f"q {x0} {y0} {x1 - x0} {y1 - y0} re W n {drawn} Q\n"


def test_text_that_a_cell_has_no_room_to_show_is_whole_and_in_its_cell() -> None:
    long = "对所内建筑进行消防设施整体完善1套"
    drawn = rules(line) + WORDS.replace(text(205, 665, "二级"), clipped(200, 660, 300, 680, text(205, 665, long)))
    drawn = drawn.replace(
        text(205, 645, "三级"), clipped(200, 640, 300, 660, text(205, 645, "三级") + text(205, 630, "下行"))
    )
    found = cells(grids(read(pdf([drawn])))[0])
    assert found[1:] == [
        [(0, 1, 2, "一级"), (1, 1, 1, long), (2, 1, 1, "≥95%")],
        [(1, 1, 1, "三级\n下行"), (2, 1, 1, "12月底")],
    ]


def test_what_lies_outside_the_paper_or_a_large_window_is_not_read() -> None:
    drawn = text(60, 700, "标题") + text(60, 900, "纸外") + clipped(0, 421, 595, 842, text(60, 300, "另一半"))
    assert texts(read(pdf([drawn]))) == ["标题"]


def test_a_cell_whose_halves_both_hold_its_text_says_it_once() -> None:
    def half(low: float, high: float, label: float, rows: Sequence[tuple[str, str]]) -> str:
        drawn = "".join(line(x, low, x, high) for x in (100, 160, 250, 400))
        drawn += "".join(
            line(160 if 0 < at < len(rows) else 100, high - 20 * at, 400, high - 20 * at) for at in range(len(rows) + 1)
        )
        drawn += clipped(100, low, 160, high, text(105, label, "产出指标", 9))
        return drawn + "".join(
            text(165, high - 14 - 20 * at, name, 9) + text(255, high - 14 - 20 * at, value, 9)
            for at, (name, value) in enumerate(rows)
        )

    pages = [
        half(60, 100, 52, [("长度", "3公里"), ("面积", "5亩")]),
        half(760, 800, 792, [("水质", "改善"), ("环境", "改善")]),
    ]
    (grid,) = grids(read(pdf(pages)))
    assert [(row.cells[0].text, row.cells[0].rows) for row in grid.rows if row.cells[0].column == 0] == [
        ("产出指标", 4)
    ]


def page_of_table(rows: Sequence[Sequence[str]], top: float, *, widths: Sequence[float] = (50, 60, 100, 50)) -> str:
    """A table of plain cells 20 points high, the lines of a text 10 points apart."""
    drawn, y = "", top
    edges = [100 + sum(widths[:at]) for at in range(len(widths) + 1)]
    drawn += line(edges[0], y, edges[-1], y)
    for row in rows:
        for x, said in zip(edges, row, strict=False):
            drawn += "".join(text(x + 5, y - 10 - 10 * at, each, 9) for at, each in enumerate(said.split("\n")))
        height = 10 * max(said.count("\n") + 1 for said in row) + 6
        drawn += "".join(line(x, y - height, x, y) for x in edges) + line(edges[0], y - height, edges[-1], y - height)
        y -= height
    return drawn


HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
FIRST = ["产出指标", "数量指标", "清淤长度", "≥3公里"]


def body(document: Document) -> list[list[str]]:
    (grid,) = grids(document)
    return [[cell.text.replace("\n", "") for cell in row.cells] for row in grid.rows]


def test_a_table_over_page_breaks_is_one_grid_and_its_head_stands_once() -> None:
    pages = [
        page_of_table([HEAD, FIRST], 120),
        page_of_table([HEAD, ["", "质量指标", "合格率", "≥95%"]], 800),
        page_of_table([["效益指标", "社会效益", "水环境", "改善"]], 800),
    ]
    found = body(read(pdf(pages)))
    assert found == [HEAD, FIRST, ["", "质量指标", "合格率", "≥95%"], ["效益指标", "社会效益", "水环境", "改善"]]


def test_a_row_that_a_page_break_cut_in_two_is_one_row_and_says_so() -> None:
    pages = [
        page_of_table([HEAD, FIRST, ["", "质量指标", "在规定期限内出具法\n律意见书并且由本级", "100%"]], 160),
        page_of_table([["", "", "复核合格的比例", ""], ["", "时效指标", "按时完成率", "≥95%"]], 800),
    ]
    document = read(pdf(pages))
    assert body(document)[2:] == [
        ["", "质量指标", "在规定期限内出具法律意见书并且由本级复核合格的比例", "100%"],
        ["", "时效指标", "按时完成率", "≥95%"],
    ]
    assert [bool(row.how) for row in grids(document)[0].rows] == [False, False, True, False]


NARROW = (30, 30, 40, 40)
LONG = ["产出\n指标", "数量\n指标", "清淤的\n总长度", "≥3公\n里以上"]


def narrow(upper: Sequence[str], lower: Sequence[str]) -> Document:
    rows = [["一级\n指标", "二级\n指标", "三级\n指标", "指标值"], LONG, upper]
    return read(pdf([page_of_table(rows, 160, widths=NARROW), page_of_table([lower], 800, widths=NARROW)]))


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["产出", "质量", "验收合", "≥95"], ["指标", "指标", "格的河段", "%"]),
        (["效益", "社会", "水质（丰", "改善"], ["目标", "效益", "水期）", "很多"]),
    ],
    ids=["a text of the column", "a bracket"],
)
def test_a_row_in_narrow_columns_that_a_break_cut_in_two_is_one_row(upper: list[str], lower: list[str]) -> None:
    document = narrow(upper, lower)
    assert body(document)[2:] == [[one + other for one, other in zip(upper, lower, strict=True)]]
    assert codes(document) == []


def test_a_row_in_narrow_columns_that_may_have_been_cut_in_two_is_told() -> None:
    document = narrow(["效益", "社会", "水质改", "达到"], ["目标", "效益", "善程度", "三类"])
    assert len(body(document)) == 4
    assert codes(document) == ["W158"]
    assert "第2页第1个表第1行（“目标 效益 善程度 三类”）" in document.problems[0].message


def test_a_new_row_in_narrow_columns_is_no_rest_of_another() -> None:
    document = narrow(
        ["效益\n指标", "社会\n效益", "水质改\n善程度", "达到\n三类"],
        ["产出\n指标", "数量\n指标", "清淤处\n的数量", "≥9处"],
    )
    assert len(body(document)) == 4
    assert codes(document) == []


def test_a_new_row_after_a_page_break_that_lacks_its_target_is_a_row_of_its_own() -> None:
    new = ["", "时效指标", "按时完成率", ""]
    pages = [page_of_table([HEAD, FIRST, ["", "质量指标", "合格率", "≥95%"]], 160), page_of_table([new], 800)]
    assert body(read(pdf(pages)))[-1] == new


def test_another_table_after_a_page_break_is_another_grid() -> None:
    pages = [page_of_table([HEAD, FIRST], 120), page_of_table([["项目编码", "ZZ0024P"]], 800, widths=(100, 160))]
    assert len(grids(read(pdf(pages)))) == 2
    above = text(60, 780, "2.植树绩效目标表")
    pages = [page_of_table([HEAD, FIRST], 120), above + page_of_table([HEAD, FIRST], 760)]
    assert len(grids(read(pdf(pages)))) == 2


def test_a_merged_cell_that_a_page_break_cut_has_its_text_where_it_began() -> None:
    def part(top: float, rows: Sequence[tuple[str, str]], label: str) -> str:
        low = top - 20 * len(rows)
        drawn = "".join(line(160, top - 20 * at, 400, top - 20 * at) for at in range(1, len(rows)))
        drawn += line(100, top, 400, top) + line(100, low, 400, low)
        drawn += "".join(line(x, low, x, top) for x in (100, 160, 250, 400)) + text(105, (top + low) / 2 - 4, label, 9)
        return drawn + "".join(
            text(165, top - 14 - 20 * at, name, 9) + text(255, top - 14 - 20 * at, value, 9)
            for at, (name, value) in enumerate(rows)
        )

    first = part(160, [("长度", "3公里"), ("面积", "5亩")], "产出指标") + part(120, [("水质", "改善")], "")
    second = part(800, [("环境", "改善"), ("面貌", "改善")], "效益指标")
    (grid,) = grids(read(pdf([first, second])))
    assert [(row.cells[0].text, row.cells[0].rows) for row in grid.rows if row.cells[0].column == 0] == [
        ("产出指标", 2),
        ("效益指标", 3),
    ]


def test_heads_feet_and_page_numbers_are_no_text() -> None:
    def page(number: int) -> str:
        margin = text(200, 805, "某某市水务局绩效文本") + text(290, 30, f"— {number} —")
        return margin + text(60, 740, f"{number}.河道{'一二三四'[number - 1]}绩效目标表") + text(60, 720, "400001 某局")

    document = read(pdf([page(number) for number in (1, 2, 3, 4)]))
    assert texts(document) == [
        said for at, name in enumerate("一二三四", start=1) for said in (f"{at}.河道{name}绩效目标表", "400001 某局")
    ]


def test_a_line_at_the_top_of_each_page_that_belongs_to_its_table_stays() -> None:
    pages = [text(60, 800, "400001 某某市水务局") + page_of_table([HEAD, FIRST], 795) for _ in range(3)]
    assert texts(read(pdf(pages))) == ["400001 某某市水务局"] * 3
