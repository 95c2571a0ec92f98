"""Fields of forms of old Word: boxes to tick, and lists of which an entry is chosen. What is seen stands in no text."""

from __future__ import annotations

from dataclasses import dataclass, field

from selfeval.sources.word.numbering import whole

BOX, LIST = "checkBox", "ddList"
_OFF = frozenset({"0", "false", "off"})


@dataclass
class Field:
    """What is said of a field: of a box ``checked`` and ``default``, of a list ``result``, ``default`` and entries."""

    kind: str = ""
    said: dict[str, str] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)

    def say(self, kind: str, name: str, value: str) -> None:
        """Something more, of a box or a list."""
        self.kind = kind
        if name == "listEntry":
            self.entries.append(value)
        else:
            self.said[name] = value

    def shown(self) -> str:
        """What is seen in its place; blank for a field of text, which stands in the text itself."""
        if self.kind == BOX:
            return "☐" if self.said.get("checked", self.said.get("default", "0")) in _OFF else "☑"
        at = whole(self.said.get("result", self.said.get("default", "0")))
        return self.entries[at] if at < len(self.entries) else ""
