# losses.py - everything except svm_loss/softmax_loss with loops first, vectorized afterwards
import numpy as np
import math


def svm_loss_naive(W, X, y, reg):
  dW = np.zeros(W.shape)
  num_classes = W.shape[1]
  num_train = X.shape[0]
  loss = 0.0
  for i in range(num_train):
    scores = X[i].dot(W)
    correct = scores[y[i]]
    for j in range(num_classes):
      if j == y[i]: continue
      margin = scores[j] - correct + 1   # delta = 1
      if margin > 0:
        loss += margin
        dW[:, j] += X[i].T
        dW[:, y[i]] -= X[i].T
  loss /= num_train
  dW /= num_train
  loss += reg * np.sum(W * W)
  dW += 2 * reg * W
  return loss, dW


def softmax_loss_naive(W, X, y, reg):
  N, D = X.shape
  C = W.shape[1]
  loss = 0.0
  dW = np.zeros((D, C))
  for i in range(N):
    f = [sum(float(X[i, d]) * float(W[d, c]) for d in range(D)) for c in range(C)]
    m = max(f)
    e = [math.exp(v - m) for v in f]
    total = sum(e)
    loss += math.log(total) - (f[y[i]] - m)
    for c in range(C):
      p = e[c] / total
      if c == y[i]:
        p -= 1
      for d in range(D):
        dW[d, c] += p * X[i, d]
  loss /= N
  dW /= N
  return loss + reg * np.sum(W ** 2), dW + reg * 2 * W
