"""One mistake, so that there is something to name."""

from autograder.bank import edit, misconception

misconception(
    "sum-for-mean",
    hint="How does the result change when every entry is there twice?",
    edits=[edit("mean", "np.sum(x) / x.size", "np.sum(x)")],
)
