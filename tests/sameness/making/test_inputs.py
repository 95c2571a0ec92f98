"""The inputs that the harness makes are the same bytes on every run, whatever Python's hash seed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.sameness.making.tables import read_tables, vary_targets
from tests.sameness.making.years import PERFECT, reported_year

MAKE = """
import sys
from pathlib import Path
from tests.sameness.making.tables import *
from tests.sameness.making.years import reported_year
folder, tables = Path(sys.argv[1]), read_tables(Path("inputs/2024/targets.xlsx"))
varied = vary_targets(tables, 8)
write_targets(folder / "targets.xlsx", varied)
year = reported_year(varied["指标"], varied["项目"], 8)
write_reported_csv(folder / "csv", year)
write_reported_workbook(folder / "reported.xlsx", year)
"""


def test_another_run_makes_the_same_files(project_root: Path, tmp_path: Path) -> None:
    def made(seed: str) -> dict[str, str]:
        folder = tmp_path / seed
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", MAKE, str(folder)], cwd=project_root, env=environment, check=True)
        files = (one for one in folder.rglob("*") if one.is_file())
        return {one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}

    first = made("1")
    assert len(first) == 5
    assert made("2") == first


def test_years_differ_by_their_seed(project_root: Path) -> None:
    tables = read_tables(project_root / "inputs/2024/targets.xlsx")
    years = [repr(reported_year(tables["指标"], tables["项目"], seed)) for seed in range(10)]
    assert len(set(years)) == 10
    assert "99.0" not in years[PERFECT]
    assert vary_targets(tables, 1) != vary_targets(tables, 2)
