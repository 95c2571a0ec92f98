"""The scenes of a make: each runs the commands of one part of the program on inputs that are always the same.

A scene is a list of desks, so that the desks of all scenes can be worked at side by side.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.sameness.making import answers, mistakes, papers, scoring
from tests.sameness.making.desk import OWN, RULEBOOKS
from tests.sameness.making.scoring import Work

SEEDS = range(20)

WITH_FORMS = frozenset({"sample", "rulebooks", "lists", "review", "explain"})
"""The scenes whose desks have the filled forms of the sample year."""

SCENES: Mapping[str, Mapping[str, Work]] = {
    "years": {f"{seed:02}": scoring.year(seed) for seed in SEEDS},
    "rulebooks": {
        **{name.rpartition("/")[2]: scoring.rulebook(number) for number, name in enumerate(RULEBOOKS)},
        "as-of": scoring.as_of,
    },
    "options": {name.rpartition("/")[2]: scoring.options(name) for name in OWN},
    "sample": {"": scoring.sample},
    "faulty": {"": scoring.faulty},
    "forms": {
        "blank": papers.blank_forms,
        "prefilled": papers.prefilled_forms,
        "last-year": papers.last_year,
        "varied": papers.varied_forms,
    },
    "filled": {f"{seed:02}": scoring.filled(seed) for seed in (31, 32)},
    "collect": {"": papers.collect},
    "lists": {"": papers.lists},
    "review": {"": papers.review},
    "diff": {"": answers.diff},
    "explain": {"": scoring.explain},
    "whatif": {"": scoring.whatif},
    "rules": {"": answers.rules},
    "import": {"": answers.import_texts},
    "help": {"": answers.show_help},
    "mistakes": {
        "rules": mistakes.wrong_rules,
        "targets": mistakes.wrong_targets,
        "reports": mistakes.wrong_reports,
        "forms": mistakes.wrong_forms,
        "texts": mistakes.wrong_texts,
        "commands": mistakes.wrong_commands,
    },
    "past": {"": answers.past},
}
"""Scene to desk (the folder below the scene's) to what is done there."""
