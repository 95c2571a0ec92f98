"""The cases that are missing: written for a person, they pass as they stand, and nothing is without a case then."""

from __future__ import annotations

import pytest

from selfeval.rulebook.shelf import every_rulebook
from selfeval.runs.inputs import Unusable
from selfeval.runs.pending import Pending, find_pending, write_pending
from selfeval.runs.workspace import Workspace
from tests.rulebook.workbench import RULES, Workbench

SHIPPED = [path.relative_to(RULES).as_posix() for path in every_rulebook(RULES)]


def pending(bench: Workbench, name: str = "2024.yaml") -> Pending:
    found = find_pending(Workspace(bench.root.resolve()), bench.path(name))
    assert not isinstance(found, Unusable)
    return found


def without_lines(bench: Workbench, name: str, *words: str) -> None:
    """Cases that hold one of some words are taken out."""
    path = bench.path(name)
    kept = (line for line in path.read_text(encoding="utf-8").split("\n") if not any(word in line for word in words))
    path.write_text("\n".join(kept), encoding="utf-8")


def lines_of(text: str) -> list[str]:
    return text.partition("\ncases:\n")[2].split("\n")


@pytest.mark.parametrize("name", SHIPPED)
def test_without_any_case_those_written_cover_all_of_a_rulebook_and_pass(name: str, bench: Workbench) -> None:
    beside = bench.path(name.replace(".yaml", ".cases.yaml"))
    beside.unlink()
    found = pending(bench, name)
    assert found.without == ()
    assert write_pending(Workspace(bench.root.resolve()), found) is None
    found.path.rename(beside)
    ran = bench.cases(name)
    assert ran.passed
    assert ran.problems == ()
    assert ran.percent == 100
    assert pending(bench, name).uncovered == ()


def test_what_is_written_can_be_moved_below_the_cases_that_are_there(bench: Workbench) -> None:
    name, beside = "examples/evidence.yaml", bench.path("examples/evidence.cases.yaml")
    without_lines(bench, "examples/evidence.cases.yaml", "超过一倍因指标值偏低", "W551", "优", "好而没有佐证")
    ran = bench.cases(name)
    assert ran.percent < 100
    found = pending(bench, name)
    said = [thing.what for thing in found.uncovered]
    assert "at_least.satisfaction 没有佐证材料的" in said
    assert "qualitative.five 的档次“优”" in said
    write_pending(Workspace(bench.root.resolve()), found)
    with beside.open("a", encoding="utf-8") as file:
        file.write("\n".join(lines_of(found.text)))
    again = bench.cases(name)
    assert again.problems == ()
    assert again.percent == 100


def test_a_curve_for_a_category_wants_cases_of_that_category(bench: Workbench) -> None:
    without_lines(bench, "examples/evidence.cases.yaml", "超过一倍因指标值偏低", "偏低又没有佐证")
    (thing,) = (found := pending(bench, "examples/evidence.yaml")).uncovered
    assert thing.what == "at_least 偏差类别为指标值偏低或偏高时的计分标准第4档（大于200%）"
    (missing,) = found.cases
    assert missing.case.category == "指标值偏低或偏高"
    assert missing.case.score == 800


def test_a_band_closed_above_gets_a_value_just_beyond_its_edge(bench: Workbench) -> None:
    without_lines(bench, "examples/closed-bands.cases.yaml", "actual: 10.01%", "actual: 20%,")
    (missing,) = pending(bench, "examples/closed-bands.yaml").cases
    assert [thing.what for thing in missing.covers] == ["at_most.adjustment 计分标准第3档（大于10%）"]
    assert missing.case.actual is not None
    assert missing.case.actual.text == "11%"


def test_every_case_is_marked_and_says_why_it_is_missing(bench: Workbench) -> None:
    without_lines(bench, "2024.cases.yaml", "逾期九十一天")
    found = pending(bench)
    assert found.path.name == "2024.cases.待确认.yaml"
    why, line, end = lines_of(found.text)
    assert why == "  # 待确认。没有用例的：deadline 计分标准第4档（91起）"
    assert line == (
        "  - {name: 11月底前填2025-03-01, target: 11月底前, actual: 2025-03-01, kind: deadline, rule: period, "
        "score: 0, status: 已评分}"
    )
    assert end == ""


def test_what_nobody_has_confirmed_is_no_test_and_no_rulebook(bench: Workbench) -> None:
    without_lines(bench, "2024.cases.yaml", "逾期九十一天")
    before = bench.cases()
    workspace = Workspace(bench.root.resolve())
    assert write_pending(workspace, pending(bench)) is None
    assert bench.cases() == before
    assert before.percent < 100
    assert all("待确认" not in path.name for path in every_rulebook(bench.rules))


def test_a_second_time_gives_the_same_and_another_file_is_never_written_over(bench: Workbench) -> None:
    without_lines(bench, "2024.cases.yaml", "逾期九十一天")
    workspace, found = Workspace(bench.root.resolve()), pending(bench)
    assert write_pending(workspace, found) is None
    assert pending(bench).text == found.text
    assert write_pending(workspace, pending(bench)) is None
    found.path.write_text("# 正在核对\n", encoding="utf-8")
    refused = write_pending(workspace, found)
    assert refused is not None
    assert refused.code == "E255"
    assert "rules/2024.cases.待确认.yaml" in refused.message
    assert "rules/2024.cases.yaml" in refused.remedy
    assert found.path.read_text(encoding="utf-8") == "# 正在核对\n"


def test_cases_that_cannot_be_read_are_told_and_nothing_is_made_up(bench: Workbench) -> None:
    bench.write("rulebook: 2024\ncases: 没有\n", "2024.cases.yaml")
    assert isinstance(find_pending(Workspace(bench.root.resolve()), bench.path()), Unusable)


def test_a_rulebook_written_by_a_unit_is_covered_too(bench: Workbench) -> None:
    bench.child(
        """
kinds:
  range:
    curve: [{from: 0, share: 0}, {from: 60%, share: 50%}, {from: 100%, share: 100%}]
    sources: [unit-2024]
  monthly_schedule:
    curve: [{from: 0, share: 0}, {above: 80%, share: 70%}, {from: 100%, share: 100%}]
    sources: [unit-2024]
  deadline:
    variants:
      - id: early
        level3: [开工时间]
        curve: [{from: 0, share: 100%}, {above: 15, share: 0}]
        sources: [unit-2024]
execution:
  curve: [{from: 0, share: 0}, {above: 90%, share: 90%}, {from: 100%, share: 100%}]
  sources: [unit-2024]
recognise:
  - {id: strive, kind: at_least, words: [力争], number: present}
  - {id: ends, kind: at_most, suffixes: [为最高上限封顶], number: present, unit: [money]}
"""
    )
    found = pending(bench, "2025.yaml")
    assert found.without == ()
    write_pending(Workspace(bench.root.resolve()), found)
    found.path.rename(found.beside)
    ran = bench.cases("2025.yaml")
    assert ran.problems == ()
    assert ran.percent == 100


def test_what_no_case_is_found_for_is_said(bench: Workbench) -> None:
    bench.child(
        "recognise:\n  - {id: odd, kind: exactly, patterns: ['第[甲乙]号[0-9]+卷'], means: 卷号, number: present}\n"
    )
    found = pending(bench, "2025.yaml")
    assert [thing.what for thing in found.without] == ["识别规则 odd"]
    assert "# 无法自动拟出，请自行补充：识别规则 odd（rules/2025.yaml 第" in found.text
