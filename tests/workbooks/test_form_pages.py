"""The official form on paper: no row over two pages, no signature alone, small overruns on one page."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from selfeval.sheets.page import UPRIGHT
from selfeval.workbooks.form_rows import REPEATED, page_starts
from selfeval.workbooks.form_sheet import COLUMNS

ROOM = UPRIGHT.room([column.width or 0.0 for column in COLUMNS])
TAIL = 94.0


def test_a_form_that_runs_over_by_a_little_stays_on_one_page() -> None:
    assert page_starts(ROOM, 300, [30.0] * 10, TAIL) == frozenset()
    least_too_long = (ROOM * 1.25 - 300 - TAIL) / 10
    assert page_starts(ROOM, 300, [least_too_long] * 10, TAIL) != frozenset()


@given(st.lists(st.floats(26, 400), min_size=1, max_size=80), st.floats(250, 600))
def test_no_row_falls_on_two_pages_and_the_signature_has_company(heights: list[float], before: float) -> None:
    starts = sorted(page_starts(ROOM, before, heights, TAIL))
    if not starts:
        assert before + sum(heights) + TAIL <= ROOM * 1.2
        return
    pages = [heights[first:last] for first, last in pairwise([0, *starts, len(heights)])]
    tops = [before, *[REPEATED] * len(starts)]
    used = [top + sum(page) for top, page in zip(tops, pages, strict=True)]
    used[-1] += TAIL
    assert pages[-1]
    assert all(one <= ROOM for one in used[1:])
