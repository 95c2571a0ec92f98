"""The parts of a 部门预算绩效文本 as text: undoing page layout, cutting up, and reading each part."""
