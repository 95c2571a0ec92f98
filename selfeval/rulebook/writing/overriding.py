"""Overriding: the reading of one indicator written into a rule file; every other byte of it stays as it is."""

from __future__ import annotations

from selfeval.domain.reading.proposal import quoted
from selfeval.domain.rulebook import Override
from selfeval.rulebook.writing.items import with_item

_HEAD = "# 不能按规则识别的指标，逐条列明识别结果和依据。"


def with_override(data: bytes, override: Override, *, whole: bool = False) -> bytes | None:
    """The bytes of a rule file with an override; one of the same indicator that stands in the file is replaced.

    ``whole`` writes every key, for where a parent has an override of the same indicator. None as for ``with_item``.
    """
    item = [f"indicator: {quoted(override.indicator)}", f"kind: {override.kind}"]
    item += [f"target: {quoted(override.target)}"] if override.target or whole else []
    item += [f"printed: {quoted(override.printed)}"] if override.printed else []
    item += [f"because: {quoted(override.because)}"]
    return with_item(data, ("overrides",), item, name=override.indicator, head=_HEAD)
