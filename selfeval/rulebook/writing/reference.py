"""The pages of docs made from the program: ``python -m selfeval.rulebook.writing.reference`` writes both anew.

``docs/rules-reference.md`` comes from the schema; in ``docs/checks.md`` the table of checks, from their own files and
the limits of the national rulebook, while the prose around it is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from selfeval.domain.checks import CHECKS
from selfeval.domain.kinds import KINDS
from selfeval.domain.rulebook import CheckRule
from selfeval.packages.documents import Heading, Paragraph, Part, TextTable, as_markdown
from selfeval.rulebook.loading import load
from selfeval.rulebook.schema import schema

_TYPES = {"string": "文字", "number": "数", "integer": "整数", "boolean": "true 或 false", "array": "列表"}
_INTRODUCTION = (
    "本页由规则文件的结构（JSON Schema）生成，列出可以写的全部内容；怎样着手见 rules.md。"
    "标“必写”的，可以自己写，也可以由基础规则（extends）给出。"
)

Schema = Mapping[str, Any]


def reference() -> str:
    """The page: the keys of a rulebook and of its parts, the measures of each kind, the keys of cases."""
    parts: list[Part] = [Heading(0, "规则文件参考"), Paragraph(_INTRODUCTION)]
    parts += _document(schema(), "规则文件", "rules/<名称>.yaml")
    parts += [Heading(1, "各类型的计算方法（measure）"), *_measures()]
    parts += _document(schema("cases.schema.json"), "用例", "rules/<名称>.cases.yaml")
    return as_markdown(parts)


def _document(made: Schema, title: str, file: str) -> Iterator[Part]:
    definitions: Schema = made.get("$defs", {})
    yield Heading(1, f"{title}：{file}")
    yield _table(made)
    for name, where in _places(made, definitions).items():
        yield Heading(2, where)
        yield _table(definitions[name])


def _places(made: Schema, definitions: Schema) -> dict[str, str]:
    """Where each definition is used first, as a path: kinds.<类型>.curve[]; in the order of the page."""
    found: dict[str, str] = {}
    queue = [(made, "")]
    while queue:
        part, path = queue.pop(0)
        for key, value in part.get("properties", {}).items():
            for name, suffix in _references(value):
                if name not in found:
                    found[name] = f"{path}{key}{suffix}"
                    queue.append((definitions[name], f"{found[name]}."))
    return found


def _references(value: Schema, suffix: str = "") -> Iterator[tuple[str, str]]:
    if "$ref" in value:
        yield str(value["$ref"]).rpartition("/")[2], suffix
    for option in value.get("anyOf", value.get("oneOf", ())):
        yield from _references(option, suffix)
    for key, step in (("items", "[]"), ("additionalProperties", ".<名称>")):
        if key in value:
            yield from _references(value[key], f"{suffix}{step}")


def _table(part: Schema) -> TextTable:
    required = part.get("required", ())
    rows = [
        (key, value["title"], _what(value), _note(value, required=key in required))
        for key, value in part["properties"].items()
    ]
    return TextTable(("键", "名称", "写什么", "说明"), tuple(rows))


def _note(value: Schema, *, required: bool) -> str:
    default = value.get("default")
    parts = [value["description"]]
    if required:
        parts.append("必写")
    elif default not in (None, "", [], {}) and not isinstance(default, dict):
        parts.append(f"默认{str(default).lower() if isinstance(default, bool) else default}")
    return "。".join(parts)


def _what(value: Schema) -> str:
    if "$ref" in value:
        return "一组“键: 值”"
    options = value.get("anyOf", value.get("oneOf"))
    if options:
        words = [_what(option) for option in options if option.get("type") != "null"]
        return " 或 ".join(dict.fromkeys(words))
    if "enum" in value or "const" in value:
        return "、".join(str(word) for word in value.get("enum", [value.get("const")]))
    if "pattern" in value and "%" in str(value["pattern"]):
        return "百分比（80%）"
    if "items" in value:
        return f"列表，每项为{_what(value['items'])}"
    if "additionalProperties" in value:
        return "按名称列出的几组“键: 值”"
    kinds = value.get("type", "string")
    if isinstance(kinds, list):
        return "一个值" if "boolean" in kinds else "文字"
    return _TYPES[kinds]


def _measures() -> Iterator[Part]:
    for kind in KINDS.values():
        rows = tuple((measure.id, measure.definition) for measure in kind.measures.values())
        yield Heading(2, f"{kind.title}：{kind.id}")
        yield Paragraph(f"填报：{kind.need.reported}。" + ("" if rows else "没有计算方法。"))
        if rows:
            yield TextTable(("measure", "完成程度的计算方法"), rows)


PAGE = Path("docs/checks.md")
BEGIN, END = "<!-- 以下由程序生成 -->\n", "<!-- 以上由程序生成 -->\n"
_HEADINGS = "代码", "`checks:` 中的名称", "核对内容", "`limit` 或 `words` 的含义", "标准或词", "来源"


def written(page: str, rules: Mapping[str, CheckRule]) -> str:
    """The page with what stands between its marks made anew. Raises ValueError when a mark is missing."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    notes = [f"\n{check.note}\n" for check in CHECKS.values() if check.note]
    return "".join([before, BEGIN, "\n", *_checks(rules), *notes, "\n", END, after])


def _checks(rules: Mapping[str, CheckRule]) -> Iterator[str]:
    yield _line(_HEADINGS)
    yield _line(["---"] * len(_HEADINGS))
    for name, check in CHECKS.items():
        looks_for = check.looks_for or check.title
        if check.replaces:
            looks_for += f"；已提示这一项的，不再提示{check.replaces}"
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
    pages = {Path("docs/rules-reference.md"): reference(), PAGE: written(PAGE.read_text("utf-8"), rulebook.checks)}
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8", newline="\n")
