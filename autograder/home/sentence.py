"""What is said of a case that failed, in the words of the check or of the student's exception."""

import traceback
from pathlib import Path

from autograder.answers import Answers, explanation, repeats, source_line, stumbled
from autograder.home.places import Source
from autograder.home.shapes import misfit
from autograder.verdicts import CheckVerdict, MissingNameError, verdict_of


def sentence_of(error: BaseException, source: Source, answers: Answers, placed: bool) -> str:
    """Return what was wrong.

    Args:
        error: what ended the case, with its traceback.
        source: the student's file.
        answers: what the check asked for and got.
        placed: whether to say where in the student's file an exception was raised.
    """
    explained = explanation(error, answers, source.path.stem, source.text)
    own = source.innermost(error.__traceback__)
    last = traceback.extract_tb(error.__traceback__)[-1]
    if isinstance(error, AssertionError) and Path(last.filename) != source.path:
        if repeats(str(error), explained):
            return explained
        return f"{explained} The check says: {error}" if explained else str(error)
    if isinstance(error, MissingNameError) or (explained and own is None):
        return explained or str(error)
    where = f" (line {own.line} of {source.path.name}, in {own.function})" if own and placed else ""
    if verdict_of(error) == CheckVerdict.NOT_STARTED:
        return f"Not started: the placeholder is still there{where}"
    message = misfit(error, source) or (source_line(source.text, own.line) if own else "")
    raised = f"{'Your code raised ' if own else ''}{type(error).__name__}{where}: {message}"
    return stumbled(error) or (f"{raised}. {explained}" if explained else raised)
