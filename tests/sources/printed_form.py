"""A 绩效文本 as a Word document, its tables in the published shape with the cells merged that its print has merged."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

import docx
import pandas as pd
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from selfeval.domain.targets import Targets

Record = dict[str, Any]  # Any: a value of a declared column
Cell = tuple[str, int, int]  # text, columns, rows
LEVELS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
_FIELDS = ("level1", "level2", "level3", "description", "target", "basis")
_MONTHS = (3, 6, 10, 12)


@dataclass(frozen=True)
class Print:
    """How a document is laid out: the font, its size, the widths of the seven columns in cm, the paper."""

    font: str = "Noto Serif CJK SC"
    size: float = 10.5
    widths: tuple[float, ...] = (2.2, 2.4, 2.6, 3.2, 1.6, 1.6, 2.4)
    landscape: bool = False
    apart: bool = False
    """Whether the rows of indicators are a table of their own, whose head comes again on each page."""
    header: str = ""
    footer: str = ""
    centred: bool = False
    """Whether texts stand in the middle of their cells, as in most printed forms."""


def front_of(text: str) -> list[str]:
    """What stands in a text before the first table, line by line."""
    lines = text.split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("1. "))
    return lines[:first]


def as_docx(targets: Targets, front: Sequence[str] = (), layout: Print | None = None) -> bytes:
    """The document: what stands before the tables, and then each project on a page of its own."""
    layout = layout or Print()
    made = _new(layout)
    for line in front:
        made.add_paragraph(line.replace("\t", " "))
    for project in targets.projects.records:
        _project(made, targets, project, layout)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _new(layout: Print) -> Any:  # noqa: ANN401 - python-docx does not say what its documents are
    made = docx.Document()
    style = made.styles["Normal"]
    style.font.name, style.font.size = layout.font, Pt(layout.size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), layout.font)
    section = made.sections[0]
    paper = (Cm(21), Cm(29.7))
    section.page_width, section.page_height = paper[::-1] if layout.landscape else paper
    section.orientation = WD_ORIENT.LANDSCAPE if layout.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(2.4)
    section.header.paragraphs[0].text = layout.header
    foot = section.footer.paragraphs[0]
    foot.text = layout.footer
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = foot.add_run()._r
        piece = OxmlElement("w:fldChar" if kind else "w:instrText")
        piece.text = text or None
        if kind:
            piece.set(qn("w:fldCharType"), kind)
        run.append(piece)
    return made


def _project(made: Any, targets: Targets, project: Record, layout: Print) -> None:  # noqa: ANN401
    code = project["project"]
    head = made.add_paragraph(f"{project['seq']}. {project['name']}绩效目标表")
    head.paragraph_format.page_break_before = True
    made.add_paragraph(f"{project['unit_code']} {project['unit_name']}")
    made.add_paragraph("单位：万元")
    plan = targets.plan.of(code)[0]
    rows = targets.indicators.of(code)
    upper, lower = _upper(project, plan), [_header(), *_rows(rows)]
    if layout.apart:
        _table(made, upper, layout)
        made.add_paragraph("")
        _table(made, lower, layout, repeat=1)
    else:
        _table(made, [*upper, *lower], layout)


def _amount(value: float | None) -> str:
    return "" if value is None or pd.isna(value) else f"{value:,.2f}"


def _upper(project: Record, plan: Record) -> list[list[Cell]]:
    shares = (plan[f"month_{month}"] for month in _MONTHS)
    spans = (2, 1, 1, 2)
    money = [_amount(project[name]) for name in ("budget", "fiscal", "other")]
    return [
        [("项目编码", 1, 1), (project["project"], 2, 1), ("项目名称", 1, 1), (project["name"], 3, 1)],
        [
            ("预算规模及资金用途", 1, 2),
            *(
                (text, 1, 1)
                for pair in zip(("预算数", "其中：财政资金", "其他资金"), money, strict=True)
                for text in pair
            ),
        ],
        [(project["purpose"], 6, 1)],
        [("资金支出计划（%）", 1, 2), *((f"{month}月底", span, 1) for month, span in zip(_MONTHS, spans, strict=True))],
        [
            ("" if share is None or pd.isna(share) else f"{share:.10%}".rstrip("0%").rstrip(".") + "%", span, 1)
            for share, span in zip(shares, spans, strict=True)
        ],
        [("绩效目标", 1, 1), (project["goal"], 6, 1)],
    ]


_SPANS = (1, 1, 1, 1, 2, 1)


def _header() -> list[Cell]:
    return [(text, span, 1) for text, span in zip(LEVELS, _SPANS, strict=True)]


def _rows(rows: Sequence[Record]) -> list[list[Cell]]:
    made: list[list[Cell]] = []
    for level1, group in groupby(rows, key=lambda row: row["level1"]):
        of_level = list(group)
        for at, row in enumerate(of_level):
            cells = [(str(row[name]), span, 1) for name, span in zip(_FIELDS[1:], _SPANS[1:], strict=True)]
            made.append([*([(level1, 1, len(of_level))] if at == 0 else []), *cells])
    return made


def _table(made: Any, rows: list[list[Cell]], layout: Print, repeat: int = 0) -> None:  # noqa: ANN401
    """A ruled table; cells that others cover from above are left out of a row."""
    scale = (1.5 if layout.landscape else 1.0) * 567
    widths = [round(width * scale) for width in layout.widths]
    middle = '<w:vAlign w:val="center"/>' if layout.centred else ""
    how = '<w:pPr><w:jc w:val="center"/></w:pPr>' if layout.centred else ""
    covered: dict[tuple[int, int], int] = {}
    lines = []
    for number, cells in enumerate(rows):
        left = [*cells]
        at, line = 0, ""
        while at < len(widths):
            columns, below = covered.get((number, at), 0), True
            text, down = "", 1
            if not columns:
                (text, columns, down), below = left.pop(0), False
                covered |= {(number + y, at): columns for y in range(1, down)}
            merged = "<w:vMerge/>" if below else '<w:vMerge w:val="restart"/>' if down > 1 else ""
            line += (
                f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths[at : at + columns])}" w:type="dxa"/>'
                f'<w:gridSpan w:val="{columns}"/>{merged}{middle}</w:tcPr>{_paragraphs(text, how)}</w:tc>'
            )
            at += columns
        mark = "<w:trPr><w:tblHeader/></w:trPr>" if number < repeat else ""
        lines.append(f"<w:tr>{mark}{line}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = (
        '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    xml = f"<w:tbl {nsdecls('w')}>{look}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    body = made.element.body
    body.insert(len(body) - 1, parse_xml(xml))


def _paragraphs(text: str, how: str) -> str:
    runs = (f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>' for line in text.split("\n"))
    return "".join(f"<w:p>{how}{run}</w:p>" for run in runs)
