"""Individual rules: what a rulebook says of one indicator by its number, and whether that is still the same one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from selfeval.domain.reading.addressed import addressed_to, is_for
from selfeval.domain.reading.proposal import quoted
from selfeval.domain.reading.quantity import SAYS_NOTHING, normalise
from selfeval.domain.rulebook import KindRule, Override, Rulebook
from selfeval.domain.targets import Indicator

OF_STANDARD = "绩效目标表的评分标准："
"""What the note of a rule begins with that was made from the 评分标准 of a row; the text of that follows."""


def standard_of(row: Indicator) -> str:
    """Its own 评分标准; blank where that says nothing."""
    return "" if not row.standard or normalise(row.standard) in {"", *SAYS_NOTHING} else row.standard


def written_for_another(row: Indicator, rule: KindRule | None) -> Mapping[str, str]:
    """What to say of a rule that names the number of an indicator and was written for another; else nothing."""
    if rule is None or row.indicator not in rule.indicators:
        return {}
    now = addressed_to(row.level3, row.target)
    if rule.printed and not any(is_for(written, row.level3, row.target) for written in rule.printed):
        return {"origin": str(rule.origin), "was": "”“".join(rule.printed), "now": now}
    if rule.note.startswith(OF_STANDARD) and not standard_of(row) and normalise(row.level3):
        return {"origin": str(rule.origin), "was": rule.note, "now": f"{now}（没有评分标准）"}
    return {}


def unaddressed(row: Indicator, rule: KindRule | None, override: Override | None) -> Iterator[Mapping[str, str]]:
    """What to say of each rule for an indicator that does not tell what it was written for.

    ``override`` is the one that read it, ``rule`` the one that scores it; None where there is no such.
    """
    now = addressed_to(row.level3, row.target)
    if override is not None and not override.printed:
        yield {"origin": str(override.origin), "now": now, "line": quoted(now)}
    if rule is not None and row.indicator in rule.indicators and not rule.printed:
        yield {"origin": str(rule.origin), "now": now, "line": f"[{quoted(now)}]"}


def overriding(row: Indicator, rule: str, rulebook: Rulebook) -> Override | None:
    """The override that read an indicator, by the name of the ``rule`` that did; None: it was none."""
    override = rulebook.overrides.get(row.indicator)
    return override if override is not None and rule.endswith(f":{row.indicator}") else None
