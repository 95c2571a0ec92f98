"""What is true of any Office package, whoever reads it. Imports nothing of selfeval."""
