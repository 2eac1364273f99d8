"""What runs in the process that executes a student's code at home; it tells the command what happens."""
