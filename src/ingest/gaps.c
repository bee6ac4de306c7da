/* ingest/gaps.c - a table of questions to the fact set; each that has no answer is a gap. */
#include "ingest/gaps.h"

#include "fact/table.h"

enum kind { KIND_METRIC, KIND_SUBJECT };

static const struct {
    const char *id;
    enum kind kind;
    const char *any_of; /* any of these names answers the question */
    const char *message, *needs;
} QUESTIONS[] = {
    {"no_gpu_readings", KIND_METRIC, "gpu_utilization gpu_memory_used power clock_graphics",
        "no file holds readings of the GPU, so a slow run cannot be told from a throttled or busy "
        "card",
        "GPU utilisation, memory, power and clocks recorded during the runs"},
    {"no_host_readings", KIND_METRIC, "cpu_utilization memory_used memory_utilization",
        "no file holds readings of the processor or the memory",
        "CPU and memory utilisation recorded during the runs"},
    {"no_power", KIND_METRIC, "power energy",
        "no file tells the power drawn, so energy a token is unknown",
        "power readings during the runs"},
    {"no_load_time", KIND_METRIC, "load_time",
        "no file tells load times, so cold and warm requests cannot be told apart",
        "the load time of each request"},
    {"no_ttft", KIND_METRIC, "ttft", "no file tells the time to the first token",
        "the time to the first token of each request"},
    {"no_output_length", KIND_METRIC, "output_tokens",
        "no file tells how many tokens each reply had, so speeds of short replies cannot be judged",
        "the number of output tokens of each request"},
    {"no_seed", KIND_SUBJECT, "seed", "no file tells the seed, so the replies cannot be made again",
        "the seed of each request"},
    {"no_model", KIND_SUBJECT, "model", "no file tells which model was measured",
        "the model's name, and better its digest, in each result file"},
    {"no_quantisation", KIND_SUBJECT, "quant tag dtype",
        "no file tells the quantisation of the weights", "the quantisation in each result file"},
    {"no_server_version", KIND_SUBJECT, "server_version ollama_version engine_version version",
        "no file tells the version of the server", "the server's version in each result file"},
    {"no_hardware", KIND_SUBJECT,
        "gpu_name cpu_name cpu_info gpu_info cpu gpu_model environment.gpu_name",
        "no file names the hardware", "the names of processor and GPU in each result file"},
};

static bool listed(const char *words, struct str word)
{
    struct str rest = str_from(words), item;

    while ((item = str_next(&rest, ' ')).ptr)
        if (str_eq(item, word))
            return true;
    return false;
}

static bool table_answers(
    const struct artifact *artifact, const struct table *table, enum kind kind, const char *any_of)
{
    if (kind == KIND_METRIC) {
        for (uint32_t m = 0; m < table->measure_count; m++)
            if (listed(any_of, table_string(artifact, table->measures[m].metric)))
                return true;
        return false;
    }
    for (uint32_t s = 0; s < table->subject_count; s++)
        if (listed(any_of, table_string(artifact, table->subjects[s].key)))
            return true;
    return false;
}

/* Markdown states; it does not measure. */
static bool answered(const struct factset *set, enum kind kind, const char *any_of)
{
    for (size_t a = 0; a < set->count; a++) {
        const struct artifact *artifact = set->artifacts[a];

        for (size_t t = 0; artifact->type != TYPE_MARKDOWN && t < artifact->tables.len; t++)
            if (table_answers(artifact, artifact->tables.ptr[t], kind, any_of))
                return true;
    }
    return false;
}

void find_gaps(struct scan *scan)
{
    if (!answered(
            &scan->facts, KIND_METRIC, "ttft decode_tps output_tps eval_time e2e_latency tpot"))
        return;
    for (size_t i = 0; i < sizeof QUESTIONS / sizeof *QUESTIONS; i++)
        if (!answered(&scan->facts, QUESTIONS[i].kind, QUESTIONS[i].any_of))
            *vec_push(&scan->gaps) =
                (struct scan_gap){QUESTIONS[i].id, QUESTIONS[i].message, QUESTIONS[i].needs};
}
