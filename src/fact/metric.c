/* fact/metric.c - the registry's rows. Where do I add a metric? Here, as a row; documented in
 * docs/facts.md. */
#include "fact/metric.h"

#define LOWER BETTER_LOWER
#define HIGHER BETTER_HIGHER
#define NEITHER BETTER_UNKNOWN

static const struct metric METRICS[] = {
    {"ttft", "s", LOWER, "Time to first token",
        "time_to_first_token first_token_latency first_token_time"},
    {"ttfr", "s", LOWER, "Time to first response", "time_to_first_response"},
    {"tpot", "s", LOWER, "Time per output token", "time_per_output_token"},
    {"itl", "s", LOWER, "Inter-token latency", "inter_token_latency"},
    {"icl", "s", LOWER, "Inter-chunk latency", "inter_chunk_latency"},
    {"e2e_latency", "s", LOWER, "End-to-end latency",
        "e2el ~e2e end_to_end_latency request_latency"},
    {"connect_time", "s", LOWER, "Connect time", "~connect"},
    {"dispatch_delay", "s", LOWER, "Dispatch delay", "schedule_delay"},
    {"latency", "s", LOWER, "Latency",
        "~time generation_time ~generation latency_time inference_time inference_latency "
        "response_time "
        "execution_time ~run_time ~runtime exec_time ~elapsed elapsed_time ~duration wall_time"},
    {"load_time", "s", LOWER, "Load time", "~load load_duration model_load_time"},
    {"prompt_eval_time", "s", LOWER, "Prompt evaluation time",
        "~prompt_eval prompt_eval_duration prefill_time"},
    {"eval_time", "s", LOWER, "Evaluation time", "~eval eval_duration decode_time"},
    {"total_time", "s", LOWER, "Total time", "total_duration ~total"},
    {"compile_time", "s", LOWER, "Compile time", "compilation_time ~compile build_time"},
    {"decode_tps", "tok/s", HIGHER, "Decode speed",
        "eval_rate ~decode ~tokens ~generation ~gen ~tok decode_speed decode_rate generation_speed "
        "token_speed ~tg tg_speed token_generation_speed generation_tps gen_tps"},
    {"prompt_tps", "tok/s", HIGHER, "Prompt speed",
        "prompt_eval_rate ~pp pp_speed prompt_speed prefill_speed prefill_rate ~prefill ~prompt "
        "~prompt_eval"},
    {"output_tps", "tok/s", HIGHER, "Output throughput",
        "output_throughput ~overall_tokens ~throughput ~throughput_tokens ~overall ~output "
        "output_token_throughput"},
    {"achieved_rate", "1/s", HIGHER, "Achieved rate",
        "request_throughput ~request ~requests ~queries"},
    {"goodput", "1/s", HIGHER, "Goodput", "request_goodput"},
    {"prompt_tokens", "token", NEITHER, "Prompt tokens",
        "prompt_eval_count input_tokens prompt_token_count input_token_count"},
    {"output_tokens", "token", NEITHER, "Output tokens",
        "eval_count completion_tokens tokens tokens_generated generated_tokens output_token_count "
        "token_count"},
    {"total_tokens", "token", NEITHER, "Total tokens", "total_token_count"},
    {"cpu_utilization", "ratio", NEITHER, "CPU utilisation", "~cpu cpu_usage cpu_util"},
    {"process_cpu_utilization", "ratio", NEITHER, "CPU utilisation of a process", "process_cpu"},
    {"memory_utilization", "ratio", NEITHER, "Memory utilisation", "~memory ~mem memory_usage"},
    {"disk_utilization", "ratio", NEITHER, "Disk utilisation", "disk_usage"},
    {"gpu_utilization", "ratio", NEITHER, "GPU utilisation",
        "utilization_gpu=percent gpu_util gpu_usage ~gpu"},
    {"gpu_memory_busy", "ratio", NEITHER, "GPU memory busy", "utilization_memory=percent"},
    {"memory_used", "byte", LOWER, "Memory used", "mem_used ram_used ~memory ~mem ~ram"},
    {"memory_total", "byte", NEITHER, "Memory total", "mem_total ram_total"},
    {"memory_free", "byte", NEITHER, "Memory free", "mem_free ram_free"},
    {"process_memory_used", "byte", LOWER, "Memory used by a process", "process_memory"},
    {"gpu_memory_used", "byte", LOWER, "GPU memory used", "vram_used ~gpu_memory ~vram"},
    {"gpu_memory_total", "byte", NEITHER, "GPU memory total", "vram_total"},
    {"gpu_memory_free", "byte", NEITHER, "GPU memory free", "vram_free"},
    {"model_size", "byte", LOWER, "Model size", "~size ~file_size"},
    {"network_sent", "byte", NEITHER, "Network bytes sent (counter)", ""},
    {"network_received", "byte", NEITHER, "Network bytes received (counter)", "network_recv"},
    {"power", "W", LOWER, "Power", "power_draw=w power_usage"},
    {"power_limit", "W", NEITHER, "Power limit", "power_limit=w"},
    {"energy", "J", LOWER, "Energy", "energy_consumed"},
    {"temperature", "degC", LOWER, "Temperature",
        "temperature=degc gpu_temperature=degc temperature_gpu=degc cpu_temperature=degc"},
    {"clock_graphics", "Hz", NEITHER, "Graphics clock", "clock_graphics=mhz clock_sm=mhz"},
    {"clock_memory", "Hz", NEITHER, "Memory clock", "clock_memory=mhz clock_mem=mhz"},
    {"fan_speed", "ratio", NEITHER, "Fan speed", "fan_speed=percent"},
    {"accuracy", "ratio", HIGHER, "Accuracy", "acc"},
    {"loss", "-", LOWER, "Loss", ""},
};

const struct metric *metric_at(size_t index)
{
    return index < sizeof METRICS / sizeof *METRICS ? &METRICS[index] : NULL;
}

const struct metric *metric_find(struct str name)
{
    const struct metric *m;

    for (size_t i = 0; (m = metric_at(i)); i++)
        if (str_eq(str_from(m->name), name))
            return m;
    return NULL;
}

/* One word of an alias list: "name", "~name" (weak) or "name=unit" (the name implies the unit). */
static bool alias_fits(struct str word, struct str joined, bool unit_known, const char **ret_unit)
{
    size_t eq = str_find_char(word, '=', 0);
    bool weak = word.len && word.ptr[0] == '~';

    if (!str_eq(str_slice(word, weak, eq == SIZE_MAX ? word.len : eq), joined))
        return false;
    if (weak && !unit_known)
        return false;
    if (eq != SIZE_MAX)
        *ret_unit = word.ptr + eq + 1;
    return true;
}

const struct metric *metric_find_alias(struct str joined, const char *unit, const struct unit **ret)
{
    const struct metric *m;

    *ret = NULL;
    if (!joined.len) /* "#" has no word, and an empty list of aliases holds no word either */
        return NULL;
    for (size_t i = 0; (m = metric_at(i)); i++) {
        struct str rest = str_from(m->aliases), word;
        const char *implied = NULL;
        bool hit = false;

        if (unit && strcmp(unit, m->unit))
            continue;
        while (!hit && (word = str_next(&rest, ' ')).ptr)
            hit = alias_fits(word, joined, unit != NULL, &implied);
        if (!hit && !str_eq(str_from(m->name), joined))
            continue;
        if (implied)
            *ret = unit_find(str_slice(word, (size_t)(implied - word.ptr), word.len));
        return m;
    }
    return NULL;
}
