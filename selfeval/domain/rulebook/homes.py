"""Where first-level names belong: the section of each, and what to write for one that has none."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.reading.headings import is_heading, plain_heading
from selfeval.domain.rulebook.parts import Section


def has_home(level1: str, sections: Sequence[Section]) -> bool:
    """Whether a first-level name belongs to a section."""
    return any(is_heading(level1, section.levels1) for section in sections)


def adoption(level1: str, sections: Sequence[Section]) -> dict[str, str]:
    """What a remedy says of a name without a section: what there is, and the line that gives it to one of them.

    The one whose names it holds, or that hold it; else the first that has any.
    """
    named = [section for section in sections if section.levels1]
    own = plain_heading(level1)
    alike = [one for one in named if any(name in own or own in name for name in map(plain_heading, one.levels1))]
    home = next(iter((own and alike) or named), None)
    names = ", ".join(filter(None, (*(home.levels1 if home else ()), level1)))
    line = f"sections: [{{id: {home.id if home else '部分的编号'}, levels1: [{names}]}}]"
    return {
        "known": "、".join(section.levels1[0] for section in named) or "（无）",
        "label": home.label if home else "某一部分",
        "line": line,
        "how": f"在本单位的规则文件中加一行 {line}（已有 sections 的，加在它下面）",
    }
