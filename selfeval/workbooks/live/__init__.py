"""What is calculated in the sheets: formulas, their exact values, and the cells they stand in."""
