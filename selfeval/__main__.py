"""``python -m selfeval``: the same as the command."""

from selfeval.cli.start import main

main()
