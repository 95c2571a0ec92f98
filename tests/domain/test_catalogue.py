"""Every problem that scoring can report is provoked here once, by the smallest case; none is left out."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from selfeval.domain.catalogue import CATALOGUE
from selfeval.domain.catalogue.document import ENTRIES
from selfeval.domain.catalogue.entry import ProblemText, entries
from selfeval.domain.catalogue.scoring import SCORING
from selfeval.domain.options import Proof
from selfeval.domain.problems import Place, Severity, problem, worst_first
from selfeval.domain.rulebook import Override, Passed, Plausible, When
from selfeval.domain.rulebook.execution import ExecutionAttention
from tests.domain.build import CONTENT, MET, Percent, Project, Result, Row, Unread, evaluate
from tests.domain.rules import AT, RECOGNISE, entry, kind_rule, rulebook_2024

DONE = Row("≥1次", 1.0)


def of(*rows: Row) -> Result:
    return evaluate([Project([*rows, MET, CONTENT])])


def judged(score: float | None, reason: str | None = "按评审意见") -> Result:
    return of(Row("由评审打分", judged=score, reason=reason, kind="judged"))


def money(**changes: object) -> Result:
    return evaluate([Project([DONE, MET, CONTENT], **changes)])  # type: ignore[arg-type]


def flagged_rate() -> Result:
    rulebook = rulebook_2024()
    attention = ExecutionAttention(flag_below=Fraction(9, 10))
    flagging = replace(rulebook, execution=replace(rulebook.execution, attention=attention))
    return evaluate([Project([DONE, MET, CONTENT], executed=80.0, payments=(8.0,) * 10 + (0.0, 0.0))], flagging)


def two_rules() -> Result:
    rulebook = rulebook_2024(recognise=(*RECOGNISE, entry("other", "at_most", symbols=("≥",))))
    return evaluate([Project([DONE, MET, CONTENT])], rulebook)


def counted_as_zero() -> Result:
    rule = kind_rule("at_least", "ratio", when=When(actual_missing="zero"))
    return evaluate([Project([Row("≥1次"), MET, CONTENT])], rulebook_2024(kinds={"at_least": rule}))


def without_evidence(kept: Fraction | None) -> Result:
    rule = kind_rule("at_least", "ratio", when=When(evidence_missing=Proof(kept)))
    return evaluate([Project([DONE, MET, CONTENT])], rulebook_2024(kinds={"at_least": rule}))


def target_of_zero() -> Result:
    rule = kind_rule("at_least", "ratio", when=When(target_zero="ask"))
    return evaluate([Project([Row("≥0次", 1.0), MET, CONTENT])], rulebook_2024(kinds={"at_least": rule}))


def a_rate_of_something_else() -> Result:
    rulebook = rulebook_2024(kinds={"at_least": kind_rule("at_least", "rate")})
    return evaluate([Project([DONE, MET, CONTENT])], rulebook)


def a_kind_without_a_rule() -> Result:
    rulebook = rulebook_2024()
    kinds = {name: rule for name, rule in rulebook.kinds.items() if name != "exactly"}
    return evaluate([Project([Row("26次", 26.0), MET, CONTENT])], replace(rulebook, kinds=kinds))


def left_out_of_the_form() -> Result:
    rulebook = replace(rulebook_2024(), not_applicable="whole_form")
    return evaluate([Project([Row("持续提升", level="达成"), Row("不涉及"), MET, CONTENT])], rulebook)


def points_of_an_empty_section() -> Result:
    rulebook = rulebook_2024()
    *others, last = rulebook.sections
    sections = (*others, replace(last, if_empty=(Passed("benefit", 1000),)))
    rows = [Row("持续提升", level="达成"), MET]
    return evaluate([Project(rows)], replace(rulebook, sections=sections))


def signed() -> Result:
    growth = Plausible(id="growth", names=("增长",), negative=True, sources=(), origin=AT)
    rulebook = replace(rulebook_2024(), plausible=(growth,))
    return evaluate([Project([Row("≥1次", -1.0, level3="增长"), MET, CONTENT])], rulebook)


def rate_above_the_whole() -> Result:
    rates = Plausible(id="rates", names=("合格率",), highest=Fraction(1), sources=(), origin=AT)
    rulebook = replace(rulebook_2024(), plausible=(rates,))
    return evaluate([Project([Row("≥95%", "120%", level3="合格率"), MET, CONTENT])], rulebook)


def read_by_its_name() -> Result:
    turned = replace(entry("by_name", "at_most", shape="bare_number"), names=("指标",), said="由名称判断", look=True)
    return evaluate(
        [Project([Row("5%", Percent(0.03), level3="受害指标"), MET, CONTENT])],
        rulebook_2024(recognise=(*RECOGNISE, turned)),
    )


def overridden(printed: str) -> Result:
    made = Override(indicator="P1-01", kind="at_least", target="≥1次", printed=printed, because="批复", origin=AT)
    return evaluate([Project([DONE, MET, CONTENT])], replace(rulebook_2024(), overrides={"P1-01": made}))


CASES: dict[str, Callable[[], Result]] = {
    "E401": lambda: of(Row("≥1次")),
    "E402": lambda: of(Row("≥1次", "已完成")),
    "E403": lambda: of(Row("≥1次", "约1次")),
    "E404": lambda: of(Row("≥1次", "1人")),
    "E405": lambda: of(Row("≥95%", 0.95)),
    "E406": lambda: of(Row("≥1次", date(2024, 1, 1))),
    "E407": lambda: of(Row("≥1次", Unread("error", "#N/A"))),
    "E436": lambda: of(Row("≥1次", Unread("long", "完成"))),
    "E437": lambda: of(Row("≥1次", Unread("unseen", "7321"))),
    "E439": lambda: of(Row("≥1次", Unread("dropped", "1"))),
    "E438": lambda: of(Row("≥1次", Unread("struck", "17321"))),
    "E440": lambda: of(Row("≥1次", Unread("raised", "151"))),
    "E408": lambda: of(Row("≥1次", "不涉及")),
    "E409": lambda: of(Row("12月底", 45646.0)),
    "E410": lambda: of(Row("12月底", "2月20日")),
    "E411": lambda: of(Row("12月底", "已完成")),
    "E412": lambda: of(Row("12月底", date(1905, 7, 17))),
    "E413": lambda: of(Row("持续提升")),
    "E414": lambda: of(Row("持续提升", level="很好")),
    "E415": lambda: of(Row("持续提升", level="达成", percentage="很多")),
    "E416": lambda: of(Row("持续提升", level="达成", percentage="50%")),
    "E417": lambda: judged(None),
    "E418": lambda: judged(50.01),
    "E419": lambda: judged(40.0, reason=None),
    "E420": lambda: evaluate([Project([Row("月度时序"), MET, CONTENT], payments=(1.0,) * 11)]),
    "E421": lambda: money(full_year=0.0),
    "I570": flagged_rate,
    "E422": lambda: money(executed=-1.0),
    "E423": lambda: money(sent=False),
    "E424": lambda: of(Row("≥1次", 1e300)),
    "E425": lambda: of(Row("≥95%", Percent(95.0))),
    "E426": lambda: of(Row("≥1次", -1.0)),
    "E427": rate_above_the_whole,
    "E428": lambda: of(Row("≤20万元", 200000.0, level2="成本指标")),
    "E429": lambda: of(Row("≥90分", 0.92)),
    "E434": lambda: of(Row("3毫米", 5.0, level2="质量指标", level3="沉降")),
    "E430": lambda: of(Row("11月15日", "2024年11月")),
    "E431": lambda: of(Row("≥95%", "90%，达标")),
    "E432": lambda: of(Row("持续提升", "未达成", level="达成")),
    "E433": lambda: evaluate([Project([DONE, MET, CONTENT], full_year=200000.0, budget=20.0)]),
    "E435": lambda: of(Row("≥4.5分", 95.0)),
    "I401": lambda: of(Row("≥95%", "≥95%")),
    "W403": lambda: of(Row("12月底", date(2023, 12, 31))),
    "W401": signed,
    "W402": lambda: money(payments=(-1.0, *(0.0,) * 11)),
    "E451": lambda: without_evidence(None),
    "W551": lambda: without_evidence(Fraction(0)),
    "W552": lambda: of(replace(DONE, standard="少一次扣1分")),
    "E501": lambda: of(Row("无法识别")),
    "E502": two_rules,
    "E503": lambda: of(Row("≥5900人/年/元")),
    "E504": lambda: of(Row("≥-5%")),
    "E505": lambda: of(Row("")),
    "E506": lambda: of(Row("≥1次", kind="大于")),
    "E507": lambda: of(Row("≥1次", 1.0, level1="综合指标")),
    "E508": lambda: of(Row("≥1次", 1.0, points=49.99)),
    "E509": lambda: of(Row("≥1次", 1.0, points=20), Row("≥1次", 1.0)),
    "E510": lambda: of(Row("≥100次", 90.0)),
    "E511": lambda: of(Row("≥100次", 130.0)),
    "E512": lambda: money(executed=100.01),
    "E513": lambda: evaluate([Project([])]),
    "E514": target_of_zero,
    "W501": lambda: evaluate([Project([DONE, MET])]),
    "W502": lambda: evaluate([Project([Row("月度时序"), MET, CONTENT], plan=(0.25, 0.5, 0.9, None))]),
    "E442": lambda: money(sources={"executed.granted": 60.0, "executed.carried": 30.0}),
    "I420": lambda: money(payments=(100.0, *(None,) * 11)),
    "W509": lambda: of(Row("≥2次", 1.0, reason="人手不足")),
    "W508": lambda: of(Row("≥1次", "1次", level="未达成")),
    "W503": lambda: money(executed=90.0),
    "W504": lambda: of(Row("≥0次", 1.0)),
    "W505": counted_as_zero,
    "W506": left_out_of_the_form,
    "W507": points_of_an_empty_section,
    "E515": a_rate_of_something_else,
    "E516": a_kind_without_a_rule,
    "E517": lambda: overridden("别的：≥5次"),
    "E518": lambda: of(Row("≥1次", kind="反向")),
    "I505": lambda: overridden(""),
    "I501": lambda: of(Row("≥100次", 120.0)),
    "I502": lambda: of(Row("100次", 101.0)),
    "I504": read_by_its_name,
    "I503": lambda: of(Row("＞100次", 100.0)),
}


"""The line to paste into the rulebook, which has braces of its own."""


@pytest.mark.parametrize("code", CASES)
def test_each_code_is_provoked_by_its_case(code: str) -> None:
    found = [one for one in CASES[code]().scored.problems if one.code == code]
    assert len(found) == 1
    one = found[0]
    assert one.place.project == "P1"
    for text in (one.message, one.remedy):
        assert not re.search(r"\{\w*\}", text)  # a fact that was not filled in
        assert "nan" not in text.lower()


BESIDES: dict[str, set[str]] = {
    "E507": {"W501"},  # no other row is left in its section
    "W401": {"E510"},
    "W402": {"W503"},
    "W505": {"E510"},
    "W551": {"E510"},
}


@pytest.mark.parametrize("code", CASES)
def test_each_case_provokes_nothing_else_that_is_wrong(code: str) -> None:
    found = {one.code for one in CASES[code]().scored.problems if one.severity is not Severity.INFO}
    assert found - {code} == BESIDES.get(code, set())


def test_no_code_of_scoring_is_left_without_a_case() -> None:
    assert set(SCORING) - set(CASES) == set()


@pytest.mark.parametrize("code", sorted(ENTRIES))
def test_an_entry_is_complete(code: str) -> None:
    entry_ = ENTRIES[code]
    assert code[0] in "EWI"
    assert len(code) == 4
    assert code[1:].isdigit()
    assert entry_.title
    assert entry_.message
    assert entry_.remedy
    assert not entry_.title.endswith("。")
    for template in (entry_.message, entry_.remedy):
        names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
        assert all(name.isidentifier() for name in names)


def test_the_letter_is_the_severity() -> None:
    severities = [problem(code, Place(), **_facts(code)).severity for code in ("E504", "W504", "I503")]
    assert severities == [Severity.ERROR, Severity.WARNING, Severity.INFO]


def test_problems_come_worst_first_then_by_place_without_repeats() -> None:
    note, error = (problem(code, Place("P2"), **_facts(code)) for code in ("I503", "E504"))
    earlier = problem("E504", Place("P1"), **_facts("E504"))
    assert worst_first([note, error, earlier, error]) == (earlier, error, note)


def test_an_unknown_code_and_a_missing_fact_are_bugs() -> None:
    with pytest.raises(KeyError):
        problem("E999", Place())
    with pytest.raises(KeyError):
        problem("E504", Place())


def _facts(code: str) -> dict[str, str]:
    templates = CATALOGUE[code].message + CATALOGUE[code].remedy
    return {name: "某" for _, name, _, _ in string.Formatter().parse(templates) if name}


def test_an_entry_without_its_cure_is_a_bug() -> None:
    assert entries("E999 错\n哪里错\n怎么改") == {"E999": ProblemText("错", "哪里错", "怎么改")}
    with pytest.raises(ValueError, match="shorter"):
        entries("E999 错\n哪里错")
