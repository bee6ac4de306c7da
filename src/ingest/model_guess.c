/* ingest/model_guess.c - see model_guess.h; the rule with its limits stands in docs/facts.md. */
#include "ingest/model_guess.h"

#include "fact/table.h"

struct known {
    struct str folder, stem, prefix, model; /* model empty = several or none */
    uint32_t next; /* another file of the same folder; MAP_NONE = the last */
};

static bool listed(const char *words, struct str word)
{
    struct str rest = str_from(words), item;

    while ((item = str_next(&rest, ' ')).ptr)
        if (str_eq_fold(item, word))
            return true;
    return false;
}

static struct str folder_of(struct str path)
{
    size_t n = path.len;

    while (n && path.ptr[n - 1] != '/')
        n--;
    return str_slice(path, 0, n);
}

static struct str stem_of(struct str path)
{
    struct str name = str_slice(path, folder_of(path).len, path.len);
    size_t dot;

    if (str_ends(name, STR(".gz")))
        name.len -= 3;
    for (dot = name.len; dot && name.ptr[dot - 1] != '.'; dot--)
        ;
    return dot > 1 ? str_slice(name, 0, dot - 1) : name;
}

struct str model_prefix_of(struct str path)
{
    static const char KINDS[] =
        "param parameter tuning baseline baselines summary runs run results result bench "
        "benchmark benchmarks sweep sweeps metrics test tests report data raw quant "
        "performance perf stats requests latency throughput prompt";
    static const char ENGINES[] =
        "ollama llama.cpp llamacpp llama-server vllm sglang tgi openai lmstudio "
        "lm-studio tensorrt onnx triton demo test llm model";
    struct str stem = stem_of(path);
    size_t start = 0;

    while (start < stem.len) {
        size_t end = str_find_char(stem, '_', start);

        if (end == SIZE_MAX)
            end = stem.len;
        if (listed(KINDS, str_slice(stem, start, end))) {
            struct str prefix = str_slice(stem, 0, start ? start - 1 : 0);

            return listed(ENGINES, prefix) ? STR("") : prefix;
        }
        start = end + 1;
    }
    return STR("");
}

/* Is it about requests to a language model? Only then a missing model matters. */
static bool measures_requests(const struct artifact *artifact)
{
    static const char WORDS[] =
        "ttft decode_tps prompt_tps eval_time prompt_eval_time load_time output_tokens tpot itl";

    for (size_t t = 0; t < artifact->tables.len; t++) {
        const struct table *table = artifact->tables.ptr[t];

        for (uint32_t m = 0; m < table->measure_count; m++)
            if (listed(WORDS, table_string(artifact, table->measures[m].metric)))
                return true;
    }
    return false;
}

/* The one model that all tables name; empty for none or several. *ret_named: any at all. */
static struct str only_model(const struct artifact *artifact, bool *ret_named)
{
    uint32_t key = map_find(&artifact->strings, STR("model")), only = 0;

    *ret_named = false;
    for (size_t t = 0; key != MAP_NONE && t < artifact->tables.len; t++) {
        const struct table *table = artifact->tables.ptr[t];

        for (uint32_t s = 0; s < table->subject_count; s++) {
            const struct string_column *column = &table->subjects[s];

            for (uint32_t row = 0; column->key == key && row < table->rows; row++) {
                uint32_t code = column_code(column, row);

                *ret_named = *ret_named || code;
                if (code && only && code != only)
                    return STR("");
                only = code ? code : only;
                if (!column->codes)
                    break;
            }
        }
    }
    return only ? table_string(artifact, only) : STR("");
}

static void set_model(struct artifact *artifact, struct str model, bool guessed)
{
    uint32_t key = map_add(&artifact->strings, STR("model"));
    uint32_t value = map_add(&artifact->strings, model);

    /* Room for one more subject was left by the builder. */
    for (size_t t = 0; t < artifact->tables.len; t++) {
        struct table *table = artifact->tables.ptr[t];

        table->subjects[table->subject_count++] =
            (struct string_column){.key = key, .constant = value};
    }
    if (guessed)
        artifact->flags |= FLAG_SUBJECT_GUESSED;
}

/* How a known file speaks for one that names no model; smaller is better, 0 = not at all. */
static int relation(const struct known *known, const struct known *asking)
{
    struct str summary = STR("_summary");

    if (!known->model.len)
        return 0;
    if (str_eq(known->stem, asking->stem))
        return 1;
    if (str_ends(asking->stem, summary) &&
        str_eq(str_slice(asking->stem, 0, asking->stem.len - summary.len), known->stem))
        return 2;
    return asking->prefix.len && str_eq(known->prefix, asking->prefix) ? 3 : 0;
}

/* first: the head of the chain of all files in the folder. */
static void guess(
    struct artifact *artifact, const struct known *asking, const struct known *all, uint32_t first)
{
    struct str model = STR("");
    int best = 4;

    for (uint32_t i = first; i != MAP_NONE; i = all[i].next) {
        int rank = relation(&all[i], asking);

        if (!rank || rank > best)
            continue;
        if (rank == best && !str_eq(model, all[i].model))
            model = STR(""); /* neighbours disagree */
        else
            model = all[i].model;
        best = rank;
    }
    if (best == 4)
        model = asking->prefix;
    if (model.len)
        set_model(artifact, arena_copy(&artifact->arena, model), best != 1);
}

/* Root and folder as one key: the same folder name under two roots is two folders. */
static uint32_t folder_id(struct factset *set, struct map *folders, const struct artifact *artifact)
{
    struct str folder = folder_of(artifact->path);

    return map_add(folders, arena_printf(&set->arena, "%u/%.*s", artifact->root, STR_ARG(folder)));
}

void guess_models(struct factset *set)
{
    struct known *all = arena_array(&set->arena, set->count, struct known);
    uint32_t *first = arena_array(&set->arena, set->count, uint32_t);
    struct map folders;
    bool named;

    map_init(&folders, &set->arena);
    for (uint32_t i = 0; i < set->count; i++) {
        struct artifact *artifact = set->artifacts[i];
        uint32_t known_folders = folders.count, id = folder_id(set, &folders, artifact);

        all[i] = (struct known){folder_of(artifact->path), stem_of(artifact->path),
            model_prefix_of(artifact->path), STR(""), id < known_folders ? first[id] : MAP_NONE};
        first[id] = i;
        if (artifact->type != TYPE_MARKDOWN)
            all[i].model = arena_copy(&set->arena, only_model(artifact, &named));
    }
    for (uint32_t i = 0; i < set->count; i++) {
        struct artifact *artifact = set->artifacts[i];

        (void)only_model(artifact, &named);
        if (!named && artifact->type != TYPE_MARKDOWN && measures_requests(artifact))
            guess(artifact, &all[i], all, first[folder_id(set, &folders, artifact)]);
    }
    map_release(&folders);
}
