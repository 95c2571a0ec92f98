"""The nouns and the arithmetic. Pure: no files, no clock, no environment."""
