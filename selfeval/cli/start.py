"""Where the program starts: what is slow is imported here, so that Ctrl-C is answered from the first moment on."""

from __future__ import annotations

import sys

INTERRUPTED = 130
"""The exit code of a command that was stopped by Ctrl-C, as shells have it."""
STOPPED = "已中断；已有的结果文件仍是完整的。"


def main() -> None:
    """Run the command that was typed."""
    try:
        from selfeval.cli.app import main as run
    except KeyboardInterrupt:
        sys.stderr.buffer.write(f"{STOPPED}\n".encode())
        raise SystemExit(INTERRUPTED) from None
    run()
