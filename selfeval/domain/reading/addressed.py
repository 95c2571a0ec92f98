"""Addressed: what a rule that names one indicator was written for, so that a number that came to another is noticed.

指标编号 are counted up: an indicator that is put in, taken out or exchanged moves them on to others.
"""

from __future__ import annotations

from selfeval.domain.reading.quantity import normalise

_BETWEEN = "："


def addressed_to(name: str, target: str) -> str:
    """An indicator as a rule remembers it: its 三级指标 and its 指标值, on one line."""
    return " ".join(f"{name}{_BETWEEN}{target}".split())


def parted(written: str) -> tuple[str, str]:
    """Name and target of what a rule remembers; a name without a target where there is no sign between them."""
    name, _, target = written.rpartition(_BETWEEN)
    return (name, target) if name or target else (written, "")


def is_for(written: str, name: str, target: str) -> bool:
    """Whether a rule was written for an indicator; one without a name, as in cases, is known by its target."""
    found, now = normalise(written), normalise(addressed_to(name, target))
    return found == now if normalise(name) else found.endswith(now)
