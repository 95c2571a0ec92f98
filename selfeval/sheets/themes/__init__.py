"""How the workbooks look: one file for each family of them."""
