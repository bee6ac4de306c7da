/*
 * ingest/format_llmperf.c - LLMPerf: one record for each request.
 */
#include "ingest/format.h"

/* inter_token_latency_s is the sum of the gaps, the first token's time among them, over the tokens.
 */
static const struct format_rule LLMPERF[] = {
    {"/error_code", ROLE_ERROR, NULL, NULL, NULL, NULL},
    {"/error_msg", ROLE_ERROR, NULL, NULL, NULL, NULL},
    {"/ttft_s", ROLE_MEASURE, "ttft", "s", "sample", "client_content"},
    {"/inter_token_latency_s", ROLE_MEASURE, "itl", "s", "sample", "e2e/n"},
    {"/end_to_end_latency_s", ROLE_MEASURE, "e2e_latency", "s", "sample", NULL},
    {"/request_output_throughput_token_per_s", ROLE_MEASURE, "output_tps_per_user", "tok/s",
        "sample", "n/e2e"},
    {"/number_total_tokens", ROLE_MEASURE, "total_tokens", NULL, "sample", NULL},
    {"/number_output_tokens", ROLE_MEASURE, "output_tokens", NULL, "sample", NULL},
    {"/number_input_tokens", ROLE_MEASURE, "prompt_tokens", NULL, "sample", NULL},
    {0},
};

const struct format FORMATS_LLMPERF[] = {
    {.name = "llmperf.responses",
        .needs = "/error_code /inter_token_latency_s /ttft_s /end_to_end_latency_s "
                 "/number_output_tokens",
        .rules = LLMPERF},
    {0},
};
