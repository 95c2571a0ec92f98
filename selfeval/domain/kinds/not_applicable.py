"""不涉及: nothing is measured; its points go to the other indicators of the section."""

from __future__ import annotations

from selfeval.domain.kind import Kind
from selfeval.domain.measures.measure import by_id
from selfeval.domain.needs.nothing import NOTHING_ASKED
from selfeval.domain.reading.targets import read_nothing

KIND = Kind(id="not_applicable", label="不涉及", rank=8, need=NOTHING_ASKED, read_target=read_nothing, measures=by_id())
