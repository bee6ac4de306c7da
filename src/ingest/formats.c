/* ingest/formats.c - the table of formats, and which one fits. */
#include "ingest/format.h"

static const struct format *const TABLE[] = {FORMATS_STUDY, FORMATS_HYPERFINE,
    FORMATS_GOOGLE_BENCHMARK, FORMATS_PYTEST_BENCHMARK, FORMATS_CRITERION, FORMATS_LLAMA_BENCH,
    FORMATS_OLLAMA, FORMATS_OPENAI, FORMATS_VLLM, FORMATS_AIPERF, FORMATS_NVIDIA_SMI,
    FORMATS_LLMPERF, FORMATS_OHA};

struct str format_full_name(
    const struct grids *grids, const struct grid *grid, const struct column *column)
{
    struct str place = grid->place;

    if (!column->pointer.len)
        return arena_printf(grids->arena, "/%.*s", STR_ARG(name_join(grids->arena, column->leaf)));
    if (str_starts(place, STR("/[]")))
        place = str_slice(place, 3, place.len);
    return arena_printf(grids->arena, "%.*s%.*s", STR_ARG(place), STR_ARG(column->pointer));
}

/* Number of columns asked for, 0 when one is missing or one that must not be there is. */
static size_t rank_of(const struct format *format, const struct map *names)
{
    struct str rest = str_from(format->needs), need;
    size_t rank = 0;

    while ((need = str_next(&rest, ' ')).ptr) {
        if (map_find(names, need) == MAP_NONE)
            return 0;
        rank++;
    }
    rest = str_from(format->lacks);
    while (format->lacks && (need = str_next(&rest, ' ')).ptr)
        if (map_find(names, need) != MAP_NONE)
            return 0;
    return rank;
}

static void add_names(const struct grids *grids, struct map *names)
{
    for (size_t g = 0; g < grids->list.len; g++) {
        const struct grid *grid = grids->list.ptr[g];

        for (size_t c = 0; c < grid->columns.len; c++)
            (void)map_add(names, format_full_name(grids, grid, &grid->columns.ptr[c]));
    }
}

const struct format *format_recognise(struct grids *grids)
{
    const struct format *best = NULL, *rival = NULL;
    size_t best_rank = 0;
    struct map names;

    map_init(&names, grids->arena);
    add_names(grids, &names);
    for (size_t t = 0; t < sizeof TABLE / sizeof *TABLE; t++) {
        for (const struct format *format = TABLE[t]; format->name; format++) {
            size_t rank = rank_of(format, &names);

            if (rank && rank == best_rank && strcmp(format->name, best->name) != 0)
                rival = format;
            if (rank > best_rank) {
                best = format;
                best_rank = rank;
                rival = NULL;
            }
        }
    }
    map_release(&names);
    if (!rival)
        return best;
    artifact_problem(grids->artifact, 0, "two_formats",
        "the file looks like %s and like %s; it was read by the general rules", best->name,
        rival->name);
    return NULL;
}

bool format_fits(struct str pattern, struct str text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, after = 0;

    while (t < text.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            after = t;
        } else if (p < pattern.len && pattern.ptr[p] == text.ptr[t]) {
            p++;
            t++;
        } else if (star != SIZE_MAX) { /* the last star takes one more */
            p = star + 1;
            t = ++after;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}

size_t format_rules_for(const struct format *format, const struct grids *grids,
    const struct grid *grid, const struct column *column, const struct format_rule **ret,
    size_t max)
{
    struct str full;
    size_t n = 0;

    if (!format || !format->rules)
        return 0;
    full = format_full_name(grids, grid, column);
    for (const struct format_rule *rule = format->rules; rule->column && n < max; rule++) {
        struct str rest = str_from(rule->column);

        if (!format_fits(str_next(&rest, ' '), full))
            continue;
        ret[n++] = rule;
        if (!rest.len)
            break;
    }
    return n;
}

struct str format_map_key(const struct format *format, struct str place)
{
    struct str rest, pair;

    if (!format || !format->keys)
        return STR_NONE;
    rest = str_from(format->keys);
    while ((pair = str_next(&rest, ' ')).ptr) {
        size_t eq = str_find_char(pair, '=', 0);

        if (str_eq(str_slice(pair, 0, eq), place))
            return str_slice(pair, eq + 1, pair.len);
    }
    return STR_NONE;
}
