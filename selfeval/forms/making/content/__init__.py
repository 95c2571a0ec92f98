"""What stands on a form: its blocks from top to bottom, and the values put into them beforehand."""
