"""Look through the frames of all threads, and those of a traceback, for checks."""

import sys


def mean(x):
    frames = list(sys._current_frames().values())
    try:
        1 / 0
    except ZeroDivisionError as error:
        trace = error.__traceback__
        while trace is not None:
            frames.append(trace.tb_frame)
            trace = trace.tb_next
    for frame in frames:
        while frame is not None:
            if "test_attacked" in frame.f_code.co_filename:
                print("BREACH: a check's frame", frame)
            frame = frame.f_back
    return 0.0
