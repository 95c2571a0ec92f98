"""Word documents (.docx) as blocks."""
