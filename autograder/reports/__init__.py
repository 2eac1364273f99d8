"""What an instructor sees of a graded class: progress, a table, a picture and a CSV file."""
