"""A row's own 评分标准: what a text says, and why another cannot be read."""

from __future__ import annotations

from fractions import Fraction

import pytest

from selfeval.domain.reading.standard import AllOrNothing, Bands, InProportion, PointsOff, read_standard


@pytest.mark.parametrize(
    ("text", "points", "every", "unit", "side"),
    [
        ("少一场扣1分", "1", "1", "场", "short"),
        ("每少一场扣1分，扣完为止", "1", "1", "场", "short"),
        ("每少1场，扣1分；扣完为止。", "1", "1", "场", "short"),
        ("每超过一个百分点扣0.1分", "0.1", "1", "%", "over"),
        ("每降5%扣1分", "1", "5", "%", "short"),
        ("每降低5个百分点，扣1分", "1", "5", "%", "short"),
        ("每延迟１天扣0.5分", "0.5", "1", "天", "late"),
        ("每少一场，扣一分", "1", "1", "场", "short"),
        ("全部完成得满分，每少完成一项扣2分", "2", "1", "项", "short"),
        ("时间每推迟1天扣0.5分，扣完5分为止", "0.5", "1", "天", "late"),
        ("达到指标值得满分，每少1场扣1分，扣完为止", "1", "1", "场", "short"),
    ],
)
def test_points_off_by_the_unit(text: str, points: str, every: str, unit: str, side: str) -> None:
    found = read_standard(text)
    assert isinstance(found, PointsOff)
    assert (found.points, found.every) == (Fraction(points), Fraction(every))
    assert (found.unit, found.side, found.part, found.mark) == (unit, side, "proportional", None)


def test_a_fixed_mark_and_what_becomes_of_a_part() -> None:
    found = read_standard("90%以上得10分,每降5%扣1分,不足5%的按5%计算，扣完为止")
    assert isinstance(found, PointsOff)
    assert found.mark == 90
    assert found.full == 10
    assert (found.mark_unit, found.part) == ("%", "whole")
    each = read_standard("每发生一起扣2分")
    assert isinstance(each, PointsOff)
    assert each.mark == 0


@pytest.mark.parametrize(
    ("text", "begins", "points"),
    [
        (
            "≥90%计5分；80%（含）-90%计4分；60%（含）-80%计3分；低于60%不得分",
            [(None, False), (60, False), (80, False), (90, False)],
            [0, 3, 4, 5],
        ),
        (
            "=0%,计3分;0-10%(含),计2分;10-20%(含),计1分;大于20%不得分",
            [(0, False), (0, True), (10, True), (20, True)],
            [3, 2, 1, 0],
        ),
        ("满意度80%≤X<90%得3分，X≥90%得满分，X<80%不得分", [(None, False), (80, False), (90, False)], [0, 3, None]),
        (
            "①≥95%，得10分；②90%（含）～95%，得8分；③90%以下不得分",
            [(None, False), (90, False), (95, False)],
            [0, 8, 10],
        ),
        ("[90%,100%]得10分，[80%,90%)得8分，80%以下得0分", [(None, False), (80, False), (90, False)], [0, 8, 10]),
        (
            "完成率在90%以上的得10分，80%（含）至90%的得8分，其他不得分",
            [(None, False), (80, False), (90, False)],
            [0, 8, 10],
        ),
        ("≤5%得满分，否则不得分", [(None, False), (5, True)], [None, 0]),
        ("≥90%得10分", [(90, False)], [10]),
        ("10次以上得5分，5-9次得3分，少于5次不得分", [(None, False), (5, False), (10, False)], [0, 3, 5]),
    ],
)
def test_bands(text: str, begins: list[tuple[int | None, bool]], points: list[int | None]) -> None:
    found = read_standard(text)
    assert isinstance(found, Bands), found
    assert (list(found.begins), list(found.points)) == (begins, points)


@pytest.mark.parametrize(
    "text",
    [
        "达到得满分，否则不得分",
        "完成得满分,未完成不得分。",
        "按时完成得满分；未按时完成得0分",
        "未完成不得分，完成得满分",
        "合格得满分，不合格不得分",
    ],
)
def test_all_or_nothing(text: str) -> None:
    assert read_standard(text) == AllOrNothing(None)


@pytest.mark.parametrize(
    "text",
    [
        "按比例得分",
        "按实际完成比例计分。",
        "达到目标值得满分，未达到的按比例得分",
        "按完成率计分",
        "按实际完成比例得分，最高不超过满分",
        "得分=实际完成率×分值",
    ],
)
def test_in_proportion(text: str) -> None:
    assert read_standard(text) == InProportion()


@pytest.mark.parametrize("limit", ["最多扣3分", "至多扣3分为止", "最高扣减3分", "累计最多扣三分"])
def test_no_more_than_so_many_points_off(limit: str) -> None:
    standard = read_standard(f"每少1个扣0.5分，{limit}")
    assert isinstance(standard, PointsOff)
    assert (standard.points, standard.most) == (Fraction(1, 2), Fraction(3))
    assert standard.side == "short"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("视情况酌情扣分", "不能写成规则"),
        ("每少1个扣0.5分，累计扣3分", "累计扣3分"),
        ("≥90%计5分；80%（含）-90%计4分；…；低于60%不得分", "60%至80%没有写得几分"),
        ("≥90%得5分，80%-85%得3分，低于80%不得分", "85%至90%没有写"),
        ("90%以上得10分，80%-90%得8分，80%以下不得分", "80%属于哪一档没有写明"),
        ("≥90%得5分，85%-95%得3分，低于85%不得分", "重叠"),
        ("≥90%得5分，80（含）-90次得3分，低于80次不得分", "单位不同"),
        ("少一场扣1分，少一人扣2分", "不止一种"),
        ("优秀得5分，良好得3分", "无法识别"),
        ("由专家评定", "无法识别"),
        ("每少一场扣1分，质量不合格的另扣2分", ""),
    ],
)
def test_what_cannot_be_read_says_why(text: str, why: str) -> None:
    found = read_standard(text)
    assert isinstance(found, str)
    assert why in found


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("超过预算不得分", "over"),
        ("超过预算的，不得分。", "over"),
        ("超预算不得分", "over"),
        ("超支不得分", "over"),
        ("不超预算得满分，超过预算不得分", "over"),
        ("未超过年初预算数得10分；超出年初预算数不得分", "over"),
        ("高于指标值不得分", "over"),
        ("突破概算不得分", "over"),
        ("逾期不得分", "late"),
        ("未完成目标值不得分", "short"),
        ("低于目标值的不得分", "short"),
    ],
)
def test_nothing_on_one_side(text: str, side: str) -> None:
    found = read_standard(text)
    assert isinstance(found, AllOrNothing), found
    assert found.side == side


@pytest.mark.parametrize("word", ["发现", "查出", "存在", "每发现", "出现"])
def test_each_one_that_is_found_costs(word: str) -> None:
    found = read_standard(f"{word}一处扣2分，最多扣4分")
    assert isinstance(found, PointsOff), found
    assert found == PointsOff(Fraction(2), Fraction(1), "处", "over", mark=Fraction(0), most=Fraction(4))


@pytest.mark.parametrize("text", ["超过预算10%不得分，超过5%扣2分", "超过预算视情况不得分", "超过预算"])
def test_what_says_more_than_one_side_is_not_cut_short(text: str) -> None:
    assert isinstance(read_standard(text), str)
