"""A fuzzer over all that reads what comes from the sandbox: bytes in, plain data or a verdict out.

The quick form is part of the tests. The long one makes as many inputs as it is told to:
`python -m tests.sandbox.fuzz 1000000`.
"""

from hypothesis import given, settings

from tests.sandbox.fuzz import FRAMES, SESSIONS, assert_decoded_or_refused, assert_session_ends


@settings(max_examples=150)
@given(FRAMES)
def test_any_frame_is_plain_data_or_an_error(body: bytes) -> None:
    assert_decoded_or_refused(body)


@settings(max_examples=60)
@given(SESSIONS)
def test_any_replies_end_a_session_with_a_verdict(replies: list[bytes]) -> None:
    assert_session_ends(replies)
