"""From filled-in spreadsheets and reported tables to Reported."""
