/*
 * stats/distribution.h - the few distributions that intervals and tests need.
 *
 * Accurate to about 1e-12 relative in the ordinary range (checked against SciPy in the tests).
 */
#ifndef CHIMERA_STATS_DISTRIBUTION_H
#define CHIMERA_STATS_DISTRIBUTION_H

/* Regularised incomplete beta I_x(a, b), a, b > 0, 0 <= x <= 1 (continued fraction, Lentz). */
double dist_beta_cdf(double x, double a, double b);
double dist_normal_cdf(double z);
double dist_normal_quantile(double p);  /* 0 < p < 1 */
double dist_t_cdf(double t, double df); /* df > 0 */
double dist_t_quantile(double p, double df);
/* P(X <= k) for X ~ Binomial(n, p). */
double dist_binomial_cdf(long k, long n, double p);

#endif
