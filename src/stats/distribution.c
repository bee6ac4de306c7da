/*
 * stats/distribution.c - incomplete beta, normal, Student's t and binomial.
 *
 * Everything but the normal stands on the incomplete beta function: its first factor by Loader's
 * saddle point, which keeps its digits where differences of lgamma() lose them (n of a million),
 * the rest by a continued fraction. Callers pass x and y = 1 - x both, each as exact as they know
 * it, because 1 - x is not recoverable from a tiny y.
 */
#include "stats/distribution.h"

#include <math.h>
#include <stdbool.h>

/* coefficients[0] + coefficients[1] x + ... */
static double polynomial(const double *coefficients, int n, double x)
{
    double value = 0;

    while (n-- > 0)
        value = value * x + coefficients[n];
    return value;
}

/* ---- incomplete beta */

/*
 * ln(n!) - ln(sqrt(2 pi n) (n/e)^n), n > 0, and its first terms as a series:
 * Loader, Fast and accurate computation of binomial probabilities (2000), equation 4.
 */
static double stirling_error(double n)
{
    static const double series[] = {1 / 12., -1 / 360., 1 / 1260., -1 / 1680., 1 / 1188.};
    const double half_log_2pi = 0.91893853320467274178;
    int sign;

    if (n > 16)
        return polynomial(series, 5, 1 / n / n) / n;
    return lgamma_r(n + 1, &sign) - (n + 0.5) * log(n) + n - half_log_2pi;
}

/*
 * x ln(x/m) + m - x, the deviance of x from its mean m; near m by the series of Loader (2000),
 * section 4, where the plain formula would cancel.
 */
static double deviance(double x, double m)
{
    double v = (x - m) / (x + m);
    double sum = (x - m) * v, term = 2 * x * v, last;

    if (!(fabs(v) < 0.1))
        return x * log(x / m) + m - x;
    for (int j = 3;; j += 2) {
        last = sum;
        term *= v * v;
        sum += term / j;
        if (sum == last)
            return sum;
    }
}

/* x^a y^b / B(a, b), x + y = 1, both above 0. */
static double beta_front(double x, double y, double a, double b)
{
    const double two_pi = 6.28318530717958647693;
    double n = a + b;
    double exponent = stirling_error(n) - stirling_error(a) - stirling_error(b) -
                      deviance(a, n * x) - deviance(b, n * y);

    return sqrt(a / n * b / two_pi) * exp(exponent);
}

/*
 * The continued fraction of DiDonato and Morris, ACM Transactions on Mathematical Software 18
 * (1992), algorithm 708 (BFRAC), by Lentz's method in the form of Thompson and Barnett (1986).
 * Converges fast where x <= a/(a + b).
 */
static double beta_fraction(double x, double y, double a, double b)
{
    enum { TERMS_MAX = 1000000 };
    double lambda = a * y - b * x;
    double value = a * (lambda + 1) / (a + 1);
    double c = value, d = 0, factor = 0;

    for (double m = 1; m < TERMS_MAX && fabs(factor - 1) > 2.5e-16; m++) {
        double before = a + 2 * m - 1;
        double num = (a + m - 1) / before * ((a + b + m - 1) / before) * m * (b - m) * x * x;
        double den =
            m + m * (b - m) * x / before + (a + m) / (before + 2) * (lambda + 1 + m * (1 + y));

        d = 1 / (den + num * d);
        c = den + num / c;
        factor = c * d;
        value *= factor;
    }
    return value;
}

/* I_x(a, b) with y = 1 - x. */
static double beta_lower(double x, double y, double a, double b)
{
    if (!(x > 0))
        return 0;
    if (!(y > 0))
        return 1;
    if (a * y < b * x)
        return 1 - beta_lower(y, x, b, a);
    return beta_front(x, y, a, b) / beta_fraction(x, y, a, b);
}

double dist_beta_cdf(double x, double a, double b)
{
    return beta_lower(x, 1 - x, a, b);
}

/* ---- normal */

double dist_normal_cdf(double z)
{
    return 0.5 * erfc(-z / sqrt(2));
}

/* num(r) / den(r) for the three ranges of p. */
struct ratio {
    double num[8], den[8];
};

/* Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988), 477-484. */
static const struct ratio normal_middle = {
    {3.3871328727963666080e+0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
        1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
        3.3430575583588128105e+4, 2.5090809287301226727e+3},
    {1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
        2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
        5.2264952788528545610e+3},
};
static const struct ratio normal_tail = {
    {1.42343711074968357734e+0, 4.63033784615654529590e+0, 5.76949722146069140550e+0,
        3.64784832476320460504e+0, 1.27045825245236838258e+0, 2.41780725177450611770e-1,
        2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e+0, 1.67638483018380384940e+0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
        1.05075007164441684324e-9},
};
static const struct ratio normal_far = {
    {6.65790464350110377720e+0, 5.46378491116411436990e+0, 1.78482653991729133580e+0,
        2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
        2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
        2.04426310338993978564e-15},
};

static double ratio_at(const struct ratio *ratio, double r)
{
    return polynomial(ratio->num, 8, r) / polynomial(ratio->den, 8, r);
}

double dist_normal_quantile(double p)
{
    double q = p - 0.5, r, z;

    if (!(p > 0 && p < 1))
        return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    if (fabs(q) <= 0.425)
        return q * ratio_at(&normal_middle, 0.180625 - q * q);
    r = sqrt(-log(q < 0 ? p : 1 - p));
    z = r <= 5 ? ratio_at(&normal_tail, r - 1.6) : ratio_at(&normal_far, r - 5);
    return q < 0 ? -z : z;
}

/* ---- Student's t */

/* P(T > |t|) by the incomplete beta; Abramowitz and Stegun 26.7.1. */
static double t_tail(double t, double df)
{
    double square = t / df * t;

    return 0.5 * beta_lower(1 / (1 + square), 1 / (1 + 1 / square), df / 2, 0.5);
}

double dist_t_cdf(double t, double df)
{
    if (isinf(df))
        return dist_normal_cdf(t);
    return t < 0 ? t_tail(t, df) : 1 - t_tail(t, df);
}

/* One Newton step for log t, so that it fits both the tail's power law and the centre's line. */
static double t_newton_step(double t, double tail, double df)
{
    double square = t / df * t;
    double x = 1 / (1 + square), y = 1 / (1 + 1 / square), a = df / 2;
    double slope = 2 * beta_front(x, y, a, 0.5); /* t times the density of |T| */
    double have;

    if (tail > 0.25) { /* towards the centre 1 - 2 tail is what keeps its digits */
        have = beta_lower(y, x, 0.5, a);
        return log((1 - 2 * tail) / have) * have / slope;
    }
    have = beta_lower(x, y, a, 0.5);
    return log(have / (2 * tail)) * have / slope;
}

/*
 * t > 0 with P(T > t) = tail, 0 < tail < 0.5. The start, the normal's quantile, is too low; the
 * log of either probability is concave in log t, so Newton comes home from any start on the way.
 */
static double t_upper_quantile(double tail, double df)
{
    const double pi = 3.14159265358979323846;
    double t = -dist_normal_quantile(tail);
    double step = 1;

    if (isinf(df))
        return t;
    if (df == 1)
        return tail > 0.25 ? tan(pi * (0.5 - tail)) : 1 / tan(pi * tail);
    if (df == 2)
        return (1 - 2 * tail) / sqrt(2 * tail * (1 - tail));
    for (int i = 0; i < 200 && fabs(step) > 1e-9; i++) {
        step = fmin(t_newton_step(t, tail, df), 10); /* a longer one would overshoot the range */
        t *= exp(step);
        if (!(t < 1e150))
            return INFINITY; /* only below two degrees of freedom */
    }
    return t;
}

double dist_t_quantile(double p, double df)
{
    if (!(p > 0 && p < 1) || !(df > 0))
        return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    if (p == 0.5)
        return 0;
    return p < 0.5 ? -t_upper_quantile(p, df) : t_upper_quantile(1 - p, df);
}

/* ---- binomial */

/* By the incomplete beta: Abramowitz and Stegun 26.5.24. */
double dist_binomial_cdf(long k, long n, double p)
{
    if (k < 0)
        return 0;
    if (k >= n)
        return 1;
    return beta_lower(1 - p, p, (double)(n - k), (double)k + 1);
}
