"""What texts from files may do to a terminal, a page or a spreadsheet: nothing."""

from __future__ import annotations

import json

import pytest

from selfeval.packages.documents import Heading, Paragraph, TextTable, as_markdown
from selfeval.packages.printable import as_written, in_json, in_spreadsheet, printable


def test_escapes_are_seen_and_line_ends_and_tabs_stay() -> None:
    assert printable("\x1b[31m红\x07\x9b\x7f\n\t甲\r乙") == "␛[31m红␇<009B>␡\n\t甲␍乙"
    assert printable("甲\u202e乙\u2066") == "甲<202E>乙<2066>"
    assert printable("甲\u2028乙\u200f\u061c\udcff\ud800") == "甲<2028>乙<200F><061C>\\xff<D800>"
    assert printable("（含）“一”\u200b😀") == "（含）“一”\u200b😀"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\ufeff=1",
        "\u200b=1",
        " =1",
        "\u3000＝1",
        "＋1+1",
        "＠a",
        "\x1b=1",
        "\u2800=1",
        "\u034f=1",
        "\u3164=1",
        "\ufe0f+1+1",
        "\u200b" * 100 + "=1",
    ],
)
def test_what_a_spreadsheet_would_reckon_gets_an_apostrophe(text: str) -> None:
    assert in_spreadsheet(text).startswith("'")
    assert as_written(f"'{text}") == text


@pytest.mark.parametrize("text", ["-5", "+5%", "-0.05", "－5%", "-22.59万元", "5-1", "甲=乙", "", "—"])
def test_numbers_and_plain_texts_stay(text: str) -> None:
    assert in_spreadsheet(text) == text


def test_json_means_the_same() -> None:
    document = json.dumps({"甲": "\x1b\x9b\u202e乙"}, ensure_ascii=False)
    assert in_json(document).isprintable()
    assert json.loads(in_json(document)) == json.loads(document)


def test_json_shows_the_bytes_of_a_strange_name_as_the_terminal_does() -> None:
    document = in_json(json.dumps({"file": "\udcb9\udce6\ud800.yaml"}, ensure_ascii=False))
    assert json.loads(document) == {"file": printable("\udcb9\udce6\ud800.yaml")} == {"file": r"\xb9\xe6<D800>.yaml"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("# 甲\n--- \n===\n1. 乙", "\\# 甲\n\n\\---\n\n\\===\n\n1\\. 乙"),
        ("\\*甲*", "\\\\\\*甲\\*"),
        ("    代码\n```", "代码\n\n\\`\\`\\`"),
        ("-5万元，5~8天，a_b，1.5", "-5万元，5~8天，a_b，1.5"),
        ("[甲](x) &lt;", "\\[甲](x) &amp;lt;"),
    ],
)
def test_markdown_shows_a_text_as_it_is(text: str, written: str) -> None:
    assert as_markdown((Paragraph(text),)) == f"{written}\n"
    heading = as_markdown((Heading(1, text),))
    assert heading.startswith("## ")
    assert heading.count("\n") == 1
    (head, rule, row) = as_markdown((TextTable(("表",), ((f"{text}\r\n|",),)),)).splitlines()
    assert (head, rule) == ("| 表 |", "| --- |")
    assert row.endswith("<br>\\| |")
