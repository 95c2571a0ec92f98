"""The fingerprint of a project's scores: which run a reviewed workbook was made by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

_SHOWN = 16


def fingerprint(year: int, project: str, rows: Iterable[tuple[str, ...]]) -> str:
    """Sixteen hex digits that change whenever a row of the project does.

    ``rows`` are (指标编号, 指标值, 实际完成值, 分值, 得分, state id) as ``results.csv`` has them: points and scores
    with two places, a missing score blank.
    """
    text = "\x1e".join("\x1f".join(row) for row in rows)
    return hashlib.sha256(f"{year}\x1e{project}\x1e{text}".encode()).hexdigest()[:_SHOWN]
