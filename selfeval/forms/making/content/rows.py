"""The indicators of a form: what was promised, how it will be scored, and what is to be reported."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from selfeval.domain.kinds import KINDS
from selfeval.domain.kinds.kind import Needs
from selfeval.domain.reading.quantity import RATE
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import State
from selfeval.domain.scoring.allocation import allocate
from selfeval.forms.making.live.indicator import Scoring

_TEXTS = ["indicator", "level1", "level2", "level3", "description", "target"]
_READ = ["kind", "target_value", "target_upper", "target_unit"]


@dataclass(frozen=True)
class Row:
    """One indicator as the form needs it. ``needs`` is None when its kind could not be recognised."""

    id: str
    level1: str
    level2: str
    level3: str
    description: str
    target: str
    needs: Needs | None
    scoring: Scoring

    @property
    def unit(self) -> str:
        """The unit of the target; blank where it has none."""
        return self.scoring.unit

    @property
    def value(self) -> float:
        """The target in ``unit``, NaN where there is none."""
        return self.scoring.target

    @property
    def small(self) -> bool:
        """Whether it is a rate of at most 1%, such as an accident rate."""
        return self.unit == RATE and self.value <= 1

    @property
    def name(self) -> str:
        """三级指标, with the description below it when that says more."""
        said = self.description.strip("。 ")
        if said in {"", self.level3.strip("。 ")} or self.needs == "nothing":
            return self.level3
        return f"{self.level3}\n（{said}）"


def rows_of(
    indicators: pd.DataFrame, readings: pd.DataFrame, rulebook: Rulebook, year: int, checkpoints: int
) -> tuple[Row, ...]:
    """The rows of one project: its INDICATORS with what was read from their targets (READINGS) and their points.

    ``checkpoints`` is how many times of the spending plan count for a 月度时序.
    """
    plain = indicators.reset_index(drop=True)
    read = readings.set_index("indicator")[_READ].reindex(plain["indicator"]).reset_index(drop=True)
    kinds = [kind if kind in KINDS else "" for kind in read["kind"].fillna("").astype(str)]
    states = [State.NOT_APPLICABLE if kind == "not_applicable" else State.SCORED for kind in kinds]
    projects = list(dict.fromkeys(plain["project"]))
    shared, _ = allocate(plain, states, rulebook, projects, "")
    rows: list[Row] = []
    units = read["target_unit"].fillna("").astype(str)
    for i, texts in enumerate(plain[_TEXTS].itertuples(index=False, name=None)):
        key, level1, level2, level3, description, target = (str(one) for one in texts)
        names = {"indicator": key, "level1": level1, "level2": level2, "level3": level3, "unit": units[i]}
        rule = rulebook.rule_for(kinds[i], **names) if kinds[i] else None
        scoring = Scoring(
            kinds[i],
            rule,
            shared.points[i],
            float(read["target_value"][i]),
            float(read["target_upper"][i]),
            units[i],
            rulebook.levels,
            year,
            checkpoints,
            shared.faulty[i],
        )
        needs = KINDS[kinds[i]].needs if rule is not None else None
        rows.append(Row(key, level1, level2, level3, description, target, needs, scoring))
    return tuple(rows)
