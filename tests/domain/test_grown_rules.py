"""Closed bands, fixed marks, evidence and categories: the engine against a second, simple calculation."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.curves import Above, Step, StepCurve
from selfeval.domain.options import Mark, Proof
from selfeval.domain.rulebook import Deduction, OwnLevel, Rulebook, Variant, When
from selfeval.domain.shares import CategoryCurve
from tests.domain import oracle
from tests.domain.build import CONTENT, MET, Percent, Project, Row, evaluate, evaluate_row
from tests.domain.rules import AT, NO_FLAGS, PROPORTIONAL, kind_rule, rulebook_2024

LOW = "指标值偏低或偏高"
CUT = StepCurve((*PROPORTIONAL.steps, Above(Fraction(13, 10), Fraction(9, 10))))
HUNDREDTHS = st.integers(0, 300).map(lambda one: Fraction(one, 100))
EVIDENCE = st.sampled_from(["", "无", " / ", "暂无", "签到表", "问卷200份"])
CATEGORIES = st.sampled_from(["", LOW, f" {LOW} ", "其他", "自己写的"])


def ruled(proof: Proof | None = None, *others: CategoryCurve) -> Rulebook:
    rule = kind_rule("at_least", "ratio", PROPORTIONAL, when=When(evidence_missing=proof))
    return rulebook_2024(kinds={"at_least": replace(rule, when_category=others)})


@given(HUNDREDTHS, EVIDENCE, CATEGORIES, st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(2, 3)]))
def test_evidence_and_category_decide_as_a_second_calculation_has_it(
    completed: Fraction, evidence: str, category: str, kept: Fraction
) -> None:
    rules = ruled(Proof(kept), CategoryCurve(categories=(LOW,), curve=CUT))
    actual = float(completed * 10)
    row, codes = evaluate_row(Row("≥10次", actual, evidence=evidence, category=category, reason="有"), rules)
    share = min(Fraction(1), completed)
    if category.strip() == LOW and completed > Fraction(13, 10):
        share = Fraction(9, 10)
    expected = oracle.scored(oracle.proven(share, evidence, kept), Decimal(50))
    assert Decimal(int(row["score"])) / 100 == expected
    missing = oracle.proven(Fraction(1), evidence, kept) != 1
    assert ("W551" in codes) == missing
    assert ("没有佐证材料" in str(row["sentence"])) == missing
    if missing:
        assert row["state"] == "attention"


def test_without_evidence_nothing_is_scored_where_it_is_asked_for() -> None:
    row, codes = evaluate_row(Row("≥10次", 12.0, evidence="无"), ruled(Proof(None)))
    assert row["state"] == "ask"
    assert {code for code in codes if code[0] == "E"} == {"E451"}
    proved, _ = evaluate_row(Row("≥10次", 12.0, evidence="签到表"), ruled(Proof(None)))
    assert int(proved["score"]) == 5000


def test_what_a_rule_gives_without_an_actual_needs_no_evidence() -> None:
    rule = kind_rule("at_least", "ratio", when=When(actual_missing="full", evidence_missing=Proof(Fraction(0))))
    row, _ = evaluate_row(Row("≥10次"), rulebook_2024(kinds={"at_least": rule}))
    assert int(row["score"]) == 5000


RATES = st.integers(-200, 500).map(lambda one: Fraction(one, 10))
BANDS = [
    (Fraction(-1), False, Fraction(1)),
    (Fraction(0), True, Fraction(2, 3)),
    (Fraction(1, 10), True, Fraction(1, 3)),
]


@given(RATES)
def test_closed_bands_are_those_of_a_second_calculation(percent: Fraction) -> None:
    steps = [(Above if closed else Step)(bound, share) for bound, closed, share in BANDS]
    rule = kind_rule("at_most", "rate", StepCurve((*steps, Above(Fraction(1, 5), Fraction(0)))))
    row, _ = evaluate_row(
        Row("≤5%", Percent(float(percent / 100)), reason="有"), rulebook_2024(kinds={"at_most": rule})
    )
    if row["state"] == "ask":
        return  # a rate that may have been meant otherwise is asked about
    expected = oracle.band_share(percent / 100, [*BANDS, (Fraction(1, 5), True, Fraction(0))])
    assert Decimal(int(row["score"])) / 100 == oracle.scored(expected, Decimal(50))


@given(st.integers(100, 1000).map(lambda one: Fraction(one, 10)), st.sampled_from(["≥95%", "≥80%"]))
def test_a_fixed_mark_counts_whatever_the_target_is(percent: Fraction, target: str) -> None:
    deduct = Deduction(Fraction(1), Fraction(5), below=Mark(Fraction(90), percent=True))
    scope = Variant(id="marked", level1=("产出指标",), measure="per_unit", deduct=deduct, sources=(), origin=AT)
    rule = rulebook_2024().kinds["at_least"]
    variant = replace(scope, curve=PROPORTIONAL, attention=NO_FLAGS)
    rules = rulebook_2024(kinds={"at_least": replace(rule, variants=(variant,))})
    row, _ = evaluate_row(Row(target, Percent(float(percent / 100)), reason="有"), rules)
    expected = oracle.marked_share(percent, Fraction(90), Fraction(1), Fraction(5), Decimal(50))
    assert Decimal(int(row["score"])) / 100 == oracle.scored(expected, Decimal(50))


def test_where_neither_side_is_better_a_mark_counts_on_one() -> None:
    rule = rulebook_2024().kinds["exactly"]
    scope = Variant(id="short", level1=("产出指标",), measure="per_unit", sources=(), origin=AT, curve=PROPORTIONAL)
    short, over = Deduction(Fraction(1), below=Mark(Fraction(10))), Deduction(Fraction(1), above=Mark(Fraction(10)))
    for deduct, expected in ((short, [48, 50, 50]), (over, [50, 50, 48])):
        variants = (replace(scope, deduct=deduct, attention=NO_FLAGS),)
        rules = rulebook_2024(kinds={"exactly": replace(rule, variants=variants)})
        found = [evaluate_row(Row("10套", one, reason="有"), rules)[0] for one in (8.0, 10.0, 12.0)]
        assert [int(row["score"]) / 100 for row in found] == expected
    assert "超过2套" in str(found[2]["sentence"])


def test_a_variant_has_levels_of_its_own() -> None:
    rule = rulebook_2024().kinds["qualitative"]
    levels = (OwnLevel(label="好", share=Fraction(1)), OwnLevel(label="坏", share=Fraction(1, 4), words=("不好",)))
    scope = Variant(id="two", level2=("社会效益指标",), levels=levels, sources=(), origin=AT)
    rules = rulebook_2024(kinds={"qualitative": replace(rule, variants=(scope,))})
    rows = [
        replace(MET, level="好"),
        replace(MET, level="不好", reason="有"),
        replace(MET, level="达成年度指标"),
        replace(MET, level="坏", percentage=Percent(0.3)),
    ]
    result = evaluate([Project([Row("≥1次", 1.0), *rows, CONTENT])], rules)
    found = [result.rows[f"P1-0{i}"] for i in range(2, 6)]
    assert [row["share"] for row in found[:2]] == [1, 0.25]
    assert [row["state"] for row in found[2:]] == ["ask", "ask"]
    assert result.rows["P1-06"]["state"] == "scored"


@pytest.mark.parametrize("word", ["好", "坏"])
def test_a_level_with_a_share_alone_says_so(word: str) -> None:
    level = OwnLevel(label=word, share=Fraction(2, 3)).as_level(1, (), AT)
    assert (level.band, level.allows(Fraction(2, 3)), level.allows(Fraction(1, 2))) == ("2/3", True, False)


def test_a_judgement_without_evidence_and_beyond_its_points_is_told_of_both() -> None:
    rules = rulebook_2024()
    judged = replace(rules.kinds["judged"], when=When(evidence_missing=Proof(Fraction(1, 2))))
    rules = replace(rules, kinds={**rules.kinds, "judged": judged})
    row, codes = evaluate_row(Row("由评审打分", judged=99.0, reason="按评审意见", kind="judged"), rules)
    assert row["state"] == "ask"
    assert {"W551", "E418"} <= codes


def test_a_level_of_ones_own_includes_its_upper_end_only_at_100() -> None:
    best = OwnLevel(label="好", share=Fraction(1), low=Fraction(9, 10), high=Fraction(1)).as_level(1, (), AT)
    next_best = OwnLevel(label="中", share=Fraction(4, 5), low=Fraction(3, 5), high=Fraction(9, 10)).as_level(2, (), AT)
    assert [best.allows(Fraction(each, 10)) for each in (9, 10)] == [True, True]
    assert [next_best.allows(Fraction(each, 10)) for each in (6, 9)] == [True, False]


@pytest.mark.parametrize(
    ("points", "every", "most", "takes"),
    [(1, 1, None, True), (1, 1, 3, True), (0, 1, None, False), (1, 0, None, False), (1, 1, 0, False)],
)
def test_a_deduction_takes_something_only_if_none_of_its_numbers_is_0(
    points: int, every: int, most: int | None, *, takes: bool
) -> None:
    limit = None if most is None else Fraction(most)
    assert Deduction(Fraction(points), Fraction(every), most=limit).takes == takes
