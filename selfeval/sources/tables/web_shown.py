"""What a web page shows of its text: which is hidden, struck or raised, and what stands in its fields and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

Attributes = Mapping[str, str | None]

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_ENDED_BY_ITSELF = frozenset({"p", "li", "dd", "dt", "rt", "rp", "option"})
_STRUCK = frozenset({"s", "del", "strike"})
_RAISED = frozenset({"sup", "sub", "msup", "msub", "msubsup", "mroot", "munder", "mover", "munderover"})
_ASIDE = frozenset(
    {"rt", "rp", "datalist", "audio", "video", "canvas", "iframe", "object", "annotation", "annotation-xml"}
)
"""How a sign is pronounced, what a list offers, what stands in for what cannot be shown, how a formula is written."""
_SHUT = frozenset({"details", "dialog"})
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
_STRIKING = re.compile(r"text-decoration(?:-line)?\s{0,9}:[^;]{0,60}line-through", re.IGNORECASE)
_RAISING = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\s*[a-z]{0,10}\.([\w-]{1,60})\s*", re.IGNORECASE)
_BESIDE = re.compile(r"::?(?:before|after)\s*$", re.IGNORECASE)
_LAST = re.compile(r"(?=[a-z.])([a-z][a-z\d]{0,10})?(?:\.([\w-]{1,60}))?[^\s>+~.]{0,60}$", re.IGNORECASE)
"""The element, or the last class of it, that a selector ends with."""
_CONTENT = re.compile(r"(?<![\w-])content\s{0,9}:([^;]{0,200})", re.IGNORECASE)
_QUOTED = re.compile("\"[^\"]*\"|'[^']*'")
_ESCAPED = re.compile(r"\\([\da-f]{1,6})\s?", re.IGNORECASE)
_SAYS = re.compile(r"[^\W_]|[≥≤≧≦<>=%‰±×]")
"""What is no bullet, and no sign of a font of icons, which stand where no character does."""
_LONGEST_STYLE = 2000
_MOST_STYLES = 500_000
"""Characters of style sheets that are looked through."""
_TYPED = frozenset(
    {"", "text", "number", "date", "month", "week", "time", "datetime-local", "search", "tel", "email", "url"}
)
_UNCHOSEN = re.compile(r"[-—－\s]*请(?:选择|选取|下拉).*")


@dataclass(frozen=True)
class Looks:
    """What an element does to the text in it; ``aside``: that is none of the text beside it.

    ``added``: a style sheet shows text before or behind it.
    """

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    aside: bool = False
    added: bool = False

    def __or__(self, other: Looks) -> Looks:
        return Looks(
            self.hidden or other.hidden,
            self.struck or other.struck,
            self.raised or other.raised,
            self.aside or other.aside,
            self.added or other.added,
        )


_PLAIN = Looks()


def classes_of(page: str) -> Mapping[str, Looks]:
    """What the classes of a page do, by name; those that hold only for print or a part of the page are passed over."""
    found: dict[str, Looks] = {}
    for sheet in _sheets(page[:_MOST_STYLES]):
        depth = 0
        for rule in _REMARK.sub("", sheet).split("}"):
            depth += rule.count("{")
            names, _, style = rule.rpartition("{")
            for name in names.split(",") if depth == 1 else ():
                plain, beside = _BESIDE.subn("", name.strip())
                if beside and (last := _LAST.search(plain)) and _adds(style):
                    key = last[2] or f"<{last[1].lower()}>"
                    found[key] = found.get(key, _PLAIN) | Looks(added=True)
                elif not beside and (named := _CLASS.fullmatch(name)):
                    found[named[1]] = found.get(named[1], _PLAIN) | _of_style(style)
            depth = max(depth - 1, 0)
    return {name: looks for name, looks in found.items() if looks != _PLAIN}


def _sheets(page: str) -> Iterator[str]:
    small, at = page.lower(), 0
    while (start := small.find("<style", at)) >= 0 and (end := small.find("</style", start)) >= 0:
        yield page[small.find(">", start) + 1 : end]
        at = end


def _adds(style: str) -> bool:
    """Whether a style shows a text that says something, or one that it takes from elsewhere."""
    said = _CONTENT.search(style[:_LONGEST_STYLE])
    if said is None or _HIDING.search(style[:_LONGEST_STYLE]):
        return False
    quoted = _ESCAPED.sub(lambda hit: chr(min(int(hit[1], 16), 0x10FFFF)), "".join(_QUOTED.findall(said[1])))
    return "attr(" in said[1].lower() or _SAYS.search(quoted) is not None


def _of_style(style: str) -> Looks:
    return Looks(*(bool(one.search(style[:_LONGEST_STYLE])) for one in (_HIDING, _STRIKING, _RAISING)))


@dataclass
class _Element:
    tag: str
    looks: Looks
    inside: int = 0  # elements of the same name that are open in it


class Elements:
    """The open elements that do something to their text."""

    def __init__(self, classes: Mapping[str, Looks]) -> None:
        self._classes = classes
        self._open: list[_Element] = []
        self._known: dict[int, Looks] = {}  # what those do that began after so many, as long as they are the same

    def start(self, tag: str, said: Attributes) -> Looks:
        """An element begins; what it does."""
        if tag in _ENDED_BY_ITSELF and self._open and self._open[-1].tag == tag:
            self._open.pop()
            self._known.clear()
        looks = self._looks(tag, said)
        if tag in _VOID:
            return looks
        if looks != _PLAIN:
            self._open.append(_Element(tag, looks))
            self._known.clear()
        elif holding := next((one for one in reversed(self._open) if one.tag == tag), None):
            holding.inside += 1
        return looks

    def end(self, tag: str, depth: int = 0) -> None:
        """An element ends, with those in it that did not; one of those that began after so many."""
        at = next((at for at in reversed(range(depth, len(self._open))) if self._open[at].tag == tag), None)
        if at is None:
            if tag == "ruby":
                self._open = [one for one in self._open if one.tag not in {"rt", "rp"}]
                self._known.clear()
        elif self._open[at].inside:
            self._open[at].inside -= 1
        else:
            del self._open[at:]
            self._known.clear()

    def __len__(self) -> int:
        return len(self._open)

    def leave(self, depth: int) -> None:
        """Only so many of them are still open."""
        if depth < len(self._open):
            del self._open[depth:]
            self._known.clear()

    def within(self, depth: int = 0) -> Looks:
        """What those do that began after so many."""
        if not self._open:
            return _PLAIN
        if depth not in self._known:
            self._known[depth] = reduce(or_, (one.looks for one in self._open[depth:]), _PLAIN)
        return self._known[depth]

    def _looks(self, tag: str, said: Attributes) -> Looks:
        looks = _of_style(said.get("style") or "")
        if self._classes:
            looks |= self._classes.get(f"<{tag}>", _PLAIN)
            for name in (said.get("class") or "").split():
                looks |= self._classes.get(name, _PLAIN)
        hidden = "hidden" in said or (tag in _SHUT and "open" not in said)
        return looks | Looks(hidden, tag in _STRUCK, tag in _RAISED, tag in _ASIDE)


@dataclass
class Formulas:
    """The formulas of a page (MathML), of which only their own signs stand in the text: not the bar of a fraction."""

    _open: list[str] = field(default_factory=list)
    _parts: list[int] = field(default_factory=list)

    def start(self, tag: str) -> str:
        """An element begins; what is seen before it."""
        if tag != "math" and not (self._open and tag.startswith("m")):
            return ""
        before = "/" if self._open and self._open[-1] == "mfrac" and self._parts[-1] == 1 else ""
        if self._parts:
            self._parts[-1] += 1
        self._open.append(tag)
        self._parts.append(0)
        return before + ("√" if tag == "msqrt" else "")

    def end(self, tag: str) -> None:
        """An element ends, with those in it that did not."""
        if tag in self._open:
            at = len(self._open) - 1 - self._open[::-1].index(tag)
            del self._open[at:], self._parts[at:]

    def __len__(self) -> int:
        return len(self._open)


def typed(said: Attributes) -> str:
    """What a field of a page shows: its text, or whether it is ticked."""
    kind = (said.get("type") or "").strip().lower()
    if kind in {"checkbox", "radio"}:
        return "☑" if "checked" in said else "☐"
    return said.get("value") or "" if kind in _TYPED else ""


@dataclass
class Choices:
    """A list from which one is chosen; ``several``: or more of them."""

    several: bool
    texts: list[list[str]] = field(default_factory=list)
    labelled: bool = False  # the last one, whose text does not count then
    chosen: list[int] = field(default_factory=list)

    @staticmethod
    def of(said: Attributes) -> Choices:
        """The list that an element begins."""
        return Choices("multiple" in said or (said.get("size") or "1").strip() not in {"", "0", "1"})

    def option(self, said: Attributes) -> None:
        """One more begins."""
        if "selected" in said:
            self.chosen.append(len(self.texts))
        label = said.get("label")
        self.labelled = bool(label)
        self.texts.append([label] if label else [])

    def say(self, text: str) -> None:
        """Text of the last one."""
        if self.texts and not self.labelled:
            self.texts[-1].append(text)

    def shown(self) -> tuple[str, bool]:
        """What the list shows, blank where it only asks to choose, and whether it is doubtful which of them counts."""
        texts = [" ".join("".join(one).split()) for one in self.texts]
        chosen = [texts[at] for at in self.chosen]
        if not self.several:
            (text,) = chosen[-1:] or texts[:1] or [""]
            return "" if _UNCHOSEN.fullmatch(text) else text, False
        return "、".join(chosen or texts), len(chosen) != 1 and bool(texts)
