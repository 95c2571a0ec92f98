"""The catalogue of problem codes: one entry a code, in files by subject.

The letter is the severity (E 错误, W 警告, I 提示), the first digit the subject: 1 targets, 2 rules, 3 forms,
4 reported values, 5 scoring and checks, 6 outputs. Templates take the facts that ``problem`` is given. Each code has
a test that provokes it, and ``docs/problems.md`` is written from here and from the checks.
"""

from __future__ import annotations

from selfeval.domain.catalogue.forms import FORMS
from selfeval.domain.catalogue.outputs import OUTPUTS
from selfeval.domain.catalogue.rules import RULES
from selfeval.domain.catalogue.scoring import SCORING
from selfeval.domain.catalogue.targets import TARGETS

CATALOGUE = {**TARGETS, **RULES, **FORMS, **SCORING, **OUTPUTS}
"""Every code but those of the checks, whose files (``selfeval.domain.checks``) hold their own entries."""
