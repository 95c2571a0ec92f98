"""Rules in words: the document for approval, the draft of a new year, the reference."""
