"""The commands that answer questions and change nothing: what there is, and how a score came about."""
