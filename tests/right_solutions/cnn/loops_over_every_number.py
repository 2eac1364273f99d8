import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out = 1 + (H + 2 * pad - HH) // stride
    W_out = 1 + (W + 2 * pad - WW) // stride
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
    out = np.zeros((N, F, H_out, W_out))
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    total = b[f]
                    for c in range(C):
                        for k in range(HH):
                            for l in range(WW):
                                total += x_pad[n, c, i * stride + k, j * stride + l] * w[f, c, k, l]
                    out[n, f, i, j] = total
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, H_out, W_out = dout.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(b.shape)
    for f in range(F):
        db[f] = np.sum(dout[:, f, :, :])
        for c in range(C):
            for k in range(HH):
                for l in range(WW):
                    rows = slice(k, k + H_out * stride, stride)
                    cols = slice(l, l + W_out * stride, stride)
                    dw[f, c, k, l] = np.sum(dout[:, f, :, :] * x_pad[:, c, rows, cols])
    for n in range(N):
        for i in range(H):
            for j in range(W):
                for f in range(F):
                    for k in range(H_out):
                        for l in range(W_out):
                            # which row and which column of the filter lie on (i, j)
                            mask1 = np.zeros_like(w[f, :, :, :])
                            mask2 = np.zeros_like(w[f, :, :, :])
                            if 0 <= i + pad - k * stride < HH:
                                mask1[:, i + pad - k * stride, :] = 1.0
                            if 0 <= j + pad - l * stride < WW:
                                mask2[:, :, j + pad - l * stride] = 1.0
                            w_masked = np.sum(w[f, :, :, :] * mask1 * mask2, axis=(1, 2))
                            dx[n, :, i, j] += dout[n, f, k, l] * w_masked
    return dx, dw, db


def max_pool_forward_naive(x, pool_param):
    HH, WW, stride = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    N, C, H, W = x.shape
    H_out, W_out = 1 + (H - HH) // stride, 1 + (W - WW) // stride
    out = np.zeros((N, C, H_out, W_out))
    for n in range(N):
        for c in range(C):
            for i in range(H_out):
                for j in range(W_out):
                    best = -np.inf
                    for k in range(HH):
                        for l in range(WW):
                            if x[n, c, i * stride + k, j * stride + l] > best:
                                best = x[n, c, i * stride + k, j * stride + l]
                    out[n, c, i, j] = best
    return out, (x, pool_param)


def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    HH, WW, stride = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    dx = np.zeros_like(x)
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i * stride : i * stride + HH, j * stride : j * stride + WW]
                    mask = window == np.max(window)
                    for k in range(HH):
                        for l in range(WW):
                            dx[n, c, i * stride + k, j * stride + l] += mask[k, l] * dout[n, c, i, j]
    return dx


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    N, C, H, W = x.shape
    running_mean = np.array(bn_param.get("running_mean", np.zeros(C)))
    running_var = np.array(bn_param.get("running_var", np.zeros(C)))
    M = N * H * W
    mean, var = running_mean.copy(), running_var.copy()
    if mode == "train":
        for c in range(C):
            total = 0.0
            for n in range(N):
                for i in range(H):
                    for j in range(W):
                        total += x[n, c, i, j]
            mean[c] = total / M
            total = 0.0
            for n in range(N):
                for i in range(H):
                    for j in range(W):
                        total += (x[n, c, i, j] - mean[c]) ** 2
            var[c] = total / M
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    xhat, out = np.zeros(x.shape), np.zeros(x.shape)
    for n in range(N):
        for c in range(C):
            for i in range(H):
                for j in range(W):
                    xhat[n, c, i, j] = (x[n, c, i, j] - mean[c]) / np.sqrt(var[c] + eps)
                    out[n, c, i, j] = gamma[c] * xhat[n, c, i, j] + beta[c]
    return out, (xhat, gamma, var, eps)


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get("eps", 1e-5)
    N, C, H, W = x.shape
    size = C // G
    mean, var = np.zeros((N, G)), np.zeros((N, G))
    for n in range(N):
        for g in range(G):
            for c in range(g * size, (g + 1) * size):
                for i in range(H):
                    for j in range(W):
                        mean[n, g] += x[n, c, i, j]
            mean[n, g] /= size * H * W
            for c in range(g * size, (g + 1) * size):
                for i in range(H):
                    for j in range(W):
                        var[n, g] += (x[n, c, i, j] - mean[n, g]) ** 2
            var[n, g] /= size * H * W
    xhat, out = np.zeros(x.shape), np.zeros(x.shape)
    for n in range(N):
        for c in range(C):
            for i in range(H):
                for j in range(W):
                    xhat[n, c, i, j] = (x[n, c, i, j] - mean[n, c // size]) / np.sqrt(var[n, c // size] + eps)
                    out[n, c, i, j] = gamma[0, c, 0, 0] * xhat[n, c, i, j] + beta[0, c, 0, 0]
    return out, (xhat, var, gamma, G, eps)


def spatial_groupnorm_backward(dout, cache):
    xhat, var, gamma, G, eps = cache
    N, C, H, W = dout.shape
    size = C // G
    M = size * H * W
    dx = np.zeros(dout.shape)
    dgamma, dbeta = np.zeros((1, C, 1, 1)), np.zeros((1, C, 1, 1))
    sum1, sum2 = np.zeros((N, G)), np.zeros((N, G))
    for n in range(N):
        for c in range(C):
            for i in range(H):
                for j in range(W):
                    d = dout[n, c, i, j]
                    dbeta[0, c, 0, 0] += d
                    dgamma[0, c, 0, 0] += d * xhat[n, c, i, j]
                    sum1[n, c // size] += d * gamma[0, c, 0, 0]
                    sum2[n, c // size] += d * gamma[0, c, 0, 0] * xhat[n, c, i, j]
    for n in range(N):
        for c in range(C):
            for i in range(H):
                for j in range(W):
                    g = c // size
                    d = dout[n, c, i, j] * gamma[0, c, 0, 0]
                    dx[n, c, i, j] = d - sum1[n, g] / M - xhat[n, c, i, j] * sum2[n, g] / M
                    dx[n, c, i, j] /= np.sqrt(var[n, g] + eps)
    return dx, dgamma, dbeta


def spatial_batchnorm_backward(dout, cache):
    xhat, gamma, var, eps = cache
    N, C, H, W = dout.shape
    M = N * H * W
    dx, dgamma, dbeta = np.zeros(dout.shape), np.zeros(C), np.zeros(C)
    for c in range(C):
        for n in range(N):
            for i in range(H):
                for j in range(W):
                    dbeta[c] += dout[n, c, i, j]
                    dgamma[c] += dout[n, c, i, j] * xhat[n, c, i, j]
        for n in range(N):
            for i in range(H):
                for j in range(W):
                    d = M * dout[n, c, i, j] - dbeta[c] - xhat[n, c, i, j] * dgamma[c]
                    dx[n, c, i, j] = gamma[c] * d / (M * np.sqrt(var[c] + eps))
    return dx, dgamma, dbeta
