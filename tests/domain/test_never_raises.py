"""Whatever stands in a cell or a target: an answer, never an exception; and nothing missing is ever scored."""

from __future__ import annotations

import warnings
from datetime import date
from functools import partial

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.domain.build import Percent, Project, Row, Unread, Value, evaluate

SHAPES = (
    "0123456789.,+-−eE%％万亿元次天日月年底前末以上内约余左右≥≤＞＜=~～至不涉及达成未部分/()（）:： \n\t\u200b😀①²½㎡٣"
)
TEXTS = st.one_of(st.text(max_size=30), st.text(alphabet=SHAPES, max_size=25), st.text(min_size=200, max_size=400))
NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
CELLS: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    TEXTS,
    NUMBERS,
    NUMBERS.map(Percent),
    st.dates(),
    st.booleans(),
    st.sampled_from(["#N/A", "#DIV/0!", "#REF!", "#VALUE!"]).map(partial(Unread, "error")),
    TEXTS.map(partial(Unread, "long")),
    TEXTS.map(partial(Unread, "unseen")),
    TEXTS.map(partial(Unread, "struck")),
    TEXTS.map(partial(Unread, "raised")),
)
TARGETS = st.one_of(
    TEXTS,
    st.sampled_from(["≥95%", "≤0.5%", "15套", "90%-95%", "12月底", "月度时序", "持续提升", "不涉及", "≥0次", "≥5"]),
)
KINDS = st.sampled_from(["", "judged", "at_least", "range", "deadline", "monthly_schedule", "≤", "乱写"])
ROWS = st.builds(
    Row,
    target=TARGETS,
    actual=CELLS,
    level=CELLS,
    percentage=CELLS,
    judged=CELLS,
    reason=CELLS,
    level1=st.sampled_from(["产出指标", "效益指标", "满意度指标", "别的"]),
    level2=st.sampled_from(["成本指标", "数量指标"]),
    kind=KINDS,
    points=st.one_of(st.none(), st.floats(-100, 100)),
)


@given(st.lists(ROWS, max_size=4), CELLS, CELLS, st.lists(CELLS, min_size=12, max_size=12), CELLS)
@example([Row("≥5次", "9" * 5000)], 1e-320, 1e308, [1e308] * 12, float("inf"))
@example([Row("≥" + "9" * 400 + "次", 5.0)], "9" * 400, -1e308, [-1e308] * 12, "约")
@example([Row("≥0.5%", 1e308), Row("≤0." + "0" * 300 + "1次", 1e15)], 1e-9, 9e14, [1e-9] * 12, None)
@example([Row("月度时序")], 1e-9, 9e14, [9e14] * 12, None)
@example([Row("12月底", date(1, 1, 1)), Row("12月底", date(9999, 12, 31))], 1.0, 1.0, [None] * 12, "约")
def test_any_cell_gives_an_answer(
    rows: list[Row], full_year: Value, executed: Value, payments: list[Value], initial: Value
) -> None:
    project = Project(rows, full_year=full_year, executed=executed, payments=payments, initial=initial)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = evaluate([project])
    for row in result.scored.indicators.frame.to_dict("records"):
        scored = row["state"] in {"scored", "attention"}
        assert scored == isinstance(row["score"], int)
        if scored:
            assert 0 <= row["score"] <= row["points"]
            assert 0 <= row["share"] <= 1
        assert row["sentence"]
    total = result.projects["P1"]
    assert 0 <= total["lowest"] <= total["highest"] <= 10000
    assert (total["grade"] == "待定") == (total["state"] in {"ask", "error"})


@settings(max_examples=20)
@given(st.lists(st.sampled_from(["≥95%", "≤0.5%", "15套", "90%-95%", "12月底", "持续提升"]), min_size=1, max_size=5))
def test_what_was_not_reported_is_never_zero_and_never_full(targets: list[str]) -> None:
    result = evaluate([Project([Row(one) for one in targets])])
    for i in range(len(targets)):
        row = result.rows[f"P1-{i + 1:02d}"]
        assert row["state"] == "ask"
        assert not isinstance(row["score"], int)
    assert result.projects["P1"]["lowest"] == 1000


@settings(max_examples=50)
@given(
    st.sampled_from(["≥95%", "≤0.5%", "15套", "90%-95%", "12月底"]),
    TEXTS.filter(lambda one: not any(map(str.isdigit, one))),
)
def test_a_text_without_a_digit_is_never_scored(target: str, text: str) -> None:
    assert evaluate([Project([Row(target, text)])]).rows["P1-01"]["state"] == "ask"
