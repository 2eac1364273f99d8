"""What `autograder prove` prints."""

from collections.abc import Iterator

from rich.table import Table

from autograder.proof.mutants import Mutant
from autograder.proof.names import Fit
from autograder.proof.result import TopicProof


def summary_lines(proof: TopicProof) -> list[str]:
    """Return the figures, a line each."""
    tried = "" if proof.complete else " (a sample)"
    return [
        f"full marks: {len(proof.kept)} of {len(proof.correct)} right variants, the reference among them",
        f"misconceptions: {len(proof.caught)} of {len(proof.misconceptions)} lose points, "
        f"{len(proof.named)} are named rightly, {sum(v.named_first for v in proof.misconceptions)} are named "
        "first of all",
        f"mutants{tried}: {len(proof.trials)}, of which {len(proof.equivalent)} equivalent; "
        f"{len(proof.killed)} killed, {len(proof.survivors)} survive: {proof.kill_rate:.1%} killed",
        f"names of {len(proof.diagnosed)} caught mutants (a sample): "
        f"{sum(bool(t.names) for t in proof.diagnosed)} are given one, "
        f"{len(proof.given(Fit.WRONG))} checks one that is wrong, {len(proof.given(Fit.PERHAPS))} perhaps",
        f"without the {len(proof.crashing)} that merely crash: {proof.kill_rate_without_crashes:.1%} killed",
    ]


def report_lines(proof: TopicProof) -> Iterator[str]:
    """Give the whole report but the table: figures, what is wrong, survivors and equivalents as diffs."""
    yield f"{proof.topic}: {proof.seconds:.0f} s for the mutants"
    yield from (f"  {line}" for line in summary_lines(proof))
    for variant in proof.correct:
        yield from (f"  wrongly rejected: {variant.name} by {c.id}: {c.feedback}" for c in variant.lost)
    unnamed = [v.name for v in proof.caught if not v.named]
    if unnamed:
        yield f"  caught but not named: {', '.join(unnamed)}"
    for variant in proof.misnamed:
        for check, name in variant.wrong_names.items():
            yield f"  wrong name: {variant.name} is called {name} by {check}"
    for fit in (Fit.WRONG, Fit.PERHAPS):
        for mutant, given in proof.given(fit):
            yield f"  {fit} name: {given.name} by {given.check}\n{diff(proof.file, mutant)}"
    if proof.elsewhere:
        yield f"  alone in catching something with another seed only: {', '.join(sorted(proof.elsewhere))}"
    for trial in proof.equivalent:
        reason = proof.reasons.get(trial.mutant, "the probes find no difference")
        yield f"  equivalent ({reason})\n{diff(proof.file, trial.mutant)}"
    for trial in proof.survivors:
        yield f"  survives: {trial.mutant.kind}\n{diff(proof.file, trial.mutant)}"
    yield from (f"  not proven: {problem}" for problem in proof.problems)


def diff(file: str, mutant: Mutant) -> str:
    """Return the mutant as a diff."""
    old = [f"    -{line}" for line in mutant.before.splitlines()]
    new = [f"    +{line}" for line in mutant.after.splitlines()]
    return "\n".join([f"    {file}:{mutant.line}", *old, *new])


def checks_table(proof: TopicProof) -> Table:
    """Return for each check how much it catches, and how much of that it alone."""
    table = Table("check", "shown", title=f"{proof.topic}: what each check catches", title_justify="left")
    table.add_column("catches", justify="right")
    table.add_column("alone", justify="right")
    for check in proof.checks:
        shown = "hidden" if check.hidden else "public"
        table.add_row(check.id, shown, str(proof.kills(check.id)), str(proof.sole_kills(check.id)))
    return table
