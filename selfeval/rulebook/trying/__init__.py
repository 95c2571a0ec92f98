"""Rules tried out: cases, small projects, coverage, and what a target's text would mean."""
