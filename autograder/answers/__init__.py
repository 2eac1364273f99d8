"""What the student's functions take and answer, and the sentences where that isn't what they promise."""

from autograder.answers.answers import Answers
from autograder.answers.explain import explanation
from autograder.answers.kinds import Opaque, class_name, kind_of
from autograder.answers.names import missing_name, similar_name
from autograder.answers.precision import computed_in, imprecise
from autograder.answers.promises import Parameter, Promise, promises_in
from autograder.answers.written import source_line

__all__ = [
    "Answers",
    "Opaque",
    "Parameter",
    "Promise",
    "class_name",
    "computed_in",
    "explanation",
    "imprecise",
    "kind_of",
    "missing_name",
    "promises_in",
    "similar_name",
    "source_line",
]
