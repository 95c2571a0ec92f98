"""What ``--only`` may name: a scene, or a kind of file across scenes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tests.sameness.making.scenes import SCENES


@dataclass(frozen=True)
class Part:
    """The scenes to make, and which of their files (by the end of their path) to compare."""

    scenes: Collection[str]
    files: re.Pattern[str]


_EVERY = re.compile(".*")
PARTS: Mapping[str, Part] = {
    **{scene: Part((scene,), _EVERY) for scene in SCENES},
    "csv": Part(("sample", "faulty", "years", "filled", "rulebooks", "whatif"), re.compile(r".*\.csv")),
    "workbooks": Part(("sample", "faulty", "rulebooks", "years"), re.compile(r".*_自评表\.xlsx")),
    "summary": Part(("sample", "faulty", "rulebooks", "years"), re.compile(r".*/汇总\.xlsx")),
    "targets": Part(("import",), re.compile(r".*/targets.*\.xlsx")),
    "said": Part(tuple(SCENES), re.compile(r".*/said/.*\.txt")),
}


def scenes_of(names: Collection[str]) -> set[str]:
    """The scenes that parts need; all for none."""
    return {scene for name in names or SCENES for scene in PARTS[name].scenes}


def belongs(file: str, names: Collection[str]) -> bool:
    """Whether a file, by its path below the outputs, is of one of the parts; every file is of none."""
    scene = file.partition("/")[0]
    parts = [PARTS[name] for name in names]
    return not parts or any(scene in one.scenes and one.files.fullmatch(file) for one in parts)
