"""A folder of rules to break: copies of the shipped rulebooks, or small ones written by a test."""

from __future__ import annotations

from pathlib import Path

from selfeval.domain.problems import Problem
from selfeval.domain.targets import Targets
from selfeval.rulebook.soundness.lint import lint
from selfeval.rulebook.trying.trial import CasesRun, run_cases

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules"


class Workbench:
    """A workspace in a temporary folder with the shipped rules in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.rules = root / "rules"
        (self.rules / "examples").mkdir(parents=True)
        for one in RULES.rglob("*.yaml"):
            (self.rules / one.relative_to(RULES)).write_bytes(one.read_bytes())

    def path(self, name: str = "2024.yaml") -> Path:
        return self.rules / name

    def write(self, text: str, name: str = "2024.yaml") -> None:
        self.path(name).write_text(text, encoding="utf-8")

    def change(self, old: str, new: str, name: str = "2024.yaml") -> None:
        text = self.path(name).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {name}"
        self.write(text.replace(old, new, 1), name)

    def child(self, body: str) -> None:
        """A rulebook of its own for 2025 that extends 2024."""
        self.write(f"id: 2025\ntitle: 试\nextends: 2024\nin_force: {{from: 2025, to: 2025}}\n{body}", "2025.yaml")

    def lint(self, name: str = "2024.yaml", targets: Targets | None = None) -> tuple[Problem, ...]:
        return lint(self.path(name), self.root, targets)

    def cases(self, name: str = "2024.yaml") -> CasesRun:
        return run_cases(self.path(name), self.root)

    def line_of(self, text: str, name: str = "2024.yaml") -> int:
        lines = self.path(name).read_text(encoding="utf-8").split("\n")
        return next(i for i, line in enumerate(lines, start=1) if text in line)


def bare(text: str) -> str:
    """A text without spaces, which another test holds (``test_wording``)."""
    return "".join(text.split())


def one(problems: tuple[Problem, ...], code: str) -> Problem:
    """The only problem with a code."""
    found = [problem for problem in problems if problem.code == code]
    assert len(found) == 1, [(problem.code, problem.place.cell, problem.message) for problem in problems]
    return found[0]
