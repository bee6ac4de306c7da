/* ingest/formats.c - the table of formats, and which one fits. */
#include "ingest/format.h"

static const struct format *const TABLE[] = {FORMATS_STUDY};

struct str format_full_name(
    const struct grids *grids, const struct grid *grid, const struct column *column)
{
    if (column->pointer.len)
        return arena_printf(
            grids->arena, "%.*s%.*s", STR_ARG(grid->place), STR_ARG(column->pointer));
    return arena_printf(grids->arena, "/%.*s", STR_ARG(name_join(grids->arena, column->leaf)));
}

static bool has_column(const struct grids *grids, struct str full)
{
    for (size_t g = 0; g < grids->list.len; g++) {
        const struct grid *grid = grids->list.ptr[g];

        /* Cheap first: the place must begin the name, or the table has no places. */
        if (grid->place.len && grid->place.ptr[0] == '/' && !str_starts(full, grid->place))
            continue;
        for (size_t c = 0; c < grid->columns.len; c++)
            if (str_eq(format_full_name(grids, grid, &grid->columns.ptr[c]), full))
                return true;
    }
    return false;
}

/* Number of columns asked for, 0 when one is missing. */
static size_t rank_of(const struct format *format, const struct grids *grids)
{
    struct str rest = str_from(format->needs), need;
    size_t rank = 0;

    while ((need = str_next(&rest, ' ')).ptr) {
        if (!has_column(grids, need))
            return 0;
        rank++;
    }
    rest = str_from(format->lacks);
    while (format->lacks && (need = str_next(&rest, ' ')).ptr)
        if (has_column(grids, need))
            return 0;
    return rank;
}

const struct format *format_recognise(struct grids *grids)
{
    const struct format *best = NULL, *rival = NULL;
    size_t best_rank = 0;

    for (size_t t = 0; t < sizeof TABLE / sizeof *TABLE; t++) {
        for (const struct format *format = TABLE[t]; format->name; format++) {
            size_t rank = rank_of(format, grids);

            if (rank && rank == best_rank)
                rival = format;
            if (rank > best_rank) {
                best = format;
                best_rank = rank;
                rival = NULL;
            }
        }
    }
    if (!rival)
        return best;
    artifact_problem(grids->artifact, 0, "two_formats",
        "the file looks like %s and like %s; it was read by the general rules", best->name,
        rival->name);
    return NULL;
}

static bool fits(const char *pattern, struct str full)
{
    struct str p = str_from(pattern);

    if (str_ends(p, STR("*")))
        return str_starts(full, str_slice(p, 0, p.len - 1));
    return str_eq(p, full);
}

const struct format_rule *format_rule_for(const struct format *format, const struct grids *grids,
    const struct grid *grid, const struct column *column)
{
    struct str full;

    if (!format || !format->rules)
        return NULL;
    full = format_full_name(grids, grid, column);
    for (const struct format_rule *rule = format->rules; rule->column; rule++)
        if (fits(rule->column, full))
            return rule;
    return NULL;
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
