"""Cases beside the rules: scored by the real pipeline, readable, and complete."""

from __future__ import annotations

import re

import pytest

from tests.rulebook.workbench import RULES, Workbench, bare, one

BOOKS = sorted(path.name for path in RULES.glob("*.yaml") if "." not in path.stem)


@pytest.mark.parametrize("name", BOOKS)
def test_the_shipped_cases_pass_and_leave_nothing_out(name: str, bench: Workbench) -> None:
    run = bench.cases(name)
    assert run.problems == ()
    assert run.passed
    assert run.results


def test_a_changed_rule_fails_the_cases_that_say_otherwise(bench: Workbench) -> None:
    bench.change("{from: 31, share: 60%}", "{from: 31, share: 50%}")
    run = bench.cases()
    assert not run.passed
    assert [result.name for result in run.results if not result.passed] == ["逾期三十一天", "逾期九十天"]
    found = run.problems[0]
    assert found.code == "E235"
    assert "得分应为6.00，实际是5.00" in found.message
    assert found.place.cell.startswith(f"第{bench.line_of('逾期三十一天', '2024.cases.yaml')}行")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("kind: at_most, rule: bare_cost", "kind: at_least, rule: bare_cost", "类型应为 at_least，实际是 at_most"),
        (
            "kind: at_most, rule: bare_cost",
            "kind: at_most, rule: at_most_sign",
            "规则应为 at_most_sign，实际是 bare_cost",
        ),
        ("status: 已评分, problem: E510", "status: 需关注, problem: E510", "状态应为 需关注，实际是 已评分"),
        ("status: 已评分, problem: E510", "status: scored, problem: E511", "问题应为 E511，实际是 E510"),
        (
            "{name: 90分为优, total: 90, grade: 优}",
            "{name: 90分为优, total: 90, grade: 良}",
            "等级应为 良，实际是 优",
        ),
        ("status: 待补充, problem: E401", "score: 0, status: 待补充, problem: E401", "得分应为0.00，实际是 暂不计分"),
    ],
)
def test_a_case_says_what_differs(old: str, new: str, what: str, bench: Workbench) -> None:
    bench.change(old, new, "2024.cases.yaml")
    assert bare(what) in bare(one(bench.cases().problems, "E235").message)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("actual: 7000, kind: at_least,", "actual: 7000,", "kind"),
        ("target: ≥400人, ", "", "target"),
        ("kind: at_least, score: 9, status: 已评分}", "kind: at_least, status: 已评分}", "score"),
        ("total: 90, grade: 优", "total: 90", "grade"),
        ("payments: [10, 10, 10,", "payments: [10, 10,", "12个数，现在是11个"),
        ("actual: 386, points: 15", "actual: 386, points: 60", "分值 60.00 超过"),
        ("level2: 经济成本指标,", "level1: 成本指标, level2: 经济成本指标,", "成本指标"),
    ],
)
def test_a_case_that_cannot_run_says_why(old: str, new: str, what: str, bench: Workbench) -> None:
    bench.change(old, new, "2024.cases.yaml")
    assert bare(what) in bare(one(bench.cases().problems, "E236").message)


def test_a_misspelt_key_of_a_case_names_the_nearest(bench: Workbench) -> None:
    bench.change("actual: 7000, kind", "actaul: 7000, kind", "2024.cases.yaml")
    assert "是否应为“actual”" in one(bench.cases().problems, "E210").message


def test_cases_of_another_rulebook_are_refused(bench: Workbench) -> None:
    bench.change("rulebook: 2024", "rulebook: 2023", "2024.cases.yaml")
    assert "2023" in one(bench.cases().problems, "E237").message


def test_a_rulebook_without_cases_is_told_so(bench: Workbench) -> None:
    bench.path("2024.cases.yaml").unlink()
    assert "2024.cases.yaml" in one(bench.cases().problems, "W205").message


@pytest.mark.parametrize(
    ("dropped", "what"),
    [
        ("  - {name: 逾期九十一天", "deadline 计分标准第4档"),
        ("  - {name: 成本只写金额", ""),
        ("  - name: 消防设施按一套处理", "13080023P00044010010X-01"),
    ],
)
def test_what_has_no_case_is_named(dropped: str, what: str, bench: Workbench) -> None:
    text = bench.path("2024.cases.yaml").read_text(encoding="utf-8")
    start = text.index(dropped)
    end = text.find("\n  - ", start + 1)
    bench.write(text[:start] + text[end + 1 :], "2024.cases.yaml")
    uncovered = bench.cases().uncovered
    if what:
        assert what in one(uncovered, "W201").message
    else:
        assert uncovered == ()  # another case still goes through that rule


def test_what_is_inherited_unchanged_is_covered_by_the_parents_cases(bench: Workbench) -> None:
    bench.child("kinds: {deadline: {curve: [{from: 0, share: 1}, {from: 5, share: 0}]}}\n")
    bench.write(
        "rulebook: 2025\ncases:\n"
        "  - {name: 按期, target: 12月底, actual: 2025-12-31, kind: deadline, score: 10, status: 已评分}\n",
        "2025.cases.yaml",
    )
    assert "deadline 计分标准第2档" in one(bench.cases("2025.yaml").problems, "W201").message


def test_a_year_in_which_the_rulebook_does_not_hold_is_refused_at_its_line(bench: Workbench) -> None:
    bench.change("year: 2024", "year: 2025", "2024.cases.yaml")
    found = one(bench.cases().problems, "E263")
    assert "2024年" in found.message
    assert found.place.cell.startswith(f"第{bench.line_of('year: 2025', '2024.cases.yaml')}行")


def test_a_failing_case_says_how_the_score_came_about(bench: Workbench) -> None:
    bench.change("{from: 31, share: 60%}", "{from: 31, share: 50%}")
    message = bench.cases().problems[0].message
    line = bench.line_of("  deadline:")
    for part in (f"按 rules/2024.yaml:{line} 计分", "完成程度31", "得分率50%", "逾期31天"):
        assert part in message


THIRD = """kinds:
  at_least:
    variants:
      - {id: trained, level3: [培训场次], curve: [{from: 100%, share: 1}], sources: [unit-2024]}
"""
ASKED = "target: ≥10场, actual: 5, kind: at_least, status: 已评分"


@pytest.mark.parametrize(
    ("case", "score", "variant"),
    [("name: 甲, level3: 培训场次", 0, "（单独计分办法 trained）"), ("name: 培训场次", 5, ""), ("name: 甲", 5, "")],
)
def test_the_third_level_of_a_case_is_what_it_says_and_not_its_name(
    case: str, score: int, variant: str, bench: Workbench
) -> None:
    bench.child(THIRD)
    bench.write(f"rulebook: 2025\ncases:\n  - {{{case}, {ASKED}, score: {score}}}\n", "2025.cases.yaml")
    assert bench.cases("2025.yaml").passed
    bench.write(f"rulebook: 2025\ncases:\n  - {{{case}, {ASKED}, score: 1}}\n", "2025.cases.yaml")
    message = bench.cases("2025.yaml").problems[0].message
    assert "".join(re.findall("（单独计分办法.*?）", message)) == variant


def test_a_kind_whose_cases_all_fall_under_a_variant_is_told_so(bench: Workbench) -> None:
    bench.child(THIRD.replace("at_least:", "at_least:\n    note: 甲"))
    case = f"name: 甲, level3: 培训场次, {ASKED}, score: 0"
    bench.write(f"rulebook: 2025\ncases:\n  - {{{case}}}\n", "2025.cases.yaml")
    assert "不按单独计分办法 trained 计分的" in "".join(found.message for found in bench.cases("2025.yaml").uncovered)


def test_a_case_that_is_asked_for_says_why(bench: Workbench) -> None:
    bench.change("actual: 7000, kind: at_least,", "actual: 七千左右吧, kind: at_least,", "2024.cases.yaml")
    found = [one.message for one in bench.cases().problems if one.code == "E235"]
    assert any("原因：E4" in message for message in found)


def test_the_points_of_the_execution_are_those_of_the_rulebook(bench: Workbench) -> None:
    bench.change("kind: execution, ", "kind: execution, points: 8, ", "2024.cases.yaml")
    assert "是10.00，不是8.00" in one(bench.cases().problems, "E236").message


def test_cases_of_a_region_may_name_the_folder(bench: Workbench) -> None:
    (bench.rules / "hunan").mkdir()
    bench.write("id: dept\ntitle: 湖南\nin_force: {from: 2025}\nextends: ../national-2020\n", "hunan/dept.yaml")
    for name, known in (("dept", True), ("hunan/dept", True), ("hubei/dept", False)):
        case = "{name: 优, total: 95, grade: 优}"
        bench.write(f"rulebook: {name}\ncases:\n  - {case}\n", "hunan/dept.cases.yaml")
        assert bench.cases("hunan/dept.yaml").passed is known
