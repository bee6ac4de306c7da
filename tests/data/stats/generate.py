#!/usr/bin/env python3
"""Writes the reference values beside it: distribution.txt, sample.txt, quantile.txt.

Needs NumPy, SciPy and mpmath (pip install scipy mpmath, in a venv outside the tree). The tests need
only the text files. Every value is computed by mpmath with 60 digits from the exact doubles of its
arguments; SciPy's or NumPy's own answer is the cross-check, and its largest relative distance is
written into each file's head.
"""
import os
import platform
import random
import statistics
from fractions import Fraction

import mpmath as mp
import numpy as np
import scipy
from scipy import special, stats

mp.mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))
VERSIONS = (f"mpmath {mp.__version__} (60 digits), SciPy {scipy.__version__}, "
            f"NumPy {np.__version__}, Python {platform.python_version()}")


def beta(x, y, a, b):
    """I_x(a, b) for x + y = 1: DLMF 8.17.8, a series of positive terms."""
    if b < 100 and a > 1000:  # the direct series would need some 20 a terms
        return 1 - beta_series(y, x, b, a)
    if a * y < b * x:
        return 1 - beta_series(y, x, b, a)
    return beta_series(x, y, a, b)


def beta_series(x, y, a, b):
    term = total = mp.mpf(1)
    k = 0
    while term > total * mp.eps or (a + b + k) * x > a + 1 + k:
        term *= (a + b + k) * x / (a + 1 + k)
        total += term
        k += 1
    log_front = (a * mp.log(x) + b * mp.log(y) - mp.log(a)
                 + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b))
    return mp.exp(log_front) * total


def beta_cdf(x, a, b):
    x, a, b = map(mp.mpf, (x, a, b))
    return beta(x, 1 - x, a, b)


def t_cdf(t, df):
    t, df = mp.mpf(t), mp.mpf(df)
    with mp.workdps(400 if df > 2000 else mp.mp.dps):  # there beta() takes the difference from 1
        x, y = df / (df + t * t), t * t / (df + t * t)
        tail = beta(x, y, df / 2, mp.mpf(1) / 2) / 2
        return tail if t < 0 else 1 - tail


def t_density(t, df):
    return mp.exp(mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2)
                  - (df + 1) / 2 * mp.log(1 + t * t / df)) / mp.sqrt(df * mp.pi)


def t_quantile(p, df):
    """Newton in log |t| on the log of the tail, or on 1 - 2 tail for p near 0.5."""
    p, df = mp.mpf(p), mp.mpf(df)
    tail = min(p, 1 - p)
    t = mp.mpf(-float(special.ndtri(float(tail))))  # below the root: Newton rises to it
    for _ in range(60):
        have = t_cdf(-t, df)
        slope = t * t_density(t, df)
        if tail > 0.25:
            step = mp.log((1 - 2 * tail) / (1 - 2 * have)) * (1 - 2 * have) / (2 * slope)
        else:
            step = mp.log(have / tail) * have / slope
        t *= mp.exp(step)
        if abs(step) < mp.mpf(10) ** -30:
            return -t if p < 0.5 else t
    raise ArithmeticError(("t_quantile", p, df))


def normal_quantile(p):
    p = mp.mpf(p)
    tail = min(p, 1 - p)
    z = mp.sqrt(2) * mp.erfinv(1 - 2 *
                               tail) if tail > 1e-10 else mp.mpf(-float(special.ndtri(float(tail))))
    for _ in range(60):
        have = mp.erfc(z / mp.sqrt(2)) / 2
        step = (have - tail) / (mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi))
        z += step
        if abs(step) < abs(z) * mp.mpf(10) ** -35:
            break
    return -z if p < 0.5 else z


def binomial_cdf(k, n, p):
    p = mp.mpf(p)
    return beta(1 - p, p, mp.mpf(n - k), mp.mpf(k + 1))


def distribution_rows():
    """(function, arguments, exact, SciPy's value)"""
    for x in (1e-300, 1e-10, 0.001, 0.1, 0.3, 0.5, 0.7, 0.95, 0.999, 1 - 1e-10):
        for a, b in ((0.5, 0.5), (1, 1), (1, 7), (2.5, 0.5),
                     (3, 4), (0.01, 5), (20, 30), (300, 0.5)):
            yield "beta_cdf", (x, a, b), beta_cdf(x, a, b), special.betainc(a, b, x)
    for a, b in ((1e3, 2e3), (1e5, 3e4), (5e6, 5e6), (9.5e6, 5e5)):
        for z in (-6, -2, -0.3, 0, 0.5, 1.96, 5):
            x = a / (a + b) + z * (a * b / (a + b) ** 3) ** 0.5
            yield "beta_cdf", (x, a, b), beta_cdf(x, a, b), special.betainc(a, b, x)
    for z in (-37.5, -30, -20, -10, -8, -6, -5, -4, -3, -2.5, -1.96, -1.5, -1, -0.5, -0.1, -1e-8, 0,
              1e-8, 0.25, 0.6744897501960817, 1, 1.2815515655446004, 1.96, 3, 5, 8):
        yield "normal_cdf", (z,), mp.erfc(-mp.mpf(z) / mp.sqrt(2)) / 2, special.ndtr(z)
    for p in (1e-307, 1e-200, 1e-100, 1e-50, 1e-20, 1e-12, 1e-9, 1e-6, 1e-4, 0.001, 0.005, 0.01, 0.025,
              0.05, 0.074, 0.076, 0.1, 0.2, 0.25, 0.4, 0.499, 0.4999999, 0.5000001, 0.6, 0.75, 0.9, 0.95,
              0.975, 0.99, 0.995, 0.999, 0.9999, 1 - 1e-6, 1 - 1e-12, 1 - 2.0 ** -53):
        yield "normal_quantile", (p,), normal_quantile(p), special.ndtri(p)
    freedom = (1, 2, 3, 4, 5, 9, 10, 29, 30, 100, 999, 1e4, 1e6, 1e8)
    for df in (0.5, 1.5, 2.5) + freedom:
        for t in (-50, -12.7, -4.3, -1.96, -0.7, -1e-3, 0.1, 1, 2.5, 8):
            yield "t_cdf", (t, df), t_cdf(t, df), special.stdtr(df, t)
    for df in (0.5, 1.5, 2.5) + freedom:
        for p in (1e-100, 1e-9, 0.0005, 0.005, 0.025, 0.05, 0.2, 0.3, 0.49, 0.500001, 0.6, 0.8, 0.9,
                  0.95, 0.975, 0.995, 0.9999):
            if p < 1e-50 and df < 1:
                continue  # past 1e150: distribution.h promises an infinity there
            yield "t_quantile", (p, df), t_quantile(p, df), special.stdtrit(df, p)
    for n in (1, 2, 5, 6, 20, 59, 100, 459, 1000):
        for p in (0.5, 0.05, 0.95, 0.99, 0.3):
            for k in sorted({0, n // 4, n // 2, n * 19 // 20, n - 1}):
                if k < n:
                    yield "binomial_cdf", (k, n, p), binomial_cdf(k, n, p), stats.binom.cdf(k, n, p)
    for n in (10 ** 5, 10 ** 6, 10 ** 7):
        for p in (0.5, 0.95, 0.99, 0.3):
            for z in (-5, -1.96, 0, 1.96, 5):
                k = int(n * p + z * (n * p * (1 - p)) ** 0.5)
                yield "binomial_cdf", (k, n, p), binomial_cdf(k, n, p), stats.binom.cdf(k, n, p)


def text(x):
    return repr(float(x)) if not isinstance(x, int) else str(x)


def distance(exact, value):
    if exact == 0:
        return 0.0 if value == 0 else float("inf")
    return float(abs((mp.mpf(float(value)) - exact) / exact))


def write_distribution():
    worst, lines = {}, []
    for name, args, exact, other in distribution_rows():
        if abs(exact) < 1e-290:
            continue
        far = distance(exact, other)
        if far > worst.get(name, (0.0,))[0]:
            worst[name] = (far, args)
        lines.append(" ".join([name, *map(text, args), mp.nstr(exact, 20)]))
    with open(os.path.join(HERE, "distribution.txt"), "w") as out:
        out.write("# name arguments value, by generate.py: " + VERSIONS + "\n")
        out.write(
            "# Exact values by mpmath; largest relative distance of SciPy (scipy.special, stats.binom) from them:\n")
        for name, (far, args) in worst.items():
            out.write(f"#   {name} {far:.1e} at {' '.join(map(text, args))}\n")
        out.write("\n".join(lines) + "\n")
    print(len(lines), "values", worst)


def sample_arrays():
    rng = random.Random(20250101)
    yield "one", [3.25]
    yield "two", [0.1, 0.3]
    yield "constant", [0.1] * 7
    yield "integers", [float(i) for i in range(1, 101)]
    yield "shifted", [1e9 + v for v in (4.0, 7.0, 13.0, 16.0)]
    yield "shifted_far", [1e15 + v for v in (4.0, 7.0, 13.0, 16.0)]
    yield "cancelling", [1.0, 1e100, 1.0, -1e100]
    yield "huge", [1.5e308, 1.2e308, 1.7e308, 0.9e308]
    yield "tiny", [4e-310, 5e-324, 1e-308, 2e-315]
    yield "wide", [10.0 ** e for e in range(-150, 151, 10)]
    yield "signs", [-3.5, 2.25, -1e-9, 7.125, -0.0]
    for n in (3, 10, 57, 200):
        yield f"lognormal_{n}", [rng.lognormvariate(3, 0.5) for _ in range(n)]
    for n in (4, 31):
        yield f"gauss_{n}", [rng.gauss(0, 1) for _ in range(n)]


def write_sample():
    lines, far_mean, far_sd = [], 0.0, 0.0
    for name, xs in sample_arrays():
        exact = [Fraction(x) for x in xs]
        total = sum(exact)
        mean = total / len(xs)
        lines.append("array " + name + " " + " ".join(map(text, xs)))
        lines.append("mean " + mp.nstr(mp.mpf(mean.numerator) / mean.denominator, 20))
        if abs(total) < Fraction(10) ** 308:
            lines.append("sum " + mp.nstr(mp.mpf(total.numerator) / total.denominator, 20))
        far_mean = max(far_mean, distance(mp.mpf(mean.numerator) / mean.denominator,
                                          float(statistics.mean(exact))))
        if len(xs) < 2:
            continue
        variance = sum((x - mean) ** 2 for x in exact) / (len(xs) - 1)
        sd = mp.sqrt(mp.mpf(variance.numerator) / variance.denominator)
        lines.append("stddev " + mp.nstr(sd, 20))
        if name not in ("huge", "tiny", "constant"):  # NumPy overflows, underflows, rounds
            far_sd = max(far_sd, distance(sd, np.std(np.array(xs), ddof=1)))
        for level in (0.9, 0.95, 0.99):
            half = t_quantile(1 - (1 - mp.mpf(level)) / 2, len(xs) - 1) * sd / mp.sqrt(len(xs))
            middle = mp.mpf(mean.numerator) / mean.denominator
            if name not in ("huge", "tiny"):
                lines.append(
                    f"interval {level} {mp.nstr(middle - half, 20)} {mp.nstr(middle + half, 20)}")
    with open(os.path.join(HERE, "sample.txt"), "w") as out:
        out.write(
            "# array name numbers...; then its exact sum, mean, sample standard deviation and t interval\n")
        out.write(
            "# of the mean (level low high). By generate.py, exact fractions and mpmath: " +
            VERSIONS +
            "\n")
        out.write(
            f"# Largest relative distance: statistics.mean {far_mean:.1e}, numpy.std(ddof=1) {far_sd:.1e}\n")
        out.write("\n".join(lines) + "\n")


def write_quantile():
    rng = np.random.default_rng(20250102)
    lines, count = [], 0
    for n in (1, 2, 3, 4, 5, 7, 10, 21, 40, 64, 129, 300):
        for kind in ("lognormal", "normal", "ties"):
            xs = {"lognormal": lambda: rng.lognormal(2, 1, n), "normal": lambda: rng.normal(0, 10, n),
                  "ties": lambda: rng.integers(0, 5, n).astype(float)}[kind]()
            lines.append("array " + " ".join(text(x) for x in xs))
            for p in (0, 0.01, 0.05, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1):
                lines.append(f"quantile {text(p)} {float(np.quantile(xs, p, method='linear'))!r}")
                count += 1
    with open(os.path.join(HERE, "quantile.txt"), "w") as out:
        out.write("# array numbers... (unsorted), then p and numpy.quantile(array, p, method='linear')\n")
        out.write("# By generate.py: " + VERSIONS + "\n")
        out.write("\n".join(lines) + "\n")
    print(count, "quantiles")


if __name__ == "__main__":
    write_distribution()
    write_sample()
    write_quantile()
