"""不涉及: nothing is measured; its points go to the other indicators of the section."""

from __future__ import annotations

from selfeval.domain.kind import Example, Kind
from selfeval.domain.measures.measure import by_id
from selfeval.domain.needs.nothing import NOTHING_ASKED

KIND = Kind(
    id="not_applicable",
    label="不涉及",
    rank=8,
    need=NOTHING_ASKED,
    measures=by_id(),
    example=Example("效益指标", "生态效益指标", "生态效益", "不涉及"),
)
