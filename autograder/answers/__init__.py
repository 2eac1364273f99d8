"""What the student's functions take and answer, and the sentences where that isn't what they promise."""

from autograder.answers.answers import Answers
from autograder.answers.explain import explanation, repeats
from autograder.answers.finite import not_finite
from autograder.answers.kinds import Opaque, class_name, kind_of, listed
from autograder.answers.names import missing_name, similar_name
from autograder.answers.precision import computed_in, imprecise
from autograder.answers.promises import Parameter, Promise, promises_in
from autograder.answers.reasons import FIGURE, MOST_REASONS, Reason, reasons
from autograder.answers.stumbles import stumbled
from autograder.answers.traces import entries, failed_at, file_of, span_of
from autograder.answers.written import MOST_LINES, lies_in, source_line, written_in

__all__ = [
    "FIGURE",
    "MOST_LINES",
    "MOST_REASONS",
    "Answers",
    "Opaque",
    "Parameter",
    "Promise",
    "Reason",
    "class_name",
    "computed_in",
    "entries",
    "explanation",
    "failed_at",
    "file_of",
    "imprecise",
    "kind_of",
    "lies_in",
    "listed",
    "missing_name",
    "not_finite",
    "promises_in",
    "reasons",
    "repeats",
    "similar_name",
    "source_line",
    "span_of",
    "stumbled",
    "written_in",
]
