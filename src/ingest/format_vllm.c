/*
 * ingest/format_vllm.c - vllm bench serve (Python and Rust) and SGLang, which began as its copy.
 */
#include "ingest/format.h"

/* Summaries are in ms, lists in seconds; a request whose error is not empty failed. */
#define LOAD_RUN                                                                                   \
    {"/ttfts/[]/ttfts", ROLE_MEASURE, "ttft", "s", "sample", "client_first_choice"},               \
        {"/itls/[]/[]/itls", ROLE_MEASURE, "itl", "s", "sample", "chunk_gaps"},                    \
        {"/latencies/[]/latencies", ROLE_MEASURE, "e2e_latency", "s", "sample", NULL},             \
        {"/queue_times/[]/queue_times", ROLE_MEASURE, "queue_time", "s", "sample", NULL},          \
        {"/start_times/[]/start_times", ROLE_IGNORE, NULL, NULL, NULL, NULL},                      \
        {"/input_lens/[]/input_lens", ROLE_MEASURE, "prompt_tokens", NULL, "sample", NULL},        \
        {"/output_lens/[]/output_lens", ROLE_MEASURE, "output_tokens", NULL, "sample", NULL},      \
        {"/errors/[]/errors", ROLE_ERROR, NULL, NULL, NULL, NULL},                                 \
        {"/duration", ROLE_MEASURE, "run_duration", "s", "sample", NULL},                          \
        {"/completed", ROLE_MEASURE, "completed", NULL, "sample", NULL},                           \
        {"/failed", ROLE_MEASURE, "failed_requests", NULL, "sample", NULL},                        \
        {"/total_input_tokens", ROLE_MEASURE, "prompt_tokens", NULL, "sum", NULL},                 \
        {"/total_output_tokens", ROLE_MEASURE, "output_tokens", NULL, "sum", NULL},                \
        {"/request_throughput", ROLE_MEASURE, "achieved_rate", "rps", "sample", NULL},             \
        {"/request_goodput*", ROLE_MEASURE, "goodput", "rps", "sample", NULL},                     \
        {"/input_throughput", ROLE_MEASURE, "input_tps", "tok/s", "sample", NULL},                 \
        {"/output_throughput", ROLE_MEASURE, "output_tps", "tok/s", "sample", NULL},               \
        {"/total_token_throughput", ROLE_MEASURE, "total_tps", "tok/s", "sample", NULL},           \
        {"/total_throughput", ROLE_MEASURE, "total_tps", "tok/s", "sample", NULL},                 \
        {"/max_output_tokens_per_s", ROLE_MEASURE, "output_tps", "tok/s", "max", "one_second"},    \
        {"/num_prompts", ROLE_SUBJECT, NULL, NULL, NULL, NULL},                                    \
        {"/max_model_len", ROLE_SUBJECT, NULL, NULL, NULL, NULL},                                  \
        {"/burstiness", ROLE_SUBJECT, NULL, NULL, NULL, NULL},                                     \
        {"/random_*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},                                       \
        {"/*_tpot_ms", ROLE_MEASURE, "tpot", "ms", NULL, "(e2e-ttft)/(n-1)"},                      \
        {"/*_itl_ms", ROLE_MEASURE, "itl", "ms", NULL, "chunk_gaps"},                              \
        {"/*_e2el_ms", ROLE_MEASURE, "e2e_latency", "ms", NULL, NULL},                             \
    {                                                                                              \
        "/*_e2e_latency_ms", ROLE_MEASURE, "e2e_latency", "ms", NULL, NULL                         \
    }

/* The clock of a request stops at the first chunk with a choice, be its text empty. */
static const struct format_rule VLLM[] = {
    {"/*_ttft_ms", ROLE_MEASURE, "ttft", "ms", NULL, "client_first_choice"},
    LOAD_RUN,
    {0},
};

/* ... and here at the first content. Output lengths come from the request where usage is missing.
 */
static const struct format_rule SGLANG[] = {
    {"/*_ttft_ms", ROLE_MEASURE, "ttft", "ms", NULL, "client_content"},
    {"/ttfts/[]/ttfts", ROLE_MEASURE, "ttft", "s", "sample", "client_content"},
    {"/total_output_tokens_retokenized", ROLE_MEASURE, "retokenized_output_tokens", NULL, "sum",
        NULL},
    {"/concurrency", ROLE_MEASURE, "mean_concurrency", NULL, "mean", NULL},
    {"/accept_length", ROLE_MEASURE, "accept_length", NULL, "mean", NULL},
    LOAD_RUN,
    {0},
};

const struct format FORMATS_VLLM[] = {
    {.name = "vllm_bench",
        .needs = "/request_throughput /mean_ttft_ms /mean_itl_ms /total_input_tokens /completed",
        .lacks = "/total_output_tokens_retokenized",
        .rules = VLLM},
    {.name = "sglang_bench",
        .needs = "/request_throughput /mean_ttft_ms /mean_e2e_latency_ms "
                 "/total_output_tokens_retokenized",
        .rules = SGLANG},
    {0},
};
