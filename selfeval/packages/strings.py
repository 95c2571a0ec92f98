"""The part of shared texts of a workbook: how long each is, and that they are not too many."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from contextlib import suppress

from selfeval.packages.container import DAMAGED, RefusedError
from selfeval.packages.elements import MAX_NAMES, PartReader
from selfeval.packages.looks import is_on
from selfeval.packages.raised import Runs
from selfeval.packages.usual.strings import UsualStrings, usual_strings
from selfeval.packages.usual.text import NAMES

MAX_STRINGS = 500_000
"""Shared texts, as many as a workbook has or says that it has."""
_COUNT = re.compile(r"\d{1,7}", re.ASCII)


def shared_strings(part: bytes, most: int = MAX_STRINGS) -> SharedStrings:
    """The shared texts of a part, ``most`` of them. Raises RefusedError.

    Of one with usual texts the parser is given only what stands around them.
    """
    usual = usual_strings(part)
    if usual is not None:
        with suppress(RefusedError):  # it is said of the whole part below
            strings = SharedStrings(usual.around, most)
            if strings.takes(usual):
                return strings
    return SharedStrings(part, most)


class SharedStrings(PartReader):
    """The ``lengths`` of the shared texts in characters, by number, and those with a line through a part (``struck``).

    ``raised``: those whose digits may run together in a cell whose own font is raised (True) or not. A cell holds only
    the number.
    """

    def __init__(self, part: bytes, most: int = MAX_STRINGS) -> None:
        super().__init__()
        self._most = most
        self.lengths = array("L")
        self.struck: set[int] = set()
        self.raised: dict[bool, set[int]] = {False: set(), True: set()}
        self._runs = Runs()
        self._length, self._in_text = 0, False
        self.parser.CharacterDataHandler = self._text
        self.read(part)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A text begins; the element around all says how many there are, for which readers reserve memory."""
        if self._in_text:
            raise RefusedError(f"{DAMAGED}（文字中间夹有其他内容）")
        self._in_text = name == "t"
        if name == "si":
            self._length, self._runs = 0, Runs()
        elif name == "strike" and is_on(attributes):
            self.struck.add(len(self.lengths))
        elif name == "sst":
            declared = [attributes[key] for key in ("count", "uniqueCount") if key in attributes]
            if any(not _COUNT.fullmatch(number) or int(number) > self._most for number in declared):
                raise RefusedError(self._too_many)
        else:
            self._runs.start(name, attributes)

    def takes(self, usual: UsualStrings) -> bool:
        """Takes over usual texts, around which there are no others; False where a limit must be looked into."""
        if self.lengths or len(usual.lengths) > self._most or len(self._names_met) > MAX_NAMES - NAMES:
            return False
        self.lengths.extend(usual.lengths)
        return True

    def end(self, name: str) -> None:
        """A text ends."""
        self._in_text = False
        self._runs.end(name)
        if name == "si":
            for cell, found in self.raised.items():
                if self._runs.doubtful(cell=cell):
                    found.add(len(self.lengths))
            self.lengths.append(self._length)
            if len(self.lengths) > self._most:
                raise RefusedError(self._too_many)

    @property
    def _too_many(self) -> str:
        return f"文字超过{self._most // 10_000}万条"

    def _text(self, text: str) -> None:
        self._length += len(text)
        if self._in_text:
            self._runs.text(text)
