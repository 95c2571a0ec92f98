"""A desk with every command that writes, on the smallest year: what it starts from, and which files change at once."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from selfeval.domain.case import cases
from selfeval.forms.reading.folder import form_path
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.form import write_form
from selfeval.rulebook.loading import load
from selfeval.sources.imported import Imported
from selfeval.sources.targets_reader import read_targets
from selfeval.sources.targets_workbook import targets_workbook
from tests.cli.trouble import run, snapshot
from tests.forms.conftest import CLOTHES, HOTLINE
from tests.forms.forms import cell_at, open_form, saved

ROOT = Path(__file__).resolve().parents[2]
PROJECTS = (HOTLINE, CLOTHES)
DONE = (0, 1)


@dataclass(frozen=True)
class Command:
    """A command that writes, what is done before it, and the part of the workspace that changes as one."""

    arguments: tuple[str, ...]
    before: Callable[[Path], None] = lambda _root: None
    whole: str = ""


def small_desk(root: Path, projects: tuple[str, ...] = PROJECTS) -> Path:
    """A workspace of two projects of the sample with forms filled in, the same in another folder, and a table."""
    for name, content in _files(projects).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


@lru_cache(maxsize=2)
def _files(projects: tuple[str, ...]) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        return snapshot(_made(Path(folder), projects))


def _made(root: Path, projects: tuple[str, ...]) -> Path:
    targets, _ = read_targets(ROOT / "inputs/2024/targets.xlsx", 2024, "targets.xlsx")
    targets = targets.only([*projects])
    rulebook, problems = load(ROOT / "rules/2024.yaml", ROOT)
    assert rulebook is not None, problems
    (root / "inputs/2024").mkdir(parents=True)
    (root / "inputs/2024/targets.xlsx").write_bytes(targets_workbook(Imported(targets)))
    reported = read_reported(ROOT / "examples/sample-2024", targets, ROOT)
    for case in cases(targets, reported):
        project = case.project
        name = form_path(project.unit_code, project.unit_name, project.project, project.name)
        for home in ("inputs/2024/forms", "收到"):
            (root / home / name).parent.mkdir(parents=True, exist_ok=True)
            (root / home / name).write_bytes(write_form(case, rulebook))
    (root / "rules").mkdir()
    for rules in ("2024.yaml", "2024.cases.yaml", "national-2020.yaml", "central-2021.yaml"):
        shutil.copy(ROOT / "rules" / rules, root / "rules" / rules)
    shutil.copytree(ROOT / "examples/sample-2024", root / "表")
    return root


def forms_of(root: Path, home: str = "inputs/2024/forms") -> list[Path]:
    """The forms in a folder."""
    return sorted((root / home).rglob("*.xlsx"))


def retype(form: Path, row: str, value: object, column: str = "actual") -> None:
    """Type into a form."""
    book, sheet = open_form(form)
    cell_at(sheet, row, column).value = value  # type: ignore[assignment]
    form.write_bytes(saved(book))


def scored_before(root: Path) -> None:
    """Results are there, and the inputs have changed since: old and new ones differ."""
    assert run(root, ("score", "2024")).code in DONE
    retype(forms_of(root)[0], f"{HOTLINE}-01" if HOTLINE in forms_of(root)[0].name else f"{CLOTHES}-01", 3)


def corrected(root: Path) -> None:
    """The forms in place are older than those received."""
    for form in forms_of(root, "收到"):
        retype(form, "narrative.result", "改正后的一份")
        retype(form, "narrative.date", "2025-03-03")


def reviewed_before(root: Path) -> None:
    """A review was collected, and the results are others now."""
    assert run(root, ("score", "2024")).code in DONE
    assert run(root, ("review", "2024")).code in DONE
    retype(forms_of(root)[0], "funds.executed", 1)
    assert run(root, ("score", "2024")).code in DONE


def other_targets(root: Path) -> None:
    """Another table of targets lies elsewhere."""
    shutil.copy(ROOT / "inputs/2024/targets.xlsx", root / "新目标.xlsx")


def cases_missing(root: Path) -> None:
    """Some cases of the rulebook are gone."""
    written = root / "rules/2024.cases.yaml"
    lines = written.read_text(encoding="utf-8").splitlines(keepends=True)
    written.write_text("".join(line for line in lines if "kind: at_least" not in line), encoding="utf-8")


COMMANDS = {
    "score": Command(("score", "2024"), scored_before, "outputs/2024/"),
    "score first": Command(("score", "2024"), whole="outputs/2024/"),
    "compare": Command(("score", "2024", "--compare", "--rules", "central-2021"), whole="比较/"),
    "forms": Command(("forms", "2024"), lambda root: shutil.rmtree(root / "inputs/2024/forms")),
    "forms --overwrite": Command(("forms", "2024", "--overwrite")),
    "forms --prefill": Command(
        ("forms", "2024", "--prefill", "{root}/表"), lambda root: shutil.rmtree(root / "inputs/2024/forms")
    ),
    "collect": Command(("collect", "{root}/收到", "--year", "2024", "--accept-newest"), corrected),
    "import": Command(("import", "{root}/新目标.xlsx", "--year", "2024", "--replace"), other_targets),
    "review": Command(("review", "2024"), reviewed_before, "outputs/2024/"),
    "check --write": Command(
        ("check", "2024", "--write"), lambda root: retype(forms_of(root)[0], "funds.executed", "若干"), "退回修改清单"
    ),
    "rules new": Command(("rules", "new", "2025", "--from", "2024"), whole="rules/"),
    "init": Command(("init", "{root}/新", "--unit-code", "412001", "--unit", "某局", "--year", "2025"), whole="新/"),
    "rules override": Command(
        ("rules", "override", f"{HOTLINE}-01", "--as", "≥6000次", "--because", "按批复", "--year", "2024")
    ),
    "rules cases": Command(("rules", "cases", "2024", "--missing"), cases_missing),
    "rules doc": Command(("rules", "doc", "2024", "--as", "md")),
}


def prepared(name: str, root: Path, projects: tuple[str, ...] = PROJECTS) -> tuple[str, ...]:
    """The desk made ready for a command, which is given."""
    shutil.copytree(_ready(name, projects), root, symlinks=True, dirs_exist_ok=True)
    return tuple(part.format(root=root) for part in COMMANDS[name].arguments)


@lru_cache
def _ready(name: str, projects: tuple[str, ...]) -> Path:
    """A folder, gone with this process, with the desk on which the command is given: scored, or whatever it wants."""
    folder = Path(tempfile.mkdtemp(prefix="selfeval-desk-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    COMMANDS[name].before(small_desk(folder, projects))
    return folder
