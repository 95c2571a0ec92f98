"""Forms that come back: found by what is in them, compared, and put in place without losing a version."""
