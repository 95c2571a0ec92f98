"""Where a curve jumps, a completion that lies exactly on the bound is on it, though floats miss it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.domain.curves import Step, StepCurve
from tests.domain.build import CONTENT, MET, Project, Row, evaluate
from tests.domain.rules import kind_rule, rulebook_2024

BANDS = StepCurve(
    (
        Step(Fraction("0.6"), Fraction("0.5")),
        Step(Fraction("0.7"), Fraction("0.6")),
        Step(Fraction("0.8"), Fraction("0.7")),
        Step(Fraction("0.95"), Fraction(1)),
    )
)
SCORES = {Decimal("0.6"): 2500, Decimal("0.7"): 3000, Decimal("0.8"): 3500, Decimal("0.95"): 5000}
BELOW = {Decimal("0.6"): 0, Decimal("0.7"): 2500, Decimal("0.8"): 3000, Decimal("0.95"): 3500}


@pytest.mark.parametrize(
    ("kind", "measure"),
    [("at_least", "ratio"), ("at_most", "excess"), ("at_most", "inverse_ratio"), ("exactly", "ratio")],
)
@settings(max_examples=4)
@given(seed=st.integers(0, 2**32))
def test_a_value_on_a_bound_is_on_it_and_one_below_is_below(kind: str, measure: str, seed: int) -> None:
    rng = Random(seed)
    rulebook = rulebook_2024(kinds={kind: kind_rule(kind, measure, BANDS)})
    sign = {"at_least": "≥", "at_most": "≤", "exactly": "="}[kind]
    projects, wanted = [], []
    for i in range(200):
        bound = rng.choice(list(SCORES))
        target = Decimal(rng.randrange(1, 10**5)).scaleb(-rng.randrange(4))
        short = Decimal(rng.choice((0, 1))) * Decimal("0.0000001")
        if measure == "inverse_ratio":
            target, actual = target * bound, target + short
        else:
            actual = target * (2 - bound) + short if kind == "at_most" else target * bound - short
        row = Row(f"{sign}{target:f}次", float(actual), reason="有原因")
        projects.append(Project([row, MET, CONTENT], f"P{i:03d}"))
        wanted.append((BELOW if short else SCORES)[bound])
    result = evaluate(projects, rulebook)
    found = [int(result.rows[f"{one.code}-01"]["score"]) for one in projects]
    assert found == wanted
