"""Whether a workbook holds a review: such a file is never overwritten."""

from __future__ import annotations

from pathlib import Path

from selfeval.workbooks.review.reading import read_review


def is_reviewed(path: Path) -> bool:
    """Whether a reviewer has typed anything into 审核意见.

    A workbook that cannot be read counts as reviewed: nobody's work may be lost over a doubt.
    """
    found = read_review(path, path.name)
    return isinstance(found, str) or (found is not None and found.is_reviewed)
