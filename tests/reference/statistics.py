#!/usr/bin/env python3
"""Makes statistics.json: what scipy and plain numpy say of small random samples, ties and zeros among them.

    pip install numpy scipy && python3 tests/reference/statistics.py > tests/reference/statistics.json

The permutation tests are enumerated one relabeling after the other, in double precision and with the formulas at the top
of src/stats/permutation.rs, not with its code.
"""

import itertools
import json
import math
import platform

import numpy as np
import scipy
from scipy import special, stats

SEED = 20250101
CASES = 30
rng = np.random.default_rng(SEED)


def numbers(values):
    """JSON knows no infinity: null."""
    return [float(v) if math.isfinite(v) else None for v in values]


def sample(n, kind):
    """Whole numbers with ties and zeros, or real ones."""
    return rng.poisson(2.0, n).astype(float) if kind else np.round(rng.gamma(1.5, 2.0, n), 6)


def two_samples():
    cases = []
    while len(cases) < CASES:
        a, b = (sample(rng.integers(2, 14), len(cases) % 2) for _ in range(2))
        if np.var(a) + np.var(b) == 0:
            continue
        t = stats.ttest_ind(b, a, equal_var=False)
        u = stats.mannwhitneyu(b, a, use_continuity=True, method="asymptotic")
        cases.append({
            "a": a.tolist(), "b": b.tolist(),
            "welch": numbers([t.statistic, t.pvalue]), "mann_whitney": numbers([u.statistic, u.pvalue]),
        })
    return cases


def fisher():
    tables = [(0, 5, 3, 7), (4, 4, 0, 4), (0, 3, 0, 9), (1, 1, 0, 1), (120, 400, 180, 500), (3, 3, 4, 4)]
    while len(tables) < CASES + 6:
        n1, n2 = rng.integers(1, 40, 2)
        tables.append((int(rng.integers(0, n1 + 1)), int(n1), int(rng.integers(0, n2 + 1)), int(n2)))
    return [{"from": [x1, n1], "to": [x2, n2],
             "p": float(stats.fisher_exact([[x2, n2 - x2], [x1, n1 - x1]]).pvalue)} for x1, n1, x2, n2 in tables]


def log_odds():
    """Monroe, Colaresi and Quinn 2008, eq. 16 and 19-22; y: counts, n: words, a: prior."""
    cases = []
    for i in range(CASES):
        n = rng.integers(200, 5000, 2).astype(float)
        y = rng.poisson(0.004 * n).astype(float) * (rng.random(2) > 0.2)
        a0 = float(rng.integers(10, 3000))
        a = a0 * max(y.sum(), 1) / n.sum()
        odds = np.log((y + a) / (n + a0 - y - a))
        delta = odds[1] - odds[0]
        variance = np.sum(1 / (y + a))
        cases.append({"k": y.tolist(), "n": n.tolist(), "prior": a, "prior_total": a0,
                      "delta": float(delta), "z": float(delta / np.sqrt(variance))})
    return cases


def false_discovery():
    cases = [[0.04], [0.01, 0.01, 0.01], [1.0, 1.0]]
    cases += [np.round(rng.random(int(rng.integers(1, 40))) ** 2, 3).clip(0.001, 1).tolist() for _ in range(CASES)]
    return [{"p": p, "q": stats.false_discovery_control(p, method="bh").tolist()} for p in cases]


def ranks():
    cases = []
    while len(cases) < CASES:
        n = int(rng.integers(3, 12))
        x = np.sort(rng.choice(np.arange(1990, 2026), n, replace=len(cases) % 3 == 0)).astype(float)
        y = sample(n, len(cases) % 2)
        if np.ptp(x) == 0 or np.ptp(y) == 0:
            continue
        cases.append({"x": x.tolist(), "y": y.tolist(), "tau": float(stats.kendalltau(x, y, variant="b").statistic),
                      "slope": float(stats.theilslopes(y, x).slope)})
    return cases


def spread(counts, sizes):
    """Mentions, words, units with a mention, variance of the sum, units."""
    k, f = np.array(counts, float), np.array(sizes, float)
    n = len(k)
    residual = k - k.sum() / f.sum() * f
    return [k.sum(), f.sum(), float((k > 0).sum()), n / (n - 1) * float((residual ** 2).sum()), float(n)]


def intervals():
    """The doc comment of effect::ratio_interval; the dispersion of a side is drawn to the common one by 4 talks."""
    cases = []
    while len(cases) < CASES + 10:
        sides = []
        for _ in range(2):
            n = int(rng.integers(2, 25))
            sizes = rng.integers(50, 900, n)
            rate = rng.choice([0.0, 0.002, 0.01], p=[0.15, 0.45, 0.4])
            sides.append(spread(rng.poisson(rate * sizes * rng.gamma(1.0, 1.0, n)), sizes))
        (k1, f1, d1, v1, n1), (k2, f2, d2, v2, n2) = sides
        if k1 + k2 == 0:
            continue
        level = [0.95, 0.9][len(cases) % 2]
        common = (v1 + v2) / (k1 + k2)
        phi1, phi2 = (max((d * (v / k if k else 0.0) + 4 * common) / (d + 4), 0.25)
                      for k, d, v in ((k1, d1, v1), (k2, d2, v2)))
        share = k2 / (k1 + k2)
        if k1 == 0:
            m = k2 / phi2
        elif k2 == 0:
            m = k1 / phi1
        else:
            m = 1 / ((phi1 / k1 + phi2 / k2) * share * (1 - share))
        tail = (1 - level) / 2
        m *= (stats.norm.ppf(tail) / stats.t.ppf(tail, n1 + n2 - 2)) ** 2
        hits, misses = m * share, m * (1 - share)
        odds = math.log2(f1 / f2)
        low = special.betaincinv(hits + 0.25, misses + 0.75, tail)
        rest = special.betaincinv(misses + 0.25, hits + 0.75, tail)
        low = -math.inf if k2 == 0 else math.log2(low / (1 - low)) + odds
        high = math.inf if k1 == 0 else -math.log2(rest / (1 - rest)) + odds
        phi = max(common, 0.25)
        words = f1 + f2
        error = math.sqrt(phi * (1 / ((k1 + k2) * f1 / words) + 1 / ((k1 + k2) * f2 / words)))
        z = stats.norm.ppf(0.975) + stats.norm.ppf(0.8)
        cases.append({"from": sides[0], "to": sides[1], "level": level, "low": numbers([low])[0],
                      "high": numbers([high])[0], "effective_mentions": float(m),
                      "detectable": float(z * error / math.log(2))})
    return cases


def dispersion():
    cases = []
    while len(cases) < CASES:
        n = int(rng.integers(2, 12))
        counts, sizes = rng.poisson(0.8, n), rng.integers(5, 400, n)
        if counts.sum() == 0:
            continue
        dp = 0.5 * np.abs(counts / counts.sum() - sizes / sizes.sum()).sum()
        cases.append({"counts": counts.tolist(), "sizes": sizes.tolist(), "dp": float(dp)})
    return cases


BURSTS = [0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0]


def weight_constant(k, f):
    """The constant nearest to phi mu, by moments: sum((k - mu f)^2 - mu f) / (mu sum f^2), the capped counts pooled."""
    if k.sum() == 0:
        return 0.0
    mu = k.sum() / f.sum()
    excess = max(0.0, float(((k - mu * f) ** 2 - mu * f).sum() / (mu * (f ** 2).sum())))
    return min(BURSTS, key=lambda c: abs(math.log((c + 0.125) / (excess + 0.125))))


def size_strata(f):
    """Units by size in groups of 30 and more, at most 20, two from 12 units on; equal sizes stay together, and no group
    has fewer than 6 for that."""
    n = len(f)
    groups = min(20, max(n // 30, 2 if n >= 12 else 1))
    order = np.argsort(f, kind="stable")
    stratum, start, found = np.zeros(n, int), 0, 0
    for group in range(1, groups + 1):
        end = n if group == groups else group * n // groups
        while 0 < end < n and f[order[end]] == f[order[end - 1]]:
            end += 1
        if group == groups or (end - start >= 6 and n - end >= 6):
            stratum[order[start:end]] = found
            start, found = end, found + 1
    return stratum


def weights(v, f):
    return v / (1 + weight_constant(v, f) * f)


def residuals(v, f, blocks):
    """Within blocks: mentions beyond the rate of the block."""
    residual = np.zeros(len(v))
    for s in set(blocks.tolist()):
        block = blocks == s
        residual[block] = v[block] - v[block].sum() / f[block].sum() * f[block]
    return residual


def assignments(labels, strata):
    """Every different way to deal the labels, within strata."""
    parts = []
    for s in sorted(set(strata.tolist())):
        where = np.flatnonzero(strata == s)
        parts.append((where, sorted(set(itertools.permutations(labels[where].tolist())))
                      if len(where) <= 7 else list(two_labels(labels[where]))))
    for choice in itertools.product(*(p[1] for p in parts)):
        dealt = np.empty(len(labels))
        for (where, _), values in zip(parts, choice):
            dealt[where] = values
        yield dealt


def two_labels(labels):
    """As the permutations, for two labels and more units."""
    low, high = labels.min(), labels.max()
    later = int((labels == high).sum())
    assert set(labels.tolist()) <= {low, high}
    for chosen in itertools.combinations(range(len(labels)), later):
        dealt = np.full(len(labels), low)
        dealt[list(chosen)] = high
        yield tuple(dealt)


def enumerate_case(counts, sizes, labels, blocks, scheme, cap):
    """Relabelings, those with a larger, a smaller and an equal statistic; None where rounding would decide what is equal."""
    k, f, y = (np.array(x, float) for x in (counts, sizes, labels))
    k = np.minimum(k, cap)
    if scheme == "whole":
        units = sorted(set(zip(blocks, labels)), key=list(zip(blocks, labels)).index)
        rows = [[i for i in range(len(k)) if (blocks[i], labels[i]) == u] for u in units]
        k, f, y = (np.array([op(x[r]) for r in rows]) for x, op in ((k, np.sum), (f, np.sum), (y, np.max)))
    f = f / f.mean()
    strata = np.array(blocks) if scheme == "within" else size_strata(f)
    u = residuals(k, f, strata) if scheme == "within" else weights(k, f)
    # Relabelings do not change what a stratum has in all: what a side has beyond its due is its sum, but for a constant.
    scale = np.abs(u).sum() * np.ptp(y)
    statistic = lambda d: float(((d - y.min()) * u).sum())
    observed = statistic(y)
    above = below = equal = n = 0
    for dealt in assignments(y, strata):
        distance = statistic(dealt) - observed
        n += 1
        if 1e-9 * scale < abs(distance) < 1e-5 * scale:
            return None
        equal += abs(distance) <= 1e-9 * scale
        above += distance > 1e-9 * scale
        below += distance < -1e-9 * scale
    return {"relabelings": n, "above": int(above), "below": int(below), "equal": int(equal)}


def permutations():
    cases = []
    plans = [("sessions", 2), ("sessions", 2), ("whole", 2), ("within", 2), ("sessions", 3), ("within", 3)]
    while len(cases) < 78:
        scheme, n_labels = plans[len(cases) % len(plans)]
        n = int(rng.integers(4, 14)) if n_labels == 2 else 6 if scheme == "sessions" else 9
        years = np.sort(rng.choice([2020, 2021, 2024], n_labels, replace=False)).astype(float)
        labels = rng.choice(years, n)
        if len(cases) >= 66 and n_labels == 2 and scheme == "sessions":
            # Enough talks for strata of their length, few enough relabelings.
            n = int(rng.integers(20, 26))
            labels = np.repeat(years, [n - 4, 4])
        if len(set(labels.tolist())) < n_labels:
            continue
        # Talks of very different length, or all of one.
        sizes = rng.integers(20, 600, n) if rng.random() < 0.8 else np.full(n, 50)
        cap = int(rng.choice([1, 3, 3, 100]))
        rate = rng.choice([0.2, 0.8, 2.5])
        counts = rng.poisson(rate * rng.gamma(0.7, 1 / 0.7, n) * (1 + 2.0 * (labels == years[-1])))
        counts[rng.random(n) < 0.15] = 0
        blocks = None
        if scheme == "whole":
            # Every block stands in one year.
            blocks = [int(2 * rng.integers(0, 4) + (y == years[-1])) for y in labels]
        elif scheme == "within":
            blocks = [i % 3 for i in range(n)]
            if any(len({y for y, b in zip(labels, blocks) if b == s}) < 2 for s in set(blocks)):
                continue
        found = enumerate_case(counts, sizes, labels, blocks, scheme, cap)
        if found is None or found["relabelings"] < 2:
            continue
        cases.append({"scheme": scheme, "counts": counts.tolist(), "sizes": sizes.tolist(), "labels": labels.tolist(),
                      "blocks": blocks, "cap": cap, **found})
    return cases


print(json.dumps({
    "origin": f"numpy {np.__version__}, scipy {scipy.__version__}, Python {platform.python_version()}, seed {SEED}: "
              "python3 tests/reference/statistics.py > tests/reference/statistics.json",
    "two_samples": two_samples(),
    "fisher": fisher(),
    "log_odds": log_odds(),
    "false_discovery": false_discovery(),
    "ranks": ranks(),
    "intervals": intervals(),
    "dispersion": dispersion(),
    "permutations": permutations(),
}, indent=None, separators=(",", ":")).replace('},{', '},\n{').replace('],"', '],\n"'))
