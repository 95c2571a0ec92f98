"""Two runs compared: data and rules kept apart, row by row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from selfeval.domain.difference.differ import Cause, PastRun, Presence, Record, RowChange, differ

ROW = {
    "project": "P1",
    "name": "项目",
    "indicator": "P1-01",
    "level3": "次数",
    "kind": "at_least",
    "target": "≥10次",
    "actual": "9次",
    "points": "50.00",
    "score": "45.00",
    "state": "scored",
    "rule": "at_least_sign",
}
TOTAL = {
    "project": "P1",
    "name": "项目",
    "full_year": "20",
    "executed": "19",
    "total": "94.50",
    "lowest": "94.50",
    "highest": "94.50",
    "grade": "优",
    "state": "scored",
}
PROBLEM = {"code": "E510", "project": "P1", "indicator": "P1-01", "message": "没有填写偏差原因"}


def run(row: Record = ROW, total: Record = TOTAL, problems: tuple[Record, ...] = (PROBLEM,)) -> PastRun:
    key = (row["project"], row["indicator"])
    return PastRun("a", 2024, "2024", {"r": "1"}, {"f": "1"}, {"selfeval": "1"}, {key: row}, {"P1": total}, problems)


def only(old: PastRun, new: PastRun) -> RowChange:
    rows = differ(old, new).rows
    assert len(rows) == 1
    return rows[0]


def test_two_runs_that_are_alike_have_no_difference() -> None:
    assert differ(run(), run()).is_empty


def test_a_changed_actual_is_a_change_of_data() -> None:
    found = only(run(), run({**ROW, "actual": "10次", "score": "50.00"}))
    assert found.cause is Cause.DATA
    assert list(map(str, found.data)) == ["实际完成值：9次 → 10次"]
    assert list(map(str, found.result)) == ["得分：45.00 → 50.00"]
    assert not found.rules


def test_a_changed_rule_is_a_change_of_rules() -> None:
    found = only(run(), run({**ROW, "kind": "exactly", "rule": "bare_count"}))
    assert found.cause is Cause.RULES
    assert "类型：≥ → =" in map(str, found.rules)


def test_both_are_named_as_both() -> None:
    assert only(run(), run({**ROW, "points": "40.00", "actual": "8次"})).cause is Cause.BOTH


def test_a_score_that_moved_with_the_rule_file_alone_is_laid_to_the_rules() -> None:
    new = replace(run({**ROW, "score": "40.00"}), rules={"r": "2"})
    assert only(run(), new).cause is Cause.RULES
    assert only(run(), replace(new, rules={"r": "1"}, versions={"selfeval": "2"})).cause is Cause.OTHER
    assert only(run(), replace(new, rules={"r": "1"})).cause is Cause.DATA


def test_the_money_behind_an_execution_rate_is_its_data() -> None:
    row = {**ROW, "indicator": "预算执行率", "kind": "execution", "target": "", "actual": "19"}
    found = only(run(row), run({**row, "score": "9.00"}, {**TOTAL, "full_year": "22"}))
    assert found.cause is Cause.DATA
    assert list(map(str, found.data)) == ["全年预算数：20 → 22"]


def test_a_state_is_told_by_its_word() -> None:
    found = only(run(), run({**ROW, "score": "", "state": "ask"}))
    assert list(map(str, found.result)) == ["得分：45.00 → （空）", "状态：已评分 → 待补充"]


def test_projects_that_came_or_went_are_said() -> None:
    other = {**TOTAL, "project": "P2"}
    new = replace(run(), projects={"P1": TOTAL, "P2": other})
    assert [(one.project, one.presence) for one in differ(run(), new).projects] == [("P2", Presence.ADDED)]
    assert [(one.project, one.presence) for one in differ(new, run()).projects] == [("P2", Presence.GONE)]
    assert [one.presence for one in differ(run(), replace(run(), results={})).rows] == [Presence.GONE]


def test_the_change_of_a_total_is_exact() -> None:
    found = differ(run(), run(total={**TOTAL, "total": "94.60", "lowest": "94.60", "highest": "94.60"})).projects
    assert [one.difference for one in found] == [Decimal("0.10")]
    open_ = differ(run(), run(total={**TOTAL, "total": "", "grade": "待定"})).projects
    assert [one.difference for one in open_] == [None]


def test_files_that_changed_came_or_went_are_said() -> None:
    new = replace(run(), inputs={"g": "1"}, rules={"r": "2"}, versions={"selfeval": "2"})
    found = differ(run(), new)
    assert [(one.path, one.presence) for one in found.inputs] == [("f", Presence.GONE), ("g", Presence.ADDED)]
    assert [(one.path, one.presence) for one in found.rules] == [("r", Presence.CHANGED)]
    assert list(map(str, found.versions)) == ["selfeval：1 → 2"]


def test_problems_are_counted_as_often_as_they_stand() -> None:
    found = differ(run(problems=(PROBLEM,)), run(problems=(PROBLEM, PROBLEM)))
    assert (len(found.problems_added), len(found.problems_gone)) == (1, 0)
