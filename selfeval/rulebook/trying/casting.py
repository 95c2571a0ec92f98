"""Casting: whether a file of cases fits its rulebook, as far as that shows without scoring."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from selfeval.domain.catalogue import CATALOGUE
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.recognise import BY_TABLE, OVERRIDE
from selfeval.domain.reported import CATEGORIES
from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.shelf import rule_name
from selfeval.rulebook.text.nodes import Scalar, at_value, line_of
from selfeval.rulebook.text.reading import read
from selfeval.rulebook.text.suggesting import nearest
from selfeval.rulebook.trying.cases import DATE, RuleCase, cases_path, read_cases, small_project

_EXPECTED = ("name", "place", "kind", "rule", "score", "status", "problem", "grade")


def fitting_cases(path: Path, root: Path, rulebook: Rulebook) -> tuple[tuple[RuleCase, ...], int, tuple[Problem, ...]]:
    """The cases beside a rule file and their year, or what keeps them from being run for its rulebook."""
    beside, year = cases_path(path), rulebook.in_force.start
    written, problems = read_cases(beside, root)
    document = read(beside, rule_name(beside, root)).root
    if written is None or document is None or problems:
        return (), year, problems
    whole = path.relative_to(root / "rules").with_suffix("").as_posix() if path.is_relative_to(root / "rules") else ""
    if written.rulebook not in {rulebook.id, whole}:
        facts = {"found": written.rulebook, "expected": rulebook.id}
        return (), year, (problem("E237", at_value(document, "rulebook"), **facts),)
    if written.year is not None and not rulebook.in_force.covers(written.year):
        outside = {"year": written.year, "rulebook": rulebook.id, "span": rulebook.in_force.span}
        return (), year, (problem("E263", at_value(document, "year"), **outside),)
    return written.cases, written.year or year, ()


def doubtful_cases(path: Path, root: Path, rulebook: Rulebook) -> Iterator[Problem]:
    """What is wrong with the cases beside a rule file, as far as that shows without scoring one."""
    beside = cases_path(path)
    if not beside.is_file():
        return
    yield from read(beside, rule_name(beside, root)).doubts
    cases, _, problems = fitting_cases(path, root, rulebook)
    yield from problems
    first: dict[str, RuleCase] = {}
    names: dict[str, RuleCase] = {}
    for i, case in enumerate(cases):
        same = first.setdefault(_given(case), case)
        again = [] if same is case else [f"给出的内容与第{line_of(same.place)}行的用例相同，请删去一条"]
        namesake = names.setdefault(case.name, case)
        if namesake is not case and not again:
            yield problem("W248", case.place, name=case.name, line=line_of(namesake.place))
        for what in (*again, *_unfit(i, case, rulebook)):
            yield problem("E236", case.place, name=case.name, what=what)


def _unfit(i: int, case: RuleCase, rulebook: Rulebook) -> Iterator[str]:
    """What a case says that its rulebook cannot give."""
    if case.total is None and (fault := small_project(i, case, rulebook).fault):
        yield fault
    sets = [rulebook.levels, *(rule.own_levels for _, rule in rulebook.rules)]
    levels = [word for levels in sets for level in levels for word in (level.label, *level.words)]
    named = [*rulebook.overrides, *(name for _, rule in rulebook.rules for name in rule.indicators)]
    read_by = [
        *(entry.id for entry in rulebook.recognise),
        *(f"{OVERRIDE}{name}" for name in rulebook.overrides),
        BY_TABLE,
    ]
    known: tuple[tuple[str, str, str, Collection[str]], ...] = (
        ("grade", "等级", case.grade, [grade.label for grade in rulebook.grades]),
        ("level", "档次", case.level if case.score is not None else "", levels),
        ("rule", "识别规则", case.rule, [*read_by, BY_TABLE]),
        ("problem", "问题代码", case.problem, CATALOGUE),
        ("indicator", "单独指定的指标（overrides、variants 的 indicators）", case.indicator, named),
    )
    for key, what, said, names in known:
        if said and said not in names:
            yield f"{key} 写的是“{said}”，没有这个{what}{nearest(said, names)}"
    if case.category not in CATEGORIES and (near := nearest(case.category, CATEGORIES)):
        yield f"category 写的是“{case.category}”，填报表没有这种偏差类别{near}"
    names = {key: getattr(case, key) for key in ("indicator", "level1", "level2", "level3")}
    rule = rulebook.rule_for(case.kind or "", **names)
    if case.score is not None and rule is not None and case.score > case.points and not rule.uncapped:
        yield f"应得分（score）{show_points(case.score)}高于分值{show_points(case.points)}"
    actual = case.actual
    if actual is not None and actual.plain and DATE.fullmatch(actual.text) and not _is_day(actual.text):
        yield f"actual 写的“{actual.text}”不是日期"


def _given(case: RuleCase) -> str:
    """All that a case gives, as one text: what it expects is not among it."""
    given = {key: value for key, value in vars(case).items() if key not in _EXPECTED}
    return str({key: (value.text, value.plain) if isinstance(value, Scalar) else value for key, value in given.items()})


def _is_day(text: str) -> bool:
    try:
        date(*map(int, text.split("-")))
    except ValueError:
        return False
    return True
