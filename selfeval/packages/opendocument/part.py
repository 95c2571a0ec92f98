"""A part of an OpenDocument file: its names are known by their prefixes, which must be the usual ones."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selfeval.packages.container import DAMAGED, RefusedError
from selfeval.packages.elements import PartReader

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
_USUAL = {f"xmlns:{name}": f"{_BASE}{name}:1.0" for name in ("office", "table", "text", "style")}
_USUAL |= {"xmlns:number": f"{_BASE}datastyle:1.0"}
_COUNT = re.compile(r"[1-9]\d{0,6}", re.ASCII)


class DocumentPart(PartReader):
    """Follows the elements of a part by their whole names (``table:table-cell``)."""

    prefixed = True

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            # another name for the same things, or the same for others: what is read by names would be misread
            if (key in _USUAL and value != _USUAL[key]) or (key not in _USUAL and value in _USUAL.values()):
                raise RefusedError(f"{DAMAGED}（命名空间不合常规）")
        super()._started(name, attributes)


def count_of(attributes: Mapping[str, str], name: str) -> int:
    """How often something is repeated, or over how many cells it reaches: one where it does not say."""
    said = attributes.get(name)
    if said is None:
        return 1
    if not _COUNT.fullmatch(said):
        raise RefusedError(f"{DAMAGED}（重复次数不合规）")
    return int(said)
