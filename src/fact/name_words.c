/* fact/name_words.c - the word lists behind fact/name.h: statistics, subjects, roles. Data, little
 * logic. */
#include "fact/name.h"

#include "fact/name_words.h"

static bool listed(const char *list, struct str word)
{
    struct str rest = str_from(list), item;

    while ((item = str_next(&rest, ' ')).ptr)
        if (str_eq(item, word))
            return true;
    return false;
}

static const struct {
    const char *name, *words;
} STATISTICS[] = {
    {"mean", "mean avg average"},
    {"median", "median med p50"},
    {"min", "min minimum"},
    {"max", "max maximum peak"},
    {"stddev", "stddev std stdev sd sigma"},
    {"variance", "variance var"},
    {"sum", "sum"},
    {"count", "count"},
    {"cv", "cv"},
    {"p0.1", "p0.1 p001"},
    {"p1", "p1 p01"},
    {"p5", "p5 p05"},
    {"p10", "p10"},
    {"p20", "p20"},
    {"p25", "p25 q1"},
    {"p30", "p30"},
    {"p40", "p40"},
    {"p60", "p60"},
    {"p70", "p70"},
    {"p75", "p75 q3"},
    {"p80", "p80"},
    {"p85", "p85"},
    {"p90", "p90"},
    {"p95", "p95"},
    {"p97", "p97"},
    {"p98", "p98"},
    {"p99", "p99"},
    {"p999", "p999 p99.9"},
    {"p9999", "p9999 p99.99"},
    {"iqr", "iqr"},
};

const char *name_statistic(struct str word)
{
    for (size_t i = 0; i < sizeof STATISTICS / sizeof *STATISTICS; i++)
        if (listed(STATISTICS[i].words, word))
            return STATISTICS[i].name;
    return NULL;
}

/* Fixed subject keys with their other names; the first word is the key. */
static const char *const SUBJECTS[] = {
    "model model_name model_id model_tag",
    "quant quantization quantisation quant_type model_quant",
    "engine",
    "backend",
    "device",
    "dtype data_type precision",
    "batch_size batchsize bs n_batch_size",
    "num_gpu n_gpu_layers gpu_layers ngl num_gpu_layers",
    "num_ctx n_ctx context_length ctx ctx_size context_size context_window max_context",
    "temperature temp",
    "top_p",
    "top_k",
    "repeat_penalty repetition_penalty",
    "concurrency max_concurrency",
    "rate request_rate",
    "prompt_index prompt_id",
    "tag",
    "run run_number run_index run_id iteration trial repeat",
    "agent agent_id agent_name",
};

struct str name_subject_key(struct str joined)
{
    for (size_t i = 0; i < sizeof SUBJECTS / sizeof *SUBJECTS; i++) {
        struct str rest = str_from(SUBJECTS[i]);
        struct str key = str_next(&rest, ' ');

        if (listed(SUBJECTS[i], joined))
            return key;
    }
    return joined;
}

bool name_is_configuration(struct str key)
{
    return listed(
        "model quant engine backend device dtype batch_size num_gpu num_ctx temperature top_p "
        "top_k repeat_penalty concurrency rate tag agent kernel variant item part name command "
        "scenario dataset n_prompt n_gen n_depth",
        key);
}

bool words_are_fixed_subject(struct str joined)
{
    for (size_t i = 0; i < sizeof SUBJECTS / sizeof *SUBJECTS; i++)
        if (listed(SUBJECTS[i], joined))
            return true;
    return false;
}

bool words_are_parameter(struct str joined)
{
    return listed(
        "seed runs warmup_runs warmup warmups repeats rounds samples_per_run height width channels "
        "in_channels out_channels seq_len sequence_length embed_dim hidden_dim input_dim "
        "output_dim "
        "num_heads num_layers n_layers layers heads opset opset_version workspace_size port "
        "max_tokens "
        "num_predict n_predict max_new_tokens min_p mirostat num_thread num_threads n_threads "
        "threads "
        "n_batch n_ubatch stream keep_alive line step epoch gpu_count num_prompts prompt_count "
        "metrics_count level version year n_prompt n_gen pid ppid id index idx rank cycle cc "
        "compute_capability cell column row number",
        joined);
}

bool words_end_like_id(struct str last)
{
    return listed(
        "id ids index idx rank seed pid port version number revision build capability", last);
}

bool words_are_counted(struct str word)
{
    return listed(
        "images img imgs frames samples steps iters iterations it flop flops mflop mflops "
        "gflop gflops tflop tflops chars characters words batches ops",
        word);
}

enum role words_role(struct str joined, struct str last)
{
    if (listed(
            "error errors error_message error_msg error_text err exception failure failure_reason "
            "last_error failed is_error has_error timed_out is_timeout",
            joined))
        return ROLE_ERROR;
    if (listed(
            "success succeeded successful is_success ok passed status state outcome result_status "
            "status_code http_status http_status_code",
            joined))
        return ROLE_SUCCESS;
    if (listed("response reply output answer completion text content generated_text banter_text "
               "response_text output_text message",
            joined))
        return ROLE_REPLY;
    if (listed("samples n n_samples num_samples sample_count", joined))
        return ROLE_SAMPLES;
    if (listed("timestamp datetime date time_utc created modified", joined) ||
        listed("at timestamp datetime", last) ||
        listed("start_time end_time create_time creation_time begin_time test_time", joined))
        return ROLE_TIME;
    return ROLE_MEASURE;
}

bool name_is_options(struct str joined_key)
{
    return listed("option options config configuration configs settings setting params parameters "
                  "hyperparameters model environment env host args arguments system_info run_info "
                  "model_info hardware versions",
        joined_key);
}

bool words_are_wrapper(struct str word)
{
    return listed(
        "stats statistics timing timings time times metrics metric summary results result "
        "percentiles percentile quantiles values value data overall aggregate aggregates run "
        "benchmark performance measurements total",
        word);
}
