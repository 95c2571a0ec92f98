"""YAML to Rulebook: reading with line numbers, shape, inheritance, lint, cases."""
