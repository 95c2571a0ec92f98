"""What tests share: the folders, the published documents, the independent calculator."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from selfeval.packages.office import find_soffice
from tests.clusters import Cluster, started
from tests.recalculation.engine import Calculator

# No deadline: a slow machine is not a fault. Derandomised, so that a red run is red again.
settings.register_profile("selfeval", deadline=None, derandomize=True)
settings.load_profile("selfeval")

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_finish() -> None:
    """Garbage is looked for less often: what is loaded and collected stays, and expressions are many small objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of the repository: it is a workspace, with rules, inputs and outputs."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the published documents, which stands beside the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the published documents (../shared) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def seed_document(shared: Path) -> Path:
    """The real target document for 2024, as text extracted from the published PDF."""
    found = sorted((shared / "seed").glob("*.txt"))
    if not found:
        pytest.skip("the target document (../shared/seed/*.txt) is not on this machine")
    return found[0]


@pytest.fixture(scope="session")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A Dask cluster of two workers, which nobody harms. A test that uses it carries ``xdist_group("dask")``."""
    with started(tmp_path_factory.mktemp("dask")) as found:
        yield found


@pytest.fixture(scope="session")
def calculator() -> Calculator:
    """LibreOffice. Tests are skipped without it, unless SELFEVAL_REQUIRE_RECALC=1 makes that a failure.

    A test that uses it carries ``@pytest.mark.xdist_group("libreoffice")``: several at once only slow one
    another down.
    """
    soffice = find_soffice()
    if soffice is None:
        reason = "LibreOffice (soffice) is not installed: nothing can be recalculated"
        if os.environ.get("SELFEVAL_REQUIRE_RECALC") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return Calculator(soffice)
