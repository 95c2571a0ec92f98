"""The workspace: the folder that holds rules/, inputs/ and outputs/, and where things lie in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.packages.files import printed_name
from selfeval.packages.links import real
from selfeval.packages.printable import readable


@dataclass(frozen=True)
class Workspace:
    """A workspace by its root folder (absolute, links resolved)."""

    root: Path

    @property
    def rules(self) -> Path:
        """The folder of rulebooks."""
        return self.root / "rules"

    @property
    def settings(self) -> Path:
        """The file of settings, which holds for all years."""
        return self.root / "inputs" / "settings.yaml"

    def inputs(self, year: int) -> Path:
        """The folder of a year's inputs."""
        return self.root / "inputs" / str(year)

    def targets(self, year: int) -> Path:
        """The year's target table."""
        return self.inputs(year) / "targets.xlsx"

    def forms(self, year: int) -> Path:
        """The folder of the year's forms."""
        return self.inputs(year) / "forms"

    def outputs(self, year: int) -> Path:
        """The folder of the year's results."""
        return self.root / "outputs" / str(year)

    def name(self, path: Path) -> str:
        """A path as shown to people: from the root, with forward slashes; outside it, the file name alone."""
        return printed_name(path, self.root)

    def whole_name(self, path: Path) -> str:
        """The same, but the path as given when it lies outside: for what was written where the user asked."""
        return self.name(path) if path.is_relative_to(self.root) else readable(path.as_posix())


def open_workspace(folder: Path) -> tuple[Workspace, tuple[Problem, ...]]:
    """The workspace at a folder, and a problem when it does not look like one."""
    root = real(folder)
    missing = [name for name in ("rules", "inputs") if not (root / name).is_dir()]
    return Workspace(root), (problem("E601", Place(), missing=" 和 ".join(missing)),) if missing else ()
