"""Target documents to Targets, one reader a format."""
