"""Right variants that look different from the reference: each keeps full marks."""
# ruff: noqa: F821 - what stands in a holder may call functions of the reference

import numpy as np

from autograder.variants import correct, edit

THREE, MAX_BACK = "ThreeLayerConvNet", "max_pool_backward_naive"


@correct(
    "explicit-loops",
    edits=[
        edit(THREE, "np.maximum(rows @ W2 + b2, 0)", "np.maximum(product(rows, W2) + b2, 0)"),
        edit(THREE, "hidden @ W3 + b3", "product(hidden, W3) + b3"),
        edit(THREE, "(dscores @ W3.T)", "product(dscores, W3.T)"),
        edit(THREE, "(dhidden @ W2.T)", "product(dhidden, W2.T)"),
        edit(THREE, "rows.T @ dhidden", "product(rows.T, dhidden)"),
        edit(THREE, "hidden.T @ dscores", "product(hidden.T, dscores)"),
    ],
)
def _():
    def product(A, B):
        out = np.zeros((A.shape[0], B.shape[1]))
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                total = 0.0
                for k in range(A.shape[1]):
                    total += A[i, k] * B[k, j]
                out[i, j] = total
        return out

    def conv_output_shape(input_shape, weight_shape, stride, pad):
        N, _, H, W = input_shape
        F, _, HH, WW = weight_shape
        rows, columns = 0, 0
        while rows * stride + HH <= H + 2 * pad:
            rows += 1
        while columns * stride + WW <= W + 2 * pad:
            columns += 1
        return [N, F, rows, columns]

    def conv_parameter_count(weight_shape):
        count = 0
        for _ in range(weight_shape[0]):
            count += 1
            for _ in range(weight_shape[1] * weight_shape[2] * weight_shape[3]):
                count += 1
        return count

    def conv_forward_naive(x, w, b, conv_param):
        stride, pad = conv_param["stride"], conv_param["pad"]
        N, _, H, W = x.shape
        F, _, HH, WW = w.shape
        H_out, W_out = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride
        x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
        out = np.zeros((N, F, H_out, W_out))
        for n in range(N):
            for f in range(F):
                for i in range(H_out):
                    for j in range(W_out):
                        window = x_pad[n, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                        out[n, f, i, j] = np.sum(window * w[f]) + b[f]
        return out, (x, w, b, conv_param)

    def conv_backward_naive(dout, cache):
        x, w, b, conv_param = cache
        stride, pad = conv_param["stride"], conv_param["pad"]
        N, F, H_out, W_out = dout.shape
        _, _, HH, WW = w.shape
        x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
        dx_pad, dw, db = np.zeros_like(x_pad), np.zeros_like(w), np.zeros_like(b)
        for n in range(N):
            for f in range(F):
                for i in range(H_out):
                    for j in range(W_out):
                        rows = slice(i * stride, i * stride + HH)
                        columns = slice(j * stride, j * stride + WW)
                        db[f] += dout[n, f, i, j]
                        dw[f] += dout[n, f, i, j] * x_pad[n, :, rows, columns]
                        dx_pad[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dx = dx_pad[:, :, pad:-pad, pad:-pad] if pad > 0 else dx_pad
        return dx, dw, db

    def max_pool_forward_naive(x, pool_param):
        N, C, H, W = x.shape
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        stride = pool_param["stride"]
        out = np.zeros((N, C, 1 + (H - height) // stride, 1 + (W - width) // stride))
        for n, c, i, j in np.ndindex(*out.shape):
            largest = -float("inf")
            for k in range(height):
                for m in range(width):
                    largest = max(largest, float(x[n, c, i * stride + k, j * stride + m]))
            out[n, c, i, j] = largest
        return out, (x, pool_param)

    def max_pool_backward_naive(dout, cache):
        x, pool_param = cache
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        stride = pool_param["stride"]
        dx = np.zeros(x.shape)
        for n, c, i, j in np.ndindex(*dout.shape):
            best = (i * stride, j * stride)
            for k in range(height):
                for m in range(width):
                    if x[n, c, i * stride + k, j * stride + m] > x[n, c, best[0], best[1]]:
                        best = (i * stride + k, j * stride + m)
            dx[n, c, best[0], best[1]] += dout[n, c, i, j]
        return dx

    def avg_pool_forward_naive(x, pool_param):
        N, C, H, W = x.shape
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        stride = pool_param["stride"]
        out = np.zeros((N, C, 1 + (H - height) // stride, 1 + (W - width) // stride))
        for n, c, i, j in np.ndindex(*out.shape):
            for k in range(height):
                for m in range(width):
                    out[n, c, i, j] += x[n, c, i * stride + k, j * stride + m] / (height * width)
        return out, (N, C, H, W, height, width, stride)

    def avg_pool_backward_naive(dout, cache):
        N, C, H, W, height, width, stride = cache
        dx = np.zeros((N, C, H, W))
        for n, c, i, j in np.ndindex(*dout.shape):
            for k in range(height):
                for m in range(width):
                    dx[n, c, i * stride + k, j * stride + m] += dout[n, c, i, j] / (height * width)
        return dx

    def fractional_max_pool_forward(x, alpha, rng):
        def draw(size):
            steps = [1] * int(size // alpha)
            for place in rng.choice(len(steps), size - len(steps), replace=False):
                steps[place] = 2
            starts = [0]
            for step in steps:
                starts.append(starts[-1] + step)
            return starts

        rows, columns = draw(x.shape[2]), draw(x.shape[3])
        out = np.zeros((*x.shape[:2], len(rows) - 1, len(columns) - 1))
        winners = {}
        for n, c, i, j in np.ndindex(*out.shape):
            best = None
            for h in range(rows[i], rows[i + 1]):
                for v in range(columns[j], columns[j + 1]):
                    if best is None or x[n, c, h, v] > x[n, c, best[0], best[1]]:
                        best = (h, v)
            out[n, c, i, j] = x[n, c, best[0], best[1]]
            winners[n, c, i, j] = best
        return out, (x.shape, winners)

    def fractional_max_pool_backward(dout, cache):
        shape, winners = cache
        dx = np.zeros(shape)
        for (n, c, i, j), (h, v) in winners.items():
            dx[n, c, h, v] = dout[n, c, i, j]
        return dx

    def spatial_batchnorm_forward(x, gamma, beta, bn_param):
        N, C, H, W = x.shape
        eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
        running_mean = np.reshape(bn_param.get("running_mean", np.zeros(C)), -1).copy()
        running_var = np.reshape(bn_param.get("running_var", np.zeros(C)), -1).copy()
        out, normal, roots = np.zeros(x.shape), np.zeros(x.shape), []
        for c in range(C):
            mean, var = running_mean[c], running_var[c]
            if bn_param["mode"] == "train":
                mean, var = 0.0, 0.0
                for value in x[:, c].flatten():
                    mean += value / (N * H * W)
                for value in x[:, c].flatten():
                    var += (value - mean) ** 2 / (N * H * W)
                running_mean[c] = momentum * running_mean[c] + (1 - momentum) * mean
                running_var[c] = momentum * running_var[c] + (1 - momentum) * var
            roots.append((var + eps) ** 0.5)
            for n, h, v in np.ndindex(N, H, W):
                normal[n, c, h, v] = (x[n, c, h, v] - mean) / roots[c]
                out[n, c, h, v] = gamma[c] * normal[n, c, h, v] + beta[c]
        if bn_param["mode"] == "train":
            bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
        return out, (normal, roots, gamma)

    def spatial_batchnorm_backward(dout, cache):
        normal, roots, gamma = cache
        N, C, H, W = dout.shape
        dx, dgamma, dbeta = np.zeros(dout.shape), np.zeros(C), np.zeros(C)
        for c in range(C):
            for n, h, v in np.ndindex(N, H, W):
                dbeta[c] += dout[n, c, h, v]
                dgamma[c] += dout[n, c, h, v] * normal[n, c, h, v]
            for n, h, v in np.ndindex(N, H, W):
                rest = dbeta[c] + normal[n, c, h, v] * dgamma[c]
                dx[n, c, h, v] = gamma[c] / roots[c] * (dout[n, c, h, v] - rest / (N * H * W))
        return dx, dgamma, dbeta

    def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
        N, C, H, W = x.shape
        size = C // G
        out, normal, roots = np.zeros(x.shape), np.zeros(x.shape), np.zeros((N, G))
        for n, g in np.ndindex(N, G):
            members = range(g * size, (g + 1) * size)
            mean, var = 0.0, 0.0
            for c in members:
                for value in x[n, c].flatten():
                    mean += value / (size * H * W)
            for c in members:
                for value in x[n, c].flatten():
                    var += (value - mean) ** 2 / (size * H * W)
            roots[n, g] = (var + gn_param.get("eps", 1e-5)) ** 0.5
            for c in members:
                for h, v in np.ndindex(H, W):
                    normal[n, c, h, v] = (x[n, c, h, v] - mean) / roots[n, g]
                    out[n, c, h, v] = gamma[0, c, 0, 0] * normal[n, c, h, v] + beta[0, c, 0, 0]
        return out, [normal, roots, gamma]

    def spatial_groupnorm_backward(dout, cache):
        normal, roots, gamma = cache
        N, C, H, W = dout.shape
        G = roots.shape[1]
        size = C // G
        dx, dgamma, dbeta = np.zeros(dout.shape), np.zeros((1, C, 1, 1)), np.zeros((1, C, 1, 1))
        for n, g in np.ndindex(N, G):
            total, along = 0.0, 0.0
            places = [(c, h, v) for c in range(g * size, g * size + size) for h in range(H) for v in range(W)]
            for c, h, v in places:
                dbeta[0, c, 0, 0] += dout[n, c, h, v]
                dgamma[0, c, 0, 0] += dout[n, c, h, v] * normal[n, c, h, v]
                total += dout[n, c, h, v] * gamma[0, c, 0, 0]
                along += dout[n, c, h, v] * gamma[0, c, 0, 0] * normal[n, c, h, v]
            for c, h, v in places:
                inner = dout[n, c, h, v] * gamma[0, c, 0, 0]
                dx[n, c, h, v] = (inner - (total + normal[n, c, h, v] * along) / len(places)) / roots[n, g]
        return dx, dgamma, dbeta


@correct("six-nested-loops-with-masks")
def _():
    # Slow, and seen often: for each entry of x, all places of the output, and masks that say which count.
    def conv_forward_naive(x, w, b, conv_param):
        N, _, H, W = x.shape
        F, _, HH, WW = w.shape
        stride, pad = conv_param["stride"], conv_param["pad"]
        H_out, W_out = int(1 + (H + 2 * pad - HH) / stride), int(1 + (W + 2 * pad - WW) / stride)
        out = np.zeros((N, F, H_out, W_out))
        for n in range(N):
            for f in range(F):
                for i in range(H_out):
                    for j in range(W_out):
                        for k in range(HH):
                            for m in range(WW):
                                row, column = i * stride + k - pad, j * stride + m - pad
                                if 0 <= row < H and 0 <= column < W:
                                    out[n, f, i, j] += np.dot(x[n, :, row, column], w[f, :, k, m])
                        out[n, f, i, j] += b[f]
        return out, (x, w, b, conv_param)

    def conv_backward_naive(dout, cache):
        x, w, b, conv_param = cache
        N, _, H, W = x.shape
        F, _, HH, WW = w.shape
        _, _, H_out, W_out = dout.shape
        stride, pad = conv_param["stride"], conv_param["pad"]
        padded = np.pad(x, [(0,), (0,), (pad,), (pad,)], "constant")
        dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros_like(b)
        for f in range(F):
            db[f] = np.sum(dout[:, f, :, :])
            for k in range(HH):
                for m in range(WW):
                    seen = padded[:, :, k : k + H_out * stride : stride, m : m + W_out * stride : stride]
                    seen = seen[:, :, :H_out, :W_out]
                    dw[f, :, k, m] = np.sum(dout[:, f : f + 1] * seen, axis=(0, 2, 3))
        for n in range(N):
            for i in range(H):
                for j in range(W):
                    for f in range(F):
                        for k in range(H_out):
                            for m in range(W_out):
                                rows, columns = np.zeros_like(w[f]), np.zeros_like(w[f])
                                if 0 <= i + pad - k * stride < HH:
                                    rows[:, i + pad - k * stride, :] = 1.0
                                if 0 <= j + pad - m * stride < WW:
                                    columns[:, :, j + pad - m * stride] = 1.0
                                chosen = np.sum(w[f] * rows * columns, axis=(1, 2))
                                dx[n, :, i, j] += dout[n, f, k, m] * chosen
        return dx, dw, db


@correct("im2col")
def _():
    def patches(x, HH, WW, pad, stride):
        N, C, H, W = x.shape
        H_out, W_out = (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1
        i0 = np.tile(np.repeat(np.arange(HH), WW), C)
        j0 = np.tile(np.arange(WW), HH * C)
        i = i0.reshape(-1, 1) + stride * np.repeat(np.arange(H_out), W_out)
        j = j0.reshape(-1, 1) + stride * np.tile(np.arange(W_out), H_out)
        k = np.repeat(np.arange(C), HH * WW).reshape(-1, 1)
        return (slice(None), k, i, j), (N, H_out, W_out)

    def conv_forward_naive(x, w, b, conv_param):
        pad, stride = conv_param["pad"], conv_param["stride"]
        place, (N, H_out, W_out) = patches(x, w.shape[2], w.shape[3], pad, stride)
        x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
        columns = x_pad[place]
        out = w.reshape(len(w), -1) @ columns + b[:, None]
        cache = {"shape": x_pad.shape, "columns": columns, "place": place, "w": w, "pad": pad}
        return out.reshape(N, len(w), H_out, W_out), cache

    def conv_backward_naive(dout, cache):
        w, pad, columns = cache["w"], cache["pad"], cache["columns"]
        flat = dout.reshape(dout.shape[0], dout.shape[1], -1)
        dw = np.einsum("nfp,nkp->fk", flat, columns).reshape(w.shape)
        dx_pad = np.zeros(cache["shape"])
        np.add.at(dx_pad, cache["place"], w.reshape(len(w), -1).T @ flat)
        _, _, H, W = cache["shape"]
        return dx_pad[:, :, pad : H - pad, pad : W - pad], dw, flat.sum(axis=(0, 2))[None]

    def conv_forward_im2col(x, w, b, conv_param):
        return conv_forward_naive(x, w, b, conv_param)

    def conv_backward_im2col(dout, cache):
        return conv_backward_naive(dout, cache)

    def max_pool_forward_naive(x, pool_param):
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        stride, (N, C, H, W) = pool_param["stride"], x.shape
        single = x.reshape(N * C, 1, H, W)
        place, (_, H_out, W_out) = patches(single, height, width, 0, stride)
        columns = single[place]
        out = columns.max(axis=1).reshape(N, C, H_out, W_out)
        return out, (x.shape, place, columns.argmax(axis=1), columns.shape)

    def max_pool_backward_naive(dout, cache):
        shape, place, winner, size = cache
        dcolumns = np.zeros(size)
        samples, spots = np.indices(winner.shape)
        dcolumns[samples, winner, spots] = dout.reshape(winner.shape)
        dx = np.zeros((shape[0] * shape[1], 1, shape[2], shape[3]))
        np.add.at(dx, place, dcolumns)
        return dx.reshape(shape)

    def avg_pool_forward_naive(x, pool_param):
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        stride, (N, C, H, W) = pool_param["stride"], x.shape
        single = x.reshape(N * C, 1, H, W)
        place, (_, H_out, W_out) = patches(single, height, width, 0, stride)
        return single[place].mean(axis=1).reshape(N, C, H_out, W_out), [x.shape, place, height * width]

    def avg_pool_backward_naive(dout, cache):
        shape, place, area = cache
        dx = np.zeros((shape[0] * shape[1], 1, shape[2], shape[3]))
        np.add.at(dx, place, dout.reshape(len(dx), 1, -1) / area)
        return dx.reshape(shape)


@correct("stride-tricks")
def _():
    def views(x, height, width, stride):
        N, C, H, W = x.shape
        shape = (N, C, (H - height) // stride + 1, (W - width) // stride + 1, height, width)
        a, b, c, d = x.strides
        strides = (a, b, stride * c, stride * d, c, d)
        return np.lib.stride_tricks.as_strided(x, shape, strides)

    def conv_forward_naive(x, w, b, conv_param):
        p = conv_param["pad"]
        x_pad = np.zeros((x.shape[0], x.shape[1], x.shape[2] + 2 * p, x.shape[3] + 2 * p))
        x_pad[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
        look = views(x_pad, w.shape[2], w.shape[3], conv_param["stride"])
        out = np.einsum("ncijkl,fckl->nfij", look, w, optimize=True) + b.reshape(1, -1, 1, 1)
        return out, (look, w, x.shape, conv_param)

    def conv_backward_naive(dout, cache):
        # dx is a convolution itself: dout with gaps as wide as the stride, and the filters turned around.
        look, w, (N, _, H, W), conv_param = cache
        s, p, (HH, WW) = conv_param["stride"], conv_param["pad"], w.shape[2:]
        spread = np.zeros((N, w.shape[0], H + 2 * p + HH - 1, W + 2 * p + WW - 1))
        rows = slice(HH - 1, HH - 1 + s * dout.shape[2], s)
        columns = slice(WW - 1, WW - 1 + s * dout.shape[3], s)
        spread[:, :, rows, columns] = dout
        turned = w[:, :, ::-1, ::-1]
        dx = np.einsum("nfijkl,fckl->ncij", views(spread, HH, WW, 1), turned, optimize=True)
        dw = np.einsum("nfij,ncijkl->fckl", dout, look, optimize=True)
        return [dx[:, :, p : p + H, p : p + W], dw, np.einsum("nfij->f", dout)]

    def max_pool_forward_naive(x, pool_param):
        kh, kw, s = (pool_param[k] for k in ("pool_height", "pool_width", "stride"))
        x = np.ascontiguousarray(x)
        return np.amax(views(x, kh, kw, s), axis=(-1, -2)), (x, kh, kw, s)

    def max_pool_backward_naive(dout, cache):
        x, kh, kw, s = cache
        dx = np.zeros(x.shape)
        look = views(x, kh, kw, s)
        mask = look == look.max(axis=(-1, -2), keepdims=True)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                part = dx[:, :, s * i : s * i + kh, s * j : s * j + kw]
                part += mask[:, :, i, j] * dout[:, :, i, j, None, None]
        return dx

    def fractional_max_pool_forward(x, alpha, rng):
        # The source's pseudorandom sequence: a ruler of step alpha, laid on at a random point.
        ends = []
        for size in x.shape[2:]:
            count = int(np.floor(size / alpha))
            ruler = np.floor(size / count * (np.arange(count + 1) + rng.random())).astype(int)
            ends.append(ruler - ruler[0])
        rows, columns = ends
        out = np.empty((x.shape[0], x.shape[1], len(rows) - 1, len(columns) - 1))
        for i in range(len(rows) - 1):
            for j in range(len(columns) - 1):
                part = x[:, :, rows[i] : rows[i + 1], columns[j] : columns[j + 1]]
                out[:, :, i, j] = part.max(axis=(2, 3))
        return out, (x, rows, columns)

    def fractional_max_pool_backward(dout, cache):
        x, rows, columns = cache
        dx = np.zeros_like(x)
        for i in range(len(rows) - 1):
            for j in range(len(columns) - 1):
                spot = (..., slice(rows[i], rows[i + 1]), slice(columns[j], columns[j + 1]))
                largest = x[spot] >= x[spot].max(axis=(2, 3), keepdims=True)
                dx[spot] = largest * dout[:, :, i : i + 1, j : j + 1]
        return dx


@correct("loops-over-the-filter")
def _():
    def conv_forward_naive(x, w, b, conv_param):
        s, p = conv_param["stride"], conv_param["pad"]
        x_pad = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
        _, _, HH, WW = w.shape
        rows, columns = (x_pad.shape[2] - HH) // s + 1, (x_pad.shape[3] - WW) // s + 1
        out = np.zeros((len(x), len(w), rows, columns)) + b[:, None, None]
        for k in range(HH):
            for m in range(WW):
                seen = x_pad[:, :, k : k + s * (rows - 1) + 1 : s, m : m + s * (columns - 1) + 1 : s]
                out += np.einsum("nchw,fc->nfhw", seen, w[:, :, k, m])
        return out, [x_pad, w, s, p]

    def conv_backward_naive(dout, cache):
        x_pad, w, s, p = cache
        rows, columns = dout.shape[2:]
        dx, dw = np.zeros_like(x_pad), np.empty_like(w)
        for k in range(w.shape[2]):
            for m in range(w.shape[3]):
                spot = np.s_[:, :, k : k + s * (rows - 1) + 1 : s, m : m + s * (columns - 1) + 1 : s]
                dw[:, :, k, m] = np.einsum("nfhw,nchw->fc", dout, x_pad[spot])
                dx[spot] += np.einsum("nfhw,fc->nchw", dout, w[:, :, k, m])
        dx = dx[:, :, p:, p:]
        if p:
            dx = dx[:, :, :-p, :-p]
        return dx, dw, dout.sum(3).sum(2).sum(0, keepdims=True)

    def conv_forward_im2col(x, w, b, conv_param):
        # A column for each place: the places of all samples stand beside each other.
        s, p = conv_param["stride"], conv_param["pad"]
        x_pad = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
        (N, C), (F, _, HH, WW) = x.shape[:2], w.shape
        rows, columns = (x_pad.shape[2] - HH) // s + 1, (x_pad.shape[3] - WW) // s + 1
        beside = np.zeros((C, HH, WW, N, rows, columns))
        for k in range(HH):
            for m in range(WW):
                seen = x_pad[:, :, k : k + s * (rows - 1) + 1 : s, m : m + s * (columns - 1) + 1 : s]
                beside[:, k, m] = seen.transpose(1, 0, 2, 3)
        beside = beside.reshape(C * HH * WW, -1)
        out = w.reshape(F, -1).dot(beside) + b.reshape(-1, 1)
        out = out.reshape(F, N, rows, columns).transpose(1, 0, 2, 3)
        return out, {"x": x, "w": w, "columns": beside, "conv_param": conv_param}

    def conv_backward_im2col(dout, cache):
        x, w, s, p = cache["x"], cache["w"], cache["conv_param"]["stride"], cache["conv_param"]["pad"]
        (N, C, H, W), (F, _, HH, WW), (rows, columns) = x.shape, w.shape, dout.shape[2:]
        turned = dout.transpose(1, 0, 2, 3).reshape(F, -1)
        dw = turned.dot(cache["columns"].T).reshape(w.shape)
        parts = w.reshape(F, -1).T.dot(turned).reshape(C, HH, WW, N, rows, columns)
        dx = np.zeros((N, C, H + 2 * p, W + 2 * p))
        for k in range(HH):
            for m in range(WW):
                spot = np.s_[:, :, k : k + s * (rows - 1) + 1 : s, m : m + s * (columns - 1) + 1 : s]
                dx[spot] += parts[:, k, m].transpose(1, 0, 2, 3)
        return dx[:, :, p : p + H, p : p + W], dw, np.sum(dout, axis=(0, 2, 3))

    def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
        N, C, H, W = x.shape
        groups = x.reshape(N, G, C // G, H, W)
        mean, var = groups.mean(axis=(2, 3, 4), keepdims=True), groups.var(axis=(2, 3, 4), keepdims=True)
        root = np.sqrt(var + gn_param.setdefault("eps", 1e-5))
        normal = ((groups - mean) / root).reshape(N, C, H, W)
        return gamma * normal + beta, (groups - mean, root, normal, gamma)

    def spatial_groupnorm_backward(dout, cache):
        centred, root, normal, gamma = cache
        dnormal = (dout * gamma).reshape(centred.shape)
        M, axes = centred[0, 0].size, (2, 3, 4)
        dvar = np.sum(dnormal * centred, axis=axes, keepdims=True) * -0.5 * root**-3
        dmean = -np.sum(dnormal / root, axis=axes, keepdims=True)
        dx = dnormal / root + dvar * 2 * centred / M + dmean / M
        dgamma = (dout * normal).sum(axis=(0, 2, 3))[None, :, None, None]
        return dx.reshape(dout.shape), dgamma, dout.sum(axis=(0, 2, 3))[None, :, None, None]

    def max_pool_forward_naive(x, pool_param):
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        s = pool_param["stride"]
        rows, columns = (x.shape[2] - height) // s + 1, (x.shape[3] - width) // s + 1
        out = np.full((x.shape[0], x.shape[1], rows, columns), -np.inf)
        winner = np.zeros(out.shape, dtype=int)
        for k in range(height):
            for m in range(width):
                seen = x[:, :, k : k + s * rows : s, m : m + s * columns : s][:, :, :rows, :columns]
                winner[seen > out] = k * width + m
                out = np.maximum(out, seen)
        return out, (x.shape, winner, width, s)

    def max_pool_backward_naive(dout, cache):
        shape, winner, width, s = cache
        dx = np.zeros(shape)
        n, c, i, j = np.indices(dout.shape)
        np.add.at(dx, (n, c, i * s + winner // width, j * s + winner % width), dout)
        return dx

    def avg_pool_forward_naive(x, pool_param):
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        s = pool_param["stride"]
        total = np.zeros((*x.shape[:2], x.shape[2] + 1, x.shape[3] + 1))
        total[:, :, 1:, 1:] = x.cumsum(axis=2).cumsum(axis=3)
        low, high = total[:, :, :-height], total[:, :, height:]
        sums = (high[..., width:] - high[..., :-width]) - (low[..., width:] - low[..., :-width])
        return sums[:, :, ::s, ::s] / (height * width), (x.shape, height, width, s)

    def avg_pool_backward_naive(dout, cache):
        shape, height, width, s = cache
        dx = np.zeros(shape)
        dout /= height * width
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                dx[:, :, i * s : i * s + height, j * s : j * s + width] += dout[:, :, i : i + 1, j : j + 1]
        return dx


@correct("batchnorm-of-rows")
def _():
    class Cache:
        pass

    def rows_forward(x, gamma, beta, bn_param):
        c = Cache()
        eps, keep = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
        mean, var = bn_param.get("running_mean", 0.0), bn_param.get("running_var", 0.0)
        if bn_param["mode"] == "train":
            old_mean, old_var = mean, var
            mean, var = x.mean(axis=0, keepdims=True), x.var(axis=0, keepdims=True)
            bn_param["running_mean"] = keep * old_mean + (1 - keep) * mean
            bn_param["running_var"] = keep * old_var + (1 - keep) * var
        c.inverse = 1.0 / np.sqrt(var + eps)
        c.centred, c.gamma = x - mean, gamma
        return gamma * c.centred * c.inverse + beta, c

    def rows_backward(dout, c):
        M = len(dout)
        dnormal = dout * c.gamma
        dvar = np.sum(dnormal * c.centred, axis=0) * -0.5 * c.inverse**3
        dmean = -np.sum(dnormal, axis=0) * c.inverse
        dx = dnormal * c.inverse + dvar * 2 * c.centred / M + dmean / M
        return dx, np.sum(dout * c.centred * c.inverse, axis=0), dout.sum(axis=0, keepdims=True)

    def spatial_batchnorm_forward(x, gamma, beta, bn_param):
        N, C, H, W = x.shape
        rows = x.transpose(0, 2, 3, 1).reshape(-1, C)
        out, cache = rows_forward(rows, gamma, beta, bn_param)
        return out.reshape(N, H, W, C).transpose(0, 3, 1, 2), cache

    def spatial_batchnorm_backward(dout, cache):
        N, C, H, W = dout.shape
        dx, dgamma, dbeta = rows_backward(dout.transpose(0, 2, 3, 1).reshape(-1, C), cache)
        return dx.reshape(N, H, W, C).transpose(0, 3, 1, 2), dgamma, dbeta

    def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
        # A column for each group of each sample is what batch normalization takes for a feature.
        columns = x.reshape(x.shape[0] * G, -1).T
        normal, cache = rows_forward(columns, 1.0, 0.0, {"mode": "train", "eps": gn_param.get("eps", 1e-5)})
        normal = normal.T.reshape(x.shape)
        return normal * gamma + beta, (cache, normal, gamma)

    def spatial_groupnorm_backward(dout, cache):
        cache, normal, gamma = cache
        dnormal = (dout * gamma).reshape(cache.centred.shape[1], -1).T
        dx, _, _ = rows_backward(dnormal, cache)
        dgamma = np.sum(dout * normal, axis=(0, 2, 3), keepdims=True)
        return dx.T.reshape(dout.shape), dgamma, np.sum(dout, axis=(0, 2, 3), keepdims=True)

    def softmax_loss(x, y):
        p = np.exp(x - np.max(x, axis=1, keepdims=True))
        p /= np.sum(p, axis=1, keepdims=True)
        loss = -np.sum(np.log(p[np.arange(len(y)), y])) / len(y)
        p[np.arange(len(y)), y] -= 1
        return np.array(loss), p / len(y)


@correct("nets-of-layers-of-their-own", preamble="from functools import partial\n")
def _():
    # Affine layers and relus of their own, and sandwiches of layers.
    def affine_forward(x, w, b):
        return x.reshape(x.shape[0], -1).dot(w) + b, (x, w)

    def affine_backward(dout, cache):
        x, w = cache
        return dout.dot(w.T).reshape(x.shape), x.reshape(x.shape[0], -1).T.dot(dout), np.sum(dout, axis=0)

    def relu_forward(x):
        return x * (x > 0), x

    def relu_backward(dout, cache):
        dout[cache <= 0] = 0
        return dout

    def conv_relu_forward(layers, x, w, b):
        a, conv_cache = layers["conv_forward"](x, w, b, {"stride": 1, "pad": w.shape[2] // 2})
        out, relu_cache = relu_forward(a)
        return out, (conv_cache, relu_cache)

    def conv_relu_backward(layers, dout, cache):
        return layers["conv_backward"](relu_backward(dout, cache[1]), cache[0])

    class ThreeLayerConvNet(ConvNet):
        def __init__(
            self,
            input_dim=(3, 32, 32),
            num_filters=32,
            filter_size=7,
            hidden_dim=100,
            num_classes=10,
            weight_scale=1e-3,
            reg=0.0,
            dtype=np.float64,
        ):
            super().__init__(reg, dtype)
            C, H, W = input_dim
            draw = np.random.default_rng(7)
            self.params["W1"] = draw.normal(0, weight_scale, (num_filters, C, filter_size, filter_size))
            self.params["W2"] = draw.normal(0, weight_scale, (num_filters * H * W // 4, hidden_dim))
            self.params["W3"] = draw.normal(0, weight_scale, (hidden_dim, num_classes))
            self.params["b1"], self.params["b2"] = np.zeros(num_filters), np.zeros(hidden_dim)
            self.params["b3"] = np.zeros(num_classes)
            self.params = {name: value.astype(dtype) for name, value in self.params.items()}

        def loss(self, X, y=None):
            p, grads = self.params, {}
            pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
            a1, cache1 = conv_relu_forward(self.layers, X, p["W1"], p["b1"])
            pooled, pool_cache = self.layers["pool_forward"](a1, pool_param)
            a2, cache2 = affine_forward(pooled, p["W2"], p["b2"])
            hidden, relu_cache = relu_forward(a2)
            scores, cache3 = affine_forward(hidden, p["W3"], p["b3"])
            if y is None:
                return scores
            loss, dscores = self.layers["loss"](scores, y)
            dhidden, grads["W3"], grads["b3"] = affine_backward(dscores, cache3)
            dpooled, grads["W2"], grads["b2"] = affine_backward(relu_backward(dhidden, relu_cache), cache2)
            dmaps = self.layers["pool_backward"](dpooled, pool_cache)
            _, grads["W1"], grads["b1"] = conv_relu_backward(self.layers, dmaps, cache1)
            for key in ["W1", "W2", "W3"]:
                loss += 0.5 * self.reg * np.linalg.norm(p[key]) ** 2
                grads[key] += self.reg * p[key]
            return np.array(loss), grads

    class MiniVGG(ConvNet):
        def __init__(self, input_dim=(3, 32, 32), blocks=(16, 32), num_classes=10, reg=0.0, dtype=np.float64):
            super().__init__(reg, dtype)
            self.blocks = list(blocks)
            sizes = [input_dim[0]] + [filters for filters in blocks for _ in range(2)]
            for i in range(1, len(sizes)):
                channels, filters = sizes[i - 1], sizes[i]
                deviation = (2 / channels / 9) ** 0.5
                self.params[f"W{i}"] = np.random.normal(0, deviation, (filters, channels, 3, 3))
                self.params[f"b{i}"] = np.zeros(filters)
            inputs = sizes[-1] * input_dim[1] * input_dim[2] // 4 ** len(blocks)
            self.params[f"W{len(sizes)}"] = np.random.normal(0, 0.01, (inputs, num_classes))
            self.params[f"b{len(sizes)}"] = np.zeros(num_classes)
            for name in self.params:
                self.params[name] = self.params[name].astype(dtype)

        def loss(self, X, y=None):
            p, backwards = self.params, []
            number = 0
            for _ in self.blocks:
                for _ in range(2):
                    number += 1
                    X, cache = conv_relu_forward(self.layers, X, p[f"W{number}"], p[f"b{number}"])
                    backwards.append((partial(conv_relu_backward, self.layers), cache, number))
                X, cache = self.layers["pool_forward"](X, {"pool_height": 2, "pool_width": 2, "stride": 2})
                backwards.append((self.layers["pool_backward"], cache, None))
            number += 1
            scores, cache = affine_forward(X, p[f"W{number}"], p[f"b{number}"])
            if y is None:
                return scores
            backwards.append((affine_backward, cache, number))
            loss, d = self.layers["loss"](scores, y)
            grads = {}
            for backward, cache, number in reversed(backwards):
                found = backward(d, cache)
                if number is None:
                    d = found
                else:
                    d, dw, db = found
                    weights = p[f"W{number}"]
                    loss = loss + self.reg * (weights**2).sum() / 2
                    grads[f"W{number}"], grads[f"b{number}"] = dw + self.reg * weights, db
            return loss, grads


correct(
    "unused-imports",
    preamble="import os\n\nimport matplotlib.pyplot as plt\nimport torch\nfrom scipy import signal\n",
)
correct(
    "prints-and-warnings",
    preamble="import sys\nimport warnings\n",
    edits=[
        edit("conv_forward_naive", "    padded =", "    print('shapes', x.shape, w.shape)\n    padded ="),
        edit(
            MAX_BACK,
            "    winner =",
            "    warnings.warn('a warning for the reader')\n    winner =",
        ),
        edit(
            "spatial_batchnorm_forward", "    xhat =", "    print('mode', mode, file=sys.stderr)\n    xhat ="
        ),
    ],
)
