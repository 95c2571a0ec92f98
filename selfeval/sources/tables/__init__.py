"""Tables of sheets, CSV files and web pages to blocks: a reader a format, and what they share."""
