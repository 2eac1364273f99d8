"""Mistakes in convolutional networks, as students make them."""

from tests.real_mistakes.mistake import edit, mistake

MISTAKES = [
    mistake(
        "output-size-pads-one-side",
        ["output-size-with-one-pad"],
        source="""
def conv_output_shape(input_shape, weight_shape, stride, pad):
    N, C, H, W = input_shape
    F, C, HH, WW = weight_shape
    H_out = (H + pad - HH) // stride + 1
    W_out = (W + pad - WW) // stride + 1
    return (N, F, H_out, W_out)
""",
    ),
    mistake(
        "one-bias-per-input-channel",
        ["parameters-with-other-biases-c"],
        source="""
def conv_parameter_count(weight_shape):
    num_weights = 1
    for d in weight_shape:
        num_weights *= d
    num_biases = weight_shape[1]
    return num_weights + num_biases
""",
    ),
    mistake(
        "window-starts-at-the-output-index",
        ["conv-places-one-apart"],
        source="""
def conv_forward_naive(x, w, b, conv_param):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    stride = conv_param['stride']
    pad = conv_param['pad']
    H_out = 1 + (H + 2 * pad - HH) // stride
    W_out = 1 + (W + 2 * pad - WW) // stride
    x_pad = np.pad(x, ((0,), (0,), (pad,), (pad,)), mode='constant', constant_values=0)
    out = np.zeros((N, F, H_out, W_out))
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    window = x_pad[n, :, i:i + HH, j:j + WW]
                    out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    cache = (x, w, b, conv_param)
    return out, cache


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param['stride'], conv_param['pad']
    N, F, H_out, W_out = dout.shape
    _, C, H, W = x.shape
    HH, WW = w.shape[2:]
    x_pad = np.pad(x, ((0,), (0,), (pad,), (pad,)), mode='constant', constant_values=0)
    dx_pad = np.zeros_like(x_pad)
    dw = np.zeros_like(w)
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    r, c = i * stride, j * stride
                    dw[f] += dout[n, f, i, j] * x_pad[n, :, r:r + HH, c:c + WW]
                    dx_pad[n, :, r:r + HH, c:c + WW] += dout[n, f, i, j] * w[f]
    return dx_pad[:, :, pad:pad + H, pad:pad + W], dw, dout.sum((0, 2, 3))
""",
    ),
    mistake(
        "np-pad-with-one-number",
        ["conv-pads-samples-and-channels"],
        source="""
def conv_forward_naive(x, w, b, conv_param):
    pad, stride = conv_param['pad'], conv_param['stride']
    x_padded = np.pad(x, pad, 'constant')
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    Ho = int((H + 2 * pad - HH) / stride) + 1
    Wo = int((W + 2 * pad - WW) / stride) + 1
    out = np.zeros((N, F, Ho, Wo))
    for i in range(N):
        for k in range(F):
            for r in range(Ho):
                for c in range(Wo):
                    patch = x_padded[i, :, r*stride:r*stride+HH, c*stride:c*stride+WW]
                    out[i, k, r, c] = (patch * w[k]).sum() + b[k]
    return out, [x, w, conv_param]
""",
    ),
    mistake(
        "bias-forgotten-in-the-double-loop",
        ["conv-without-bias"],
        source="""
def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    xp = np.zeros((N, C, H + 2 * p, W + 2 * p))
    xp[:, :, p:p + H, p:p + W] = x
    out_h = (H + 2 * p - HH) // s + 1
    out_w = (W + 2 * p - WW) // s + 1
    out = np.zeros((N, F, out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            field = xp[:, :, i * s:i * s + HH, j * s:j * s + WW].reshape(N, -1)
            out[:, :, i, j] = field.dot(w.reshape(F, -1).T)
    cache = {"x": x, "w": w, "b": b, "param": conv_param}
    return out, cache


def conv_backward_naive(dout, cache):
    x, w, param = cache["x"], cache["w"], cache["param"]
    s, p = param["stride"], param["pad"]
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    xp = np.zeros((N, C, H + 2 * p, W + 2 * p))
    xp[:, :, p:p + H, p:p + W] = x
    dxp, dw = np.zeros(xp.shape), np.zeros(w.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            d = dout[:, :, i, j]
            field = xp[:, :, i * s:i * s + HH, j * s:j * s + WW]
            dw += np.einsum("nf,nchw->fchw", d, field)
            dxp[:, :, i * s:i * s + HH, j * s:j * s + WW] += np.einsum("nf,fchw->nchw", d, w)
    return dxp[:, :, p:p + H, p:p + W], dw, np.einsum("nfij->f", dout)
""",
    ),
    mistake(
        "crop-from-pad-to-minus-pad",
        ["conv-dx-cut-with-minus-pad"],
        source="""
def conv_backward_naive(dout, cache):
    x, w, conv_param = cache
    stride = conv_param['stride']
    pad = conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, H_out, W_out = dout.shape
    x_pad = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)], 'constant')
    dx_pad = np.zeros(x_pad.shape)
    dw = np.zeros(w.shape)
    db = np.zeros(F)
    for n in range(N):
        for f in range(F):
            db[f] += np.sum(dout[n, f])
            for i in range(H_out):
                for j in range(W_out):
                    hs, ws = i * stride, j * stride
                    dw[f] += x_pad[n, :, hs:hs+HH, ws:ws+WW] * dout[n, f, i, j]
                    dx_pad[n, :, hs:hs+HH, ws:ws+WW] += w[f] * dout[n, f, i, j]
    dx = dx_pad[:, :, pad:-pad, pad:-pad]
    return dx, dw, db
""",
    ),
    mistake(
        "crop-one-row-whatever-the-padding",
        ["conv-dx-cut-with-one"],
        source="""
def conv_forward_naive(x, w, b, conv_param):
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    S, P = conv_param['stride'], conv_param['pad']
    x_pad = np.pad(x, ((0, 0), (0, 0), (P, P), (P, P)))
    Hn, Wn = 1 + (H + 2*P - HH) // S, 1 + (W + 2*P - WW) // S
    out = np.zeros((N, F, Hn, Wn))
    for f in range(F):
        for i in range(Hn):
            for j in range(Wn):
                out[:, f, i, j] = np.sum(x_pad[:, :, i*S:i*S+HH, j*S:j*S+WW] * w[f], axis=(1, 2, 3)) + b[f]
    return out, dict(x_pad=x_pad, w=w, S=S)


def conv_backward_naive(dout, cache):
    x_pad, w, S = cache['x_pad'], cache['w'], cache['S']
    F, C, HH, WW = w.shape
    dx_pad = np.zeros_like(x_pad)
    dw = np.zeros_like(w)
    db = dout.sum(axis=(0, 2, 3))
    for f in range(F):
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                g = dout[:, f, i, j][:, None, None, None]
                dw[f] += np.sum(x_pad[:, :, i*S:i*S+HH, j*S:j*S+WW] * g, axis=0)
                dx_pad[:, :, i*S:i*S+HH, j*S:j*S+WW] += w[f] * g
    # remove the padding
    dx = dx_pad[:, :, 1:-1, 1:-1]
    return dx, dw, db
""",
    ),
    mistake(
        "gradient-of-x-assigned-per-window",
        ["conv-dx-overwritten"],
        source="""
def conv_backward_naive(dout, cache):
    x, w, conv_param = cache
    pad, stride = conv_param['pad'], conv_param['stride']
    N, F, H_out, W_out = dout.shape
    N, C, H, W = x.shape
    HH, WW = w.shape[2], w.shape[3]
    padded = np.pad(x, ((0,0),(0,0),(pad,pad),(pad,pad)), 'constant', constant_values=0)
    dpadded = np.zeros(padded.shape)
    dw = np.zeros(w.shape)
    db = np.sum(dout, axis=(0, 2, 3))
    for row in range(H_out):
        for col in range(W_out):
            top, left = row * stride, col * stride
            dpadded[:, :, top:top + HH, left:left + WW] = np.tensordot(dout[:, :, row, col], w, axes=1)
            dw += np.tensordot(dout[:, :, row, col].T, padded[:, :, top:top + HH, left:left + WW], axes=1)
    dx = dpadded[:, :, pad:H + pad, pad:W + pad]
    return dx, dw, db
""",
    ),
    mistake(
        "gradient-of-x-assigned-filter-by-filter",
        ["conv-dx-overwritten-by-each-filter"],
        source="""
def conv_backward_naive(dout, cache):
    x, w, conv_param = cache
    pad = conv_param["pad"]
    stride = conv_param["stride"]
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    x_pad = np.pad(x, pad_width=((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
    dx = np.zeros_like(x_pad)
    dw = np.zeros_like(w)
    db = np.zeros(F)
    for n in range(N):
        for f in range(F):
            for i, top in enumerate(range(0, H + 2 * pad - HH + 1, stride)):
                for j, left in enumerate(range(0, W + 2 * pad - WW + 1, stride)):
                    g = dout[n, f, i, j]
                    db[f] += g
                    dw[f] += g * x_pad[n, :, top:top + HH, left:left + WW]
                    dx[n, :, top:top + HH, left:left + WW] = g * w[f]
    return dx[:, :, pad:pad + H, pad:pad + W], dw, db
""",
    ),
    mistake(
        "bias-gradient-of-the-last-image",
        ["conv-db-of-the-last-sample"],
        source="""
def conv_backward_naive(dout, cache):
    x, w, conv_param = cache
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros(F)
    for n in range(N):
        xp = np.pad(x[n], ((0, 0), (p, p), (p, p)))
        dxp = np.zeros_like(xp)
        for f in range(F):
            db[f] = np.sum(dout[n, f])
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    dw[f] += dout[n, f, i, j] * xp[:, i*s:i*s+HH, j*s:j*s+WW]
                    dxp[:, i*s:i*s+HH, j*s:j*s+WW] += dout[n, f, i, j] * w[f]
        dx[n] = dxp[:, p:p+H, p:p+W]
    return dx, dw, db
""",
    ),
    mistake(
        "stride-left-out-on-the-way-back",
        ["conv-backward-places-one-apart"],
        source="""
def conv_backward_naive(dout, cache):
    x, w, conv_param = cache
    pad = conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, Hp, Wp = dout.shape
    x_p = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
    dx_p = np.zeros_like(x_p)
    dw = np.zeros_like(w)
    db = np.zeros(F)
    for n in range(N):
        for f in range(F):
            for h in range(Hp):
                for v in range(Wp):
                    db[f] += dout[n, f, h, v]
                    dw[f] += x_p[n, :, h:h + HH, v:v + WW] * dout[n, f, h, v]
                    dx_p[n, :, h:h + HH, v:v + WW] += w[f] * dout[n, f, h, v]
    dx = dx_p[:, :, pad:pad + H, pad:pad + W]
    return dx, dw, db
""",
    ),
    mistake(
        "columns-with-the-channels-last",
        ["im2col-columns-in-another-order", "im2col-columns-in-another-order-forward"],
        source="""
def conv_forward_im2col(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    out_h = (H + 2 * pad - HH) // stride + 1
    out_w = (W + 2 * pad - WW) // stride + 1
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    cols = np.zeros((N, out_h, out_w, HH, WW, C))
    for i in range(HH):
        for j in range(WW):
            part = x_pad[:, :, i:i + stride * out_h:stride, j:j + stride * out_w:stride]
            cols[:, :, :, i, j, :] = part.transpose(0, 2, 3, 1)
    cols = cols.reshape(N * out_h * out_w, -1)
    out = cols.dot(w.reshape(F, -1).T) + b
    out = out.reshape(N, out_h, out_w, F).transpose(0, 3, 1, 2)
    return out, (x, w, b, conv_param, cols)


def conv_backward_im2col(dout, cache):
    x, w, b, conv_param, _ = cache
    return conv_backward_naive(dout, conv_forward_naive(x, w, b, conv_param)[1])
""",
    ),
    mistake(
        "result-reshaped-straight-to-images",
        ["im2col-output-not-turned"],
        source="""
def conv_forward_im2col(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    OH, OW = (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1
    img = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)], 'constant')
    col = np.zeros((N, C, HH, WW, OH, OW))
    for y in range(HH):
        y_max = y + stride * OH
        for xx in range(WW):
            x_max = xx + stride * OW
            col[:, :, y, xx, :, :] = img[:, :, y:y_max:stride, xx:x_max:stride]
    col = col.transpose(0, 4, 5, 1, 2, 3).reshape(N * OH * OW, -1)
    out = np.dot(col, w.reshape(F, -1).T) + b
    out = out.reshape(N, F, OH, OW)
    cache = (x.shape, w, conv_param, col)
    return out, cache


def conv_backward_im2col(dout, cache):
    shape, w, conv_param, col = cache
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = shape
    F, C, HH, WW = w.shape
    OH, OW = dout.shape[2:]
    d = dout.transpose(0, 2, 3, 1).reshape(-1, F)
    dw = d.T.dot(col).reshape(w.shape)
    dcol = d.dot(w.reshape(F, -1)).reshape(N, OH, OW, C, HH, WW).transpose(0, 3, 4, 5, 1, 2)
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for y in range(HH):
        for xx in range(WW):
            img[:, :, y:y + stride * OH:stride, xx:xx + stride * OW:stride] += dcol[:, :, y, xx]
    return img[:, :, pad:H + pad, pad:W + pad], dw, d.sum(0)
""",
    ),
    mistake(
        "col2im-writes-each-patch-over-the-last",
        ["im2col-backward-overwrites", "im2col-backward-adds-at-repeated-indices"],
        source="""
def conv_forward_im2col(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    out, _ = conv_forward_naive(x, w, b, conv_param)
    return out, [x, w, stride, pad]


def conv_backward_im2col(dout, cache):
    x, w, stride, pad = cache
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, H2, W2 = dout.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    r = (np.arange(H2) * stride)[:, None, None, None] + np.arange(HH)[None, None, :, None]
    c = (np.arange(W2) * stride)[None, :, None, None] + np.arange(WW)[None, None, None, :]
    cols = xp[:, :, r, c]                               # N C H2 W2 HH WW
    dw = np.einsum('nfij,ncijhw->fchw', dout, cols)
    dcols = np.einsum('nfij,fchw->ncijhw', dout, w)
    dxp = np.zeros_like(xp)
    dxp[:, :, r, c] += dcols
    dx = dxp[:, :, pad:pad + H, pad:pad + W]
    return dx, dw, dout.sum(axis=(0, 2, 3))
""",
    ),
    mistake(
        "im2col-image-by-image",
        ["im2col-loop-over-samples", "im2col-loop-over-samples-and-places", "im2col-calls-the-loops"],
        source="""
def conv_forward_im2col(x, w, b, conv_param):
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    stride, pad = conv_param['stride'], conv_param['pad']
    H_prime = (H + 2 * pad - HH) // stride + 1
    W_prime = (W + 2 * pad - WW) // stride + 1
    out = np.zeros((N, F, H_prime, W_prime))
    filter_matrix = w.reshape(F, -1)
    for im_num in range(N):
        im_pad = np.pad(x[im_num], ((0, 0), (pad, pad), (pad, pad)))
        cols = np.zeros((H_prime * W_prime, C * HH * WW))
        for i in range(H_prime):
            for j in range(W_prime):
                cols[i * W_prime + j] = im_pad[:, i*stride:i*stride+HH, j*stride:j*stride+WW].ravel()
        out[im_num] = (filter_matrix.dot(cols.T) + b[:, None]).reshape(F, H_prime, W_prime)
    return out, conv_forward_naive(x, w, b, conv_param)[1]


def conv_backward_im2col(dout, cache):
    return conv_backward_naive(dout, cache)
""",
    ),
    mistake(
        "running-maximum-starts-at-zero",
        ["maximum-starts-at-zero"],
        source="""
def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    ph, pw, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
    out_h = 1 + (H - ph) // s
    out_w = 1 + (W - pw) // s
    out = np.zeros((N, C, out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            for a in range(ph):
                for b in range(pw):
                    out[:, :, i, j] = np.maximum(out[:, :, i, j], x[:, :, i * s + a, j * s + b])
    cache = {'x': x, 'p': pool_param}
    return out, cache


def max_pool_backward_naive(dout, cache):
    x, p = cache['x'], cache['p']
    ph, pw, s = p['pool_height'], p['pool_width'], p['stride']
    dx = np.zeros_like(x)
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    win = x[n, c, i*s:i*s+ph, j*s:j*s+pw]
                    a, b = np.unravel_index(win.argmax(), win.shape)
                    dx[n, c, i*s+a, j*s+b] += dout[n, c, i, j]
    return dx
""",
    ),
    mistake(
        "pool-windows-as-large-as-the-stride",
        ["pool-windows-of-the-stride"],
        source="""
def max_pool_forward_naive(x, pool_param):
    HH, WW = pool_param['pool_height'], pool_param['pool_width']
    stride = pool_param['stride']
    N, C, H, W = x.shape
    H_out, W_out = int(1 + (H - HH) / stride), int(1 + (W - WW) / stride)
    out = np.zeros((N, C, H_out, W_out))
    for n in range(N):
        for c in range(C):
            for i in range(H_out):
                for j in range(W_out):
                    out[n, c, i, j] = np.max(x[n, c, i*stride:(i+1)*stride, j*stride:(j+1)*stride])
    return out, (x, pool_param)
""",
    ),
    mistake(
        "pool-mask-times-dout-assigned",
        ["max-pool-windows-overwritten"],
        source="""
def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    HH, WW, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
    N, C, H, W = x.shape
    dx = np.zeros((N, C, H, W))
    for n in range(N):
        for c in range(C):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i*s:i*s+HH, j*s:j*s+WW]
                    mask = window == np.max(window)
                    dx[n, c, i*s:i*s+HH, j*s:j*s+WW] = mask * dout[n, c, i, j]
    return dx
""",
    ),
    mistake(
        "argmax-unravelled-by-columns",
        ["max-pool-height-for-width", "max-pool-row-and-column-by-the-height"],
        source="""
def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    kh = pool_param['pool_height']
    kw = pool_param['pool_width']
    st = pool_param['stride']
    oh, ow = (H - kh) // st + 1, (W - kw) // st + 1
    out = np.empty((N, C, oh, ow))
    where = np.empty((N, C, oh, ow), dtype=int)
    for i in range(oh):
        for j in range(ow):
            flat = x[:, :, i*st:i*st+kh, j*st:j*st+kw].reshape(N, C, -1)
            out[:, :, i, j] = flat.max(axis=2)
            where[:, :, i, j] = flat.argmax(axis=2)
    return out, (x.shape, where, kh, kw, st)


def max_pool_backward_naive(dout, cache):
    shape, where, kh, kw, st = cache
    dx = np.zeros(shape)
    N, C, oh, ow = dout.shape
    for n in range(N):
        for c in range(C):
            for i in range(oh):
                for j in range(ow):
                    r = where[n, c, i, j] // kh
                    q = where[n, c, i, j] % kh
                    dx[n, c, i*st + r, j*st + q] += dout[n, c, i, j]
    return dx
""",
    ),
    mistake(
        "each-entry-of-the-window-gets-all-of-dout",
        ["avg-pool-gradient-not-divided"],
        source="""
def avg_pool_backward_naive(dout, cache):
    shape, pool_param = cache
    ph, pw = pool_param['pool_height'], pool_param['pool_width']
    s = pool_param['stride']
    dx = np.zeros(shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i*s:i*s+ph, j*s:j*s+pw] += dout[:, :, i, j][:, :, np.newaxis, np.newaxis]
    return dx
""",
    ),
    mistake(
        "average-over-stride-squared",
        ["avg-pool-over-the-stride"],
        source="""
def avg_pool_forward_naive(x, pool_param):
    ph, pw, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
    N, C, H, W = x.shape
    out = np.zeros((N, C, 1 + (H - ph) // s, 1 + (W - pw) // s))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :, i, j] = x[:, :, i*s:i*s+ph, j*s:j*s+pw].sum(axis=(2, 3)) / s**2
    return out, {'shape': x.shape, 'pool': (ph, pw, s)}


def avg_pool_backward_naive(dout, cache):
    ph, pw, s = cache['pool']
    dx = np.zeros(cache['shape'])
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i*s:i*s+ph, j*s:j*s+pw] += dout[:, :, i:i+1, j:j+1] / (ph * pw)
    return dx
""",
    ),
    mistake(
        "bands-drawn-once-for-both-axes",
        ["fractional-same-draw-for-both-directions"],
        source="""
def _increments(size, n_out, rng):
    inc = [2] * (size - n_out) + [1] * (2 * n_out - size)
    return list(rng.permutation(inc))


def fractional_max_pool_forward(x, alpha, rng):
    N, C, H, W = x.shape
    Ho, Wo = int(H / alpha), int(W / alpha)
    rows = _increments(H, Ho, rng)
    if H == W:
        cols = rows
    else:
        cols = _increments(W, Wo, rng)
    r = np.concatenate([[0], np.cumsum(rows)])
    c = np.concatenate([[0], np.cumsum(cols)])
    out = np.zeros((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = x[:, :, r[i]:r[i+1], c[j]:c[j+1]].max(axis=(2, 3))
    return out, (x, r, c)


def fractional_max_pool_backward(dout, cache):
    x, r, c = cache
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            win = x[:, :, r[i]:r[i+1], c[j]:c[j+1]]
            top = win.max(axis=(2, 3), keepdims=True)
            dx[:, :, r[i]:r[i+1], c[j]:c[j+1]] = (win == top) * dout[:, :, i:i+1, j:j+1]
    return dx
""",
    ),
    mistake(
        "images-reshaped-without-transpose",
        ["batchnorm-pixels-scrambled"],
        source="""
def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    eps, momentum = bn_param.get('eps', 1e-5), bn_param.get('momentum', 0.9)
    running_mean = bn_param.get('running_mean', np.zeros(C))
    running_var = bn_param.get('running_var', np.zeros(C))
    flat = x.reshape(N * H * W, C)
    if bn_param['mode'] == 'train':
        mu, var = flat.mean(axis=0), flat.var(axis=0)
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mu, var = running_mean, running_var
    xhat = (flat - mu) / np.sqrt(var + eps)
    out = (gamma * xhat + beta).reshape(N, C, H, W)
    bn_param['running_mean'] = running_mean
    bn_param['running_var'] = running_var
    return out, (xhat, gamma, np.sqrt(var + eps))


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    xhat, gamma, std = cache
    d = dout.reshape(N * H * W, C)
    dgamma, dbeta = (d * xhat).sum(axis=0), d.sum(axis=0)
    M = N * H * W
    dx = gamma / (M * std) * (M * d - dbeta - xhat * dgamma)
    return dx.reshape(N, C, H, W), dgamma, dbeta
""",
    ),
    mistake(
        "running-averages-weighted-the-other-way",
        ["batchnorm-momentum-exchanged"],
        source="""
def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    N, C, H, W = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(C))
    running_var = bn_param.get("running_var", np.zeros(C))
    if mode == "train":
        mean = x.mean(axis=(0, 2, 3), keepdims=True)
        var = x.var(axis=(0, 2, 3), keepdims=True)
        bn_param["running_mean"] = (1 - momentum) * running_mean + momentum * mean.reshape(C)
        bn_param["running_var"] = (1 - momentum) * running_var + momentum * var.reshape(C)
    else:
        mean = running_mean[None, :, None, None]
        var = running_var[None, :, None, None]
    x_hat = (x - mean) / np.sqrt(var + eps)
    out = gamma[None, :, None, None] * x_hat + beta[None, :, None, None]
    return out, {"x_hat": x_hat, "gamma": gamma, "var": var, "eps": eps}


def spatial_batchnorm_backward(dout, cache):
    x_hat, gamma = cache["x_hat"], cache["gamma"]
    ivar = 1 / np.sqrt(cache["var"] + cache["eps"])
    dgamma = (dout * x_hat).sum(axis=(0, 2, 3))
    dbeta = dout.sum(axis=(0, 2, 3))
    dxhat = dout * gamma[None, :, None, None]
    dx = ivar * (
        dxhat
        - dxhat.mean(axis=(0, 2, 3), keepdims=True)
        - x_hat * (dxhat * x_hat).mean(axis=(0, 2, 3), keepdims=True)
    )
    return dx, dgamma, dbeta
""",
    ),
    mistake(
        "statistics-taken-for-constants-on-the-way-back",
        ["batchnorm-statistics-as-constants"],
        source="""
class BNState:
    pass


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    eps = bn_param.get("eps", 1e-5)
    m = bn_param.get("momentum", 0.9)
    X = x.transpose(0, 2, 3, 1).reshape(-1, C)
    rm, rv = bn_param.get("running_mean", np.zeros(C)), bn_param.get("running_var", np.zeros(C))
    if bn_param["mode"] == "test":
        Y = (X - rm) / np.sqrt(rv + eps) * gamma + beta
        return Y.reshape(N, H, W, C).transpose(0, 3, 1, 2), None
    s = BNState()
    s.std = np.sqrt(X.var(axis=0) + eps)
    s.hat = (X - X.mean(axis=0)) / s.std
    s.gamma = gamma
    bn_param["running_mean"] = m * rm + (1 - m) * X.mean(axis=0)
    bn_param["running_var"] = m * rv + (1 - m) * X.var(axis=0)
    return (gamma * s.hat + beta).reshape(N, H, W, C).transpose(0, 3, 1, 2), s


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    D = dout.transpose(0, 2, 3, 1).reshape(-1, C)
    dbeta = np.sum(D, axis=0)
    dgamma = np.sum(D * cache.hat, axis=0)
    dX = D * cache.gamma / cache.std
    return dX.reshape(N, H, W, C).transpose(0, 3, 1, 2), dgamma, dbeta
""",
    ),
    mistake(
        "groups-take-every-gth-channel",
        ["groupnorm-channels-dealt-out"],
        source="""
def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get('eps', 1e-5)
    N, C, H, W = x.shape
    xg = x.reshape(N, C // G, G, H, W)
    mu = xg.mean(axis=(1, 3, 4), keepdims=True)
    var = xg.var(axis=(1, 3, 4), keepdims=True)
    xhat = ((xg - mu) / np.sqrt(var + eps)).reshape(N, C, H, W)
    out = gamma * xhat + beta
    cache = (G, xhat, var, gamma, eps)
    return out, cache


def spatial_groupnorm_backward(dout, cache):
    G, xhat, var, gamma, eps = cache
    N, C, H, W = dout.shape
    dgamma = np.sum(dout * xhat, axis=(0, 2, 3), keepdims=True)
    dbeta = np.sum(dout, axis=(0, 2, 3), keepdims=True)
    d = (dout * gamma).reshape(N, C // G, G, H, W)
    h = xhat.reshape(N, C // G, G, H, W)
    m1 = d.mean(axis=(1, 3, 4), keepdims=True)
    m2 = (d * h).mean(axis=(1, 3, 4), keepdims=True)
    dx = (d - m1 - h * m2) / np.sqrt(var + eps)
    return dx.reshape(N, C, H, W), dgamma, dbeta
""",
    ),
    mistake(
        "gamma-multiplied-after-the-projection",
        ["groupnorm-scaled-after-the-means"],
        source="""
def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get('eps', 1e-5)
    N, C, H, W = x.shape
    rows = x.reshape(N * G, -1)
    mean = rows.mean(axis=1).reshape(-1, 1)
    std = np.sqrt(rows.var(axis=1).reshape(-1, 1) + eps)
    norm = ((rows - mean) / std).reshape(x.shape)
    return norm * gamma + beta, [norm, std, gamma, G]


def spatial_groupnorm_backward(dout, cache):
    norm, std, gamma, G = cache
    N = dout.shape[0]
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    dgamma = (dout * norm).sum(axis=(0, 2, 3), keepdims=True)
    d, n = dout.reshape(N * G, -1), norm.reshape(N * G, -1)
    M = d.shape[1]
    dx = (M * d - d.sum(axis=1, keepdims=True) - n * (d * n).sum(axis=1, keepdims=True)) / (M * std)
    dx = dx.reshape(dout.shape) * gamma
    return dx, dgamma, dbeta
""",
    ),
    mistake(
        "exp-of-the-scores-as-they-are",
        ["softmax-no-shift"],
        source="""
def softmax_loss(x, y):
    N = x.shape[0]
    exps = np.exp(x)
    p = exps / exps.sum(axis=1).reshape(N, 1)
    loss = 0.0
    for i in range(N):
        loss -= np.log(p[i, y[i]])
    loss /= N
    dx = p.copy()
    for i in range(N):
        dx[i, y[i]] -= 1
    return loss, dx / N
""",
    ),
    mistake(
        "no-relu-behind-the-hidden-affine-layer",
        ["net-without-relu-between-affine-layers"],
        source="""
def affine_forward(x, w, b):
    return x.reshape(x.shape[0], -1).dot(w) + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    return dout.dot(w.T).reshape(x.shape), x.reshape(x.shape[0], -1).T.dot(dout), dout.sum(axis=0)


def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, x):
    return dout * (x > 0)


class ThreeLayerConvNet(ConvNet):
    def __init__(self, input_dim=(3, 32, 32), num_filters=32, filter_size=7, hidden_dim=100, num_classes=10,
                 weight_scale=1e-3, reg=0.0, dtype=np.float64):
        super().__init__(reg, dtype)
        C, H, W = input_dim
        self.params['W1'] = np.random.normal(0, weight_scale, (num_filters, C, filter_size, filter_size))
        self.params['b1'] = np.zeros(num_filters)
        self.params['W2'] = np.random.normal(0, weight_scale, (num_filters * H * W // 4, hidden_dim))
        self.params['b2'] = np.zeros(hidden_dim)
        self.params['W3'] = np.random.normal(0, weight_scale, (hidden_dim, num_classes))
        self.params['b3'] = np.zeros(num_classes)
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        W3, b3 = self.params['W3'], self.params['b3']
        filter_size = W1.shape[2]
        conv_param = {'stride': 1, 'pad': (filter_size - 1) // 2}
        pool_param = {'pool_height': 2, 'pool_width': 2, 'stride': 2}

        a1, cache_conv = self.layers['conv_forward'](X, W1, b1, conv_param)
        r1, cache_relu = relu_forward(a1)
        p1, cache_pool = self.layers['pool_forward'](r1, pool_param)
        a2, cache_a2 = affine_forward(p1, W2, b2)
        scores, cache_a3 = affine_forward(a2, W3, b3)
        if y is None:
            return scores

        loss, dscores = self.layers['loss'](scores, y)
        loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2) + np.sum(W3 * W3))
        grads = {}
        da2, grads['W3'], grads['b3'] = affine_backward(dscores, cache_a3)
        dp1, grads['W2'], grads['b2'] = affine_backward(da2, cache_a2)
        dr1 = self.layers['pool_backward'](dp1, cache_pool)
        da1 = relu_backward(dr1, cache_relu)
        _, grads['W1'], grads['b1'] = self.layers['conv_backward'](da1, cache_conv)
        for k in ('W1', 'W2', 'W3'):
            grads[k] += self.reg * self.params[k]
        return loss, grads
""",
    ),
    mistake(
        "penalty-of-the-last-two-layers-only",
        ["penalty-without-the-first-layer"],
        edits=[
            edit(
                "ThreeLayerConvNet",
                'for name in ("W1", "W2", "W3"):',
                'for name in ("W2", "W3"):',
            )
        ],
    ),
    mistake(
        "vgg-walks-back-past-the-relu",
        ["net-backward-forgets-relu"],
        edits=[edit("MiniVGG", "(dmaps * alive, conv_cache)", "(dmaps, conv_cache)")],
    ),
    mistake(
        "he-by-the-number-of-filters",
        ["he-of-the-outputs"],
        source="""
class MiniVGG(ConvNet):
    def __init__(self, input_dim=(3, 32, 32), blocks=(16, 32), num_classes=10, reg=0.0, dtype=np.float64):
        super().__init__(reg, dtype)
        C, H, W = input_dim
        layer = 1
        for f in blocks:
            self.params['W%d' % layer] = np.random.randn(f, C, 3, 3) * np.sqrt(2.0 / (f * 9))
            self.params['b%d' % layer] = np.zeros(f)
            self.params['W%d' % (layer + 1)] = np.random.randn(f, f, 3, 3) * np.sqrt(2.0 / (f * 9))
            self.params['b%d' % (layer + 1)] = np.zeros(f)
            layer += 2
            C, H, W = f, H // 2, W // 2
        self.params['W%d' % layer] = np.random.randn(C * H * W, num_classes) * 0.01
        self.params['b%d' % layer] = np.zeros(num_classes)
        for k in self.params:
            self.params[k] = self.params[k].astype(dtype)

    def loss(self, X, y=None):
        conv_param = {'stride': 1, 'pad': 1}
        pool_param = {'pool_height': 2, 'pool_width': 2, 'stride': 2}
        L = len(self.params) // 2
        h, stack = X, []
        for l in range(1, L):
            a, c = self.layers['conv_forward'](h, self.params['W%d' % l], self.params['b%d' % l], conv_param)
            h = np.maximum(a, 0)
            pc = None
            if l % 2 == 0:
                h, pc = self.layers['pool_forward'](h, pool_param)
            stack.append((a, c, pc))
        flat = h.reshape(h.shape[0], -1)
        scores = flat.dot(self.params['W%d' % L]) + self.params['b%d' % L]
        if y is None:
            return scores
        loss, ds = self.layers['loss'](scores, y)
        grads = {'W%d' % L: flat.T.dot(ds), 'b%d' % L: ds.sum(axis=0)}
        dh = ds.dot(self.params['W%d' % L].T).reshape(h.shape)
        for l in range(L - 1, 0, -1):
            a, c, pc = stack.pop()
            if pc is not None:
                dh = self.layers['pool_backward'](dh, pc)
            dh = dh * (a > 0)
            dh, grads['W%d' % l], grads['b%d' % l] = self.layers['conv_backward'](dh, c)
        for l in range(1, L + 1):
            W = self.params['W%d' % l]
            loss += 0.5 * self.reg * (W ** 2).sum()
            grads['W%d' % l] += self.reg * W
        return loss, grads
""",
    ),
    mistake(
        "two-at-once-overwritten-pool-and-empty-crop",
        {
            "conv_backward_naive": ["conv-dx-cut-with-minus-pad"],
            "max_pool_backward_naive": ["max-pool-winners-overwritten"],
        },
        source="""
def conv_backward_naive(dout, cache):
    x, w, conv_param = cache
    stride, pad = conv_param.get('stride', 1), conv_param.get('pad', 0)
    F, C, HH, WW = w.shape
    N, _, H_, W_ = dout.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), 'constant')
    dx, dw = np.zeros(x_pad.shape), np.zeros(w.shape)
    for n in range(N):
        for i in range(H_):
            for j in range(W_):
                rs, cs = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
                for f in range(F):
                    dw[f] += dout[n, f, i, j] * x_pad[n, :, rs, cs]
                    dx[n, :, rs, cs] += dout[n, f, i, j] * w[f]
    dx = dx[:, :, pad:-pad, pad:-pad]
    db = dout.sum(axis=3).sum(axis=2).sum(axis=0)
    return dx, dw, db


def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    N, C, H, W = x.shape
    ph, pw, s = [pool_param[k] for k in ('pool_height', 'pool_width', 'stride')]
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            block = x[:, :, i * s:i * s + ph, j * s:j * s + pw].reshape(N, C, ph * pw)
            best = block.argmax(axis=2)
            r, q = best // pw, best % pw
            n, c = np.ogrid[:N, :C]
            dx[n, c, i * s + r, j * s + q] = dout[:, :, i, j]
    return dx
""",
    ),
    mistake(
        "two-at-once-sum-of-the-window-and-gradient-not-averaged",
        {
            "avg_pool_forward_naive": ["sum-for-mean"],
            "softmax_loss": ["softmax-gradient-not-averaged"],
        },
        source="""
def avg_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    h, w = pool_param['pool_height'], pool_param['pool_width']
    stride = pool_param['stride']
    Ho, Wo = (H - h) // stride + 1, (W - w) // stride + 1
    out = np.zeros((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = np.sum(x[:, :, i*stride:i*stride+h, j*stride:j*stride+w], axis=(2, 3))
    return out, (x.shape, h, w, stride)


def avg_pool_backward_naive(dout, cache):
    shape, h, w, stride = cache
    dx = np.zeros(shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i*stride:i*stride+h, j*stride:j*stride+w] += dout[:, :, i, j, None, None] / (h * w)
    return dx


def softmax_loss(x, y):
    x = x - x.max(axis=1, keepdims=True)
    e = np.exp(x)
    p = e / e.sum(axis=1, keepdims=True)
    n = len(y)
    loss = -np.log(p[np.arange(n), y]).mean()
    p[np.arange(n), y] -= 1
    return loss, p
""",
    ),
]
