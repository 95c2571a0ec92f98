"""Department spreadsheets: written from the targets, read back by identity; and reported tables."""
