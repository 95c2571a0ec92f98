"""What would lift a project's grade, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

from selfeval.domain.case import cases
from selfeval.domain.lifting.goal import Goal, read_goal
from selfeval.domain.lifting.lift import MOST_COMBINATIONS, Alone, End, Lift, Loss, Together, lift
from selfeval.domain.lifting.subject import extra_kind
from selfeval.domain.lifting.ways import Value
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import ScoredRow
from selfeval.domain.totals import grade_of
from selfeval.runs.inputs import Inputs

Parts = dict[str, tuple[str, ...]]  # lines under what they are about

TRUE_VALUES = "本查询只用于了解失分原因；填报的数值必须是真实完成情况，不得为提高得分而改动。"
_ENDS = {"": "", "all": "待补充的指标全得满分时", "none": "待补充的指标全不得分时"}


@dataclass(frozen=True)
class Lifted:
    """A title, named parts of lines, and the same as plain values for JSON."""

    title: str
    parts: Parts
    facts: Mapping[str, Any]


def goals_of(rulebook: Rulebook) -> str:
    """What may be asked for, in words: 优（90.00分）、良（80.00分）……，或者分数."""
    grades = "、".join(f"{grade.label}（{rulebook.rounding.show(grade.lowest)}分）" for grade in rulebook.grades)
    return f"等级：{grades}；或者分数，如85"


def lifted(inputs: Inputs, project: str, need: str) -> Lifted | None:
    """What would lift a project of the targets (its code); None where ``need`` names no goal."""
    goal = read_goal(need, inputs.rulebook)
    if goal is None:
        return None
    cut = inputs.only([project])
    (case,) = cases(cut.targets, cut.reported)
    return _Telling(lift(case, inputs.rulebook, goal), inputs.rulebook).told()


class _Telling:
    """One answer in words."""

    def __init__(self, found: Lift, rulebook: Rulebook) -> None:
        self._found, self._rulebook = found, rulebook
        self._case = found.scored.case

    def told(self) -> Lifted:
        found, case = self._found, self._case
        title = f"{case.code}  {case.project.name}：达到{self._goal(found.goal)}还差什么"
        parts: Parts = {"现在": (*self._now(), TRUE_VALUES)}
        if found.open_rows:
            parts["待补充"] = tuple(self._open())
        heading = "失分（从多到少）"
        lines = tuple(line for at in range(len(found.losses)) for line in self._loss(at))
        parts[heading] = lines or ("没有失分。",)
        for end in found.ends:
            lines = tuple(self._together(end))
            if lines:
                parts[f"{_ENDS[end.open]}，几项一起" if end.open else "几项一起"] = lines
        return Lifted(title, parts, _facts(found, self._rulebook))

    def _show(self, points: int) -> str:
        return f"{self._rulebook.rounding.show(points)}分"

    def _goal(self, goal: Goal) -> str:
        return f"“{goal.grade}”（{self._show(goal.points)}）" if goal.grade else self._show(goal.points)

    def _now(self) -> Iterator[str]:
        found, goal = self._found, self._found.goal
        for end in found.ends:
            lead = f"{_ENDS[end.open]}，" if end.open else ""
            grade = f"等级“{grade_of(end.total, self._rulebook)}”"
            short = goal.points - end.total
            state = f"还差{self._show(short)}" if short > 0 else f"已达到{self._goal(goal)}，高出{self._show(-short)}"
            yield f"{lead}总分{self._show(end.total)}，{grade}；{state}。"
            if short > 0 and end.most < goal.points:
                yield f"{lead}无法达到：下列失分全部补回，总分为{self._show(end.most)}。"

    def _open(self) -> Iterator[str]:
        rows = self._found.open_rows
        worth = sum(row.worth for row in rows)
        yield f"{len(rows)}项还不能评分，共{self._show(worth)}；请先补充齐全，再查询差多少："
        yield from (f"  {self._name(row)}：{row.sentence}" for row in rows)

    def _name(self, row: ScoredRow) -> str:
        number = row.indicator.removeprefix(f"{self._case.code}-")
        return row.level3 if row.is_execution else f"{row.level3}（{number}）"

    def _names(self, loss: Loss) -> str:
        return "、".join(self._name(row) for row in loss.rows)

    def _loss(self, at: int) -> Iterator[str]:
        loss = self._found.losses[at]
        row = loss.row
        yield f"{at + 1}. {self._names(loss)}：{self._lost(loss)}"
        if row.is_execution:
            amounts = (self._found.scored.funds.full_year, self._found.scored.funds.executed)
            budget, spent = ("（没有）" if isnan(amount) else f"{show_number(amount)}万元" for amount in amounts)
            yield f"   全年预算数{budget}，全年执行数{spent}"
        else:
            yield f"   指标值{row.target}，实际完成值{row.actual_words or '（没有）'}"
        if loss.full is not None and loss.lost:
            reached = self._lost_none(loss)
            yield f"   {reached}：{loss.full.words}"
        if loss.most is None:
            yield "   填报什么数值都不改变本项得分。"
        for end in self._found.ends:
            if end.total < self._found.goal.points:
                yield f"   {_ENDS[end.open]}{'，' if end.open else ''}{self._alone(loss, end.alone[at])}"

    def _lost(self, loss: Loss) -> str:
        extra = extra_kind(loss.row, self._rulebook)
        score, worth = loss.score, self._show(loss.worth)
        if extra == "deduction":
            return f"扣{self._show(-score)}（最多扣{worth}）"
        if extra == "bonus":
            return f"加{self._show(score)}（最多加{worth}），还可加{self._show(loss.lost)}"
        if not loss.lost:
            return f"得{self._show(score)}（分值{worth}），没有失分；不封顶，还可以更高"
        return f"得{self._show(score)}（满分{worth}），失{self._show(loss.lost)}"

    def _lost_none(self, loss: Loss) -> str:
        assert loss.full is not None
        if loss.full.score - loss.score < loss.lost:
            return f"最多得{self._show(loss.full.score)}"
        return {"deduction": "不扣分", "bonus": "加满"}.get(extra_kind(loss.row, self._rulebook), "得满分")

    def _alone(self, loss: Loss, alone: Alone) -> str:
        if alone.values:
            values = "；或者".join(self._price(value) for value in alone.values)
            return f"单独达到即可：{values}。总分达到{self._show(alone.total)}"
        short = self._found.goal.points - alone.total
        if loss.most is None or short <= 0:
            return "单独不足"
        return f"单独不足：补回后总分{self._show(alone.total)}，还差{self._show(short)}"

    def _price(self, value: Value) -> str:
        return f"{value.words}（本项得{self._show(value.score)}）"

    def _together(self, end: End) -> Iterator[str]:
        if not end.together:
            return
        count = len(end.together[0].parts)
        yield f"仅一项不足，至少需要{count}项。先列可补回分数多的，最多列{MOST_COMBINATIONS}种："
        for number, one in enumerate(end.together, start=1):
            yield f"{number}. 总分{self._show(one.total)}："
            yield from (f"   {self._part(at, value)}" for at, value in one.parts)

    def _part(self, at: int, value: Value) -> str:
        return f"{self._names(self._found.losses[at])}：{self._price(value)}"


def _facts(found: Lift, rulebook: Rulebook) -> dict[str, Any]:
    """The answer as plain values; points are numbers of points."""
    total = found.scored.total
    return {
        "project": found.scored.case.code,
        "name": found.scored.case.project.name,
        "need": {"grade": found.goal.grade, "points": _points(found.goal.points)},
        "total": None if total.total is None else _points(total.total),
        "grade": total.grade,
        "note": TRUE_VALUES,
        "open": [{"indicator": row.indicator, "points": _points(row.worth)} for row in found.open_rows],
        "ends": [_end(end) for end in found.ends],
        "losses": [_loss(loss, at, found) for at, loss in enumerate(found.losses)],
        "rulebook": rulebook.id,
    }


def _points(hundredths: int) -> float:
    return float(in_points(hundredths))


def _end(end: End) -> dict[str, Any]:
    return {
        "open_rows": end.open,
        "total": _points(end.total),
        "most": _points(end.most),
        "together": [_combination(one) for one in end.together],
    }


def _combination(one: Together) -> dict[str, Any]:
    return {"total": _points(one.total), "parts": [{"loss": at, **_value(value)} for at, value in one.parts]}


def _loss(loss: Loss, at: int, found: Lift) -> dict[str, Any]:
    row = loss.row
    return {
        "indicators": [one.indicator for one in loss.rows],
        "name": row.level3,
        "target": row.target,
        "actual": row.actual,
        "points": _points(loss.worth),
        "score": _points(loss.score),
        "lost": _points(loss.lost),
        "full": None if loss.full is None else _value(loss.full),
        "alone": [
            {
                "open_rows": end.open,
                "enough": bool(end.alone[at].values),
                "total": _points(end.alone[at].total),
                "values": [_value(value) for value in end.alone[at].values],
            }
            for end in found.ends
            if end.total < found.goal.points
        ],
    }


def _value(value: Value) -> dict[str, Any]:
    """A value; numbers as texts, so that they stay exact."""
    numbers = (value.number, value.until)
    shown = [None if number is None else show_number(number) for number in numbers]
    return {
        "words": value.words,
        "side": value.side,
        "number": shown[0],
        "until": shown[1],
        "score": _points(value.score),
    }
