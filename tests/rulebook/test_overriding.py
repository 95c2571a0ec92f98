"""An override is written into a rule file, and every other byte of it stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfeval.domain.rulebook import Origin, Override
from selfeval.rulebook.text.reading import parse
from selfeval.rulebook.writing.overriding import with_override

ONE = Override(
    indicator="P-01", kind="at_most", target="≤30万元", because='原文写作"三十"：按万元', origin=Origin("", 0)
)
ITEM = '- indicator: "P-01"\n    kind: at_most\n    target: "≤30万元"\n    because: "原文写作\\"三十\\"：按万元"\n'


def _written(text: str, override: Override = ONE) -> str:
    made = with_override(text.encode(), override)
    assert made is not None
    assert parse(made, "").problems == ()
    return made.decode()


def test_a_file_without_overrides_gets_them_at_its_end() -> None:
    assert (
        _written("id: 2024\n# 末尾")
        == f"id: 2024\n# 末尾\n\n# 不能按规则识别的指标，逐条列明识别结果和依据。\noverrides:\n  {ITEM}"
    )


def test_an_override_goes_below_the_last_and_comments_stay() -> None:
    before = "overrides:  # 逐条\n  - indicator: Q\n    kind: judged\n    because: x  # 说明\n\n# 以下\nid: 2024\n"
    head, tail = before.split("\n\n# 以下")
    assert _written(before) == f"{head}\n  {ITEM}\n# 以下{tail}"


def test_an_empty_list_is_filled() -> None:
    assert _written("overrides: []\nid: 1\n") == f"overrides:\n  {ITEM}id: 1\n"


def test_an_item_at_the_margin_stays_at_the_margin() -> None:
    before = "overrides:\n- indicator: Q\n  kind: judged\n  because: x\nid: 1\n"
    assert _written(before).startswith("overrides:\n- indicator: Q\n  kind: judged\n  because: x\n- indicator:")


def test_the_same_indicator_is_replaced_alone() -> None:
    old = "  # 关于 P\n  - indicator: P-01\n    kind: judged\n    because: >\n      两行\n      原因\n  # 关于 Q\n"
    before = f"overrides:\n{old}  - {{indicator: Q, kind: judged, because: x}}\nid: 1\n"
    assert _written(before) == (
        f"overrides:\n  # 关于 P\n  {ITEM}  # 关于 Q\n  - {{indicator: Q, kind: judged, because: x}}\nid: 1\n"
    )


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    made = with_override("\ufeffid: 1\r\noverrides:\r\n  - {indicator: Q, kind: judged, because: x}\r\n".encode(), ONE)
    assert made is not None
    text = made.decode()
    assert text.startswith("\ufeffid: 1\r\n")
    assert text.count("\n") == text.count("\r\n") == 7


_NEW = '{indicator: "P-01", kind: at_most, target: "≤30万元", because: "原文写作\\"三十\\"：按万元"}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("overrides: [{indicator: Q}]  # 注\n", f"overrides: [{{indicator: Q}}, {_NEW}]  # 注\n"),
        ("overrides: [\n  {indicator: Q},  # 注\n]\n", f"overrides: [\n  {{indicator: Q}}, {_NEW},  # 注\n]\n"),
        ("overrides: [{indicator: P-01}, {indicator: Q}]\n", f"overrides: [{_NEW}, {{indicator: Q}}]\n"),
        ("{id: 1, title: 甲}\n", f"{{id: 1, title: 甲, overrides: [{_NEW}]}}\n"),
        ("overrides: ~  # 还没有\nid: 1\n", f"overrides:  # 还没有\n  {ITEM}id: 1\n"),
        ("id: 1\n...\n", f"id: 1\n\n# 不能按规则识别的指标，逐条列明识别结果和依据。\noverrides:\n  {ITEM}...\n"),
    ],
)
def test_it_is_written_the_way_the_list_is(before: str, after: str) -> None:
    assert _written(before) == after


@pytest.mark.parametrize("text", ["overrides: 没有\n", "overrides: {P-01: judged}\n", "id: [\n"])
def test_what_cannot_be_added_to_is_left_alone(text: str) -> None:
    assert with_override(text.encode(), ONE) is None


def test_every_key_is_written_over_a_parents() -> None:
    made = with_override(b"id: 1\n", replace(ONE, target=""), whole=True)
    assert made is not None
    assert b'target: ""' in made
