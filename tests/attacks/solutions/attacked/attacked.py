"""A small topic to be attacked: cheap to grade, with something of all that checks do."""

import numpy as np

FORBIDDEN = ("torch",)


def mean(x):
    """Return the mean of x."""
    ### BEGIN SOLUTION
    return float(np.sum(x) / x.size)
    ### END SOLUTION


def relu_forward(x):
    """Return max(x, 0), and what the backward pass needs."""
    ### BEGIN SOLUTION
    return np.maximum(x, 0), x
    ### END SOLUTION


def relu_backward(dout, cache):
    """Return the gradient with respect to x."""
    ### BEGIN SOLUTION
    return dout * (cache > 0)
    ### END SOLUTION


def lowest(loss, tries):
    """Return the one of the tries at which the loss is lowest."""
    ### BEGIN SOLUTION
    return min(tries, key=loss)
    ### END SOLUTION


def predict(x):
    """Return for each row of x whether its sum is positive, as 0 or 1."""
    ### BEGIN SOLUTION
    return (x.sum(axis=1) > 0).astype(int)
    ### END SOLUTION
