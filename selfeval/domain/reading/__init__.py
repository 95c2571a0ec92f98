"""From what people wrote to what is meant: numbers with units, dates, kinds."""
