"""Text as PDF readers give it, with tabs between the cells of tables: one way to paragraphs and grids among several."""
