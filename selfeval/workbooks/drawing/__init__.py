"""How sheets are drawn: the pen, styles, text that fits, and printed pages."""
