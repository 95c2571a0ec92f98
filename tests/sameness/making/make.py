"""``make``: works at every desk of the scenes asked for, several side by side."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import time
import traceback
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from tests.sameness.making.desk import Desk
from tests.sameness.making.program import use
from tests.sameness.making.scenes import SCENES, WITH_FORMS


@dataclass(frozen=True)
class Done:
    """A desk after its work: seconds of it, and the commands that ended in a bug of the program."""

    name: str
    seconds: float
    bugs: tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """Where outputs go (``out``), the checkout whose rules and inputs are taken, and outputs of an older state."""

    out: Path
    source: Path
    past: Path | None = None


def make(setting: Setting, program: Path, scenes: Collection[str], jobs: int) -> int:
    """Make the outputs of scenes, each scene's folder anew. Returns how many commands ended in a bug.

    ``program`` is the checkout whose selfeval is run.
    """
    use(program)
    import openpyxl  # noqa: F401, PLC0415 - what every desk needs is loaded once, before the processes part
    import pandas as pd  # noqa: F401, PLC0415

    setting.out.mkdir(parents=True, exist_ok=True)
    desks = [(scene, name) for scene in SCENES if scene in scenes for name in SCENES[scene]]
    for scene in {scene for scene, _ in desks}:
        shutil.rmtree(setting.out / scene, ignore_errors=True)
    bugs: list[str] = []
    began = time.monotonic()
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        waiting = [pool.submit(_work, setting, scene, name) for scene, name in desks]
        for finished in as_completed(waiting):
            done = finished.result()
            bugs += done.bugs
            sys.stdout.write(f"{time.monotonic() - began:6.1f} s  {done.name} ({done.seconds:.1f} s)\n")
            sys.stdout.flush()
    for bug in bugs:
        sys.stdout.write(f"BUG {bug}\n")
    return len(bugs)


def _work(setting: Setting, scene: str, name: str) -> Done:
    began = time.monotonic()
    folder = setting.out / scene / name
    desk = Desk(folder, setting.source, setting.past, forms=scene in WITH_FORMS)
    try:
        SCENES[scene][name](desk)
    except Exception:  # noqa: BLE001 - a desk that breaks down must not stop the others
        desk.bugs.append(f"{folder}: {traceback.format_exc()}")
    os.chdir(setting.out)
    return Done(f"{scene}/{name}".rstrip("/"), time.monotonic() - began, tuple(desk.bugs))
