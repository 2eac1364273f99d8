"""Random generators on the wire: the name of the bit generator and its state.

All go into the sandbox; how far the student's code advanced them comes back for the default kind only. NumPy
trusts the state that it is given: those of the other kinds hold a position in a buffer, and a forged one
would make it read beyond its own memory. Of the default kind an even increment would make a stream of few
numbers, in which NumPy looks for a fitting one without end.
"""

from typing import Any

import numpy as np

from .wire import Encoded, Tagged

#: Kinds whose state is nothing but two large integers, by what their state is multiplied with at each step.
_MULTIPLIERS = {"PCG64": 0x2360ED051FC65DA44385DF649FCCF645, "PCG64DXSM": 0xDA942042E4DD58B5}
SAFE = frozenset(_MULTIPLIERS)
_WORD = 2**128
#: Steps that one call may go ahead: more than it has time for.
_MOST_STEPS = 2**40
_ALL = SAFE | {"MT19937", "Philox", "SFC64"}


def encode_generator(value: np.random.Generator) -> Tagged:
    """Return the tagged list that stands for a generator."""
    state = value.bit_generator.state
    return ["generator", state["bit_generator"], _plain_state(state)]


def decode_generator(name: str, state: Encoded, allowed: frozenset[str] = _ALL) -> np.random.Generator:
    """Return a generator that continues where the encoded one stood.

    Raises:
        Exception: the bit generator is not allowed, or the state is not one of its.
    """
    if name not in allowed:
        raise ValueError("no such bit generator")
    bits = getattr(np.random, name)()
    bits.state = _state_from_plain(state)
    if name in SAFE and bits.state["state"]["inc"] % 2 == 0:
        raise ValueError("an increment that is even")
    return np.random.Generator(bits)


def is_advanced(after: np.random.Generator, before: np.random.Generator) -> bool:
    """Return whether a generator of a safe kind is another one after some drawing: the same stream, later."""
    new, old = after.bit_generator.state, before.bit_generator.state
    if new["bit_generator"] != old["bit_generator"] or new["state"]["inc"] != old["state"]["inc"]:
        return False
    multiplier = _MULTIPLIERS[old["bit_generator"]]
    return (
        _steps(old["state"]["state"], new["state"]["state"], multiplier, old["state"]["inc"]) <= _MOST_STEPS
    )


def _steps(state: int, later: int, multiplier: int, increment: int) -> int:
    """Return after how many steps of x -> multiplier * x + increment a state comes to another, mod 2**128.

    Bit by bit: a step of 2**n changes no bit below the n-th (Brown, "Random number generation with arbitrary
    strides", 1994).
    """
    steps, bit = 0, 1
    while state != later:
        if (state ^ later) & bit:
            state = (state * multiplier + increment) % _WORD
            steps |= bit
        increment = (multiplier + 1) * increment % _WORD
        multiplier = multiplier * multiplier % _WORD
        bit <<= 1
    return steps


def _plain_state(state: Any) -> Encoded:
    if isinstance(state, dict):
        return [[key, _plain_state(v)] for key, v in state.items()]
    if isinstance(state, np.ndarray):
        return state.astype("<u8").tobytes()
    return hex(state) if isinstance(state, int) else state


def _state_from_plain(state: Encoded) -> Any:
    if isinstance(state, list):
        return {key: _state_from_plain(v) for key, v in state}
    if isinstance(state, bytes):
        return np.frombuffer(state, dtype="<u8")
    return int(state, 16) if isinstance(state, str) and state.startswith(("0x", "-0x")) else state
