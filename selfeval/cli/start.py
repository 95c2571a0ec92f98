"""Where the program starts, importing what is slow, so that Ctrl-C is answered from the first moment to the last."""

from __future__ import annotations

import signal
import sys

INTERRUPTED = 130
"""The exit code of a command that was stopped by Ctrl-C, as shells have it."""
STOPPED = "已中断；已有的结果文件仍是完整的。"


def main() -> None:
    """Run the command that was typed."""
    try:
        from selfeval.cli.app import main as run

        run()
    except KeyboardInterrupt:  # before the command could answer it, or after it was done
        sys.stderr.buffer.write(f"{STOPPED}\n".encode())
        raise SystemExit(INTERRUPTED) from None
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Python would end itself by the signal
