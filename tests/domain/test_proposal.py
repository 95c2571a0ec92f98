"""What is proposed for a target that no rule can read: a line to paste, a readable guess or a person's score."""

from __future__ import annotations

import pytest

from selfeval.domain.reading.proposal import Proposal, propose
from tests.domain.rules import WORDS


@pytest.mark.parametrize(
    ("target", "name", "kind", "meant"),
    [
        ("建筑面积2360.46平方米", "总量", "exactly", "2360.46平方米"),
        ("1212月31日前完成全部工作", "", "deadline", "12月31日"),
        ("2023.12", "课时", "deadline", "2023年12月"),
        ("每月检查1次", "", "exactly", "12次"),
        ("每季度检查不少于2次", "", "exactly", "8次"),
        ("0.95", "合格率", "at_least", "≥95%"),
        ("≤90%以上", "", "at_most", "≤90%"),
        ("M.8万元", "", "judged", ""),
        ("-5%", "", "judged", ""),
        ("≤5900人/年/元", "", "judged", ""),
        ("完成1部宣传片,2套方案", "", "judged", ""),
        ("实际金额", "", "judged", ""),
        ("", "", "judged", ""),
    ],
)
def test_a_guess_or_a_person(target: str, name: str, kind: str, meant: str) -> None:
    assert propose(target, name, WORDS, 2023) == Proposal(kind, meant)


def test_of_two_directions_a_person_says_which() -> None:
    offered = propose("≥95%以下", "合格率", WORDS, 2023, opposite=True)
    assert offered == Proposal("at_least或at_most", "（写明是≥95%还是≤95%）")


def test_the_line_and_the_command_are_ready_to_be_pasted() -> None:
    offered = Proposal("at_most", "≤30万元")
    assert offered.line("P-01", "成本：30万").startswith(
        '- {indicator: "P-01", kind: at_most, target: "≤30万元", printed: "成本：30万", because: '
    )
    assert '--as "≤30万元"' in offered.command("P-01", 2024)
    assert "--kind judged" in Proposal("judged").command("P-01", 2024)
