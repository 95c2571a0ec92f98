"""What a form checks and scores by itself while it is filled in, as plain formulas without macros."""
