/*
 * stats/sample.h - what a set of numbers says about itself.
 *
 * Arrays are borrowed; "sorted" means ascending. All numbers must be finite. Every function states
 * the n below which its answer does not exist; it returns false then and writes nothing.
 */
#ifndef CHIMERA_STATS_SAMPLE_H
#define CHIMERA_STATS_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

void stats_sort(double *values, size_t n); /* ascending, in place */

/* Sum with Neumaier's compensation (1974). */
double stats_sum(const double *values, size_t n);
bool stats_mean(const double *values, size_t n, double *ret); /* n >= 1 */
/* Sample standard deviation, divisor n - 1, two passes (Chan et al. 1983). */
bool stats_stddev(const double *values, size_t n, double *ret); /* n >= 2 */
/* Linear interpolation between order statistics, type 7 of Hyndman and Fan (1996); 0 <= p <= 1. */
bool stats_quantile(const double *sorted, size_t n, double p, double *ret); /* n >= 1 */

struct stats_interval {
    double low, high;
    double coverage; /* what is really reached, at least what was asked for */
};

/*
 * Interval of the p-quantile from order statistics (distribution-free, binomial; Conover 1999,
 * section 3.2), two-sided, each tail at most (1 - level)/2. False when n is too small for that
 * level.
 */
bool stats_quantile_interval(
    const double *sorted, size_t n, double p, double level, struct stats_interval *ret);

/* Student's t interval of the mean, df = n - 1. n >= 2. */
bool stats_mean_interval(const double *values, size_t n, double level, struct stats_interval *ret);

/*
 * Smallest n for which an upper bound of the p-quantile at this confidence exists with none over:
 * 1 - p^n >= level. p95 at 95 %: 59; p99: 299; p90: 29. For p < 0.5 the mirrored lower bound.
 * SIZE_MAX = no n is enough (p of 0 or 1).
 */
size_t stats_quantile_needs(double p, double level);
/*
 * Smallest n for which stats_quantile_interval() has an answer: max(p, 1-p)^n <= (1 - level)/2.
 * At 95 %: median 6, p90 36, p95 72, p99 368.
 */
size_t stats_quantile_interval_needs(double p, double level);

#endif
