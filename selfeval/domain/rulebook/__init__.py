"""Rulebook: how to score, as plain values with the place and source of each; and what may be written of it, in words.

Every field with an ``Option`` is a key of a rule file. All thresholds are exact fractions, all points hundredths.
"""

from selfeval.domain.rulebook.execution import Execution as Execution
from selfeval.domain.rulebook.execution import ExecutionWhen as ExecutionWhen
from selfeval.domain.rulebook.kind_rules import ACTION_WORDS as ACTION_WORDS
from selfeval.domain.rulebook.kind_rules import CONDITIONS as CONDITIONS
from selfeval.domain.rulebook.kind_rules import GIVEN_SHARES as GIVEN_SHARES
from selfeval.domain.rulebook.kind_rules import PER_UNIT as PER_UNIT
from selfeval.domain.rulebook.kind_rules import Attention as Attention
from selfeval.domain.rulebook.kind_rules import Deduction as Deduction
from selfeval.domain.rulebook.kind_rules import KindRule as KindRule
from selfeval.domain.rulebook.kind_rules import OwnLevel as OwnLevel
from selfeval.domain.rulebook.kind_rules import PartUnit as PartUnit
from selfeval.domain.rulebook.kind_rules import Variant as Variant
from selfeval.domain.rulebook.kind_rules import When as When
from selfeval.domain.rulebook.kind_rules import WhenAction as WhenAction
from selfeval.domain.rulebook.kind_rules import gives_away as gives_away
from selfeval.domain.rulebook.parts import CheckRule as CheckRule
from selfeval.domain.rulebook.parts import Grade as Grade
from selfeval.domain.rulebook.parts import Grades as Grades
from selfeval.domain.rulebook.parts import InForce as InForce
from selfeval.domain.rulebook.parts import Level as Level
from selfeval.domain.rulebook.parts import Origin as Origin
from selfeval.domain.rulebook.parts import Passed as Passed
from selfeval.domain.rulebook.parts import RuleFile as RuleFile
from selfeval.domain.rulebook.parts import Section as Section
from selfeval.domain.rulebook.parts import Source as Source
from selfeval.domain.rulebook.parts import WholeRule as WholeRule
from selfeval.domain.rulebook.parts import show_percent as show_percent
from selfeval.domain.rulebook.plausible import Plausible as Plausible
from selfeval.domain.rulebook.plausible import SameUnits as SameUnits
from selfeval.domain.rulebook.points import EXTRA_WORDS as EXTRA_WORDS
from selfeval.domain.rulebook.points import UNCAPPED_SAID as UNCAPPED_SAID
from selfeval.domain.rulebook.points import USUAL as USUAL
from selfeval.domain.rulebook.points import Earning as Earning
from selfeval.domain.rulebook.points import ExtraKind as ExtraKind
from selfeval.domain.rulebook.points import Rounding as Rounding
from selfeval.domain.rulebook.rulebook import ENTRY_CONDITIONS as ENTRY_CONDITIONS
from selfeval.domain.rulebook.rulebook import NOT_APPLICABLE_SENTENCES as NOT_APPLICABLE_SENTENCES
from selfeval.domain.rulebook.rulebook import NOT_APPLICABLE_WORDS as NOT_APPLICABLE_WORDS
from selfeval.domain.rulebook.rulebook import Cited as Cited
from selfeval.domain.rulebook.rulebook import Entry as Entry
from selfeval.domain.rulebook.rulebook import NumberPresence as NumberPresence
from selfeval.domain.rulebook.rulebook import Override as Override
from selfeval.domain.rulebook.rulebook import Rulebook as Rulebook
from selfeval.domain.rulebook.rulebook import Shape as Shape
from selfeval.domain.rulebook.words import USE_WORDS as USE_WORDS
from selfeval.domain.rulebook.words import Words as Words
