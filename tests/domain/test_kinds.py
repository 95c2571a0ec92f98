"""Kinds: each file of ``domain/kinds`` is a whole kind, its measures keep their laws, and no rulebook must name it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain import kinds
from selfeval.domain.curves import share_of
from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.kind import Kind
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import (
    ACTUAL,
    LEVEL,
    PENDING,
    PERCENTAGE,
    POINTS,
    TARGET,
    UPPER,
    Measure,
    RowTexts,
)
from selfeval.domain.needs.asked import Asked
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.rulebook import Level
from tests.domain.build import CONTENT, MET, Project, Row, evaluate
from tests.domain.expression.measured import TERMS
from tests.domain.rules import LEVELS, PROPORTIONAL, rulebook_2024

NUMBERS = st.one_of(
    st.integers(0, 10**6).map(Fraction),
    st.decimals(0, 10**4, places=3).map(Fraction),
    st.decimals(0, 10, places=6).map(Fraction),
)
ACTUALS = st.one_of(NUMBERS, NUMBERS.map(lambda number: -number))
MEASURES = [(kind, measure) for kind in KINDS.values() for measure in kind.measures.values()]
ASKED = Asked("≥5次", 5.0, "次", LEVELS, 2024)

each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
each_measure = pytest.mark.parametrize(
    ("kind", "measure"), MEASURES, ids=[f"{kind.id}-{measure.id}" for kind, measure in MEASURES]
)


def measured(
    measure: Measure, actual: Fraction, target: Fraction, upper: Fraction = Fraction(0), points: int = 10
) -> Fraction:
    """A measure of numbers; the level and the list of checkpoints follow from the actual where it reads them."""
    inputs = {ACTUAL.key: actual, TARGET.key: target, UPPER.key: upper, POINTS.key: Fraction(points)}
    more = {LEVEL.key: LEVELS[0].label, PERCENTAGE.key: None, "kept": [min(Fraction(1), abs(actual))]}
    found = exactly(measure.expression(TERMS[0]), {**inputs, **more})
    assert isinstance(found, Fraction)
    return found


def test_every_file_of_the_folder_is_a_kind() -> None:
    files = {path.stem for path in Path(kinds.__path__[0]).glob("*.py")} - {"__init__"}
    assert files == set(KINDS)
    assert all(kind.id == name for name, kind in KINDS.items())


def test_kinds_are_told_apart_and_shown_in_one_order() -> None:
    for said in ([kind.label for kind in KINDS.values()], [kind.rank for kind in KINDS.values()]):
        assert len(set(said)) == len(KINDS)
    assert [kind.rank for kind in KINDS.values()] == sorted(kind.rank for kind in KINDS.values())


@each_kind
def test_a_kind_has_all_its_faces(kind: Kind) -> None:
    assert kind.label
    assert kind.need.hint(ASKED)
    assert kind.need.example(ASKED, LEVELS[0].label)
    assert all(measure.id == key for key, measure in kind.measures.items())
    # what is promised for a missed target needs the promise of what a target is
    assert kind.met or not any(measure.missed for measure in kind.measures.values())
    assert kind.met.format(target="甲", upper="乙").count("甲") == kind.met.count("{target}")


@each_measure
def test_a_measure_is_defined_in_words_and_told_in_a_sentence(kind: Kind, measure: Measure) -> None:
    assert measure.definition
    for compared in (-1, 0, 1):
        texts = RowTexts(
            "3次", "5次", "7次", 0.6, "60%", compared, difference="2次", deduction="每 1次扣 1 分，应扣 2 分"
        )
        sentence = measure.sentence(texts)
        assert "3次" in sentence
        assert not sentence.endswith("。"), kind.id


@each_measure
@given(actual=ACTUALS, target=NUMBERS, more=NUMBERS)
def test_a_measure_keeps_to_its_bounds(
    kind: Kind, measure: Measure, actual: Fraction, target: Fraction, more: Fraction
) -> None:
    if kind.need.item != "actual":
        actual = max(Fraction(0), min(actual, Fraction(10)))  # a judgement lies within the points
    found = measured(measure, actual, target, target + more + 1)
    assert not (measure.at_most_one and found > 1)
    assert not (measure.never_negative and found < 0)


@each_measure
@given(target=NUMBERS, share=st.fractions(Fraction(1, 100), Fraction(9, 10), max_denominator=1000))
def test_the_actual_for_a_measure_has_that_measure(
    kind: Kind, measure: Measure, target: Fraction, share: Fraction
) -> None:
    actual = measure.actual_at(target + 1, share)
    assert actual is None or measured(measure, actual, target + 1) == share, kind.id


@each_measure
@given(target=NUMBERS, one=ACTUALS, other=ACTUALS)
def test_the_better_side_is_never_worse(
    kind: Kind, measure: Measure, target: Fraction, one: Fraction, other: Fraction
) -> None:
    """More is never worse where more is better, and less where less is; days late are the other way round."""
    if kind.better == 0 or measure.unit == "rate":
        return
    worse, better = sorted((one, other), key=lambda actual: actual * kind.better)
    low, high = measured(measure, worse, target), measured(measure, better, target)
    if measure.in_days:
        assert high <= low
    else:
        assert low <= high
        assert share_of(PROPORTIONAL, low) <= share_of(PROPORTIONAL, high)


@given(NUMBERS, NUMBERS, ACTUALS)
def test_a_range_is_met_inside_and_only_inside(low: Fraction, more: Fraction, actual: Fraction) -> None:
    high = low + more + 1
    found = measured(KINDS["range"].measures["nearer_end"], actual, low, high)
    assert (found == 1) == (low <= actual <= high)


@given(st.integers(40000, 50000), st.integers(40000, 50000))
def test_days_late_are_counted_from_the_target(actual: int, target: int) -> None:
    found = measured(KINDS["deadline"].measures["days_late"], Fraction(actual), Fraction(target))
    assert found == max(0, actual - target)


@given(st.integers(0, 10000), st.integers(1, 10000))
def test_a_judgement_is_its_share_of_the_points(score: int, points: int) -> None:
    found = measured(KINDS["judged"].measures["judged_share"], Fraction(score), Fraction(0), points=points)
    assert found == Fraction(score, points)


def leveled(level: str, percentage: Fraction | None) -> object:
    expression = KINDS["qualitative"].measures["level"].expression(TERMS[0])
    return exactly(expression, {LEVEL.key: level, PERCENTAGE.key: percentage})


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.label)
def test_a_level_without_a_percentage_is_its_default(level: Level) -> None:
    assert leveled(level.label, None) == level.default


@given(st.sampled_from(LEVELS), st.integers(0, 1100))
def test_a_percentage_counts_exactly_where_the_level_allows_it(level: Level, thousandths: int) -> None:
    share = Fraction(thousandths, 1000)
    assert leveled(level.label, share) == (share if level.allows(share) else PENDING)


def test_a_text_that_is_no_level_is_asked_for() -> None:
    assert leveled("", Fraction(9, 10)) == PENDING


def test_the_bands_of_the_levels_cover_every_percentage_once() -> None:
    for thousandths in range(1001):
        assert sum(level.allows(Fraction(thousandths, 1000)) for level in LEVELS) == 1


def test_a_kind_that_no_rulebook_names_is_allowed_and_harmless() -> None:
    whole = rulebook_2024()
    unnamed = replace(
        whole,
        kinds={name: rule for name, rule in whole.kinds.items() if name != "range"},
        recognise=tuple(entry for entry in whole.recognise if entry.kind != "range"),
    )
    rows = [Row("≥100次", 90.0, reason="有原因"), MET, CONTENT]
    found, usual = (evaluate([Project(rows)], rulebook) for rulebook in (unnamed, whole))
    assert found.projects == usual.projects
    assert Decimal(int(found.projects["P1"]["total"])) / 100 == Decimal("95.00")


@pytest.mark.parametrize("row", [Row("90%-95%", 92.0), Row("90%-95%", 92.0, kind="区间")], ids=["by entry", "by 类型"])
def test_a_target_of_a_kind_without_a_rule_is_an_error_and_no_crash(row: Row) -> None:
    whole = rulebook_2024()
    unnamed = replace(whole, kinds={name: rule for name, rule in whole.kinds.items() if name != "range"})
    assert evaluate([Project([row, MET, CONTENT])], unnamed).rows["P1-01"]["state"] == "error"


@each_measure
def test_a_measure_that_is_not_said_to_keep_to_a_bound_passes_it(kind: Kind, measure: Measure) -> None:
    del kind
    found = [measured(measure, Fraction(actual), Fraction(5), Fraction(7)) for actual in (-300, 0, 300)]
    assert measure.at_most_one or max(found) > 1
    assert measure.never_negative or min(found) < 0


def test_only_a_small_rate_is_asked_for_with_its_sign() -> None:
    hints = [
        NUMBER.hint(replace(ASKED, value=value, unit=unit)) for value, unit in ((1.0, "次"), (1.0, "%"), (1.1, "%"))
    ]
    assert ["带百分号" in hint for hint in hints] == [False, True, False]
