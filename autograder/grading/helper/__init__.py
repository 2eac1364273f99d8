"""The process in which one submission is graded, and the task that supervises it.

What a submission sends back is worked on here, and may be made to take this process all time and memory. So
it is a process that can be ended: the task outside takes note of each finished case, and goes on in another.
"""
