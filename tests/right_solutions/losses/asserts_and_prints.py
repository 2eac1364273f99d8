import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    assert X.ndim == 2 and W.ndim == 2, "X and W must be matrices"
    num_train = X.shape[0]
    scores = X.dot(W)
    yi_scores = scores[np.arange(num_train), y]
    margins = np.maximum(0, scores - np.matrix(yi_scores).T + 1)
    margins[np.arange(num_train), y] = 0
    loss = np.mean(np.sum(margins, axis=1)) + reg * np.sum(W * W)
    binary = np.array(margins)
    binary[np.array(margins) > 0] = 1
    row_sum = np.sum(binary, axis=1)
    binary[np.arange(num_train), y] = -row_sum.T
    dW = np.dot(X.T, binary) / num_train + 2 * reg * W
    print("loss", loss)
    return loss, dW


def relative_error(a, b):
    err = np.max(np.abs(a - b) / (np.maximum(1e-8, np.abs(a) + np.abs(b))))
    print('relative error: ', err)
    return err
