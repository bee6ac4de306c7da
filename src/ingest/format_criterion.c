/*
 * ingest/format_criterion.c - criterion: estimates.json and sample.json.
 */
#include "ingest/format.h"

/* Nanoseconds for one iteration. The slope is the regression of time over iterations. */
static const struct format_rule CRITERION[] = {
    {"/*/confidence_interval/confidence_level", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/mean/point_estimate", ROLE_MEASURE, "latency", "ns", "mean", NULL},
    {"/median/point_estimate", ROLE_MEASURE, "latency", "ns", "median", NULL},
    {"/std_dev/point_estimate", ROLE_MEASURE, "latency", "ns", "stddev", NULL},
    {"/median_abs_dev/point_estimate", ROLE_MEASURE, "latency", "ns", "mad", NULL},
    {"/slope/point_estimate", ROLE_MEASURE, "latency", "ns", "slope", NULL},
    {"/mean/*lower_bound", ROLE_MEASURE, "latency", "ns", "mean_ci_low", NULL},
    {"/mean/*upper_bound", ROLE_MEASURE, "latency", "ns", "mean_ci_high", NULL},
    {"/mean/standard_error", ROLE_MEASURE, "latency", "ns", "mean_se", NULL},
    {"/median/*lower_bound", ROLE_MEASURE, "latency", "ns", "median_ci_low", NULL},
    {"/median/*upper_bound", ROLE_MEASURE, "latency", "ns", "median_ci_high", NULL},
    {"/median/standard_error", ROLE_MEASURE, "latency", "ns", "median_se", NULL},
    {"/slope/*lower_bound", ROLE_MEASURE, "latency", "ns", "slope_ci_low", NULL},
    {"/slope/*upper_bound", ROLE_MEASURE, "latency", "ns", "slope_ci_high", NULL},
    {"/slope/standard_error", ROLE_MEASURE, "latency", "ns", "slope_se", NULL},
    {"/std_dev/*", ROLE_MEASURE, "latency_stddev_estimate", "ns", "interval", NULL},
    {"/median_abs_dev/*", ROLE_MEASURE, "latency_mad_estimate", "ns", "interval", NULL},
    {0},
};

/* A time is that of all iterations of its sample, not of one. */
static const struct format_rule CRITERION_SAMPLE[] = {
    {"/times/[]/times", ROLE_MEASURE, "sample_time", "ns", "sample", "all_iterations"},
    {"/iters/[]/iters", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {0},
};

const struct format FORMATS_CRITERION[] = {
    {.name = "criterion.estimates",
        .needs = "/mean/point_estimate /median/point_estimate /median_abs_dev/point_estimate "
                 "/mean/confidence_interval/lower_bound",
        .rules = CRITERION},
    {.name = "criterion.sample",
        .needs = "/sampling_mode /iters/[]/iters /times/[]/times",
        .rules = CRITERION_SAMPLE},
    {0},
};
