"""``python -m selfeval``: the same as the command."""

from selfeval.cli.app import main

main()
