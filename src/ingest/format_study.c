/*
 * ingest/format_study.c - the files of a public study of local LLM inference (Python scripts around
 * Ollama and PyTorch): what their names do not say. The traps of each stand in docs/facts.md.
 */
#include "ingest/format.h"

/* The summary calls the mean prompt evaluation time, in seconds, "prompt_eval". */
static const struct format_rule SWEEP_SUMMARY[] = {
    {"/prompt_eval", ROLE_MEASURE, "prompt_eval_time", "s", "mean", NULL},
    {0},
};

/* The outer statistics are taken over the means of the runs, not over calls. */
static const struct format_rule REPEATED_RUNS[] = {
    {"/timing_stats/overall_mean_ms", ROLE_MEASURE, "latency", "ms", "mean", "over_run_means"},
    {"/timing_stats/overall_stdev_ms", ROLE_MEASURE, "latency", "ms", "stddev", "over_run_means"},
    {"/timing_stats/latency_percentiles/p50", ROLE_MEASURE, "latency", "ms", "median",
        "over_run_means"},
    {"/timing_stats/latency_percentiles/p95", ROLE_MEASURE, "latency", "ms", "p95",
        "over_run_means"},
    {"/timing_stats/latency_percentiles/p99", ROLE_MEASURE, "latency", "ms", "p99",
        "over_run_means"},
    {"/timing_stats/cv_percent", ROLE_MEASURE, "latency", "percent", "cv", "over_run_means"},
    {"/coefficient_of_variation", ROLE_MEASURE, "latency", "percent", "cv", "over_run_means"},
    {"/confidence_interval_95/[]/confidence_interval_95", ROLE_MEASURE, "latency", "ms", "ci95",
        "over_run_means"},
    {0},
};

static const struct format_rule QUANTIZATION[] = {
    {"/{}/accuracy", ROLE_MEASURE, "accuracy", "ratio", "sample", NULL},
    {0},
};

/* Nsight Compute's raw page: the first columns say which kernel launch the row is about. */
static const struct format_rule NCU_RAW[] = {
    {"/context", ROLE_SUBJECT, "context", NULL, NULL, NULL},
    {"/stream", ROLE_SUBJECT, "stream", NULL, NULL, NULL},
    {"/device", ROLE_SUBJECT, "device", NULL, NULL, NULL},
    {0},
};

const struct format FORMATS_STUDY[] = {
    {.name = "study.requests", .needs = "/ttft_s /tokens_s /load_s /prompt_eval_s /eval_s"},
    {.name = "study.requests",
        .needs = "/results/[]/ttft_s /results/[]/tokens_s /results/[]/load_s /results/[]/eval_s"},
    {.name = "study.sweep_summary",
        .needs = "/mean_tokens_s /mean_ttft_s /mean_load_s",
        .rules = SWEEP_SUMMARY},
    {.name = "study.prompt_suite_summary",
        .needs = "/models/[]/model /models/[]/completed /models/[]/prompt_count"},
    {.name = "study.compile_benchmark",
        .needs =
            "/backends/{}/benchmark/mean_time_ms /backends/{}/benchmark/backend /settings/runs",
        .samples = "/settings/runs"},
    {.name = "study.kernels",
        .needs = "/{}/{}/mean_time_ms /{}/{}/std_time_ms",
        .keys = "/{}=kernel"},
    {.name = "study.quantization",
        .needs = "/{}/accuracy /{}/loss /{}/model_size_bytes",
        .rules = QUANTIZATION,
        .keys = "/{}=quant"},
    {.name = "study.text_tests",
        .needs =
            "/results/[]/generation_time_ms /results/[]/success /total_tests /successful_tests"},
    {.name = "study.text_tests_table",
        .needs = "/test_name /generation_time_ms /tokens /tokens_per_second /success"},
    {.name = "study.repeated_runs",
        .needs =
            "/timing_stats/overall_mean_ms /timing_stats/run_results/[]/p95_ms /samples_per_run",
        .rules = REPEATED_RUNS},
    {.name = "study.timing",
        .needs = "/benchmark_name /timing/samples /timing/mean_ms /timing/p95_ms"},
    {.name = "study.system_metrics",
        .needs = "/metrics/[]/system/cpu_percent /metrics/[]/timestamp",
        .binary_bytes = true},
    {.name = "study.self_healing",
        .needs = "/actions_taken/[]/strategy /actions_taken/[]/metrics_before/latency_ms"},
    {.name = "nsight_compute.raw",
        .needs = "/id /process_id /kernel_name /block_size /grid_size",
        .rules = NCU_RAW},
    {0},
};
