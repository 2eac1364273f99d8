"""A plain folder with a folder or zip for each student."""
