"""What home and grader are compared on: the bank, right variants, mutants, and state that is spoiled."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.course.assignment import Assignment
from autograder.proof.agreement.spoilers import spoilers_of
from autograder.proof.mutants import mutants_of
from autograder.proof.probes import Probes
from autograder.proof.sampling import sampled
from autograder.proof.test_coverage import Reach, entering, find_reach, only_imports, reaching
from autograder.variants import load_variants

#: Mutants per topic.
_MUTANTS = 30


@dataclass(frozen=True)
class Slip:
    """Something that a student may hand in.

    Attributes:
        name: what it is.
        source: the module.
        tests: that go through what is not as in the reference; the others would go as for that one.
    """

    name: str
    source: str = field(repr=False)
    tests: tuple[str, ...] = field(repr=False)


def slips_of(assignment: Assignment) -> list[Slip]:
    """Return all that a topic is compared on."""
    source = assignment.reference.read_text(encoding="utf-8")
    reach = find_reach(assignment, Probes())
    slips = [
        Slip("the reference", source, tuple(reach.tests)),
        *_declared(assignment, source, reach),
        *_mutants(source, reach),
        *(
            Slip(f"{name} {slip}", text, tuple(entering(reach.tests, source, {name.partition(".")[0]})))
            for name, slip, text in spoilers_of(source)
        ),
    ]
    return [slip for slip in slips if slip.tests]


def _declared(assignment: Assignment, source: str, reach: Reach) -> Iterator[Slip]:
    variants = load_variants(assignment)
    for variant in (*variants.correct, *variants.misconceptions):
        everywhere = not only_imports(variant.preamble)
        tests = reach.tests if everywhere else entering(reach.tests, source, variant.exchanged)
        yield Slip(variant.name, variant.source, tuple(tests))


def _mutants(source: str, reach: Reach) -> Iterator[Slip]:
    mutants = sampled(mutants_of(source), _MUTANTS)
    tests = reaching(reach.tests, source, [mutant.line for mutant in mutants])
    for mutant, own in zip(mutants, tests, strict=True):
        yield Slip(f"line {mutant.name}", mutant.source, tuple(own))
