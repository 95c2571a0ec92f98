"""Documents of headings, paragraphs and tables: one model, written as Markdown or as a Word file."""
