"""What the program does for its users, told as tests. The folders mirror ``selfeval/``."""
