"""The parts of an Office file as trees, and a tree as flat facts that two files can be compared by."""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """An Office file. ``seen`` are the parts that were asked for."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as file:
            self._parts = {name: file.read(name) for name in file.namelist()}
        self.seen: set[str] = set()

    @property
    def names(self) -> set[str]:
        """All parts but the tables of types and relations."""
        return {name for name in self._parts if not name.endswith((".rels", "[Content_Types].xml"))}

    def tree(self, name: str) -> ET.Element | None:
        """The part as a tree; None when there is no such part."""
        self.seen.add(name)
        content = self._parts.get(name)
        return None if content is None else ET.fromstring(content)

    def digest(self, name: str) -> str:
        """A part as a short hash of its bytes."""
        self.seen.add(name)
        return hashlib.sha256(self._parts.get(name, b"")).hexdigest()[:16]

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Id to (last word of the type, target, whether it lies outside) of what a part refers to."""
        folder, name = posixpath.split(part)
        content = self._parts.get(f"{folder}/_rels/{name}.rels".lstrip("/"))
        found = {}
        for one in [] if content is None else ET.fromstring(content).iter(_RELATION):
            outside = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
            found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def leaves(self, element: ET.Element, part: str, path: str = "") -> Iterator[tuple[str, str]]:
        """Every attribute and text below an element with its path; what it refers to by id is followed."""
        for name, value in sorted(element.attrib.items()):
            if name.startswith(RELATED):
                yield from self._follow(value, part, f"{path}@{local(name)}")
            else:
                yield f"{path}@{local(name)}", value
        if element.text and (element.text.strip() or not len(element)):
            yield f"{path}=", element.text
        if not element.attrib and not element.text and not len(element):
            yield path, "there"
        count: Counter[str] = Counter()
        for child in element:
            tag = local(child.tag)
            count[tag] += 1
            yield from self.leaves(child, part, f"{path}/{tag}[{count[tag]}]")

    def _follow(self, number: str, part: str, path: str) -> Iterator[tuple[str, str]]:
        _, target, outside = self.relations(part).get(number, ("", number, True))
        if outside:
            yield path, target
        elif target.endswith((".xml", ".vml")) and (root := self.tree(target)) is not None:
            yield from self.leaves(root, target, f"{path}→")
        else:
            yield path, self.digest(target)


def local(name: str) -> str:
    """A tag or attribute without its namespace."""
    return name.rpartition("}")[2]


def canonical(element: ET.Element, without: frozenset[str] = frozenset()) -> str:
    """An element as one line: tag, sorted attributes (but those left out), text, children."""
    attributes = " ".join(
        f"{local(key)}={value}" for key, value in sorted(element.items()) if local(key) not in without
    )
    inside = (element.text or "").strip() + "".join(canonical(child, without) for child in element)
    return f"<{local(element.tag)}{' ' if attributes else ''}{attributes}{'>' + inside + '<' if inside else ''}>"
