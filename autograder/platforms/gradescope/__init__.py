"""A Gradescope autograder of one topic: what its zip holds, and what runs in Gradescope's container."""
