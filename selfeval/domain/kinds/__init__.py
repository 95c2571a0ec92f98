"""The kinds of indicator, one file a kind."""

from __future__ import annotations

from selfeval.domain.kinds.at_least import AT_LEAST
from selfeval.domain.kinds.at_most import AT_MOST
from selfeval.domain.kinds.deadline import DEADLINE
from selfeval.domain.kinds.exactly import EXACTLY
from selfeval.domain.kinds.judged import JUDGED
from selfeval.domain.kinds.kind import Kind
from selfeval.domain.kinds.monthly_schedule import MONTHLY_SCHEDULE
from selfeval.domain.kinds.not_applicable import NOT_APPLICABLE
from selfeval.domain.kinds.qualitative import QUALITATIVE
from selfeval.domain.kinds.within_range import WITHIN_RANGE

KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        AT_LEAST,
        AT_MOST,
        EXACTLY,
        WITHIN_RANGE,
        DEADLINE,
        MONTHLY_SCHEDULE,
        QUALITATIVE,
        NOT_APPLICABLE,
        JUDGED,
    )
}
"""Every kind by its id in YAML."""

__all__ = ["KINDS", "Kind"]
