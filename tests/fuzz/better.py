"""The law that a better actual never lowers a score, for every kind that has a better."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from selfeval.forms.identity import fund_row, payment_row
from selfeval.runs.inputs import Inputs
from tests.fuzz.cells import typed
from tests.fuzz.world import World

Typed = Mapping[tuple[str, str], str]
_LEVELS = ("未达成年度指标且效果较差", "部分达成年度指标并具有一定效果", "达成年度指标")
_STEPS = ("0", "0.3", "0.5", "0.79", "0.9", "0.97", "1", "1.01", "1.2", "1.29", "1.31", "2", "3", "9")


def better_never_lowers(world: World, dice: Random) -> None:
    """A better actual never lowers a score; one that is asked about has none."""
    rows = [row for row in world.scored().indicators.frame.to_dict("records") if row["kind"] != "not_applicable"]
    row = dice.choice(rows)
    form = world.form_of(row["project"])
    scores: list[int] = []
    tried = _worse_and_better(world, dice, row)
    for texts in tried:
        world.put(form, typed(world.sound[form], texts))
        now = world.scored().indicators.frame.to_dict("records")
        (score,) = (
            one["score"] for one in now if (one["project"], one["indicator"]) == (row["project"], row["indicator"])
        )
        scores += [score] if isinstance(score, int) else []
    assert sorted(scores) == scores, (row["indicator"], tried, scores)


def _worse_and_better(world: World, dice: Random, row: Mapping[Hashable, object]) -> list[Typed]:
    """What may be typed for a row, the worse before the better."""
    kind, indicator = row["kind"], str(row["indicator"])
    why = {(indicator, "reason"): "如实", (indicator, "remedy"): "改进"}
    answer, unit = (indicator, "actual"), str(row["target_unit"])
    target = Decimal(str(row["target_value"]))
    match kind:
        case "execution":
            full = Decimal(str(target))
            return [{(fund_row("executed"), "actual"): f"{full * step:f}"} for step in _steps(dice, most=1)]
        case "at_least":
            return [{answer: f"{target * step:f}{unit}", **why} for step in _steps(dice)]
        case "at_most":
            return [{answer: f"{target * step:f}{unit}", **why} for step in reversed(_steps(dice))]
        case "exactly":
            return [{answer: f"{target * step:f}{unit}", **why} for step in _steps(dice, most=1)]
        case "deadline":
            last = date(1899, 12, 30) + timedelta(days=int(target))
            days = sorted(dice.sample(range(-60, 120), 2), reverse=True)
            return [{answer: (last + timedelta(days=late)).isoformat(), **why} for late in days]
        case "judged":
            points = sorted(dice.sample(range(13), 2))
            return [{(indicator, "judged"): f"{score}", **why} for score in points]
        case "monthly_schedule":
            return _earlier(world, dice, str(row["project"]))
        case _:
            levels = dice.choice([sorted(dice.sample(range(3), 2)), [dice.randrange(3)] * 2])
            shares = (
                [""] * 2 if levels[0] != levels[1] else [f"{share}%" for share in sorted(dice.sample(range(101), 2))]
            )
            return [
                {(indicator, "level"): _LEVELS[level], (indicator, "percentage"): share, **why}
                for level, share in zip(levels, shares, strict=True)
            ]


def _steps(dice: Random, most: float = 9) -> list[Decimal]:
    return sorted(Decimal(step) for step in dice.sample([step for step in _STEPS if float(step) <= most], 2))


def _earlier(world: World, dice: Random, project: str) -> list[Typed]:
    """The payments of the year, and the same with some of a month paid in an earlier one."""
    inputs = world.inputs()
    assert isinstance(inputs, Inputs)
    paid = {month: Decimal(str(cell.number)) for month, cell in inputs.reported.projects[project].payments.items()}
    early, late = sorted(dice.sample(sorted(paid), 2))
    moved = paid[late] * Decimal(dice.choice(("0.1", "0.5", "1")))
    return [
        {(payment_row(month), "actual"): f"{amount:f}" for month, amount in months.items()}
        for months in (paid, paid | {early: paid[early] + moved, late: paid[late] - moved})
    ]
