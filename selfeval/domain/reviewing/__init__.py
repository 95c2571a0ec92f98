"""Review (复核): what a reviewer decided about the scores of a project, and how far that is from the self-scores."""
