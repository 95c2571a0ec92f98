"""One run: find the inputs, execute, publish, record."""
