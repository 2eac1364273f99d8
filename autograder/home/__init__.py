"""What runs on a student's own machine: it loads the real module, runs the checks and sums up the points."""
