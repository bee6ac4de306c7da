/* report/wording.c - names, configurations and quotations as the sections write them. */
#include "base/clock.h"
#include "fact/metric.h"
#include "fact/percent.h"
#include "report/sections.h"

const struct family FAMILIES[] = {
    {"Generation speed and throughput", "decode_tps output_tps prompt_tps achieved_rate goodput",
        true, false, false},
    {"Time to first token and its parts",
        "ttft ttfr load_time prompt_eval_time connect_time dispatch_delay", true, false, false},
    {"Latency and other times",
        "e2e_latency latency eval_time total_time tpot itl icl compile_time", true, false, false},
    {"Tokens", "prompt_tokens output_tokens total_tokens", false, false, false},
    {"Machine",
        "cpu_utilization process_cpu_utilization memory_utilization disk_utilization "
        "gpu_utilization gpu_memory_busy memory_used memory_total process_memory_used "
        "gpu_memory_used gpu_memory_total gpu_memory_free network_sent network_received power "
        "power_limit energy temperature clock_graphics clock_memory fan_speed",
        false, false, true},
    {"Size and quality of models", "model_size accuracy loss", false, false, false},
    {"Other quantities", NULL, false, true, true},
};
const size_t FAMILY_COUNT = sizeof FAMILIES / sizeof *FAMILIES;

static bool listed(const char *list, struct str word)
{
    struct str rest = str_from(list), next;

    while ((next = str_next(&rest, ' ')).ptr)
        if (str_eq(next, word))
            return true;
    return false;
}

bool family_has(const struct family *family, struct str metric)
{
    if (family->metrics)
        return listed(family->metrics, metric);
    for (size_t i = 0; i < FAMILY_COUNT; i++)
        if (FAMILIES[i].metrics && listed(FAMILIES[i].metrics, metric))
            return false;
    return true;
}

struct str wording_metric(struct str metric)
{
    const struct metric *known = metric_find(metric);

    return known ? str_from(known->label) : metric;
}

static bool is_skipped(const struct pair *pair, const struct pair *skip, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(skip[i].key, pair->key))
            return true;
    return false;
}

struct str wording_config(struct arena *arena, const struct pair *config, size_t count,
    const struct pair *skip, size_t skip_count)
{
    struct str text = STR("");

    for (size_t i = 0; i < count; i++) {
        struct str value = wording_quote(arena, config[i].value);

        if (is_skipped(&config[i], skip, skip_count))
            continue;
        text = arena_printf(arena, "%.*s%s%.*s=%.*s", STR_ARG(text), text.len ? ", " : "",
            STR_ARG(config[i].key), STR_ARG(value));
    }
    return text;
}

struct str wording_quote(struct arena *arena, struct str s)
{
    size_t keep = QUOTE_BYTES_MAX;

    if (s.len <= keep)
        return s;
    while (keep && ((unsigned char)s.ptr[keep] & 0xc0) == 0x80)
        keep--;
    return arena_printf(arena, "%.*s\xe2\x80\xa6", (int)keep, s.ptr);
}

void wording_cell(struct document *doc, struct str text)
{
    if (text.len)
        doc_cell_exempt(doc, EXEMPT_NAME, text);
    else
        doc_cell(doc, "\xe2\x80\x93");
}

void wording_model_cell(struct document *doc, struct str model)
{
    if (model.len)
        doc_cell_exempt(doc, EXEMPT_NAME, model);
    else
        doc_cell(doc, "not named");
}

static struct str encoded(struct arena *arena, struct str path)
{
    struct buf buf;
    struct str text;

    if (!percent_is_needed(path))
        return path;
    buf_init(&buf, BUF_NO_LIMIT);
    percent_encode(&buf, path);
    text = arena_copy(arena, buf_str(&buf));
    buf_release(&buf);
    return text;
}

struct str wording_path(
    struct arena *arena, const struct factset *set, uint32_t root, struct str path)
{
    struct str folder = root < set->roots.len ? set->roots.ptr[root] : STR("");

    if (set->roots.len < 2)
        return encoded(arena, path);
    if (str_ends(folder, path)) /* the root is a file */
        return encoded(arena, folder);
    while (str_ends(folder, STR("/")))
        folder.len--;
    return encoded(arena, arena_printf(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(path)));
}

struct str wording_root(struct arena *arena, const struct factset *set, size_t i)
{
    return encoded(arena, set->roots.ptr[i]);
}

void wording_path_cell(
    struct document *doc, const struct factset *set, uint32_t root, struct str path)
{
    doc_open(doc, NODE_CELL);
    doc_code(doc, EXEMPT_PATH, wording_path(&doc->arena, set, root, path));
    doc_close(doc);
}

void wording_file_cell(
    struct document *doc, const struct factset *set, const struct artifact *artifact)
{
    wording_path_cell(doc, set, artifact->root, artifact->path);
}

struct about wording_about(struct document *doc, const struct series *series, bool with_config)
{
    size_t count = with_config ? series->config_count : 0, at = 0;
    struct pair *pairs = arena_array(&doc->arena, count + 1, struct pair);

    if (series->model.len)
        pairs[at++] = (struct pair){STR("model"), series->model};
    for (size_t i = 0; i < count; i++)
        pairs[at++] = series->config[i];
    return (struct about){series->metric, series->unit, pairs, at};
}

struct str wording_date(struct arena *arena, int64_t wall_ns)
{
    struct buf buf;
    struct str text;

    buf_init(&buf, BUF_NO_LIMIT);
    clock_format(&buf, wall_ns - wall_ns % 1000000000);
    text = arena_copy(arena, buf_str(&buf));
    buf_release(&buf);
    return text;
}
