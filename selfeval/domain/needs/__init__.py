"""Needs: what a department reports for an indicator, one file each: how it is asked for, and how it is read."""
