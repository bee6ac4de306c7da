/*
 * ingest/format_oha.c - oha: seconds for a whole request, and for the time to its first byte.
 */
#include "ingest/format.h"

static const struct format_rule OHA[] = {
    {"/summary/successRate", ROLE_MEASURE, "success_rate", "ratio", "sample", NULL},
    {"/summary/total", ROLE_MEASURE, "run_duration", "s", "sample", NULL},
    {"/summary/slowest", ROLE_MEASURE, "e2e_latency", "s", "max", "whole_response"},
    {"/summary/fastest", ROLE_MEASURE, "e2e_latency", "s", "min", "whole_response"},
    {"/summary/average", ROLE_MEASURE, "e2e_latency", "s", "mean", "whole_response"},
    {"/summary/requestsPerSec", ROLE_MEASURE, "achieved_rate", "rps", "sample", NULL},
    {"/latencyPercentiles/p99.9", ROLE_MEASURE, "e2e_latency", "s", "p999", "whole_response"},
    {"/latencyPercentiles/p99.99", ROLE_MEASURE, "e2e_latency", "s", "p9999", "whole_response"},
    {"/latencyPercentiles/*", ROLE_MEASURE, "e2e_latency", "s", NULL, "whole_response"},
    {"/firstBytePercentiles/p99.9", ROLE_MEASURE, "ttfr", "s", "p999", NULL},
    {"/firstBytePercentiles/p99.99", ROLE_MEASURE, "ttfr", "s", "p9999", NULL},
    {"/firstBytePercentiles/*", ROLE_MEASURE, "ttfr", "s", NULL, NULL},
    {"/rps/*", ROLE_MEASURE, "achieved_rate", "rps", NULL, "one_second"},
    {"/rps/percentiles/*", ROLE_MEASURE, "achieved_rate", "rps", NULL, "one_second"},
    {"/responseTimeHistogram/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/statusCodeDistribution/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/errorDistribution/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {0},
};

const struct format FORMATS_OHA[] = {
    {.name = "oha",
        .needs = "/summary/successRate /summary/requestsPerSec /latencyPercentiles/p50",
        .rules = OHA},
    {0},
};
