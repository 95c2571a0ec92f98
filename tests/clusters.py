"""A real Dask cluster for tests: a scheduler and workers, each a process of its own that a test may kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cluster:
    """A cluster by its processes, and the address of its scheduler."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]

    def tasks(self) -> int:
        """How many tasks it knows: those that wait, are being done, or whose results somebody wants."""
        with pytest.importorskip("distributed").Client(self.address, set_as_default=False) as client:
            count: int = client.run_on_scheduler(_tasks)
            return count


def _tasks(dask_scheduler: object) -> int:
    return len(dask_scheduler.tasks)  # type: ignore[attr-defined]


@contextmanager
def started(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A cluster that ends with the block; ``folder`` is for its files. Whatever is forgotten ends by itself.

    Where Dask is not installed, the test is skipped.
    """
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    file = folder / "scheduler.json"
    running: list[subprocess.Popen[bytes]] = []

    def begin(what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            f"distributed.cli.dask_{what}",
            "--scheduler-file",
            str(file),
            "--no-dashboard",
        ]
        surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
        with (folder / f"{what}.log").open("ab") as log:
            process = subprocess.Popen([*command, *options], cwd=folder, env=surroundings, stdout=log, stderr=log)
        running.append(process)
        return process

    try:
        scheduler = begin("scheduler", "--host", "127.0.0.1", "--port", "0", "--idle-timeout", "300")
        found = [
            begin("worker", "--nthreads", "1", "--no-nanny", "--death-timeout", "60", "--host", "127.0.0.1")
            for _ in range(workers)
        ]
        with distributed.Client(scheduler_file=str(file), set_as_default=False) as client:  # waits for the file
            if workers:
                client.wait_for_workers(workers, timeout=60)
        yield Cluster(json.loads(file.read_bytes())["address"], scheduler, found)
    finally:
        for process in running:
            process.kill()
        for process in running:
            process.wait()
