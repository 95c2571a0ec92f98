"""Where the time of a run goes: a thread looks every millisecond at what the run is doing.

``python -m benchmarks.stages WORKSPACE OUT`` scores the year of a workspace in this process and prints the seconds of
each stage as JSON. A sample belongs to the stage that its frames tell, by the folders they are in; what runs in other
processes is not seen.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from types import FrameType

STEP = 0.001
ORDER = ("import", "read", "score", "build", "write", "compress", "summary", "other")
_FOLDERS = (
    ("importlib._bootstrap", "import"),
    ("/zipfile", "compress"),
    ("/isal/", "compress"),
    ("/selfeval/packages/deflated", "compress"),
    ("/xlsxwriter/", "write"),
    ("/selfeval/sheets/", "write"),
    ("/selfeval/workbooks/", "build"),
    ("/selfeval/domain/", "score"),
    ("/selfeval/rulebook/", "read"),
    ("/selfeval/forms/", "read"),
    ("/selfeval/sources/", "read"),
    ("/selfeval/packages/writing", "write"),
    ("/selfeval/packages/", "read"),
    ("/yaml/", "read"),
)
_HANDS_OUT = "/selfeval/packages/crew"
"""Whatever is done is done below it."""
_SUMMARY, _MADE = "summary_workbook", ("build", "write")


def stage(frame: FrameType | None) -> str:
    """The stage that a stack is in; making the summary is one of its own, whatever it does."""
    told = []
    for one in _outwards(frame):
        if one.f_code.co_name == _SUMMARY:
            return "summary"
        name = one.f_code.co_filename
        told += [] if _HANDS_OUT in name else [said for part, said in _FOLDERS if part in name][:1]
    if not told:
        return "other"
    if told[0] == "import" or (told[0] == "compress" and told[-1] != "read"):
        return told[0]
    # within the making of a workbook: its content, or its XML; the domain serves both
    return next(said for said in told if said in _MADE) if told[-1] in _MADE else told[-1]


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def watched(seconds: Counter[str], ended: threading.Event, thread: int) -> None:
    """Give the time since the last look to the stage that the thread is in now."""
    last = time.perf_counter()
    while not ended.wait(STEP):
        now = time.perf_counter()
        seconds[stage(sys._current_frames().get(thread))] += now - last  # type: ignore[assignment]  # noqa: SLF001
        last = now


def main() -> None:
    """Score a year and say where the time went."""
    workspace, out = sys.argv[1:3]
    seconds: Counter[str] = Counter()
    ended, thread = threading.Event(), threading.get_ident()
    watcher = threading.Thread(target=watched, args=(seconds, ended, thread), daemon=True)
    watcher.start()
    sys.argv[1:] = ["score", "2024", "--workspace", workspace, "--out", out, "--fresh"]
    target, sys.stdout = sys.stdout, sys.stderr
    try:
        from selfeval.cli.start import main as start  # noqa: PLC0415 - importing it is a stage too

        start()
    except SystemExit as ending:
        if ending.code:
            raise
    finally:
        ended.set()
        watcher.join()
        sys.stdout = target
    print(json.dumps({name: seconds[name] for name in ORDER}))


if __name__ == "__main__":
    main()
