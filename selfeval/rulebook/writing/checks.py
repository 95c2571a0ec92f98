"""The table of checks in ``docs/checks.md``: ``python -m selfeval.rulebook.writing.checks`` writes it anew.

It is made from the checks' own files and the limits of the national rulebook; the prose around it is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from selfeval.domain.checks import CHECKS
from selfeval.domain.rulebook import CheckRule
from selfeval.rulebook.loading import load

PAGE = Path("docs/checks.md")
BEGIN, END = "<!-- 以下由程序生成 -->\n", "<!-- 以上由程序生成 -->\n"
_HEADINGS = "代码", "`checks:` 中的名称", "看什么", "`limit` 或 `words` 的含义", "界线或词", "来源"


def written(page: str, rules: Mapping[str, CheckRule]) -> str:
    """The page with what stands between its marks made anew. Raises ValueError when a mark is missing."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    notes = [f"\n{check.note}\n" for check in CHECKS.values() if check.note]
    return "".join([before, BEGIN, "\n", *_table(rules), *notes, "\n", END, after])


def _table(rules: Mapping[str, CheckRule]) -> Iterator[str]:
    yield _line(_HEADINGS)
    yield _line(["---"] * len(_HEADINGS))
    for name, check in CHECKS.items():
        looks_for = check.looks_for or check.title
        if check.replaces:
            looks_for += f"；说了这一项就不再说 {check.replaces}"
        rule = rules[name]
        drawn = "、".join(rule.words) if rule.limit is None else check.show_limit(rule.limit)
        meaning = check.limit or check.words
        yield _line([check.code, f"`{name}`", looks_for, meaning or "—", drawn or "—", check.source])


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    rulebook, problems = load(Path("rules/national-2020.yaml"), Path())
    if rulebook is None:
        raise SystemExit("\n".join(found.message for found in problems))
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), rulebook.checks), encoding="utf-8", newline="\n")
