/*
 * ingest/format_ollama.c - saved replies of Ollama and logs of them.
 */
#include "ingest/format.h"

/* Durations in ns. A field that is zero is left out by the server: absent is not zero. */
static const struct format_rule OLLAMA[] = {
    {"/total_duration", ROLE_MEASURE, "total_time", "ns", "sample", NULL},
    {"/load_duration", ROLE_MEASURE, "load_time", "ns", "sample", NULL},
    {"/prompt_eval_duration", ROLE_MEASURE, "prompt_eval_time", "ns", "sample", NULL},
    {"/eval_duration", ROLE_MEASURE, "eval_time", "ns", "sample", NULL},
    {"/prompt_eval_count", ROLE_MEASURE, "prompt_tokens", NULL, "sample", NULL},
    {"/prompt_eval_cached_count", ROLE_MEASURE, "cached_prompt_tokens", NULL, "sample", NULL},
    {"/eval_count", ROLE_MEASURE, "output_tokens", NULL, "sample", NULL},
    {"/created_at", ROLE_TIME, NULL, NULL, NULL, NULL},
    {"/context/[]/context", ROLE_IGNORE, NULL, NULL, NULL, NULL},
    {"/message/*", ROLE_REPLY, NULL, NULL, NULL, NULL},
    {"/thinking", ROLE_REPLY, NULL, NULL, NULL, NULL},
    {0},
};

const struct format FORMATS_OLLAMA[] = {
    {.name = "ollama.reply", .needs = "/model /done /total_duration", .rules = OLLAMA},
    {0},
};
