"""What an import could not read and its table does not show: written beside it, so that no score passes over it."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.domain.problems import Problem, Severity
from selfeval.domain.scored import EXECUTION
from selfeval.domain.targets import SPENDING_PLAN
from selfeval.sources.imported import Imported

_SHOWN = frozenset({"E107", "E109", "E127", "E177"})
"""The codes of what is blank in the table, and must not be: whoever reads it tells so anyway."""
_KEPT_AS_READ = "E140"
"""The code of a value that stands in the table though it is not to be relied on."""
_OF_PLAN = "E112"
"""The code of a part of a plan that was left blank: only what is measured against the plan waits for it."""


def still_open(imported: Imported) -> Iterator[dict[str, str]]:
    """Rows of the sheet 待处理: of what hit a project or an indicator, and of what stands in no project at all."""
    targets = imported.targets
    files = {name for name, _ in imported.files}
    known, rows = set(targets.names), {*targets.indicators.column("indicator"), EXECUTION, SPENDING_PLAN}
    hits: dict[str, set[str]] = {}
    for project, row in targets.faulty:
        hits.setdefault(project, set()).add(row)
    told: dict[Problem, None] = dict.fromkeys(
        one for one in imported.problems if one.severity is Severity.ERROR and one.code not in _SHOWN
    )
    for one in told:
        place = one.place
        if not place.project and place.file not in files:  # a file without any project is none of the table's business
            continue
        indicator = place.indicator if place.indicator in rows else ""
        if targets.faulty and place.project in known:  # read from a target table, which knows what each problem hit
            hit = hits.get(place.project, set())
            indicator = "" if "" in hit else indicator
            if "" not in hit and SPENDING_PLAN in hit and place.sheet == SPENDING_PLAN:
                indicator = SPENDING_PLAN
            if indicator not in hit and not (EXECUTION in hit and one.code == _KEPT_AS_READ):
                continue
        if one.code == _OF_PLAN:
            indicator = SPENDING_PLAN
        yield {
            "code": one.code,
            "project": place.project if place.project in known else "",
            "indicator": indicator,
            "where": " ".join(filter(None, (place.file, place.sheet, place.cell))),
            "message": one.message,
            "remedy": one.remedy,
        }
