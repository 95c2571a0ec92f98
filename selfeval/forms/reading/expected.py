"""What a form must hold: every expected row, and the values to take from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from selfeval.domain.reported import (
    ACTUAL_ITEMS,
    ACTUALS,
    FUND_ITEMS,
    FUNDS,
    NARRATIVE,
    NARRATIVE_ITEMS,
    PAYMENTS,
    Reported,
)
from selfeval.domain.targets import Targets
from selfeval.forms.identity import (
    ACTUAL,
    INPUT_COLUMNS,
    OPTIONAL_ITEMS,
    fingerprint,
    fund_row,
    narrative_row,
    payment_row,
)

NUMERIC_COLUMNS = frozenset({"actual", "percentage", "judged"})
"""The items of ACTUALS that are numbers where everything is text."""

Record = dict[str, object]


@dataclass(frozen=True)
class Expected:
    """One row of a form: its id, what people call it, and the columns to read. ``keys`` name it in its table.

    A row that is ``optional`` may be missing, as in forms made before it was thought of.
    """

    row: str
    name: str
    table: str
    keys: Mapping[str, object]
    columns: tuple[str, ...] = (ACTUAL,)
    indicator: str = ""
    fingerprint: str = ""
    target: str = ""
    optional: bool = False


@dataclass
class Records:
    """Records on their way to the tables of Reported, by table name."""

    funds: list[Record] = field(default_factory=list)
    payments: list[Record] = field(default_factory=list)
    actuals: list[Record] = field(default_factory=list)
    narrative: list[Record] = field(default_factory=list)

    def add(self, table: str, record: Record) -> None:
        """One more value for a table."""
        {"funds": self.funds, "payments": self.payments, "actuals": self.actuals}.get(table, self.narrative).append(
            record
        )

    def reported(self) -> Reported:
        """The tables, in the order the records were added, without problems."""
        return Reported(
            FUNDS.frame(self.funds),
            PAYMENTS.frame(self.payments),
            ACTUALS.frame(self.actuals),
            NARRATIVE.frame(self.narrative),
        )


def common_rows(project: str) -> tuple[Expected, ...]:
    """The rows that every form has: funds, payments, narrative, in the order of their tables."""
    key = {"project": project}
    return (
        *(Expected(fund_row(one), name, "funds", {**key, "item": one}) for one, name in FUND_ITEMS.items()),
        *(
            Expected(payment_row(month), f"{month}月支付金额", "payments", {**key, "month": month})
            for month in range(1, 13)
        ),
        *(
            Expected(narrative_row(one), name, "narrative", {**key, "item": one}, optional=one in OPTIONAL_ITEMS)
            for one, name in NARRATIVE_ITEMS.items()
        ),
    )


def indicator_rows(targets: Targets) -> dict[str, tuple[Expected, ...]]:
    """The rows of indicators by project, in document order."""
    found: dict[str, list[Expected]] = {}
    columns = ["indicator", "project", "level3", "target"]
    for record in targets.indicators[columns].itertuples(index=False, name=None):
        indicator, project, level3, target = (str(one) for one in record)
        row = Expected(
            indicator,
            f"{indicator} {level3}",
            "actuals",
            {"project": project, "indicator": indicator},
            INPUT_COLUMNS,
            indicator,
            fingerprint(level3, target),
            target,
        )
        found.setdefault(project, []).append(row)
    return {project: tuple(rows) for project, rows in found.items()}


def column_name(column: str) -> str:
    """What people call a column of inputs."""
    return ACTUAL_ITEMS[column]


def project_names(targets: Targets) -> dict[str, str]:
    """项目名称 by 项目编码, in document order."""
    projects: pd.DataFrame = targets.projects
    return dict(zip(projects["project"].astype(object), projects["name"].astype(object), strict=True))
