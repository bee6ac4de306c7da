/*
 * ingest/format_google_benchmark.c - Google Benchmark: JSON and the table.
 */
#include "ingest/format.h"

/*
 * A run's times are means over its iterations; rows of run_type aggregate are statistics over the
 * repetitions. The unit of the times stands in time_unit, except that of a cv, which has none.
 */
static const struct format_rule GOOGLE_BENCHMARK[] = {
    {"/context/date", ROLE_TIME, NULL, NULL, NULL, NULL},
    {"/context/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/error_occurred", ROLE_ERROR, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/error_message", ROLE_ERROR, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/skipped", ROLE_ERROR, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/skip_message", ROLE_ERROR, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/repetitions run_type=aggregate", ROLE_SAMPLES, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/repetition*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/iterations", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/threads", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/*name", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/*_unit", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/*_index", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/run_type", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/label", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/big_o", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/benchmarks/[]/real_time run_type=iteration", ROLE_MEASURE, "latency", NULL, "sample",
        "mean_of_iterations"},
    {"/benchmarks/[]/real_time aggregate_name=mean", ROLE_MEASURE, "latency", NULL, "mean",
        "over_repetitions"},
    {"/benchmarks/[]/real_time aggregate_name=median", ROLE_MEASURE, "latency", NULL, "median",
        "over_repetitions"},
    {"/benchmarks/[]/real_time aggregate_name=stddev", ROLE_MEASURE, "latency", NULL, "stddev",
        "over_repetitions"},
    {"/benchmarks/[]/real_time aggregate_name=cv", ROLE_MEASURE, "latency", "ratio", "cv",
        "over_repetitions"},
    {"/benchmarks/[]/* aggregate_name=mean", ROLE_MEASURE, NULL, NULL, "mean", "over_repetitions"},
    {"/benchmarks/[]/* aggregate_name=median", ROLE_MEASURE, NULL, NULL, "median",
        "over_repetitions"},
    {"/benchmarks/[]/* aggregate_name=stddev", ROLE_MEASURE, NULL, NULL, "stddev",
        "over_repetitions"},
    {"/benchmarks/[]/* aggregate_name=cv", ROLE_MEASURE, NULL, "ratio", "cv", "over_repetitions"},
    {"/benchmarks/[]/* run_type=aggregate", ROLE_MEASURE, NULL, NULL, "aggregate",
        "over_repetitions"},
    {0},
};

/*
 * The table has no run_type: an aggregate is known by the end of its name, and its iterations count
 * the repetitions. Its cv of a time is multiplied by the unit and divided by the iterations in the
 * versions that we know: no cv of a time is read.
 */
static const struct format_rule GOOGLE_BENCHMARK_TABLE[] = {
    {"/error_occurred", ROLE_ERROR, NULL, NULL, NULL, NULL},
    {"/error_message", ROLE_ERROR, NULL, NULL, NULL, NULL},
    {"/iterations name=*_mean", ROLE_SAMPLES, NULL, NULL, NULL, NULL},
    {"/iterations name=*_median", ROLE_SAMPLES, NULL, NULL, NULL, NULL},
    {"/iterations name=*_stddev", ROLE_SAMPLES, NULL, NULL, NULL, NULL},
    {"/iterations name=*_cv", ROLE_SAMPLES, NULL, NULL, NULL, NULL},
    {"/iterations", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/name", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/label", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/time_unit", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/*_time name=*_cv", ROLE_IGNORE, NULL, NULL, NULL, NULL},
    {"/*_time name=*_BigO", ROLE_IGNORE, NULL, NULL, NULL, NULL},
    {"/*_time name=*_RMS", ROLE_IGNORE, NULL, NULL, NULL, NULL},
    {"/real_time name=*_mean", ROLE_MEASURE, "latency", NULL, "mean", "over_repetitions"},
    {"/real_time name=*_median", ROLE_MEASURE, "latency", NULL, "median", "over_repetitions"},
    {"/real_time name=*_stddev", ROLE_MEASURE, "latency", NULL, "stddev", "over_repetitions"},
    {"/real_time", ROLE_MEASURE, "latency", NULL, "sample", "mean_of_iterations"},
    {"/* name=*_mean", ROLE_MEASURE, NULL, NULL, "mean", "over_repetitions"},
    {"/* name=*_median", ROLE_MEASURE, NULL, NULL, "median", "over_repetitions"},
    {"/* name=*_stddev", ROLE_MEASURE, NULL, NULL, "stddev", "over_repetitions"},
    {"/* name=*_cv", ROLE_MEASURE, NULL, "ratio", "cv", "over_repetitions"},
    {0},
};

const struct format FORMATS_GOOGLE_BENCHMARK[] = {
    {.name = "google_benchmark",
        .needs = "/context/num_cpus /benchmarks/[]/name /benchmarks/[]/real_time "
                 "/benchmarks/[]/cpu_time /benchmarks/[]/time_unit /benchmarks/[]/run_type",
        .rules = GOOGLE_BENCHMARK},
    {.name = "google_benchmark",
        .needs = "/name /iterations /real_time /cpu_time /time_unit",
        .rules = GOOGLE_BENCHMARK_TABLE},
    {0},
};
