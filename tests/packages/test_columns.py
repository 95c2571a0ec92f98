"""Columns by number and by letters."""

from __future__ import annotations

import pytest

from selfeval.packages.columns import letters


@pytest.mark.parametrize(("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_sheets_name_them(at: int, name: str) -> None:
    assert letters(at) == name
