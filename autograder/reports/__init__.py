"""What an instructor sees of a graded class: a table, a picture, a CSV file, and progress meanwhile."""
