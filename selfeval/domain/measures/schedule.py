"""How far payments kept to the spending plan: at one checkpoint, and on the mean of all that count."""

from __future__ import annotations

from selfeval.domain.expression.tree import Name, mean, smallest, when

PAID, PLAN = Name("paid"), Name("plan")
"""The cumulative share of the full-year budget paid, and planned, at one checkpoint."""

KEPT_AT = when(PLAN.equals(0), 1, smallest(1, PAID / PLAN))
"""min(1, paid ÷ plan) at one checkpoint."""

KEPT = Name("kept")
"""A list: ``KEPT_AT`` of every checkpoint of the plan, blank where one does not count."""

MEAN_KEPT = mean(KEPT)
