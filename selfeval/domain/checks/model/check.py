"""A check: everything that is said of it, in one object."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from selfeval.domain.catalogue.entry import Entry
from selfeval.domain.checks.model.cases import Case
from selfeval.domain.checks.model.facts import Facts
from selfeval.domain.problems import Place, Problem, filled
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rulebook import CheckRule, show_percent

Findings = Iterator[tuple[Place, dict[str, object]]]
"""Where something was found, and the facts that the message of the check names."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check. Its severity is W or I: it never is an error.

    ``find`` takes the facts, then the limit (Fraction) and the words (tuple of texts) if the check has them: it has a
    limit when ``limit`` says what that means (in ``unit``: % of a share, 万元, 分 …), and words when ``words`` does.
    ``docs/checks.md`` shows what it ``looks_for`` (blank: the title says it all), its ``source`` by number and mark,
    and the ``note``. ``replaces`` is a code that says less of the same project, which then is not said of it.
    """

    code: str
    find: Callable[..., Findings]  # the arguments differ as said above; the first case of a check would show a slip
    title: str
    message: str
    remedy: str
    source: str
    says: tuple[Case, ...]
    silent: tuple[Case, ...]
    limit: str = ""
    unit: str = ""
    words: str = ""
    looks_for: str = ""
    note: str = ""
    replaces: str = ""

    @property
    def entry(self) -> Entry:
        """What the catalogue says of the code."""
        return Entry(self.title, self.message, self.remedy)

    def run(self, facts: Facts, rule: CheckRule) -> Iterator[Problem]:
        """The problems of a year, by the limit and words of the rulebook."""
        given = [rule.limit] * bool(self.limit) + [rule.words] * bool(self.words)
        for place, found in self.find(facts, *given):
            yield filled(self.code, self.entry, place, found)

    def show_limit(self, limit: Fraction) -> str:
        """A limit with its unit: 90%, 0.01 万元."""
        return show_percent(limit) if self.unit == "%" else f"{show_number(limit)} {self.unit}"
