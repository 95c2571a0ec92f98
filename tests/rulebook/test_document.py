"""评分细则: complete, the same bytes every time, and readable by other programs."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from selfeval.domain.kinds import KINDS
from selfeval.packages.documents import Heading, Paragraph, Part, TextTable, as_markdown, as_word
from selfeval.rulebook.loading import load
from selfeval.rulebook.trying.cases import cases_path, read_cases
from selfeval.rulebook.writing.document import scoring_rules
from tests.rulebook.workbench import RULES, Workbench

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHIPPED = sorted(path.relative_to(RULES).as_posix() for path in RULES.rglob("*.yaml") if "." not in path.stem)


def parts_of(bench: Workbench, name: str) -> tuple[Part, ...]:
    rulebook, _ = load(bench.path(name), bench.root)
    assert rulebook is not None
    written, _ = read_cases(cases_path(bench.path(name)), bench.root)
    assert written is not None
    return scoring_rules(rulebook, written.cases)


def words(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = ET.fromstring(package.read("word/document.xml"))
    return "\n".join("".join(one.text or "" for one in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_rulebook_becomes_a_document_with_all_it_says(name: str, bench: Workbench) -> None:
    rulebook, _ = load(bench.path(name), bench.root)
    assert rulebook is not None
    parts = parts_of(bench, name)
    markdown, word = as_markdown(parts), words(as_word(parts))
    for text in (markdown, word):
        assert rulebook.title in text
        assert "〔原文未核对〕" in text
        for section in rulebook.sections:
            assert section.label in text
        for one in rulebook.overrides.values():
            assert one.because in text
            assert one.indicator in text
        for source in rulebook.sources.values():
            assert source.quote.replace("*", "\\*") in text or source.quote in text
            assert source.seen in text
    assert all(KINDS[kind].title in word for kind in rulebook.kinds)
    assert not [name for name in {*KINDS, *(one.id for one in rulebook.recognise)} if name in word]
    said = [cell for part in parts if isinstance(part, TextTable) for row in part.rows for cell in row]
    assert max(cell.count("、") for cell in said) < 60
    assert as_word(parts) == as_word(parts)


def test_what_the_rulebook_chose_stands_in_words(bench: Workbench) -> None:
    text = words(as_word(parts_of(bench, "central-2021.yaml")))
    assert "一级指标为满意度指标，指标值为百分比" in text
    assert "按区间线性计分：完成率60%的得0%，完成率100%的得100%，两点之间按比例计算" in text
    assert "执行率不足60%的，不得分；60%（含）—80%（不含）的，得50%" in text
    assert "没有指标时分值归入：产出指标10.00分、效益指标10.00分" in text
    assert "每1个单位扣1分" in words(as_word(parts_of(bench, "examples/per-unit-deduction.yaml")))
    assert "总分 = 得分合计 ÷ 适用部分的分值合计 × 100" in words(as_word(parts_of(bench, "examples/whole-form.yaml")))


def test_some_cases_of_every_kind_stand_in_an_annex_as_examples(bench: Workbench) -> None:
    parts = parts_of(bench, "2024.yaml")
    table = next(part for part in parts if isinstance(part, TextTable) and part.headings[0] == "示例")
    names = [row[0] for row in table.rows]
    assert len(names) == 20
    assert {"恰好达到", "未达到，按完成率得分", "逾期一天", "恰为下限", "实际金额由评分人员评定"} <= set(names)
    assert "恰在半分上向上取整" not in names
    assert "2024年12月1日" in {row[2] for row in table.rows}


@pytest.mark.parametrize("name", ["2024.yaml", "central-2021.yaml", "national-2020.yaml"])
def test_no_page_holds_a_text_of_a_programmer(name: str, bench: Workbench) -> None:
    parts = parts_of(bench, name)
    annex = next(i for i, part in enumerate(parts) if isinstance(part, Heading) and part.text.startswith("附件"))
    text = words(as_word(parts))
    assert not re.findall(r"\.yaml|\.md|selfeval|匹配式|min\(|[a-z]+_[a-z]+|\\[dsw]|\]\*|--\w", text)
    assert not re.findall(r"\d{8,}", words(as_word(parts[:annex])))
    assert f"“{name.removesuffix('.yaml')}”" in words(as_word(parts[annex:]))


def test_a_pattern_is_said_in_words_or_asked_for_them(bench: Workbench) -> None:
    entry = "recognise:\n  - {id: odd, kind: exactly, patterns: ['第[0-9]+卷'], means: 只有卷号, sources: [choices]}\n"
    for text, said, told in (
        (entry, "只有卷号", False),
        (entry.replace("means: 只有卷号, ", ""), "本单位规定的格式", True),
    ):
        bench.child(text)
        rulebook, problems = load(bench.path("2025.yaml"), bench.root)
        assert rulebook is not None
        assert problems == ()
        assert said in words(as_word(scoring_rules(rulebook)))
        assert ("W249" in {found.code for found in bench.lint("2025.yaml")}) == told


def test_the_words_for_a_pattern_of_the_parent_are_not_those_for_another(bench: Workbench) -> None:
    bench.child("recognise:\n  - {id: bare_cost_number, patterns: ['[1-9]+号']}\n")
    assert "W249" in {found.code for found in bench.lint("2025.yaml")}
    bench.child("recognise:\n  - {id: bare_cost_number, names: [造价]}\n")
    rulebook, _ = load(bench.path("2025.yaml"), bench.root)
    assert rulebook is not None
    assert "只有一个大于0的数，没有单位" in words(as_word(scoring_rules(rulebook)))


def test_lines_of_a_paragraph_stand_apart() -> None:
    assert as_markdown((Paragraph("说明\n依据：某文件"),)) == "说明\n\n依据：某文件\n"


def test_signs_of_markup_are_shown_as_text() -> None:
    parts = (Heading(1, "标题"), Paragraph("<b> *星* & _线_\n下一行\x07"), TextTable(("甲", "乙"), (("a|b", "<i>"),)))
    assert as_markdown(parts).splitlines()[-1] == "| a\\|b | &lt;i&gt; |"
    text = words(as_word(parts))
    assert "<b> *星* & _线_" in text
    assert "\x07" not in text


def test_the_word_file_is_sound_and_carries_no_clock(bench: Workbench) -> None:
    content = as_word(parts_of(bench, "2024.yaml"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in package.namelist():
            ET.fromstring(package.read(name))


def test_a_vocabulary_is_counted_and_days_are_said_as_days(bench: Workbench) -> None:
    text = words(as_word(parts_of(bench, "2024.yaml")))
    assert "正向指标（≥）" in text
    assert "以“=”开头（条件：有数字）" in text
    assert "89.5分归良是本规则的选择。" in text
    assert "完成率不足100%的，按完成率得分；100%及以上的，得满分" in text
    assert "按期完成的，得满分；逾期1—30天的，得80%；逾期31—90天的，得60%；逾期超过90天的，不得分" in text
    assert "指标名称含“受害率、死亡率、病死率、死亡人数、伤亡、发生率……等" in text
    assert "致贫率" not in text
    assert "全部的词见规则文件" in text
