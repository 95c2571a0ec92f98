"""How fast, against what: ratios measured in one run on one machine. ``python -m benchmarks``."""
