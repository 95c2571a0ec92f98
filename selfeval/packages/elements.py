"""The elements of an XML part in one pass, under limits, whatever the part holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate

from selfeval.packages.container import DAMAGED, RefusedError

MAX_DEPTH = 64
"""Elements inside each other; a workbook has a dozen."""
MAX_FOUND = 100_000
"""Elements that are kept at once; a spreadsheet has at most 65,490 cell styles."""
MAX_NAMES = 10_000
"""Different names of elements and attributes in one part, each of which is kept; a workbook has some hundreds."""
MAX_TAG = 1_000_000
"""Bytes of a tag with its attributes, or of a comment, which is in memory several times while it is parsed."""
_AT_ONCE = 65_536
TOO_MUCH = "内容过多，不是一般的工作簿"
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class PartReader:
    """Follows the elements of a part; what is told of them is up to who derives from it."""

    prefixed = False
    """Whether names of elements are told with their prefixes, where these tell them apart."""
    separator: str | None = None
    """What parts a name's namespace from the name, where it is told in place of the prefix (with ``prefixed``)."""
    deepest = MAX_DEPTH

    def __init__(self) -> None:
        self._names_met: dict[str, str] = {}
        self.parser = ParserCreate(namespace_separator=self.separator, intern=self._names_met)
        self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._started, self._ended
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self.parser.XmlDeclHandler = _refuse_encoding
        self._depth = 0

    def read(self, data: bytes) -> None:
        """Raises RefusedError for what is no XML in UTF-8, a DOCTYPE, and more tags or levels than a workbook has."""
        if data.startswith(_UTF16):
            _refuse_encoding("", "UTF-16", 0)
        view = memoryview(data)
        try:
            for start in range(0, len(data), _AT_ONCE):
                piece = view[start : start + _AT_ONCE]
                self.parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position
                if start + len(piece) - self.parser.CurrentByteIndex > MAX_TAG:
                    raise RefusedError(TOO_MUCH)
            self.parser.Parse(b"", True)  # noqa: FBT003
        except ExpatError as fault:
            raise RefusedError(DAMAGED) from fault

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; its name is without a prefix."""

    def end(self, name: str) -> None:
        """An element ends."""

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if len(self._names_met) > MAX_NAMES:
            raise RefusedError(TOO_MUCH)
        if self._depth > self.deepest:
            raise RefusedError("层次过深，不是一般的工作簿")
        self.start(name if self.prefixed or ":" not in name else name.rpartition(":")[2], attributes)

    def _ended(self, name: str) -> None:
        self._depth -= 1
        self.end(name if self.prefixed or ":" not in name else name.rpartition(":")[2])


class Found(PartReader):
    """The elements of some names, each with the name of the element that it stands in, and its attributes."""

    def __init__(self, data: bytes, *names: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, str, Mapping[str, str]]] = []
        self._names, self._inside = names, [""]
        self.read(data)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Keeps those that are wanted."""
        if name in self._names:
            self.elements.append((self._inside[-1], name, attributes))
            if len(self.elements) > MAX_FOUND:
                raise RefusedError("样式或工作表过多，不是一般的工作簿")
        self._inside.append(name)

    def end(self, name: str) -> None:  # noqa: ARG002 - as whoever is told of it
        """Leaves the element."""
        self._inside.pop()


def _refuse_doctype(*_declared: object) -> NoReturn:
    raise RefusedError("内含外部实体声明（DOCTYPE），不安全")


def _refuse_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if (encoding or "utf-8").lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise RefusedError(f"{DAMAGED}（编码不是 UTF-8）")
