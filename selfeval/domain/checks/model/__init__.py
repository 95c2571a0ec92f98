"""What a check is, what it looks at, and what its cases are made of."""

from selfeval.domain.checks.model.cases import CONTENT, DONE, MET, Case, Project, Row
from selfeval.domain.checks.model.check import Check, Findings
from selfeval.domain.checks.model.facts import Facts, Mask

__all__ = ["CONTENT", "DONE", "MET", "Case", "Check", "Facts", "Findings", "Mask", "Project", "Row"]
