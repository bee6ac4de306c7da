/*
 * ingest/format_pytest_benchmark.c - pytest-benchmark.
 */
#include "ingest/format.h"

/* Seconds for one call: each round is the mean of its iterations. */
static const struct format_rule PYTEST_BENCHMARK[] = {
    {"/machine_info/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/commit_info/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/stats/data/[]/data", ROLE_MEASURE, "latency", "s", "sample",
        "mean_of_iterations"},
    {"/benchmarks/[]/stats/rounds", ROLE_SAMPLES, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/stats/iterations", ROLE_SUBJECT, "iterations", NULL, NULL, NULL},
    {"/benchmarks/[]/stats/*outliers", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/stats/ops", ROLE_MEASURE, "calls_per_second", "rps", "mean", "1/mean"},
    {"/benchmarks/[]/stats/total", ROLE_MEASURE, "latency", "s", "sum", "mean_of_iterations"},
    {"/benchmarks/[]/stats/q1", ROLE_MEASURE, "latency", "s", "p25", "mean_of_iterations"},
    {"/benchmarks/[]/stats/q3", ROLE_MEASURE, "latency", "s", "p75", "mean_of_iterations"},
    {"/benchmarks/[]/stats/iqr", ROLE_MEASURE, "latency", "s", "iqr", "mean_of_iterations"},
    {"/benchmarks/[]/stats/ld15iqr", ROLE_MEASURE, "latency", "s", "low_whisker",
        "mean_of_iterations"},
    {"/benchmarks/[]/stats/hd15iqr", ROLE_MEASURE, "latency", "s", "high_whisker",
        "mean_of_iterations"},
    {"/benchmarks/[]/stats/*", ROLE_MEASURE, "latency", "s", NULL, "mean_of_iterations"},
    {0},
};

const struct format FORMATS_PYTEST_BENCHMARK[] = {
    {.name = "pytest_benchmark",
        .needs = "/machine_info/python_version /benchmarks/[]/fullname /benchmarks/[]/stats/rounds "
                 "/benchmarks/[]/stats/mean",
        .rules = PYTEST_BENCHMARK},
    {0},
};
