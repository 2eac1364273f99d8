"""What happens today instead of what the table asks for, by row.

Each of these rows has to fail, so whoever puts one right takes its line out. Nothing is to be added here: a
row that is right stays right.
"""

__all__ = ["AT_HOME_TODAY", "TODAY"]

TODAY: dict[str, str] = {
    # Item 7.
    "longdouble": "score 77",
    "a Decimal": "doesn't say 'Decimal'; says 'Handle'",
    "a Fraction": "doesn't say 'Fraction'; says 'Handle'",
    "an array of objects": "doesn't say 'object'; says 'Handle'",
    "a set": "doesn't say 'real number'",
    "an object of one's own": "doesn't say 'Answer'; says 'Handle'",
    # Item 9.
    "archives and modules beside the folders": "dave, grace and hal have no row",
    # Item 10.
    "a near miss with --strict-names": "what needs a look is not counted",
    "an invisible character in the name": "unreadable, 0 points",
    # Item 13.
    "no return": "says 'ran into'",
    "print for return": "says 'ran into'",
    "a bare return": "doesn't say 'line 148'; says 'ran into'",
    "the loss alone": "doesn't say 'a single number'; doesn't say 'l",
    "the gradient alone": "doesn't say 'an array'; doesn't say 'line 148",
    "three values": "doesn't say 'gradient'; doesn't say '3 values",
    "a dict": "doesn't say 'dict'; doesn't say 'line 148'; s",
    "yield for return": "doesn't say 'line 148'; says 'ran into'",
    "None for the gradient": "doesn't say 'gradient'; doesn't say 'line 148",
    "the two values swapped": "doesn't say 'line 148'",
    "a function for its value": "doesn't say 'gradient'; doesn't say 'line 148",
    "text for the loss": "doesn't say 'gradient'; doesn't say 'text'; d",
    "a default lost": "doesn't say 'default'; doesn't say '1e-05'; s",
    "parameters swapped": "doesn't say 'svm_loss(y, x)'; doesn't say 'sv",
    "a parameter too many": "doesn't say 'svm_loss(x, y, reg)'; doesn't sa",
    "self forgotten": "doesn't say 'self'; says 'ran into'",
    "a letter left out of a name": "doesn't say 'you have softmax_los'",
    "capitals in a name": "doesn't say 'you have linearClassifier'",
    "a method's name misspelt": "doesn't say 'you have predicts'",
    "an assert without words": "doesn't say 'assert W.ndim == 7'",
    "raise ValueError without words": "doesn't say 'raise ValueError'",
    # Item 14.
    "softmax_loss in float32": "doesn't say 'float32'; doesn't say 'precision",
    "svm_loss in float32": "doesn't say 'float32'; doesn't say 'precision",
    "svm_loss_naive in float32": "doesn't say 'float32'; doesn't say 'precision",
    "a gradient kept in float32": "doesn't say 'float32'; doesn't say 'precision",
    "numerical_gradient into float32, which only hidden checks see": "doesn't note 'float32'",
    "softmax_loss in half precision": "doesn't say 'float16'; doesn't say 'precision",
    # Item 17.
    "one optim_config for all parameters": "score 100",
    "the default optim_config shared by all solvers": "score 100",
}

AT_HOME_TODAY: dict[str, str] = {}
