"""Li & Wand's mathematics in float64, written to be read. See README.md for what it writes and why."""

import array
import json
import math
import os
import random
import struct
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
FOLDER = os.path.dirname(os.path.abspath(__file__))

# ---------------------------------------------------------------------------------------------------------------- random numbers


def noise(seed, count):
    source = random.Random(seed)
    return [source.random() for _ in range(count)]


def normal(seed, *shape):
    count = math.prod(shape)
    u = noise(seed, 2 * count)
    values = [math.sqrt(-2 * math.log(1 - u[2 * i])) * math.cos(2 * math.pi * u[2 * i + 1]) for i in range(count)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def smooth_picture(seed, width, height):
    """A few waves per channel plus noise, in 0..1."""
    source = random.Random(seed)
    channels = []
    for _ in range(3):
        waves = [(source.uniform(-0.35, 0.35), source.uniform(-0.35, 0.35), source.uniform(0, 6.28), source.uniform(0.05, 0.15))
                 for _ in range(5)]
        rows = []
        for y in range(height):
            row = []
            for x in range(width):
                value = 0.5 + sum(a * math.cos(fx * x + fy * y + phase) for fx, fy, phase, a in waves)
                row.append(min(1.0, max(0.0, value + 0.3 * (source.random() - 0.5))))
            rows.append(row)
        channels.append(rows)
    return torch.tensor(channels, dtype=torch.float64)


# ------------------------------------------------------------------------------------------------------------------- safetensors


def write_tensors(name, tensors, metadata=None):
    header, body, offset = {}, [], 0
    if metadata:
        header["__metadata__"] = metadata
    for key, tensor in tensors.items():
        tensor = tensor.detach()
        assert tensor.dim() > 0 and tensor.dtype in (torch.float64, torch.int64)
        code, dtype = ("d", "F64") if tensor.dtype == torch.float64 else ("q", "I64")
        data = array.array(code, tensor.contiguous().flatten().tolist())
        if sys.byteorder == "big":
            data.byteswap()
        data = data.tobytes()
        header[key] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(data)]}
        body.append(data)
        offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(body))


def read_tensors(name):
    with open(os.path.join(FOLDER, name), "rb") as file:
        data = file.read()
    length, = struct.unpack("<Q", data[:8])
    header, body, tensors = json.loads(data[8:8 + length]), data[8 + length:], {}
    for key, entry in header.items():
        if key != "__metadata__":
            begin, end = entry["data_offsets"]
            values = array.array("d" if entry["dtype"] == "F64" else "q")
            values.frombytes(body[begin:end])
            if sys.byteorder == "big":
                values.byteswap()
            dtype = torch.float64 if entry["dtype"] == "F64" else torch.int64
            tensors[key] = torch.tensor(values.tolist(), dtype=dtype).reshape(entry["shape"])
    return tensors


# --------------------------------------------------------------------------------------------------------------------- the network

# (index of the convolution, name of the layer after its ReLU, block); a pooling stands between blocks.
CONVOLUTIONS = [(0, "relu1_1", 1), (2, "relu1_2", 1), (5, "relu2_1", 2), (7, "relu2_2", 2), (10, "relu3_1", 3), (12, "relu3_2", 3),
                (14, "relu3_3", 3), (16, "relu3_4", 3), (19, "relu4_1", 4), (21, "relu4_2", 4)]
WIDTHS = {1: 4, 2: 6, 3: 8, 4: 10}


def make_weights(seed, input_scale, gain):
    """gain multiplies every feature exactly, as ReLU and pooling are homogeneous; it balances the terms of an objective."""
    weights, channels = {}, 3
    for index, _, block in CONVOLUTIONS:
        width = WIDTHS[block]
        weight = normal(seed + index, width, channels, 3, 3) * math.sqrt(2 / (9 * channels))
        weights["features.%d.weight" % index] = weight * gain / input_scale if index == 0 else weight
        weights["features.%d.bias" % index] = 0.1 * gain * normal(seed + 100 + index, width)
        channels = width
    return weights


def features(weights, x, pooling):
    """All layers of a C×H×W input."""
    result, block_before = {}, 1
    x = x.unsqueeze(0)
    for index, name, block in CONVOLUTIONS:
        if block != block_before:
            x = F.max_pool2d(x, 2, 2) if pooling == "max" else F.avg_pool2d(x, 2, 2)
            block_before = block
        weight, bias = weights["features.%d.weight" % index], weights["features.%d.bias" % index]
        x = torch.relu(F.conv2d(x, weight.to(x.dtype), bias.to(x.dtype), padding=1))
        result[name] = x.squeeze(0)
    return result


# -------------------------------------------------------------------------------------------------------------------------- spaces


def column(*values):
    return torch.tensor(values, dtype=torch.float64).reshape(3, 1, 1)


MEAN, STD = column(0.485, 0.456, 0.406), column(0.229, 0.224, 0.225)
CAFFE_MEAN = column(103.939, 116.779, 123.68)


def to_space(p, space):
    if space == "torchvision":
        return (p - MEAN) / STD
    return 255 * p.flip(0) - CAFFE_MEAN


def to_authors(p):
    return 256 * p.flip(0) - CAFFE_MEAN


def authors_to_torchvision(v):
    p = (v + CAFFE_MEAN.to(v.dtype)).flip(0) / 256
    return (p - MEAN.to(v.dtype)) / STD.to(v.dtype)


# -------------------------------------------------------------------------------------------------------------------- style copies


def inscribed(w, h, angle):
    """Largest axis-aligned rectangle within a w×h rectangle turned by angle."""
    sine, cosine = abs(math.sin(angle)), abs(math.cos(angle))
    long_side, short_side = max(w, h), min(w, h)
    if short_side <= 2 * sine * cosine * long_side or abs(sine - cosine) < 1e-10:
        half = 0.5 * short_side
        return (half / sine, half / cosine) if w >= h else (half / cosine, half / sine)
    double = cosine * cosine - sine * sine
    return (w * cosine - h * sine) / double, (h * cosine - w * sine) / double


def copy_size(width, height, degrees, scale):
    w, h = width * scale, height * scale
    if degrees == 0:
        return math.floor(w + 0.5), math.floor(h + 0.5)
    real = inscribed(w, h, math.radians(degrees))
    assert all(abs(side - round(side)) > 1e-6 for side in real), "choose another angle: this one is at the mercy of rounding"
    return math.floor(real[0]), math.floor(real[1])


def copy_of(p, degrees, scale):
    if degrees == 0 and scale == 1:
        return p
    height, width = p.shape[1:]
    cw, ch = copy_size(width, height, degrees, scale)
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    source = p.tolist()
    result = [[[0.0] * cw for _ in range(ch)] for _ in range(3)]
    for v in range(ch):
        for u in range(cw):
            dx, dy = u + 0.5 - cw / 2, v + 0.5 - ch / 2
            sx = (cosine * dx + sine * dy) / scale + width / 2 - 0.5
            sy = (-sine * dx + cosine * dy) / scale + height / 2 - 0.5
            if degrees != 0:
                assert -0.5 - 1e-9 <= sx <= width - 0.5 + 1e-9 and -0.5 - 1e-9 <= sy <= height - 0.5 + 1e-9
            sx, sy = min(max(sx, 0.0), width - 1.0), min(max(sy, 0.0), height - 1.0)
            x0, y0 = math.floor(sx), math.floor(sy)
            x1, y1 = min(x0 + 1, width - 1), min(y0 + 1, height - 1)
            fx, fy = sx - x0, sy - y0
            for c in range(3):
                top = source[c][y0][x0] * (1 - fx) + source[c][y0][x1] * fx
                bottom = source[c][y1][x0] * (1 - fx) + source[c][y1][x1] * fx
                result[c][v][u] = top * (1 - fy) + bottom * fy
    return torch.tensor(result, dtype=torch.float64)


def copy_list(copies):
    """(angle, scale) of every copy in the order of j: the identity, then rotations (outer) by scales (inner), ascending."""
    n, d = copies["rotations"], copies["rotationStep"]
    angles = [i * d for i in range(-n, n + 1)]
    n, d = copies["scales"], copies["scaleStep"]
    scales = [d ** i if copies["geometric"] else 1 + i * d for i in range(-n, n + 1)]
    return [(0, 1)] + [(a, s) for a in angles for s in scales if not (a == 0 and s == 1)]


NO_COPIES = {"rotations": 0, "rotationStep": 7.5, "scales": 0, "scaleStep": 0.05, "geometric": False}
LINEAR_COPIES = {"rotations": 1, "rotationStep": 7.5, "scales": 1, "scaleStep": 0.05, "geometric": False}
GEOMETRIC_COPIES = {"rotations": 1, "rotationStep": 7.5, "scales": 1, "scaleStep": 1.05, "geometric": True}

# ------------------------------------------------------------------------------------------------------------------ patches, picks


def corners(side, k, stride):
    result = list(range(0, side - k + 1, stride))
    if result[-1] != side - k:
        result.append(side - k)
    return result


def patches(f, k, stride):
    """N×C×k×k, row by row."""
    height, width = f.shape[1:]
    return torch.stack([f[:, y:y + k, x:x + k] for y in corners(height, k, stride) for x in corners(width, k, stride)])


def pick(queries, styles):
    """NN(i) by normalised cross-correlation, the best NCC, and how far the second best lies below it."""
    q, s = queries.detach().flatten(1), styles.detach().flatten(1)
    dots = (q @ s.t()).tolist()
    q_norms, s_norms = q.pow(2).sum(1).sqrt().tolist(), s.pow(2).sum(1).sqrt().tolist()
    indices, best_values, margins = [], [], []
    for i, q_norm in enumerate(q_norms):
        best, best_value, second = None, 0.0, -math.inf
        for j, s_norm in enumerate(s_norms):
            if s_norm == 0:
                continue
            value = 0.0 if q_norm == 0 else dots[i][j] / (q_norm * s_norm)
            if best is None:
                best, best_value = j, value
            elif value > best_value:
                best, best_value, second = j, value, best_value
            else:
                second = max(second, value)
        indices.append(0 if best is None else best)
        best_values.append(best_value)
        margins.append(best_value - second if second > -math.inf else (0.0 if best is None else 2.0))
    return indices, best_values, margins


# ----------------------------------------------------------------------------------------------------------------------- the terms


def smoothness(x):
    return (x[:, :, 1:] - x[:, :, :-1]).pow(2).sum() + (x[:, 1:, :] - x[:, :-1, :]).pow(2).sum()


def authors_smoothness(v):
    """Only over the (H-1)×(W-1) grid on which both differences exist."""
    return (v[:, :-1, 1:] - v[:, :-1, :-1]).pow(2).sum() + (v[:, 1:, :-1] - v[:, :-1, :-1]).pow(2).sum()


def coverage(height, width, k, stride):
    """c_p: how many patches lie over feature pixel p."""
    count = torch.zeros(height, width, dtype=torch.float64)
    for y in corners(height, k, stride):
        for x in corners(width, k, stride):
            count[y:y + k, x:x + k] += 1
    return count


class Problem:
    """One content, one list of styles, one network: what stays fixed while X moves."""

    def __init__(self, weights, pictures, case):
        self.weights, self.case = weights, case
        self.space = case["input"]
        k, stride = case["patch"], case["stride"]
        self.content = self.features_of(to_space(pictures[case["content"]], self.space))[case["contentLayer"]]
        self.style, self.maps = {}, []
        stacks = {layer: [] for layer in case["layers"]}
        first = {layer: 0 for layer in case["layers"]}
        for name in case["styles"]:
            for degrees, scale in copy_list(case["copies"]):
                copy = copy_of(pictures[name], degrees, scale)
                entry = {"style": name, "degrees": degrees, "scale": scale, "width": copy.shape[2], "height": copy.shape[1], "layers": {}}
                f = self.features_of(to_space(copy, self.space))
                for layer in case["layers"]:
                    rows, columns = (len(corners(side, k, stride)) for side in f[layer].shape[1:])
                    entry["layers"][layer] = {"firstPatch": first[layer], "rows": rows, "columns": columns}
                    first[layer] += rows * columns
                    stacks[layer].append(patches(f[layer], k, stride))
                self.maps.append(entry)
        self.style = {layer: torch.cat(stacks[layer]) for layer in case["layers"]}

    def features_of(self, x):
        return features(self.weights, x, self.case["pooling"])

    def picks(self, f):
        k, stride = self.case["patch"], self.case["stride"]
        return {layer: pick(patches(f[layer], k, stride), self.style[layer].to(f[layer].dtype)) for layer in self.case["layers"]}

    def matched(self, layer, indices, dtype):
        return self.style[layer][torch.tensor(indices)].to(dtype)

    def mrf(self, f, layer, indices):
        k, stride = self.case["patch"], self.case["stride"]
        return (patches(f[layer], k, stride) - self.matched(layer, indices, f[layer].dtype)).pow(2).sum()

    def content_energy(self, f):
        return (f[self.case["contentLayer"]] - self.content.to(f["relu1_1"].dtype)).pow(2).sum()

    def terms(self, x, f, picked):
        """The raw sums of E."""
        result = {"mrf." + layer: self.mrf(f, layer, picked[layer][0]) for layer in self.case["layers"]}
        result["content"] = self.content_energy(f)
        result["smoothness"] = smoothness(x)
        return result

    def total(self, terms):
        mrf = sum(value for name, value in terms.items() if name.startswith("mrf."))
        return mrf + self.case["contentWeight"] * terms["content"] + self.case["smoothnessWeight"] * terms["smoothness"]

    def authors_mrf(self, f, layer, indices):
        k, stride = self.case["patch"], self.case["stride"]
        height, width = f[layer].shape[1:]
        inverse = (1 / coverage(height, width, k, stride)).unsqueeze(0).to(f[layer].dtype)
        squares = (patches(f[layer], k, stride) - self.matched(layer, indices, f[layer].dtype)).pow(2)
        return (patches(inverse, k, stride) * squares).sum()

    def authors_terms(self, v, f, picked):
        """The parts of the authors' objective, weights included."""
        result = {"mrf." + layer: 0.5 * 1e-4 * self.authors_mrf(f, layer, picked[layer][0]) for layer in self.case["layers"]}
        content = f[self.case["contentLayer"]]
        result["content"] = 20 * self.content_energy(f) / content.numel()
        result["smoothness"] = 0.5 * 1e-3 * authors_smoothness(v)
        return result

    def paper_objective(self, x):
        f = self.features_of(x)
        picked = self.picks(f)
        return self.total(self.terms(x, f, picked)), picked

    def authors_objective(self, v):
        f = self.features_of(authors_to_torchvision(v))
        picked = self.picks(f)
        return sum(self.authors_terms(v, f, picked).values()), picked


def gradient(value, x):
    return torch.autograd.grad(value, x, retain_graph=True)[0]


# -------------------------------------------------------------------------------------------------------------------------- L-BFGS


def direction(g, pairs):
    """-H·g by the two-loop recursion."""
    if not pairs:
        return -g
    q, alphas = g.clone(), []
    for s, y in reversed(pairs):
        alpha = (s * q).sum() / (y * s).sum()
        q = q - alpha * y
        alphas.append(alpha)
    s, y = pairs[-1]
    q = q * ((s * y).sum() / (y * y).sum())
    for (s, y), alpha in zip(pairs, reversed(alphas)):
        q = q + (alpha - (y * q).sum() / (y * s).sum()) * s
    return -q


def lbfgs(objective, x, history, iterations):
    """Yields (x, objective, picks) at the start and after each iteration."""

    def evaluate(at):
        at = at.detach().clone().requires_grad_(True)
        value, picked = objective(at)
        return value.item(), gradient(value, at), picked

    value, g, picked = evaluate(x)
    yield x, value, picked
    pairs = []
    for iteration in range(iterations):
        d = direction(g, pairs)
        t = min(1.0, 1 / g.abs().sum().item()) if iteration == 0 else 1.0
        s = t * d
        x = x + s
        value, g_new, picked = evaluate(x)
        y = g_new - g
        if (y * s).sum().item() > 1e-10:
            pairs = (pairs + [(s, y)])[-history:]
        g = g_new
        yield x, value, picked


# --------------------------------------------------------------------------------------------------------------------- self-checks


def check_network(weights):
    height, width = 15, 14
    x = normal(1, 3, height, width)
    f = features(weights, x, "max")
    w, b = weights["features.0.weight"], weights["features.0.bias"]
    for c, i, j in [(0, 0, 0), (3, height - 1, width - 1), (1, 3, 2), (2, 0, 4), (0, 9, width - 1)]:
        total = b[c].item()
        for channel in range(3):
            for u in range(3):
                for v in range(3):
                    y, z = i + u - 1, j + v - 1
                    if 0 <= y < height and 0 <= z < width:
                        total += (w[c, channel, u, v] * x[channel, y, z]).item()
        assert abs(max(total, 0) - f["relu1_1"][c, i, j].item()) < 1e-12
    assert f["relu2_1"].shape == (6, 7, 7) and f["relu3_1"].shape == (8, 3, 3) and f["relu4_2"].shape == (10, 1, 1)
    row = torch.arange(12.0, dtype=torch.float64).reshape(1, 1, 3, 4)
    assert F.max_pool2d(row, 2, 2).flatten().tolist() == [5, 7] and F.avg_pool2d(row, 2, 2).flatten().tolist() == [2.5, 4.5]


def check_inscribed():
    for w, h, degrees in [(23, 31, 7.5), (31, 23, 15), (60, 20, 30), (23, 31, 45), (23.5, 30.1, -22)]:
        angle = math.radians(degrees)
        sine, cosine = abs(math.sin(angle)), abs(math.cos(angle))
        rw, rh = inscribed(w, h, angle)
        best = 0
        for step in range(1, 20000):
            a = w * step / 10000
            # a×b fits when both its extents, turned back, fit w and h.
            b = min((w - a * cosine) / sine, (h - a * sine) / cosine)
            if b > 0:
                best = max(best, a * b)
        assert rw * cosine + rh * sine <= w + 1e-9 and rw * sine + rh * cosine <= h + 1e-9
        assert abs(rw * rh - best) < 1e-3 * best and rw * rh > best - 1e-9, (w, h, degrees, rw * rh, best)


def check_pick():
    query = torch.tensor([[1.0, 2.0], [0.0, 0.0]], dtype=torch.float64)
    style = torch.tensor([[0.0, 0.0], [2.0, 1.0], [2.0, 4.0], [1.0, 2.0]], dtype=torch.float64)
    assert pick(query, style)[0] == [2, 1] and pick(query, style)[2] == [0, 0]
    assert pick(query, 0 * style)[0] == [0, 0]
    assert corners(10, 3, 2) == [0, 2, 4, 6, 7] and corners(9, 3, 2) == [0, 2, 4, 6] and corners(3, 3, 2) == [0]


def check_directions():
    """The two-loop recursion against the dense inverse Hessian of the BFGS formula."""
    n, pairs = 5, []
    h = None
    for seed in range(3):
        s, y = normal(20 + seed, n), normal(30 + seed, n)
        if (s * y).sum() < 0:
            y = -y
        pairs.append((s, y))
    s, y = pairs[-1]
    h = torch.eye(n, dtype=torch.float64) * ((s * y).sum() / (y * y).sum())
    for s, y in pairs:
        rho = 1 / (s * y).sum()
        left = torch.eye(n, dtype=torch.float64) - rho * torch.outer(s, y)
        h = left @ h @ left.t() + rho * torch.outer(s, s)
    g = normal(40, n)
    assert (direction(g, pairs) + h @ g).abs().max() < 1e-9 * (h @ g).abs().max()


def check_gradient(function, x, g, seed, name):
    """Central differences along three random directions; function has its matches fixed. Three step sizes, of which the best counts: a
    ReLU or a maximum may change sides within one of them."""
    for i in range(3):
        d = normal(seed + i, *x.shape)
        expected, worst = (g * d).sum().item(), math.inf
        for step in (1e-5, 1e-6, 1e-7):
            step *= x.abs().max().item()
            with torch.no_grad():
                difference = (function(x + step * d) - function(x - step * d)).item() / (2 * step)
            worst = min(worst, abs(difference - expected) / (g.norm().item() * d.norm().item() * 1e-2 + abs(expected)))
        assert worst < 1e-5, (name, worst)


def check_overlap_add(problem, f, layer, indices, g):
    """The closed form: twice the sum over the patches covering a pixel of what differs there."""
    k, stride = problem.case["patch"], problem.case["stride"]
    height, width = f[layer].shape[1:]
    result, i = torch.zeros_like(f[layer]), 0
    for y in corners(height, k, stride):
        for x in corners(width, k, stride):
            result[:, y:y + k, x:x + k] += 2 * (f[layer].detach()[:, y:y + k, x:x + k] - problem.style[layer][indices[i]])
            i += 1
    assert (result - g).abs().max() <= 1e-12 * max(1.0, g.abs().max().item())


# ------------------------------------------------------------------------------------------------------------------------ the cases

LOUD = "weights-loud.safetensors"
MRF_BOTH = ["relu3_1", "relu4_1"]


def case_of(name, content, image, styles, layers, stride, patch=3, pooling="max", copies=None, weights="weights.safetensors",
            space="torchvision", content_weight=1.0, parts=False):
    return {"name": name, "weights": weights, "input": space, "pooling": pooling, "content": content, "image": image,
            "styles": styles, "layers": layers, "contentLayer": "relu4_2", "patch": patch, "stride": stride,
            "copies": copies or NO_COPIES, "contentWeight": content_weight, "smoothnessWeight": 1e-3, "parts": parts}


ENERGY_CASES = [
    case_of("r31-s1", "content48", "image48", ["style52"], ["relu3_1"], 1),
    case_of("r41-s1", "content57", "image57", ["style41"], ["relu4_1"], 1),
    case_of("both-s1", "content48", "image48", ["style52"], MRF_BOTH, 1, parts=True),
    case_of("both-s2", "content48", "image48", ["style52"], MRF_BOTH, 2),
    case_of("both-s2-average", "content57", "image57", ["style41"], MRF_BOTH, 2, pooling="average", parts=True),
    case_of("both-s1-copies", "content48", "image48", ["style52"], MRF_BOTH, 1, copies=LINEAR_COPIES),
    case_of("both-s2-copies-two-styles", "content57", "image57", ["style52", "style41"], MRF_BOTH, 2, copies=GEOMETRIC_COPIES,
            content_weight=0.3),
    case_of("both-s1-patch5", "content57", "image57", ["style52"], MRF_BOTH, 1, patch=5),
    case_of("both-s1-patch1", "content48", "image48", ["style41"], MRF_BOTH, 1, patch=1),
    case_of("r31-s2-patch1", "content48", "image48", ["style41"], ["relu3_1"], 2, patch=1),
    case_of("both-s2-patch2", "content57", "image57", ["style52"], MRF_BOTH, 2, patch=2),
    case_of("both-s1-caffe", "content48", "image48", ["style52"], MRF_BOTH, 1, pooling="average", weights="weights-caffe.safetensors",
            space="caffe"),
]
AUTHORS_CASES = [
    case_of("authors-s2", "content48", "image48", ["style52"], MRF_BOTH, 2, weights=LOUD, parts=True),
    case_of("authors-s2-copies", "content57", "image57", ["style41"], MRF_BOTH, 2, weights=LOUD, copies=GEOMETRIC_COPIES),
]
TRAJECTORY_CASES = [
    dict(case_of("paper-h5", "content48", "image48", ["style52"], MRF_BOTH, 1), objective="paper", history=5, start="image48"),
    dict(case_of("paper-h25", "content48", "image48", ["style52"], MRF_BOTH, 1), objective="paper", history=25, start="image48"),
    dict(case_of("authors-h25", "content48", "image48", ["style52"], MRF_BOTH, 2, weights=LOUD), objective="authors", history=25,
         start="content48"),
]
COPY_CASES = [(0, 0.5), (0, 0.9), (0, 1.1), (7.5, 1), (-7.5, 1), (15, 0.85), (-15, 1.15), (7.5, 1.05), (33, 1), (45, 1.2), (-60, 0.95)]
ITERATIONS = 30


def make_pictures():
    sizes = {"small": (23, 31), "content48": (48, 40), "image48": (48, 40), "content57": (57, 43), "image57": (57, 43),
             "style52": (52, 44), "style41": (41, 61), "odd38": (38, 45)}
    return {name: smooth_picture(1000 + i, *size) for i, (name, size) in enumerate(sizes.items())}


def run_features(weights, pictures, out):
    cases = []
    for pooling in ("max", "average"):
        case = {"name": "features-" + pooling, "weights": "weights.safetensors", "input": "torchvision", "pooling": pooling,
                "picture": "odd38"}
        f = features(weights["weights.safetensors"], to_space(pictures["odd38"], "torchvision"), pooling)
        for layer in ("relu2_1", "relu3_1", "relu4_1", "relu4_2"):
            out["%s/%s" % (case["name"], layer)] = f[layer]
            alive = (f[layer] > 0).double().mean().item()
            assert 0.1 < alive < 0.95, (layer, alive)
        cases.append(case)
    return cases


def run_picks(out):
    """Whole numbers, so that ties are exact ties in any precision and in any order of summation."""

    def whole(seed, c, h, w, low=0, high=4):
        source = random.Random(seed)
        return torch.tensor([[[float(source.randint(low, high)) for _ in range(w)] for _ in range(h)] for _ in range(c)],
                            dtype=torch.float64)

    def add(name, query, styles, patch, stride):
        indices, ncc, margin = pick(patches(query, patch, stride), torch.cat([patches(s, patch, stride) for s in styles]))
        out[name + "/query"] = query
        for i, s in enumerate(styles):
            out["%s/style.%d" % (name, i)] = s
        out[name + "/indices"] = torch.tensor(indices)
        out[name + "/ncc"] = torch.tensor(ncc, dtype=torch.float64)
        near = sum(1 for m in margin if 0 < m < 1e-5)
        ties = sum(1 for m in margin if m == 0)
        cases.append({"name": name, "patch": patch, "stride": stride, "styles": len(styles),
                      "expected": {"ties": ties, "nearTies": near}})
        return ties, near

    cases = []
    base = whole(1, 5, 9, 8)
    # The same map twice, and once doubled: every best match is a threefold tie, which the first map wins.
    ties, near = add("ties", whole(2, 5, 7, 9), [base, base.clone(), 2 * base], 3, 1)
    assert ties == 5 * 7 and near == 0 and max(out["ties/indices"].tolist()) < 7 * 6
    # Zero patches on the style side (the first ones too) and on the query side.
    holed, query = whole(3, 4, 10, 9), whole(4, 4, 9, 9)
    holed[:, 0:6, 0:5] = 0
    query[:, 2:7, 3:8] = 0
    add("zero-norm", query, [holed], 3, 1)
    assert out["zero-norm/indices"].tolist().count(3) >= 9 and 0 not in out["zero-norm/indices"].tolist()
    add("zero-norm-stride-2", query, [holed], 3, 2)
    add("all-zero-style", whole(5, 4, 6, 6), [torch.zeros(4, 6, 5, dtype=torch.float64)], 3, 1)
    assert set(out["all-zero-style/indices"].tolist()) == {0}
    # Negative values: the best correlation may be below zero, and still wins over a zero patch.
    opposed = torch.zeros(2, 3, 7, dtype=torch.float64)
    opposed[:, :, 4:] = -whole(6, 2, 3, 3, 1, 4)
    add("negative", whole(7, 2, 4, 4, 1, 4), [opposed], 3, 1)
    assert out["negative/ncc"].max() < 0 and 0 not in out["negative/indices"].tolist()
    # Sides which the stride hits and misses, two maps of different sizes.
    add("stride-2-two-maps", normal(8, 6, 10, 11), [normal(9, 6, 12, 9), normal(10, 6, 7, 8)], 3, 2)
    add("stride-3-patch-2", normal(11, 6, 10, 11), [normal(12, 6, 12, 9)], 2, 3)
    return cases


def run_copies(pictures, out):
    cases = []
    for degrees, scale in COPY_CASES:
        name = "copy-%+gdeg-x%g" % (degrees, scale)
        out[name + "/copy"] = copy_of(pictures["small"], degrees, scale)
        height, width = out[name + "/copy"].shape[1:]
        cases.append({"name": name, "picture": "small", "degrees": degrees, "scale": scale, "expected": {"width": width, "height": height}})
    return cases


def store_picks(out, name, picked):
    for layer, (indices, ncc, margin) in picked.items():
        out["%s/%s/indices" % (name, layer)] = torch.tensor(indices)
        out["%s/%s/ncc" % (name, layer)] = torch.tensor(ncc, dtype=torch.float64)
        out["%s/%s/margin" % (name, layer)] = torch.tensor(margin, dtype=torch.float64)


def smallest_margin(picked):
    return min(min(m for m, n in zip(margin, ncc) if n != 0) for _, ncc, margin in picked.values())


def zero_queries(picked):
    return sum(ncc.count(0.0) for _, ncc, _ in picked.values())


def run_energies(weights, pictures, out):
    cases = []
    for number, case in enumerate(ENERGY_CASES):
        problem = Problem(weights[case["weights"]], pictures, case)
        name = case["name"]
        x = to_space(pictures[case["image"]], case["input"]).requires_grad_(True)
        f = problem.features_of(x)
        picked = problem.picks(f)
        terms = problem.terms(x, f, picked)
        total = problem.total(terms)
        g_total = gradient(total, x)
        store_picks(out, name, picked)
        for layer in case["layers"]:
            g_layer = gradient(terms["mrf." + layer], f[layer])
            check_overlap_add(problem, f, layer, picked[layer][0], g_layer)
            out["%s/%s/gradient" % (name, layer)] = g_layer
        out[name + "/gradient.total"] = g_total
        if case["parts"]:
            for term, value in terms.items():
                out["%s/gradient.%s" % (name, term)] = gradient(value, x)

        def fixed(at):
            return problem.total(problem.terms(at, problem.features_of(at), picked))

        check_gradient(fixed, x.detach(), g_total, 5000 + 10 * number, name)
        expected = {term: value.item() for term, value in terms.items()}
        expected.update(total=total.item(), minMargin=smallest_margin(picked), zeroQueries=zero_queries(picked))
        cases.append(dict(case, styleMaps=problem.maps, expected=expected))
    return cases


def run_authors(weights, pictures, out):
    cases = []
    for number, case in enumerate(AUTHORS_CASES):
        problem = Problem(weights[case["weights"]], pictures, case)
        name = case["name"]
        v = to_authors(pictures[case["image"]]).requires_grad_(True)
        assert (authors_to_torchvision(v) - to_space(pictures[case["image"]], "torchvision")).abs().max() < 1e-12
        f = problem.features_of(authors_to_torchvision(v))
        picked = problem.picks(f)
        terms = problem.authors_terms(v, f, picked)
        objective = sum(terms.values())
        g_total = gradient(objective, v)
        store_picks(out, name, picked)
        out[name + "/v"] = v.detach()
        out[name + "/gradient.total"] = g_total
        if case["parts"]:
            out[name + "/gradient.mrf"] = gradient(sum(terms["mrf." + layer] for layer in case["layers"]), v)
            out[name + "/gradient.content"] = gradient(terms["content"], v)
            out[name + "/gradient.smoothness"] = gradient(terms["smoothness"], v)

        def fixed(at):
            return sum(problem.authors_terms(at, problem.features_of(authors_to_torchvision(at)), picked).values())

        check_gradient(fixed, v.detach(), g_total, 7000 + 10 * number, name)
        expected = {term: value.item() for term, value in terms.items()}
        expected.update(objective=objective.item(), minMargin=smallest_margin(picked), zeroQueries=zero_queries(picked))
        cases.append(dict({key: value for key, value in case.items() if key not in ("contentWeight", "smoothnessWeight")},
                          styleMaps=problem.maps, expected=expected))
    return cases


def run_trajectories(weights, pictures, out):
    cases = []
    for case in TRAJECTORY_CASES:
        name = case["name"]
        problem = Problem(weights[case["weights"]], pictures, case)
        authors = case["objective"] == "authors"
        start = to_authors(pictures[case["start"]]) if authors else to_space(pictures[case["start"]], case["input"])
        objective = problem.authors_objective if authors else problem.paper_objective

        def values(at):
            return [value for _, value, _ in lbfgs(objective, at, case["history"], ITERATIONS)]

        states = list(lbfgs(objective, start, case["history"], ITERATIONS))
        exact = [value for _, value, _ in states]
        rough, moved = values(start.float()), values(start + 1e-12 * start.abs().max() * normal(77, *start.shape))

        for k in (0, 1, 10, ITERATIONS):
            out["%s/x.%d" % (name, k)] = states[k][0]
        out[name + "/objective"] = torch.tensor(exact, dtype=torch.float64)
        for layer in case["layers"]:
            out["%s/%s/indices" % (name, layer)] = torch.tensor(states[-1][2][layer][0])
        changed = [sum(a != b for layer in case["layers"] for a, b in zip(states[i][2][layer][0], states[i - 1][2][layer][0]))
                   for i in range(1, len(states))]
        expected = {"first": exact[0], "last": exact[-1], "minMargins": [smallest_margin(picked) for _, _, picked in states],
                    "changedMatches": changed,
                    "float32Deviation": [abs(a / b - 1) for a, b in zip(rough, exact)],
                    "perturbedDeviation": [abs(a / b - 1) for a, b in zip(moved, exact)]}
        skipped = ["parts", "image"] + (["contentWeight", "smoothnessWeight"] if authors else [])
        cases.append(dict({key: value for key, value in case.items() if key not in skipped}, iterations=ITERATIONS,
                          curvatureThreshold=1e-10, styleMaps=problem.maps, expected=expected))
        print("%s: %.6g -> %.6g; float32 %.1e, perturbed %.1e, matches changed %d, smallest margin %.1e" % (
            name, exact[0], exact[-1], max(expected["float32Deviation"]), max(expected["perturbedDeviation"]), sum(changed),
            min(expected["minMargins"])))
    return cases


# ------------------------------------------------------------------------------------------------------------------------------ main

# Of the index, these depend on rounding itself and are not compared.
ROUNDING = {"float32Deviation", "perturbedDeviation"}


def same(a, b, path):
    if isinstance(b, dict):
        assert a.keys() == b.keys(), path
        for key in b:
            if key not in ROUNDING:
                same(a[key], b[key], path + "/" + key)
    elif isinstance(b, list):
        assert len(a) == len(b), path
        for i, (u, v) in enumerate(zip(a, b)):
            same(u, v, "%s[%d]" % (path, i))
    elif isinstance(b, float):
        assert abs(a - b) <= 1e-9 * max(1.0, abs(b)), (path, a, b)
    else:
        assert a == b, (path, a, b)


def main():
    weights = {"weights.safetensors": make_weights(300, 1, 1), "weights-caffe.safetensors": make_weights(600, 60, 30),
               "weights-loud.safetensors": make_weights(300, 1, 100)}
    check_network(weights["weights.safetensors"])
    check_inscribed()
    check_pick()
    check_directions()
    pictures = make_pictures()
    files = {name + ".safetensors": {} for name in ("features", "picks", "copies", "energies", "authors", "trajectories")}
    index = {
        "features": run_features(weights, pictures, files["features.safetensors"]),
        "picks": run_picks(files["picks.safetensors"]),
        "copies": run_copies(pictures, files["copies.safetensors"]),
        "energies": run_energies(weights, pictures, files["energies.safetensors"]),
        "authors": run_authors(weights, pictures, files["authors.safetensors"]),
        "trajectories": run_trajectories(weights, pictures, files["trajectories.safetensors"]),
    }
    for case in index["energies"] + index["authors"]:
        print(case["name"], case["expected"])
    files["pictures.safetensors"] = pictures
    files.update(weights)
    metadata = {"weights.safetensors": {"input": "torchvision", "pooling": "max"},
                "weights-caffe.safetensors": {"input": "caffe", "pooling": "average"},
                "weights-loud.safetensors": {"input": "torchvision", "pooling": "max"}}

    path = os.path.join(FOLDER, "index.json")
    if "--check" in sys.argv[1:]:
        with open(path) as file:
            same(index, json.load(file), "index")
        for name, tensors in files.items():
            stored = read_tensors(name)
            assert list(stored) == list(tensors), name
            for key, tensor in tensors.items():
                scale = stored[key].abs().max().item()
                assert (tensor - stored[key]).abs().max().item() <= (1e-9 * scale if tensor.is_floating_point() else 0), (name, key)
        print("what is committed agrees")
        return
    for name, tensors in files.items():
        write_tensors(name, tensors, metadata.get(name))
    with open(path, "w") as file:
        json.dump(index, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
