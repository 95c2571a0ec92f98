"""Two runs compared: data and rules kept apart, row by row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from selfeval.domain.differing.compare import Cause, Presence, RowChange, compare
from selfeval.domain.differing.past import PastRun, Record

ROW = {
    "项目编码": "P1",
    "项目名称": "项目",
    "指标编号": "P1-01",
    "三级指标": "次数",
    "类型": "at_least",
    "指标值": "≥10次",
    "实际完成值": "9次",
    "分值": "50.00",
    "得分": "45.00",
    "状态": "scored",
    "规则": "at_least_sign",
}
TOTAL = {
    "项目编码": "P1",
    "项目名称": "项目",
    "全年预算数": "20",
    "全年执行数": "19",
    "总分": "94.50",
    "最低": "94.50",
    "最高": "94.50",
    "等级": "优",
    "状态": "scored",
}
PROBLEM = {"代码": "E510", "项目编码": "P1", "指标编号": "P1-01", "问题": "没有填写偏差原因"}


def run(row: Record = ROW, total: Record = TOTAL, problems: tuple[Record, ...] = (PROBLEM,)) -> PastRun:
    key = (row["项目编码"], row["指标编号"])
    return PastRun("a", 2024, "2024", {"r": "1"}, {"f": "1"}, {"selfeval": "1"}, {key: row}, {"P1": total}, problems)


def only(old: PastRun, new: PastRun) -> RowChange:
    rows = compare(old, new).rows
    assert len(rows) == 1
    return rows[0]


def test_two_runs_that_are_alike_have_no_difference() -> None:
    assert compare(run(), run()).is_empty


def test_a_changed_actual_is_a_change_of_data() -> None:
    found = only(run(), run({**ROW, "实际完成值": "10次", "得分": "50.00"}))
    assert found.cause is Cause.DATA
    assert list(map(str, found.data)) == ["实际完成值：9次 → 10次"]
    assert list(map(str, found.result)) == ["得分：45.00 → 50.00"]
    assert not found.rules


def test_a_changed_rule_is_a_change_of_rules() -> None:
    found = only(run(), run({**ROW, "类型": "exactly", "规则": "bare_count"}))
    assert found.cause is Cause.RULES
    assert "类型：≥ → =" in map(str, found.rules)


def test_both_are_named_as_both() -> None:
    assert only(run(), run({**ROW, "分值": "40.00", "实际完成值": "8次"})).cause is Cause.BOTH


def test_a_score_that_moved_with_the_rule_file_alone_is_laid_to_the_rules() -> None:
    new = replace(run({**ROW, "得分": "40.00"}), rules={"r": "2"})
    assert only(run(), new).cause is Cause.RULES
    assert only(run(), replace(new, rules={"r": "1"}, versions={"selfeval": "2"})).cause is Cause.OTHER
    assert only(run(), replace(new, rules={"r": "1"})).cause is Cause.DATA


def test_the_money_behind_an_execution_rate_is_its_data() -> None:
    row = {**ROW, "指标编号": "预算执行率", "类型": "execution", "指标值": "", "实际完成值": "19"}
    found = only(run(row), run({**row, "得分": "9.00"}, {**TOTAL, "全年预算数": "22"}))
    assert found.cause is Cause.DATA
    assert list(map(str, found.data)) == ["全年预算数：20 → 22"]


def test_a_state_is_told_by_its_word() -> None:
    found = only(run(), run({**ROW, "得分": "", "状态": "ask"}))
    assert list(map(str, found.result)) == ["得分：45.00 → （空）", "状态：已评分 → 待补充"]


def test_projects_that_came_or_went_are_said() -> None:
    other = {**TOTAL, "项目编码": "P2"}
    new = replace(run(), projects={"P1": TOTAL, "P2": other})
    assert [(one.project, one.presence) for one in compare(run(), new).projects] == [("P2", Presence.ADDED)]
    assert [(one.project, one.presence) for one in compare(new, run()).projects] == [("P2", Presence.GONE)]
    assert [one.presence for one in compare(run(), replace(run(), results={})).rows] == [Presence.GONE]


def test_the_change_of_a_total_is_exact() -> None:
    found = compare(run(), run(total={**TOTAL, "总分": "94.60", "最低": "94.60", "最高": "94.60"})).projects
    assert [one.difference for one in found] == [Decimal("0.10")]
    open_ = compare(run(), run(total={**TOTAL, "总分": "", "等级": "待定"})).projects
    assert [one.difference for one in open_] == [None]


def test_files_that_changed_came_or_went_are_said() -> None:
    new = replace(run(), inputs={"g": "1"}, rules={"r": "2"}, versions={"selfeval": "2"})
    found = compare(run(), new)
    assert [(one.path, one.presence) for one in found.inputs] == [("f", Presence.GONE), ("g", Presence.ADDED)]
    assert [(one.path, one.presence) for one in found.rules] == [("r", Presence.CHANGED)]
    assert list(map(str, found.versions)) == ["selfeval：1 → 2"]


def test_problems_are_counted_as_often_as_they_stand() -> None:
    found = compare(run(problems=(PROBLEM,)), run(problems=(PROBLEM, PROBLEM)))
    assert (len(found.problems_added), len(found.problems_gone)) == (1, 0)
