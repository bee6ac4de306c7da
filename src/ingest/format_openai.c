/*
 * ingest/format_openai.c - saved replies in OpenAI's shape, with llama-server's timings.
 */
#include "ingest/format.h"

/* prompt_n counts the tokens that were evaluated, cached ones left out; usage counts all. */
static const struct format_rule OPENAI[] = {
    {"/created", ROLE_TIME, NULL, NULL, NULL, NULL},
    {"/usage/prompt_tokens", ROLE_MEASURE, "prompt_tokens", NULL, "sample", NULL},
    {"/usage/completion_tokens", ROLE_MEASURE, "output_tokens", NULL, "sample", NULL},
    {"/usage/total_tokens", ROLE_MEASURE, "total_tokens", NULL, "sample", NULL},
    {"/usage/prompt_tokens_details/cached_tokens", ROLE_MEASURE, "cached_prompt_tokens", NULL,
        "sample", NULL},
    {"/usage/completion_tokens_details/reasoning_tokens", ROLE_MEASURE, "reasoning_tokens", NULL,
        "sample", NULL},
    {"/timings/cache_n", ROLE_MEASURE, "cached_prompt_tokens", NULL, "sample", NULL},
    {"/timings/prompt_n", ROLE_MEASURE, "evaluated_prompt_tokens", NULL, "sample", NULL},
    {"/timings/prompt_ms", ROLE_MEASURE, "prompt_eval_time", "ms", "sample", NULL},
    {"/timings/prompt_per_token_ms", ROLE_MEASURE, "prompt_time_per_token", "ms", "sample", NULL},
    {"/timings/prompt_per_second", ROLE_MEASURE, "prompt_tps", "tok/s", "sample", NULL},
    {"/timings/predicted_n", ROLE_MEASURE, "output_tokens", NULL, "sample", NULL},
    {"/timings/predicted_ms", ROLE_MEASURE, "eval_time", "ms", "sample", NULL},
    {"/timings/predicted_per_token_ms", ROLE_MEASURE, "eval_time_per_token", "ms", "sample", NULL},
    {"/timings/predicted_per_second", ROLE_MEASURE, "decode_tps", "tok/s", "sample", NULL},
    {"/timings/draft_n*", ROLE_MEASURE, NULL, NULL, "sample", NULL},
    {"/error/code", ROLE_SUBJECT, "error_code", NULL, NULL, NULL},
    {"/choices/[]/*", ROLE_REPLY, NULL, NULL, NULL, NULL},
    {"/generation_settings/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {"/tokens_predicted", ROLE_MEASURE, "output_tokens", NULL, "sample", NULL},
    {"/tokens_evaluated", ROLE_MEASURE, "prompt_tokens", NULL, "sample", NULL},
    {"/tokens_cached", ROLE_MEASURE, "context_tokens", NULL, "sample", NULL},
    {"/tokens/[]/tokens", ROLE_IGNORE, NULL, NULL, NULL, NULL},
    {0},
};

const struct format FORMATS_OPENAI[] = {
    {.name = "openai.reply",
        .needs = "/id /object /usage/prompt_tokens /usage/completion_tokens",
        .rules = OPENAI},
    {.name = "llama_server.reply",
        .needs = "/timings/prompt_ms /timings/predicted_ms /timings/predicted_n",
        .lacks = "/usage/completion_tokens",
        .rules = OPENAI},
    {0},
};
