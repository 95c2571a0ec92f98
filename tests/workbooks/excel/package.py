"""A workbook as the parts of its zip file, and what Excel asks of them as a whole."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


@dataclass(frozen=True)
class Package:
    """The parts of a workbook by name, each parsed."""

    names: tuple[str, ...]
    parts: dict[str, Element]

    def sheets(self) -> dict[str, str]:
        """The part of each sheet by the sheet's name, in order."""
        targets = dict(self.targets("xl/workbook.xml"))
        found = self.parts["xl/workbook.xml"].iterfind(f"{MAIN}sheets/{MAIN}sheet")
        return {one.get("name", ""): targets[one.get(f"{RELATION}id", "")] for one in found}

    def targets(self, part: str) -> Iterator[tuple[str, str]]:
        """What a part refers to inside the file: id and name of the other part."""
        for link in self._links(part):
            if link.get("TargetMode") != "External":
                target = link.get("Target", "")
                name = posixpath.normpath(posixpath.join(posixpath.dirname(part), target)).lstrip("/")
                yield link.get("Id", ""), target.lstrip("/") if target.startswith("/") else name

    def outside(self, part: str) -> Iterator[tuple[str, str]]:
        """What a part refers to outside the file: id and address."""
        for link in self._links(part):
            if link.get("TargetMode") == "External":
                yield link.get("Id", ""), link.get("Target", "")

    def _links(self, part: str) -> Iterator[Element]:
        folder, name = posixpath.split(part)
        links = self.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        return iter(()) if links is None else links.iterfind(f"{_LINKS}Relationship")


def opened(data: bytes) -> Package:
    """The parts of a workbook. Raises ParseError where one is no XML, as Excel would."""
    with ZipFile(BytesIO(data)) as file:
        names = tuple(file.namelist())
        return Package(names, {name: fromstring(file.read(name)) for name in names})


def package_faults(package: Package) -> Iterator[str]:
    """Parts that are missing, doubled or of no declared type; ids that are used twice."""
    yield from (f"part {name} stands twice" for name, count in Counter(package.names).items() if count > 1)
    types = package.parts["[Content_Types].xml"]
    declared = {one.get("PartName", "").lstrip("/") for one in types.iterfind(f"{_TYPES}Override")}
    endings = {one.get("Extension") for one in types.iterfind(f"{_TYPES}Default")}
    yield from (f"type of {name}, which is missing" for name in declared - set(package.names))
    for name in package.names:
        if name != "[Content_Types].xml" and name not in declared and name.rpartition(".")[2] not in endings:
            yield f"{name} has no type"
        ids = Counter(key for key, _ in (*package.targets(name), *package.outside(name)))
        yield from (f"{name}: id {key} stands twice" for key, count in ids.items() if count > 1)
        yield from (
            f"{name} refers to {one}, which is missing" for _, one in package.targets(name) if one not in package.names
        )
