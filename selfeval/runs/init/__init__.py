"""A new workspace: what a unit is given to begin with."""
