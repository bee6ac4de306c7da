/*
 * ingest/format_hyperfine.c - hyperfine: how long commands take.
 */
#include "ingest/format.h"

/* Seconds, and one exit status for each time. */
static const struct format_rule HYPERFINE[] = {
    {"/results/[]/times/[]/times", ROLE_MEASURE, "latency", "s", "sample", NULL},
    {"/results/[]/exit_codes/[]/exit_codes", ROLE_EXIT, NULL, NULL, NULL, NULL},
    {"/results/[]/memory_usage_byte/[]/memory_usage_byte", ROLE_MEASURE, "process_memory_used",
        "byte", "max", NULL},
    {"/results/[]/mean", ROLE_MEASURE, "latency", "s", "mean", NULL},
    {"/results/[]/median", ROLE_MEASURE, "latency", "s", "median", NULL},
    {"/results/[]/stddev", ROLE_MEASURE, "latency", "s", "stddev", NULL},
    {"/results/[]/min", ROLE_MEASURE, "latency", "s", "min", NULL},
    {"/results/[]/max", ROLE_MEASURE, "latency", "s", "max", NULL},
    {"/results/[]/user", ROLE_MEASURE, "user_time", "s", "mean", NULL},
    {"/results/[]/system", ROLE_MEASURE, "system_time", "s", "mean", NULL},
    {0},
};

static const struct format_rule HYPERFINE_TABLE[] = {
    {"/command", ROLE_SUBJECT, "command", NULL, NULL, NULL},
    {"/mean", ROLE_MEASURE, "latency", "s", "mean", NULL},
    {"/median", ROLE_MEASURE, "latency", "s", "median", NULL},
    {"/stddev", ROLE_MEASURE, "latency", "s", "stddev", NULL},
    {"/min", ROLE_MEASURE, "latency", "s", "min", NULL},
    {"/max", ROLE_MEASURE, "latency", "s", "max", NULL},
    {"/user", ROLE_MEASURE, "user_time", "s", "mean", NULL},
    {"/system", ROLE_MEASURE, "system_time", "s", "mean", NULL},
    {"/parameter_*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {0},
};

const struct format FORMATS_HYPERFINE[] = {
    {.name = "hyperfine",
        .needs = "/results/[]/command /results/[]/mean /results/[]/stddev /results/[]/user "
                 "/results/[]/system",
        .rules = HYPERFINE},
    {.name = "hyperfine",
        .needs = "/command /mean /stddev /median /user /system /min /max",
        .rules = HYPERFINE_TABLE},
    {0},
};
