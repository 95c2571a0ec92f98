"""Overriding: the reading of one indicator written into a rule file; every other byte of it stays as it is."""

from __future__ import annotations

import json

from selfeval.domain.rulebook import Override
from selfeval.rulebook.writing.items import with_item

_HEAD = "# 不能按规则认出的指标，逐条列明怎样读、凭什么。"


def with_override(data: bytes, override: Override, *, whole: bool = False) -> bytes | None:
    """The bytes of a rule file with an override; one of the same indicator that stands in the file is replaced.

    ``whole`` writes every key, for where a parent has an override of the same indicator. None as for ``with_item``.
    """
    item = [f"indicator: {_quoted(override.indicator)}", f"kind: {override.kind}"]
    item += [f"target: {_quoted(override.target)}"] if override.target or whole else []
    item += [f"because: {_quoted(override.because)}"]
    return with_item(data, ("overrides",), item, name=override.indicator, head=_HEAD)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a string of JSON is one of YAML
