"""Documents of headings, paragraphs and tables: one model, written as Markdown or as a Word file (.docx)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from selfeval.packages.printable import printable


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 is the title. ``new_page``: it begins a page where there are pages."""

    level: int
    text: str
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True)
class TextTable:
    """A table: headings and rows of texts, and the share of the width that each column takes (blank: even)."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


Part = Heading | Paragraph | TextTable


# an underscore inside a word (in_force) is no emphasis
_MARKUP = re.compile(
    r"[*`]|~(?=~)|(?<=~)~|\\(?=[!-/:-@\[-`{-~])|(?<!\w)_|_(?!\w)|\[(?=[^\]]*\][(\[:])"
    r"|^#|^=(?==*$)|^[+-](?=[\s-])|(?<=^\d)[.)](?=\s)|(?<=^\d\d)[.)](?=\s)",
    re.MULTILINE,
)


def as_markdown(parts: Iterable[Part]) -> str:
    """The document as text, one blank line between its parts."""
    return "\n\n".join(map(_marked_down, parts)) + "\n"


def _marked_down(part: Part) -> str:
    if isinstance(part, Heading):
        return f"{'#' * (part.level + 1)} {_escaped(' '.join(part.text.split()))}"
    if isinstance(part, TextTable):
        rule = f"| {' | '.join(['---'] * len(part.headings))} |"
        return "\n".join((_line(part.headings), rule, *map(_line, part.rows)))
    return _escaped(part.text).replace("\n", "\n\n")  # or its lines would run together


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_escaped(cell).replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"


def _escaped(text: str) -> str:
    """What Markdown or HTML would take for markup is shown as it is."""
    lines = (line.strip(" \t") for line in printable(text).splitlines())  # four blanks before a line would make it code
    plain = "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(r"\\\g<0>", plain)


_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_TEXT_WIDTH = 8844  # twentieths of a point between the margins of A4 upright

# XML holds no control characters but these three
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_word(parts: Iterable[Part]) -> bytes:
    """The document as .docx, the same bytes every time: the usual library stamps the time of day into what it saves."""
    body = "".join(map(_part, parts))
    edges = 'w:top="1440" w:right="1531" w:bottom="1440" w:left="1531"'
    margins = f'<w:pgMar {edges} w:header="851" w:footer="992" w:gutter="0"/>'
    foot = f'<w:footerReference w:type="default" r:id="{_FOOT}" xmlns:r="{_OFFICE}/relationships"/>'
    section = f'<w:sectPr>{foot}<w:pgSz w:w="11906" w:h="16838"/>{margins}</w:sectPr>'
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations("officeDocument", "word/document.xml"),
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_NAMESPACE}"><w:body>{body}{section}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relations("styles", "styles.xml", "footer", "footer.xml"),
        "word/footer.xml": _FOOTER,
        "word/styles.xml": _STYLES,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, text.encode())
    return made.getvalue()


def _part(part: Part) -> str:
    if isinstance(part, Heading):
        style = "Title" if part.level == 0 else f"Heading{part.level}"
        return _paragraph(part.text, style, "<w:pageBreakBefore/>" if part.new_page else "")
    if isinstance(part, Paragraph):
        return _paragraph(part.text, "Normal")
    return _table(part) + _paragraph("", "Cell")


def _paragraph(text: str, style: str, more: str = "") -> str:
    lines = _FORBIDDEN.sub("", printable(text)).split("\n")
    runs = "<w:r><w:br/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(line, quote=False)}</w:t></w:r>' for line in lines
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _table(grid: TextTable) -> str:
    shares = grid.widths or (1,) * len(grid.headings)
    widths = [_TEXT_WIDTH * share // sum(shares) for share in shares]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    looks = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{_BORDERS}<w:tblLayout w:type="fixed"/>'
    head = _row(grid.headings, widths, "CellHead", "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
    rows = "".join(_row(row, widths, "Cell", "<w:trPr><w:cantSplit/></w:trPr>") for row in grid.rows)
    return f"<w:tbl><w:tblPr>{looks}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>"


def _row(cells: tuple[str, ...], widths: list[int], style: str, looks: str) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E8EEF4"/>' if style == "CellHead" else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{_paragraph(text, style)}</w:tc>'
        for text, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{looks}{made}</w:tr>"


def _relations(*related: str) -> str:
    """The relations of a part: kind and target in turn."""
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(zip(related[::2], related[1::2], strict=True), start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _style(name: str, shown: str, font: str, size: int, more: str = "", bold: str = "") -> str:
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
    looks = f'<w:rPr>{fonts}{bold}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    kind = ' w:default="1"' if name == "Normal" else ""
    head = f'<w:style w:type="paragraph"{kind} w:styleId="{name}"><w:name w:val="{shown}"/>'
    return f"{head}<w:pPr>{more}</w:pPr>{looks}</w:style>"


def _outline(level: int) -> str:
    return f'<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{level}"/>'


_BOLD = "<w:b/>"
_EDGE = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
_EDGES = map(_EDGE.format, ("top", "left", "bottom", "right", "insideH", "insideV"))
_BORDERS = f"<w:tblBorders>{''.join(_EDGES)}</w:tblBorders>"
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_NAMESPACE}">'
    + _style("Normal", "Normal", "仿宋", 24, '<w:spacing w:before="60" w:after="60" w:line="360" w:lineRule="auto"/>')
    + _style("Title", "Title", "方正小标宋简体", 40, '<w:spacing w:after="240"/><w:jc w:val="center"/>')
    + _style("Heading1", "heading 1", "黑体", 30, _outline(0))
    + _style("Heading2", "heading 2", "楷体", 28, _outline(1), _BOLD)
    + _style("Cell", "Cell", "仿宋", 20, '<w:spacing w:before="20" w:after="20"/>')
    + _style("CellHead", "Cell Head", "黑体", 20, '<w:spacing w:before="20" w:after="20"/><w:jc w:val="center"/>')
    + "</w:styles>"
)
_FOOT = "rId2"
_FOOTER = (
    f'{_HEAD}<w:ftr xmlns:w="{_NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="CellHead"/></w:pPr>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
)
"""The number of the page."""

_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/footer.xml" ContentType="{_WORD}.footer+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/></Types>'
)
