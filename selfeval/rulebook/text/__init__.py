"""A rule file as text: nodes with their places, what YAML refuses, single values, shapes."""
