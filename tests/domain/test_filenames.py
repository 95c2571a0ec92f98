from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.filenames import LARGEST, LONGEST, cut_to_bytes, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("承德市司法局", "承德市司法局"),
        ('a<b>c:d"e/f\\g|h?i*j', "a_b_c_d_e_f_g_h_i_j"),
        ("“四区五中心”建设项目", "“四区五中心”建设项目"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("名称. . ", "名称"),
        ("CON", "_CON"),
        ("com1.项目", "_com1.项目"),
        ("第一行\n第二行\t三", "第一行_第二行_三"),
        ("", "_"),
        ("...", "_"),
        ("a\u202eb", "a_b"),
    ],
)
def test_what_windows_refuses_is_replaced(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text())
def test_any_text_gives_a_name_that_is_safe_and_stays_the_same(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('<>:"/\\|?*\x00\n')
    assert name == name.strip(" .")
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("most", "kept"), [(12, "承德市a"), (10, "承德市a"), (9, "承德市"), (8, "承德"), (3, "承"), (2, ""), (0, "")]
)
def test_a_name_is_cut_to_the_last_letter_that_fits(most: int, kept: str) -> None:
    assert cut_to_bytes("承德市a", most) == kept


def test_a_long_name_keeps_as_much_as_fits() -> None:
    assert safe_name("市" * 300) == "市" * (LARGEST // len("市".encode()))
    assert safe_name("a" * 300) == "a" * LONGEST
