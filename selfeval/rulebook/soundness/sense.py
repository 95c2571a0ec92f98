"""Sense: whether more done earns more, and what is just met earns its points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, pairwise

from selfeval.domain.measures.measure import Measure
from selfeval.domain.problems import Problem, problem
from selfeval.domain.rulebook import Rulebook, show_percent
from selfeval.rulebook.soundness.curves_tried import TriedCurve, tried_curves
from selfeval.rulebook.text.nodes import Block, at


def check_sense(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Curves that nobody can mean: nothing is ever earned, or nothing by what is done as promised, or late is full."""
    for tried in tried_curves(rulebook, root):
        for i, fault in _senseless(tried):
            yield problem("E262", at(root, *tried.path, "curve", i), where=f"{tried.where}.curve", fault=fault)


def doubtful_sense(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Curves that are hardly meant: less for more, the same for all, full points for none."""
    for tried in tried_curves(rulebook, root):
        found = [*_unreached(tried)] or [*islice(_doubts(tried), 1)]
        for code, i, facts in found:
            yield problem(code, at(root, *tried.path, "curve", i), where=f"{tried.where}.curve", **facts)


def _unreached(tried: TriedCurve) -> Iterator[tuple[str, int, dict[str, object]]]:
    """Steps that are never reached."""
    begins = tried.curve.begins
    for i, (start, above) in enumerate(begins):
        if limit := _limit(tried.measure, start, next(iter(begins[i + 1 :]), None), above=above):
            yield "W202", i, {"start": f"{float(start):g}", "limit": limit, "number": i + 1}


def _limit(measure: Measure, start: Fraction, after: tuple[Fraction, bool] | None, *, above: bool) -> str:
    """Why a step is never reached; blank when it may be."""
    if measure.at_most_one and (start > 1 or (above and start == 1)):
        return "最大为1"
    if after is None:
        return ""
    following = after[0]
    if measure.never_negative and after <= (Fraction(0), False):
        return "最小为0"
    between_days = start // 1 == following // 1 and (start % 1 or above)
    return "是整天数" if measure.in_days and between_days else ""


def _senseless(tried: TriedCurve) -> Iterator[tuple[int, str]]:
    """The first thing that nobody can mean, with the item of the curve that it is about."""
    (worst, paid), (best, full) = tried.paid[0], tried.paid[-1]
    met = best if tried.measure.met_at is None else tried.measure.met_at
    reached = full if tried.at_target is None else tried.at_target
    if tried.days_as_share is not None:
        what = "完成程度是晚的天数，share: measure 会使晚1天就得满分；请写明晚多少天得多少"
        yield tried.days_as_share, what
    elif all(share == 0 for _, share in tried.paid):
        if not tried.by_category:
            yield 0, "无论完成多少都得0分"
    elif tried.at_target == 0:
        yield tried.item(met), f"{'按期' if tried.measure.in_days else '恰好'}完成得0分"
    elif paid > reached:
        what = f"{tried.show(worst)}得{show_percent(paid)}，{tried.show(met)}却只得{show_percent(reached)}"
        yield tried.item(worst), f"完成得差的得分反而高：{what}"


def _doubts(tried: TriedCurve) -> Iterator[tuple[str, int, dict[str, object]]]:
    """The code of each doubt, the item of the curve it is about, and its facts."""
    shares = [share for _, share in tried.paid]
    if min(shares) == max(shares):
        if not tried.by_category:
            yield "W224", 0, {"share": show_percent(shares[0])}
        return
    for (worse, more), (better, less) in pairwise(tried.paid):
        past = tried.can_exceed and tried.better > 0 and tried.measure.met_at is not None and better > 1
        if less < more and not past:
            shown: dict[str, object] = {"worse": tried.show(worse), "more": show_percent(more)}
            shown |= {"better": tried.show(better), "less": show_percent(less)}
            yield "W225", tried.item(max(worse, better)), shown
            break
    if tried.by_category:
        return
    if max(shares) < 1:
        yield "W226", len(tried.curve.turns) - 1, {"most": show_percent(max(shares))}
    elif tried.at_target is not None and tried.at_target < 1:
        yield "W227", tried.item(tried.measure.met_at or Fraction(0)), {"share": show_percent(tried.at_target)}
