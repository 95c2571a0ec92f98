"""The heart: ``score(targets, reported, rulebook) -> Scored``. Pure; every fault of the data is a problem."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd

from selfeval.domain.checks import Facts, run_checks
from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.reading.recognise import recognise_targets
from selfeval.domain.reported import Reported
from selfeval.domain.rounding import half_up
from selfeval.domain.rulebook import KindRule, Rulebook
from selfeval.domain.scored import EXECUTION, INDICATOR_SCORES, Scored, State
from selfeval.domain.scoring.allocation import Allocation, allocate
from selfeval.domain.scoring.answers import Answers, Outcome, answer_all, check_judgements
from selfeval.domain.scoring.attention import Flaggable, completion_of, flags
from selfeval.domain.scoring.execution import score_execution
from selfeval.domain.scoring.funds import ProjectFunds, missing_months, read_funds, schedules
from selfeval.domain.scoring.measuring import Gathered, Measured, measure_all
from selfeval.domain.scoring.sentences import explain_score, schedule_actual
from selfeval.domain.scoring.totals import total_up
from selfeval.domain.targets import Targets

NO_FORM = "E301"
"""The code with which a form reader has already said that a project sent nothing."""


def score(targets: Targets, reported: Reported, rulebook: Rulebook) -> Scored:
    """Score a year: every indicator and the execution of every project, by the rulebook.

    Returns one row an indicator in document order, the execution row first in each project; totals by project; the
    months; and all problems, those of ``reported`` included, worst first.
    """
    readings, problems = recognise_targets(targets, rulebook)
    rows = _rows(targets, readings)
    rules = _rules(rows, rulebook)
    funds, fund_problems = read_funds(targets, reported)
    answers = Answers(reported)
    silent = {one.project for one in funds.values() if not one.sent}
    outcomes, answer_problems = answer_all(rows, rules, answers, rulebook, targets.year, silent)
    outcomes, schedule_problems = _ask_for_months(rows, outcomes, funds)
    states = [one.state for one in outcomes]
    shared, share_problems = allocate(rows, states, rulebook, targets.projects["project"].tolist(), targets.file)
    outcomes, judged_problems = check_judgements(outcomes, rows, shared.points, answers)
    outcomes = [
        replace(one, state=State.ERROR) if faulty else one for one, faulty in zip(outcomes, shared.faulty, strict=True)
    ]
    measured = _measure(rows, rules, outcomes, shared, funds, rulebook)
    found = [
        *problems,
        *fund_problems,
        *answer_problems,
        *schedule_problems,
        *share_problems,
        *judged_problems,
        *_nothing_sent(targets, silent, reported),
        *_assumed_plans(rows, funds, targets),
    ]
    assembler = _Assembler(rows, rules, outcomes, shared, measured, funds, answers, rulebook, targets.year)
    scores = assembler.table(targets)
    projects = total_up(targets, scores, funds, rulebook)
    doubts = run_checks(Facts(targets, reported, scores, projects), rulebook.checks)
    all_problems = worst_first([*reported.problems, *found, *assembler.problems, *doubts])
    return Scored(targets.year, scores, projects, schedules(funds), all_problems)


def _rows(targets: Targets, readings: pd.DataFrame) -> pd.DataFrame:
    """Indicators with their readings beside them, in document order."""
    plain = targets.indicators.drop(columns=["kind"]).reset_index(drop=True)
    return pd.concat([plain, readings.drop(columns=["indicator"])], axis=1)


_TELLING = ["kind", "indicator", "level1", "level2", "level3", "target_unit"]


def _rules(rows: pd.DataFrame, rulebook: Rulebook) -> list[KindRule | None]:
    """The rule of each row: of a variant of its kind, or of the kind; None where no kind was recognised."""
    if not rulebook.variants:
        return [rulebook.kinds.get(kind) for kind in rows["kind"].tolist()]
    return [
        rulebook.rule_for(kind, indicator=indicator, level1=level1, level2=level2, level3=level3, unit=unit)
        for kind, indicator, level1, level2, level3, unit in rows[_TELLING].itertuples(index=False, name=None)
    ]


def _ask_for_months(
    rows: pd.DataFrame, outcomes: list[Outcome], funds: dict[str, ProjectFunds]
) -> tuple[list[Outcome], list[Problem]]:
    """月度时序 rows whose months or budget cannot be used are asked for."""
    checked = list(outcomes)
    problems: list[Problem] = []
    for i in np.flatnonzero((rows["kind"] == "monthly_schedule").to_numpy()):
        project, indicator = str(rows["project"].iloc[i]), str(rows["indicator"].iloc[i])
        money = funds[project]
        if money.schedule_known:
            checked[i] = replace(checked[i], shown=schedule_actual(money))
            continue
        checked[i] = replace(checked[i], state=State.ASK)
        months = missing_months(money)
        if money.sent and months:
            at = money.first_open_month
            place = Place(project, indicator, at.file, at.sheet, at.cell)
            problems.append(problem("E420", place, months=months))
    return checked, problems


def _nothing_sent(targets: Targets, silent: set[str], reported: Reported) -> list[Problem]:
    """A project with no data at all is said once, unless the reader of forms has said so."""
    said = {one.place.project for one in reported.problems if one.code == NO_FORM}
    names = targets.projects[["project", "name"]].itertuples(index=False, name=None)
    return [
        problem("E423", Place(str(project)), name=name)
        for project, name in names
        if project in silent and project not in said
    ]


def _assumed_plans(rows: pd.DataFrame, funds: dict[str, ProjectFunds], targets: Targets) -> list[Problem]:
    """A blank 12月底 that counts as 100% is said wherever it decides a score."""
    scheduled = rows.loc[rows["kind"] == "monthly_schedule", ["project", "indicator"]]
    return [
        problem("W502", Place(str(project), str(indicator), targets.file, "资金计划"))
        for project, indicator in scheduled.itertuples(index=False, name=None)
        if np.isnan(funds[str(project)].plan[-1])
    ]


def _measure(
    rows: pd.DataFrame,
    rules: list[KindRule | None],
    outcomes: list[Outcome],
    shared: Allocation,
    funds: dict[str, ProjectFunds],
    rulebook: Rulebook,
) -> Measured:
    """Measure what can be measured, then put in the shares that a ``when`` rule gives."""
    defaults = {one.label: one.default for one in rulebook.levels}
    gathered = Gathered(
        rules,
        np.array([one.value for one in outcomes], dtype=np.float64),
        rows["target_value"].to_numpy(dtype=np.float64),
        rows["target_upper"].to_numpy(dtype=np.float64),
        np.array(shared.points, dtype=np.int64),
        [None if one.given or not one.level else defaults[one.level] for one in outcomes],
        [funds[project] for project in rows["project"].tolist()],
    )
    ready = np.array([one.state is State.SCORED and one.forced is None for one in outcomes], dtype=np.bool_)
    measured = measure_all(gathered, ready)
    for i, outcome in enumerate(outcomes):
        if outcome.state is State.SCORED and outcome.forced is not None:
            measured.measure[i] = measured.share[i] = outcome.forced
            measured.score[i] = half_up(Fraction(outcome.forced) * shared.points[i])
    return measured


class _Assembler:
    """Puts the rows of the answer together, flags them and writes their sentences."""

    def __init__(
        self,
        rows: pd.DataFrame,
        rules: list[KindRule | None],
        outcomes: list[Outcome],
        shared: Allocation,
        measured: Measured,
        funds: dict[str, ProjectFunds],
        answers: Answers,
        rulebook: Rulebook,
        year: int,
    ) -> None:
        self._rows = rows
        self._rules = rules
        self._outcomes = outcomes
        self._shared = shared
        self._measured = measured
        self._funds = funds
        self._answers = answers
        self._rulebook = rulebook
        self._year = year
        self.problems: list[Problem] = []

    def table(self, targets: Targets) -> pd.DataFrame:
        """INDICATOR_SCORES: the execution row of each project, then its indicators in document order."""
        by_project: dict[str, list[dict[str, object]]] = {}
        names = self._rows.columns.tolist()
        for i, values in enumerate(self._rows.itertuples(index=False, name=None)):
            record = dict(zip(names, values, strict=True))
            by_project.setdefault(str(record["project"]), []).append(self._indicator(i, record))
        rows: list[dict[str, object]] = []
        for project in targets.projects["project"].tolist():
            rows.append(self._execution(project))
            rows.extend(by_project.get(project, []))
        return INDICATOR_SCORES.frame(rows)

    def _execution(self, project: str) -> dict[str, object]:
        money = self._funds[project]
        result, problems = score_execution(money, self._rulebook)
        self.problems.extend(problems)
        cell = money.executed_cell
        return {
            "project": project,
            "indicator": EXECUTION,
            "level1": EXECUTION,
            "level2": EXECUTION,
            "level3": EXECUTION,
            "section": self._rulebook.execution.section,
            "kind": "execution",
            "measure_id": "execution_rate",
            "rule": "execution",
            "target_value": money.full_year,
            "target_unit": "万元",
            "actual": cell.text,
            "actual_value": money.executed,
            "completion": result.rate,
            "measure": result.measure,
            "share": result.share,
            "points": result.points,
            "score": result.score,
            "state": str(result.state),
            "sentence": result.sentence,
            "file": cell.file,
            "sheet": cell.sheet,
            "cell": cell.cell,
        }

    def _indicator(self, i: int, record: dict[str, object]) -> dict[str, object]:
        outcome, points = self._outcomes[i], self._shared.points[i]
        kind, indicator = str(record["kind"]), str(record["indicator"])
        scored = outcome.state is State.SCORED
        state, score = outcome.state, int(self._measured.score[i]) if scored else None
        if score is not None and self._flag(i, record, points, score):
            state = State.ATTENTION
        rule = self._rules[i]
        return {
            **{name: record[name] for name in ("project", "level1", "level2", "level3", "kind", "rule", "target")},
            "indicator": indicator,
            "section": self._shared.sections[i],
            "measure_id": rule.measure if rule is not None and kind != "not_applicable" else "",
            "target_cell": record["cell"],
            "target_value": record["target_value"],
            "target_upper": record["target_upper"],
            "target_unit": record["target_unit"],
            "actual": outcome.shown,
            "actual_value": outcome.value if kind not in _NO_VALUE else float("nan"),
            "actual_level": outcome.level,
            "actual_percentage": outcome.percentage,
            "completion": self._completion(kind, outcome, record),
            "measure": float(self._measured.measure[i]),
            "share": float(self._measured.share[i]),
            "points": points,
            "score": score,
            "state": str(state),
            "sentence": self._sentence(i, record, state, score),
            "reason": self._answers.told_reason(indicator),
            "remedy": self._answers.text(indicator, "remedy"),
            "evidence": self._answers.text(indicator, "evidence"),
            "file": outcome.cell.file,
            "sheet": outcome.cell.sheet,
            "cell": outcome.cell.cell,
        }

    @staticmethod
    def _completion(kind: str, outcome: Outcome, record: dict[str, object]) -> float:
        return completion_of(kind, outcome.value, float(str(record["target_value"])))

    def _flag(self, i: int, record: dict[str, object], points: int, score: int) -> bool:
        outcome, rule = self._outcomes[i], self._rules[i]
        assert rule is not None
        indicator, project = str(record["indicator"]), str(record["project"])
        place = Place(project, indicator, outcome.cell.file, outcome.cell.sheet, outcome.cell.cell)
        at = self._answers.cell(indicator, "reason")
        reason_place = place if not at.file else place.at(file=at.file, sheet=at.sheet, cell=at.cell)
        row = Flaggable(
            place=place,
            kind=str(record["kind"]),
            target_text=str(record["target"]),
            target=float(str(record["target_value"])),
            unit=str(record["target_unit"]),
            actual=outcome.value,
            strict=bool(record["strict"]),
            points=points,
            score=score,
            reason=self._answers.reason(indicator),
            reason_place=reason_place,
            forced=outcome.forced is not None,
            year=self._year,
        )
        flagged, problems = flags(row, rule)
        self.problems.extend(problems)
        return flagged

    def _sentence(self, i: int, record: dict[str, object], state: State, score: int | None) -> str:
        outcome, points = self._outcomes[i], self._shared.points[i]
        if score is None:
            converted = state is State.NOT_APPLICABLE and self._rulebook.not_applicable == "whole_form"
            return _CONVERTED if converted else _UNSCORED[state]
        rule = self._rules[i]
        assert rule is not None
        numbers = (
            float(str(record["target_value"])),
            float(str(record["target_upper"])),
            str(record["target_unit"]),
        )
        because = str(record["because"])
        lead = f"指标值由财务按规则文件指定（{because}）。" if because else ""
        return lead + explain_score(
            rule,
            self._rulebook,
            outcome,
            numbers,
            float(self._measured.measure[i]),
            float(self._measured.share[i]),
            points,
            score,
            self._funds[str(record["project"])],
        )


_NO_VALUE = {"qualitative", "monthly_schedule", "not_applicable", ""}
_CONVERTED = "不涉及，不评分；总分按其余指标的分值折算为百分制。"
_UNSCORED = {
    State.ASK: "填报内容还不能用来评分，待补充后再算，不按零分计。",
    State.NOT_APPLICABLE: "不涉及，不评分；分值已分给同一部分的其他指标。",
    State.ERROR: "指标值或分值有错误，未评分。",
}
