"""What a rule file may hold, and how plainly everything else is refused."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from selfeval.domain.problems import Problem
from selfeval.rulebook.text.nodes import Scalar
from selfeval.rulebook.text.reading import MAX_BYTES, parse, read


def refused(text: str) -> Problem:
    document = parse(text.encode(), "rules/x.yaml")
    assert document.root is None
    (found,) = document.problems
    return found


@pytest.mark.parametrize(
    "text", ["on", "no", "yes", "12:30", "010", "0x10", "1_000", "1e3", "2024-01-01", ".inf", "0.10"]
)
def test_values_keep_the_letters_they_were_written_with(text: str) -> None:
    document = parse(f"a: {text}\n".encode(), "x.yaml")
    assert document.root is not None
    value = document.root.entries["a"]
    assert isinstance(value, Scalar)
    assert value.text == text


def test_every_value_knows_its_line_and_column() -> None:
    document = parse("a: 1\n标题:\n  - 乙: 二\n".encode(), "rules/x.yaml")
    assert document.root is not None
    assert document.root.keys["标题"].place.cell == "第2行第1列"
    assert str(document.root.keys["标题"].origin) == "rules/x.yaml:2"


def test_a_byte_order_mark_of_windows_notepad_is_taken() -> None:
    assert parse(b"\xef\xbb\xbfa: 1\n", "x.yaml").root is not None


@pytest.mark.parametrize(
    ("text", "cell", "says"),
    [
        ("a: &x 1\nb: *x\n", "第1行第4列", "锚点 &x"),
        ("a: *x\n", "第1行第4列", "引用 *x"),
        ("a: 1\n<<: {b: 2}\n", "第2行第1列", "合并键"),
        ("a: !!python/object:os.system x\n", "第1行第4列", "python/object"),
        ("a: !!python/object/apply:os.system [x]\n", "第1行第4列", "python/object/apply"),
        ("a: !mine x\n", "第1行第4列", "!mine"),
    ],
)
def test_anchors_aliases_merge_keys_and_tags_are_refused(text: str, cell: str, says: str) -> None:
    found = refused(text)
    assert (found.code, found.place.cell) == ("E205", cell)
    assert says in found.message


def test_a_key_written_twice_names_both_lines() -> None:
    found = refused("a: 1\nb: 2\na: 3\n")
    assert (found.code, found.place.cell) == ("E206", "第3行第1列")
    assert "第1行" in found.message


@pytest.mark.parametrize(
    ("text", "cell", "says"),
    [
        ("kinds:\n\ta: 1\n", "第2行第1列", "制表符"),
        ("a:\n  - >=95\n", "第2行第5列", "没有加引号"),
        ("a: @x\n", "第1行第4列", "@开头"),
        ("a: %x\n", "第1行第4列", "%开头"),
        ("b: 1\nid：2024\nc: 2\n", "第2行第3列", "全角冒号"),
        ("id：2024\nc: 2\n", "第1行第3列", "全角冒号"),
        ("id:2024\nc: 2\n", "第1行第3列", "冒号后面没有空格"),
        ("b: 1\na: [1, 2\nc: 3\n", "第2行第4列", "没有配对"),
        ('b: 1\na: "x\nc: 2\n', "第2行第4列", "引号只有一边"),
        ("a: b: c\n", "第1行第5列", "多余的冒号"),
        ("a:\n  b: 1\n c: 2\n", "第3行第2列", "缩进"),
        ('a: "\\d"\n', "第1行第6列", "反斜杠"),
        ("a: 1\nb: \x07x\n", "第2行第4列", "控制字符"),
        ("b: 1\nwords\nc: 2\n", "第2行第1列", "缺英文冒号"),
        ("a: - 1\n", "第1行第4列", "YAML"),
    ],
)
def test_what_the_scanner_says_is_put_plainly_where_the_mistake_is(text: str, cell: str, says: str) -> None:
    found = refused(text)
    assert (found.code, found.place.cell) == ("E204", cell)
    assert says in found.message
    assert found.remedy


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E208"),
        ("# 只有注释\n", "E208"),
        ("- a\n", "E208"),
        ("a: 1\n---\nb: 2\n", "E207"),
        ("? [a]\n: 1\n", "E207"),
        ("a: " + "[" * 900, "E207"),
        ("a:\n" + "".join("  " * i + "b:\n" for i in range(1, 60)), "E207"),
    ],
)
def test_other_structures_than_one_mapping_are_refused(text: str, code: str) -> None:
    assert refused(text).code == code


@pytest.mark.parametrize("data", [b"\xff\xfei\x00d\x00", b"PK\x03\x04\xa0\x00", "标题: 规则\n".encode("gbk")])
def test_files_that_are_not_utf8_are_refused_in_one_sentence(data: bytes) -> None:
    (found,) = parse(data, "rules/x.yaml").problems
    assert found.code == "E203"
    assert "UTF-8" in found.message


def test_binary_with_zero_bytes_is_refused() -> None:
    (found,) = parse(b"a: 1\nb: \x00\x01\x02", "x.yaml").problems
    assert found.code == "E204"


def test_a_missing_file_is_a_problem_not_an_exception(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "none.yaml", "rules/none.yaml").problems
    assert (found.code, found.place.file) == ("E201", "rules/none.yaml")


def test_a_file_of_five_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"a: 1\n" * (MAX_BYTES))
    tracemalloc.start()
    (found,) = read(path, "rules/big.yaml").problems
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.code == "E202"
    assert peak < MAX_BYTES


def test_a_billion_laughs_is_refused_at_the_first_anchor() -> None:
    bomb = "a: &a [x, x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    tracemalloc.start()
    found = refused(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.code, found.place.cell) == ("E205", "第1行第4列")
    assert peak < MAX_BYTES
