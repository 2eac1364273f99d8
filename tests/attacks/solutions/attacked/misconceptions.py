"""One mistake, so that there is something to name."""

from autograder.variants import edit, misconception

misconception(
    "sum-for-mean",
    hint="How does the result change when every entry is there twice?",
    edits=[edit("mean", "np.sum(x) / x.size", "np.sum(x)")],
)
