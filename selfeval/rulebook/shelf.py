"""The rule files that a folder of rules holds, by the names that users give them."""

from __future__ import annotations

from pathlib import Path


def every_rulebook(rules: Path) -> list[Path]:
    """All rulebooks in a folder and the folders in it, those of the folder itself first."""
    found = (
        path
        for path in rules.rglob("*.yaml")
        if path.is_file() and "." not in path.stem and not any(part[0] == "." for part in path.relative_to(rules).parts)
    )
    return sorted(found, key=lambda path: (len(path.relative_to(rules).parts), path))


def rulebook_names(rules: Path) -> list[str]:
    """Their names: 2024, examples/hubei."""
    return [path.relative_to(rules).with_suffix("").as_posix() for path in every_rulebook(rules)]
