"""自评表: the official form, to be printed and signed."""
