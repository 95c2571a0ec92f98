"""Numbers that a sheet shows are rounded so that every calculator agrees on them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.rounding import sheet_round
from selfeval.workbooks.live.rounded import rounded, stored


def test_sheets_round_what_they_show() -> None:
    assert sheet_round(1.005, 2) == 1.01
    assert sheet_round(4.2749999999999995, 9) == 4.275
    assert sheet_round(2.5, 0) == 3


@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_a_rounded_number_has_no_more_digits_than_a_sheet_keeps(value: float) -> None:
    assert stored(rounded(value).value) == rounded(value).value
