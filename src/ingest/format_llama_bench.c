/*
 * ingest/format_llama_bench.c - llama-bench and llama-batched-bench.
 */
#include "ingest/format.h"

/* What a test measured follows from its lengths; all that is no measurement describes. */
static const struct format_rule LLAMA_BENCH[] = {
    {"/test_time", ROLE_TIME, NULL, NULL, NULL, NULL},
    {"/model_filename", ROLE_SUBJECT, "model", NULL, NULL, "file"},
    {"/backends", ROLE_SUBJECT, "backend", NULL, NULL, NULL},
    {"/model_size", ROLE_MEASURE, "model_size", "byte", "sample", NULL},
    {"/model_n_params", ROLE_MEASURE, "model_params", NULL, "sample", NULL},
    {"/avg_ts n_gen=0", ROLE_MEASURE, "prompt_tps", "tok/s", "mean", NULL},
    {"/avg_ts n_prompt=0", ROLE_MEASURE, "decode_tps", "tok/s", "mean", NULL},
    {"/avg_ts", ROLE_MEASURE, "mixed_tps", "tok/s", "mean", "prompt_and_output"},
    {"/stddev_ts n_gen=0", ROLE_MEASURE, "prompt_tps", "tok/s", "stddev", NULL},
    {"/stddev_ts n_prompt=0", ROLE_MEASURE, "decode_tps", "tok/s", "stddev", NULL},
    {"/stddev_ts", ROLE_MEASURE, "mixed_tps", "tok/s", "stddev", "prompt_and_output"},
    {"/samples_ts/[]/samples_ts n_gen=0", ROLE_MEASURE, "prompt_tps", "tok/s", "sample", NULL},
    {"/samples_ts/[]/samples_ts n_prompt=0", ROLE_MEASURE, "decode_tps", "tok/s", "sample", NULL},
    {"/samples_ts/[]/samples_ts", ROLE_MEASURE, "mixed_tps", "tok/s", "sample",
        "prompt_and_output"},
    {"/avg_ns n_gen=0", ROLE_MEASURE, "prompt_eval_time", "ns", "mean", NULL},
    {"/avg_ns n_prompt=0", ROLE_MEASURE, "eval_time", "ns", "mean", NULL},
    {"/avg_ns", ROLE_MEASURE, "mixed_time", "ns", "mean", "prompt_and_output"},
    {"/stddev_ns n_gen=0", ROLE_MEASURE, "prompt_eval_time", "ns", "stddev", NULL},
    {"/stddev_ns n_prompt=0", ROLE_MEASURE, "eval_time", "ns", "stddev", NULL},
    {"/stddev_ns", ROLE_MEASURE, "mixed_time", "ns", "stddev", "prompt_and_output"},
    {"/samples_ns/[]/samples_ns n_gen=0", ROLE_MEASURE, "prompt_eval_time", "ns", "sample", NULL},
    {"/samples_ns/[]/samples_ns n_prompt=0", ROLE_MEASURE, "eval_time", "ns", "sample", NULL},
    {"/samples_ns/[]/samples_ns", ROLE_MEASURE, "mixed_time", "ns", "sample", "prompt_and_output"},
    {"/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {0},
};

/* Speeds are those of all sequences of the batch together. */
static const struct format_rule LLAMA_BATCHED_BENCH[] = {
    {"/t_pp", ROLE_MEASURE, "prompt_eval_time", "s", "sample", "whole_batch"},
    {"/t_tg", ROLE_MEASURE, "eval_time", "s", "sample", "whole_batch"},
    {"/t", ROLE_MEASURE, "total_time", "s", "sample", "whole_batch"},
    {"/speed_pp", ROLE_MEASURE, "prompt_tps", "tok/s", "sample", "whole_batch"},
    {"/speed_tg", ROLE_MEASURE, "output_tps", "tok/s", "sample", "whole_batch"},
    {"/speed", ROLE_MEASURE, "mixed_tps", "tok/s", "sample", "whole_batch"},
    {"/pl", ROLE_SUBJECT, "concurrency", NULL, NULL, NULL},
    {"/*", ROLE_SUBJECT, NULL, NULL, NULL, NULL},
    {0},
};

const struct format FORMATS_LLAMA_BENCH[] = {
    {.name = "llama_bench",
        .needs = "/build_commit /model_filename /n_prompt /n_gen /avg_ns /avg_ts /stddev_ts",
        .rules = LLAMA_BENCH},
    {.name = "llama_batched_bench",
        .needs = "/n_kv_max /pp /tg /pl /t_pp /t_tg /speed_pp /speed_tg",
        .rules = LLAMA_BATCHED_BENCH},
    {0},
};
