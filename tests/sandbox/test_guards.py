"""Which lines of a module are guarded against a failed import."""

from textwrap import dedent

import pytest

from autograder.sandbox.inside.guards import guarded_in


def guarded(text: str) -> list[bool]:
    """Whether each line with an `import absent` in it is guarded, from top to bottom."""
    source = dedent(text).strip()
    lines = [n for n, line in enumerate(source.splitlines(), start=1) if "absent" in line]
    return [guarded_in(source.encode(), line) for line in lines]


@pytest.mark.parametrize(
    "handler",
    [
        "except ImportError:",
        "except ModuleNotFoundError as error:",
        "except (ValueError, builtins.ImportError):",
        "except Exception:",
        "except BaseException:",
        "except:",
        "except* ImportError:",
        "except ValueError:\n    raise\nexcept ImportError:",
    ],
)
def test_a_handler_that_takes_it(handler: str) -> None:
    assert guarded(f"try:\n    import absent\n{handler}\n    absent = None") == [True, False]


@pytest.mark.parametrize(
    "rest",
    [
        "except ValueError:\n    pass",
        "except error_of(ImportError):\n    pass",
        "finally:\n    pass",
        "except ImportError:\n    raise",
        "except ImportError:\n    print('install it')\n    sys.exit(1)",
        "except ModuleNotFoundError:\n    raise SystemExit\nexcept ImportError:\n    pass",
    ],
)
def test_no_handler_that_goes_on_without_it(rest: str) -> None:
    assert guarded(f"try:\n    import absent\n{rest}") == [False]


@pytest.mark.parametrize(
    ("context", "is_guarded"),
    [
        ("contextlib.suppress(ImportError)", True),
        ("suppress(ValueError, ModuleNotFoundError)", True),
        ("open('x') as file, suppress(Exception) as nothing", True),
        ("suppress(ValueError)", False),
        ("suppress", False),
        ("pytest.raises(ImportError)", False),
    ],
)
def test_contexts(context: str, is_guarded: bool) -> None:
    assert guarded(f"with {context}:\n    import absent") == [is_guarded]
    assert guarded(f"with {context}: import absent") == [is_guarded]


def test_only_the_body_is_guarded() -> None:
    text = """
        try:
            from absent import (
                name,
            )
        except ImportError:
            import absent.first
        else:
            import absent.second
        finally:
            import absent.third
        import absent.fourth
    """
    assert guarded(text) == [True, False, False, False, False]


def test_an_outer_try_counts() -> None:
    text = """
        try:
            with open("x"):
                try:
                    import absent
                except ValueError:
                    import absent.second
        except ImportError:
            pass
    """
    assert guarded(text) == [True, True]


def test_a_function_is_not_guarded_by_where_it_is_defined() -> None:
    text = """
        try:
            class Inside:
                import absent
                def method(self):
                    import absent.second
                    try: import absent.third
                    except ImportError: pass
            async def function(): import absent.fourth
        except ImportError:
            pass
    """
    assert guarded(text) == [True, False, True, False]
