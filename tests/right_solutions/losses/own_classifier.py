from __future__ import annotations

import numpy as np
import matplotlib.pyplot as plt  # for debugging


def l1_penalty(W, strength):
    s = np.where(W > 0, 1, -1)
    return strength * np.abs(W).sum(), strength * s


def l2_penalty(W, strength):
    return strength * np.linalg.norm(W.ravel()) ** 2, strength * 2.0 * W


def elastic_net_penalty(W, l1, l2):
    return (l1 * np.abs(W).sum() + l2 * (W * W).sum(), l1 * np.sign(W) + 2 * l2 * W)


class LinearClassifier(object):

    def __init__(self, loss):
        self.loss = loss
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, rng=None):
        num_train, dim = X.shape
        num_classes = np.max(y) + 1
        if self.W is None:
            self.W = 0.001 * rng.standard_normal((dim, num_classes))
        loss_history = []
        for it in range(num_iters):
            idx = rng.choice(num_train, size=batch_size, replace=False)
            X_batch = X[idx]
            y_batch = y[idx]
            loss, grad = self.loss(self.W, X_batch, y_batch, reg)
            loss_history.append(loss)
            self.W += -learning_rate * grad
            if it % 100 == 0:
                print('iteration %d / %d: loss %f' % (it, num_iters, loss))
        return loss_history

    def predict(self, X):
        y_pred = np.zeros(X.shape[0])
        scores = np.dot(X, self.W)
        y_pred = np.argmax(scores, axis=1)
        return y_pred
