"""Random generators on the wire: the name of the bit generator and its state.

All go into the sandbox; how far the student's code advanced them comes back for the default kind only. NumPy
trusts the state that it is given: those of the other kinds hold a position in a buffer, and a forged one
would make it read beyond its own memory.
"""

from typing import Any

import numpy as np

from .wire import Encoded, Tagged

#: Kinds whose state is nothing but large integers: whatever they are, no harm comes of setting them.
SAFE = frozenset({"PCG64", "PCG64DXSM"})
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
    return np.random.Generator(bits)


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
