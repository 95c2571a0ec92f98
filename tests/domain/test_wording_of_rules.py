"""What rules say in words: curves as bands with their ends, days as days, grades as spans of totals."""

from __future__ import annotations

from fractions import Fraction

import pytest

from selfeval.domain.curves import Above, Curve, LineCurve, Point, Step, StepCurve
from selfeval.domain.rulebook import Grade
from selfeval.domain.wording import curve_words, grade_words


def steps(*found: Step) -> StepCurve:
    return StepCurve(found)


def share(percent: int) -> Fraction:
    return Fraction(percent, 100)


USUAL = steps(Step(share(0), None), Step(share(100), share(100)))


@pytest.mark.parametrize(
    ("curve", "measure", "said"),
    [
        (USUAL, "ratio", "完成率不足100%的，按完成率得分；100%及以上的，得满分"),
        (USUAL, "inverse_ratio", "按完成程度得分"),
        (USUAL, "", "完成程度不足100%的，按完成程度得分；100%及以上的，得满分"),
        (
            steps(Step(share(60), share(50)), Step(share(80), share(70)), Step(share(100), share(100))),
            "ratio",
            "完成率不足60%的，不得分；60%（含）—80%（不含）的，得50%；80%（含）—100%（不含）的，得70%；100%及以上的，得满分",
        ),
        (
            steps(Step(share(0), share(100)), Above(share(130), share(90))),
            "ratio",
            "完成率不超过130%的，得满分；超过130%的，得90%",
        ),
        (
            steps(
                *(Step(Fraction(day), share(part)) for day, part in ((0, 100), (1, 80), (31, 60), (91, 0))),
            ),
            "days_late",
            "按期完成的，得满分；逾期1—30天的，得80%；逾期31—90天的，得60%；逾期超过90天的，不得分",
        ),
        (
            steps(Step(Fraction(0), share(100)), Above(Fraction(5), share(0))),
            "days_late",
            "按期完成或逾期5天以内的，得满分；逾期超过5天的，不得分",
        ),
        (
            LineCurve((Point(share(60), share(0)), Point(share(100), share(100)))),
            "ratio",
            "按区间线性计分：完成率60%的得0%，完成率100%的得100%，两点之间按比例计算，两端之外不变",
        ),
    ],
)
def test_a_curve_in_words(curve: Curve, measure: str, said: str) -> None:
    assert curve_words(curve, measure) == said


def test_grades_are_spans_of_totals() -> None:
    grades = (Grade("优", 9000), Grade("良", 8050), Grade("差", 0))
    assert grade_words(grades) == (("优", "90分及以上"), ("良", "80.5（含）—90分"), ("差", "80.5分以下"))
    assert grade_words(grades[2:]) == (("差", "0分及以上"),)
