/*
 * ingest/format_aiperf.c - AIPerf and GenAI-Perf: every number is an object with its unit.
 */
#include "ingest/format.h"

/* One number each for the whole run has only "avg"; it is no mean. */
static const struct format_rule AIPERF[] = {
    {"/input_config/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/run_info/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/*/unit", ROLE_IGNORE, NULL, NULL, NULL, NULL},
    {"/time_to_first_token/*", ROLE_MEASURE, "ttft", NULL, NULL, "client_any"},
    {"/inter_token_latency/*", ROLE_MEASURE, "itl", NULL, NULL, "(e2e-ttft)/(n-1)"},
    {"/request_latency/*", ROLE_MEASURE, "e2e_latency", NULL, NULL, NULL},
    {"/output_sequence_length/*", ROLE_MEASURE, "output_tokens", NULL, NULL, NULL},
    {"/input_sequence_length/*", ROLE_MEASURE, "prompt_tokens", NULL, NULL, NULL},
    {"/output_token_throughput_per_user/*", ROLE_MEASURE, "output_tps_per_user", "tok/s", NULL,
        NULL},
    {"/output_token_throughput/avg", ROLE_MEASURE, "output_tps", "tok/s", "sample", NULL},
    {"/total_token_throughput/avg", ROLE_MEASURE, "total_tps", "tok/s", "sample", NULL},
    {"/request_throughput/avg", ROLE_MEASURE, "achieved_rate", "rps", "sample", NULL},
    {"/request_count/avg", ROLE_MEASURE, "completed", NULL, "sample", NULL},
    {"/error_request_count/avg", ROLE_MEASURE, "failed_requests", NULL, "sample", NULL},
    {"/benchmark_duration/avg", ROLE_MEASURE, "run_duration", NULL, "sample", NULL},
    {0},
};

static const struct format_rule AIPERF_RECORDS[] = {
    {"/metadata/was_cancelled", ROLE_ERROR, NULL, NULL, NULL, NULL},
    {"/metadata/request_start_ns", ROLE_TIME, NULL, NULL, NULL, NULL},
    {"/metadata/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/error/message", ROLE_ERROR, NULL, NULL, NULL, NULL},
    {"/error/type", ROLE_ERROR, NULL, NULL, NULL, NULL},
    {"/error/code", ROLE_SUBJECT, "error_code", NULL, NULL, NULL},
    {"/metrics/*/unit", ROLE_IGNORE, NULL, NULL, NULL, NULL},
    {"/metrics/time_to_first_token/value", ROLE_MEASURE, "ttft", NULL, "sample", "client_any"},
    {"/metrics/inter_token_latency/value", ROLE_MEASURE, "itl", NULL, "sample", "(e2e-ttft)/(n-1)"},
    {"/metrics/inter_chunk_latency/value/[]/value", ROLE_MEASURE, "icl", "ms", "sample", NULL},
    {"/metrics/request_latency/value", ROLE_MEASURE, "e2e_latency", NULL, "sample", NULL},
    {"/metrics/output_sequence_length/value", ROLE_MEASURE, "output_tokens", NULL, "sample", NULL},
    {"/metrics/input_sequence_length/value", ROLE_MEASURE, "prompt_tokens", NULL, "sample", NULL},
    {0},
};

const struct format FORMATS_AIPERF[] = {
    {.name = "aiperf",
        .needs = "/request_latency/unit /request_latency/avg /request_throughput/unit",
        .rules = AIPERF},
    {.name = "aiperf.records",
        .needs = "/metadata/x_request_id /metrics/request_latency/value "
                 "/metrics/request_latency/unit",
        .rules = AIPERF_RECORDS},
    {0},
};
