import numpy as np


def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        fxph = f(x.copy())
        x[ix] = oldval - h
        fxmh = f(x.copy())
        x[ix] = oldval
        grad[ix] = (fxph - fxmh) / (2 * h)
        it.iternext()
    return grad


def color_histogram(images, bins):
    N, C, H, W = images.shape
    feats = []
    for img in images:
        row = []
        for c in range(C):
            idx = np.minimum((img[c] * bins).astype(int), bins - 1)
            row.extend(np.bincount(idx.flatten(), minlength=bins) / (H * W))
        feats.append(row)
    return np.array(feats)


def random_search(loss, shape, trials, rng):
    bestloss = float('inf')
    for num in range(trials):
        W = rng.standard_normal(shape)
        l = loss(W)
        if l < bestloss:
            bestloss = l
            bestW = W
        print('in attempt %d the loss was %f, best %f' % (num, l, bestloss))
    return bestW, bestloss
