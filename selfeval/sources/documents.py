"""Documents of Word, PDF and their like, told apart by what is in them; of those that are not read, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from selfeval.domain.problems import Place, problem
from selfeval.packages.workbook import OLE, PASSWORD
from selfeval.sources.blocks import Document
from selfeval.sources.contents import is_archive
from selfeval.sources.decoding import decoded
from selfeval.sources.pdf import reader as pdf
from selfeval.sources.word import reader as word

_TEXT = b"word/document"
_HEAD = 1024  # bytes among which a PDF says what it is
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_TO_WORD = "请用 Word 或 WPS 打开，另存为 .docx（Word 文档）"


@dataclass(frozen=True)
class _Kind:
    """A kind of file that is not read: what it is called, and what to do with it."""

    found: str
    remedy: str


_OLD_WORD = _Kind("旧版 Word 或 WPS 文字的文件（.doc、.wps）", _TO_WORD)
_RICH = _Kind("富文本文件（RTF）", _TO_WORD)
_XML = _Kind("由 Word 存成的 XML 文件", _TO_WORD)
_OFD = _Kind("版式文件（OFD）", "请用 OFD 阅读器转换或打印成 PDF；有 Word、Excel 原件的，请导入原件")
_PICTURE = _Kind(
    "图片", "请导入 Word、Excel 原件；只有图片的，请先用 WPS 或其他软件做文字识别（OCR），另存为 .docx，核对"
)
_OPEN = _Kind("开放文档格式的文字文件（.odt）", _TO_WORD)
_ARCHIVE = _Kind("压缩包", "请先解压，把里面的 Word、Excel 或 PDF 文件放到一个文件夹里")
_SLIDES = _Kind("演示文稿（PPT）", "请导入 Word、Excel 或 PDF 文件；表格在幻灯片里的，请复制到 Excel，另存为 .xlsx")
_BY_NAME = {".doc": _OLD_WORD, ".wps": _OLD_WORD, ".rtf": _RICH, ".ofd": _OFD, ".odt": _OPEN}

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"})
SUFFIXES = {
    ".docx": 20,
    ".docm": 20,
    ".pdf": 100,
    **dict.fromkeys((".doc", ".wps", ".rtf", ".ofd", ".odt"), 100),
    **dict.fromkeys(PICTURES, 100),
}
"""The endings of such files' names, and how many MB one may have; a scan has many, and is told that it is one."""


def read(data: bytes, place: Place) -> Document:
    """The document in the bytes of a file, whatever it is called, or what to do with it. Nothing is raised."""
    if b"%PDF-" in data[:_HEAD]:
        return pdf.read(data, place)
    if data.startswith(OLE) and PASSWORD in data:
        return Document((), (problem("E152", place),))
    kind = _kind(data) or (None if data.startswith(b"PK") else _BY_NAME.get(PurePath(place.file).suffix.lower()))
    if kind:
        return Document((), (problem("E150", place, found=kind.found, remedy=kind.remedy),))
    if data.startswith(b"PK"):
        return word.read(data, place)
    if not data.strip():
        return Document((), (problem("E103", place),))
    return Document((), (problem("E153", place, reason="文件的内容与扩展名不符，或者开头已损坏"),))


def is_refused(data: bytes) -> bool:
    """Whether a file says by its bytes that it is of a kind that no reader takes."""
    return _kind(data) not in {None, _XML} and decoded(data) is None


def _kind(data: bytes) -> _Kind | None:
    """What a file is, where its bytes say so and it is none that is read here."""
    if data.startswith(b"PK"):
        if _TEXT in data:  # which may hold a workbook
            return None
        kind = next((kind for mark, kind in _IN_PACKAGES.items() if mark in data), None)
        return kind or (_ARCHIVE if is_archive(data) else None)
    if data.startswith(OLE):
        return next((kind for stream, kind in _IN_OLE.items() if stream.encode("utf-16-le") in data), None)
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"{\\rtf"):
        return _RICH
    if data.startswith(_PICTURES) or data[4:12] == b"ftypheic":
        return _PICTURE
    if is_archive(data):
        return _ARCHIVE
    return _XML if start.lower().startswith(b"<?xml") else None


_IN_OLE = {"WordDocument": _OLD_WORD, "PowerPoint Document": _SLIDES}
"""Streams of old files, which only files of their kind have."""
_IN_PACKAGES = {
    b"OFD.xml": _OFD,
    b"ppt/presentation": _SLIDES,
    b"application/vnd.oasis.opendocument.text": _OPEN,
}
