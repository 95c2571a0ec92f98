"""What is true of any file, whoever reads or writes it. Imports nothing of selfeval."""
