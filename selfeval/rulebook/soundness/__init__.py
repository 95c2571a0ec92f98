"""Whether a rulebook may be used, and what is doubtful about it."""
