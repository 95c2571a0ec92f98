"""PDF files with text as blocks."""
