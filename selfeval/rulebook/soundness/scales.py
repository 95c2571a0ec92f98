"""Scales: whether each number of a rulebook can be meant: a share, whole days, points of 100, the unit of a check."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from selfeval.domain.checks import CHECKS
from selfeval.domain.options import Written
from selfeval.domain.problems import Problem, problem
from selfeval.domain.rounding import UNIT, show_points
from selfeval.domain.rulebook import Rulebook, show_percent
from selfeval.rulebook.soundness.curves_tried import TriedCurve, tried_curves
from selfeval.rulebook.text.nodes import Block, Scalar, at, find, leaves
from selfeval.rulebook.text.values import VALUES

_MOST_SHARE, _MOST_DAYS = 10, 3660  # 1000%, ten years: nobody means more
_FAR_SHARE = 3
_LOW_GRADE = 20 * UNIT
_PERCENT = ("%", "％")
_SHARES = frozenset({"share", "from", "at", "above", "low", "high", "default", "highest"})
_SHARES |= {"flag_from", "reason_from", "flag_below", "evidence_missing"}
_TINY = Fraction(1, 100)


def check_scales(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Numbers that cannot be meant: 60 for 60%, a share for days, a share for points."""
    for tried in tried_curves(rulebook, root):
        for i, bound in _bounds(tried, root):
            if fault := _bound_fault(tried, bound):
                yield problem("E260", bound.mark.place, where=tried.where, number=i + 1, found=bound.text, fault=fault)
    for i, grade in enumerate(rulebook.grades[:-1]):
        if 0 < grade.lowest <= UNIT:
            facts = {"grade": grade.label, "found": show_points(grade.lowest)}
            yield problem("E261", at(root, "grades", "scale", i, "lowest"), **facts)
    for name, rule in rulebook.checks.items():
        written = find(root, "checks", name, "limit")[0]
        if rule.limit is not None and isinstance(written, Scalar):
            fault = CHECKS[name].limit_fault(rule.limit, percent=written.text.endswith(_PERCENT))
            if fault:
                yield problem("E245", written.mark.place, name=name, fault=fault)


def doubtful_scales(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Numbers that are hardly meant: a share of 0.6%, 400% of a target, a grade from 9 points on."""
    for tried in tried_curves(rulebook, root):
        for i, bound in _bounds(tried, root):
            value = _read(bound)
            far = not tried.measure.in_days and not tried.measure.at_most_one and value > _FAR_SHARE
            if far:
                facts = {"where": tried.where, "number": i + 1, "found": bound.text, "percent": show_percent(value)}
                yield problem("W222", bound.mark.place, **facts)
    for path, leaf in leaves(root):
        key = path.rpartition(".")[2]
        check = CHECKS.get(path.split(".")[1]) if path.startswith("checks.") and key == "limit" else None
        shared = key in _SHARES or (check is not None and check.unit == "%")
        if shared and leaf.text.endswith(_PERCENT) and 0 < _read(leaf) < _TINY:
            yield problem("W223", leaf.mark.place, found=leaf.text, meant=show_percent(_read(leaf) * 100))
    for i, grade in enumerate(rulebook.grades[:-1]):
        if UNIT < grade.lowest < _LOW_GRADE:
            facts = {"grade": grade.label, "found": show_points(grade.lowest)}
            yield problem("W229", at(root, "grades", "scale", i, "lowest"), **facts)
    yield from _attention(rulebook, root)


def _bounds(tried: TriedCurve, root: Block) -> Iterator[tuple[int, Scalar]]:
    """Where the curve turns, as written, with the number of the item."""
    for i in range(len(tried.curve.turns)):
        item = find(root, *tried.path, "curve", i)[0]
        for key, written in item.entries.items() if isinstance(item, Block) else ():
            if key != "share" and isinstance(written, Scalar):
                yield i, written


def _read(written: Scalar) -> Fraction:
    """A number or percentage as written; 0 where it is neither."""
    try:
        found = VALUES[Written.MEASURED].read(written)
    except ValueError:
        return Fraction(0)
    assert isinstance(found, Fraction)
    return found


def _bound_fault(tried: TriedCurve, bound: Scalar) -> str:
    value, percent = _read(bound), bound.text.endswith(_PERCENT)
    if not tried.measure.in_days:
        meant = "" if percent else f"；是{bound.text}%的，写{bound.text}%"
        return f"完成程度是比例，{bound.text}就是{show_percent(value)}{meant}" if abs(value) > _MOST_SHARE else ""
    if percent:
        return "完成程度是晚的天数，不是比例；晚30天写30"
    if value.denominator != 1:
        return "完成程度是晚的天数，是整数；晚1天写1"
    return "完成程度是晚的天数，不是日期；晚30天写30" if value > _MOST_DAYS else ""


def _attention(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Lines of attention at or below the target: everything done as promised would be flagged."""
    for path, rule in rulebook.rules:
        lines = rule.attention
        for key in ("flag_from", "reason_from"):
            written = find(root, *path, "attention", key)[0]
            line = getattr(lines, key)
            if line is not None and line <= 1 and isinstance(written, Scalar):
                meant = show_percent(1 + line) if line < 1 else "120%"
                yield problem("W228", written.mark.place, key=key, found=written.text, meant=meant)
        written = find(root, *path, "attention", "reason_from")[0]
        if (
            lines.flag_from
            and lines.reason_from
            and 1 < lines.reason_from < lines.flag_from
            and isinstance(written, Scalar)
        ):
            facts = {"reason": show_percent(lines.reason_from), "flag": show_percent(lines.flag_from)}
            yield problem("W234", written.mark.place, **facts)
    written = find(root, "execution", "attention", "flag_below")[0]
    below = rulebook.execution.attention.flag_below
    if below is not None and below > 1 and isinstance(written, Scalar):
        yield problem("W241", written.mark.place, found=written.text)
