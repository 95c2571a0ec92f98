"""Workbooks of LibreOffice's own kind (.ods), read under the same limits as those of Excel."""
