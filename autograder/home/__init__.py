"""What a student's own machine does: load the real module, run the checks on it, sum up the points."""
