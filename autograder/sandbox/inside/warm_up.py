"""What every check's process will do, done once on data of ours before any of the student's code runs.

A forked process shares its memory with the one it came from until it writes to it, page by page, and each
first write takes the kernel some microseconds. A spare process has time for that while another check works.
"""

from types import ModuleType

import numpy as np

from . import wire
from .messages import Call, Question, Reply, pack_message
from .server import Server

#: Operations that most exercises use; it draws no random numbers and changes no setting of NumPy's.
_SOURCE = """
import numpy as np

def loss(x, w, y):
    scores = x @ w
    scores = scores - scores.max(axis=1, keepdims=True)
    probabilities = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
    rows = np.arange(len(y))
    value = -np.log(probabilities[rows, y]).mean()
    gradient = probabilities.copy()
    gradient[rows, y] -= 1
    gradient[gradient < -1] = 0
    return float(value), x.T.dot(gradient) / len(x) + np.zeros_like(w)
"""
_CODE = compile(_SOURCE, "warm_up.py", "exec", dont_inherit=True)


def warm_up() -> Reply:
    """Execute a module, call its function as a check would, and return the reply, which nobody needs."""
    module = ModuleType("warm_up")
    exec(_CODE, vars(module))
    server = Server(module, "warm_up.py", _unasked)
    arguments = [np.ones((3, 2)), np.ones((2, 4)), np.array([0, 1, 3])]
    packed = [wire.pack(server.encode(a)) for a in arguments]
    pack_message(server.names())
    reply = server.answer(pack_message(Call(("name", "loss"), packed, [], keep_second=False)))
    pack_message(reply)
    return reply


def _unasked(question: Question) -> Reply:
    raise AssertionError(f"the warm-up has nobody to ask: {question}")
