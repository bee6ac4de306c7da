/*
 * ingest/understand_split.c - one column, several meanings: where a row says itself in which unit
 * its numbers are ("time_unit": "us"), or what they are (a format's rule with conditions), the
 * column becomes one column for each answer. Behind this step a column means one thing.
 */
#include "ingest/understand.h"

enum { VARIANTS_MAX = 64, RULES_MAX = 32 };

/* What the numbers of some rows mean. */
struct variant {
    const struct format_rule *rule;
    struct str unit;
};

struct split {
    struct grids *grids;
    const struct format *format;
    struct grid *grid;
    const struct format_rule *rules[RULES_MAX]; /* that fit the column's name, in their order */
    size_t rule_count;
    const struct column *unit; /* the column that tells the unit, or NULL */
    struct variant variants[VARIANTS_MAX];
    size_t variant_count;
};

static const struct cell *cell_at(const struct column *column, uint32_t row)
{
    size_t low = 0, high = column->cells.len;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (column->cells.ptr[mid].row < row)
            low = mid + 1;
        else
            high = mid;
    }
    return low < column->cells.len && column->cells.ptr[low].row == row ? &column->cells.ptr[low]
                                                                        : NULL;
}

/* What the record, or else a record around it, says under a key; empty = nothing. */
static struct str said(
    const struct grids *grids, const struct grid *grid, uint32_t row, struct str key)
{
    for (; grid; row = grid->parent_row.ptr[row], grid = grid->parent) {
        for (size_t c = 0; c < grid->columns.len; c++) {
            const struct column *column = &grid->columns.ptr[c];
            const struct cell *cell =
                str_eq(name_join(grids->arena, column->leaf), key) ? cell_at(column, row) : NULL;

            if (cell)
                return grids_text(grids, cell);
        }
        if (!grid->parent)
            break;
    }
    return STR("");
}

/* All conditions behind the rule's column name: "n_gen=0 n_prompt!=0". */
static bool conditions_hold(const struct split *s, const struct format_rule *rule, uint32_t row)
{
    struct str rest = str_from(rule->column), one;

    (void)str_next(&rest, ' ');
    while ((one = str_next(&rest, ' ')).ptr) {
        size_t eq = str_find_char(one, '=', 0);
        bool not = eq && one.ptr[eq - 1] == '!';
        struct str value = said(s->grids, s->grid, row, str_slice(one, 0, eq - not ));

        if (format_fits(str_slice(one, eq + 1, one.len), value) == not )
            return false;
    }
    return true;
}

static struct variant variant_of(const struct split *s, uint32_t row)
{
    struct variant v = {NULL, STR("")};
    const struct cell *cell;

    for (size_t i = 0; i < s->rule_count && !v.rule; i++)
        if (conditions_hold(s, s->rules[i], row))
            v.rule = s->rules[i];
    if (s->unit && !(v.rule && v.rule->unit) && (cell = cell_at(s->unit, row)))
        v.unit = grids_text(s->grids, cell);
    return v;
}

/* The variant's number; past the limit VARIANTS_MAX. */
static size_t add_variant(struct split *s, struct variant v)
{
    for (size_t i = 0; i < s->variant_count; i++)
        if (s->variants[i].rule == v.rule && str_eq(s->variants[i].unit, v.unit))
            return i;
    if (s->variant_count == VARIANTS_MAX)
        return VARIANTS_MAX;
    s->variants[s->variant_count] = v;
    return s->variant_count++;
}

static void apply(struct column *column, struct variant v)
{
    column->rule = v.rule;
    if (v.unit.len)
        column->unit = v.unit;
}

/* The column keeps the first variant's cells; each other variant gets a column behind the others.
 */
static void divide(struct split *s, size_t c)
{
    size_t first = s->grid->columns.len, kept = 0;
    struct column whole = s->grid->columns.ptr[c];

    whole.family = s->grid->columns.ptr[c].family = (uint32_t)c + 1;
    for (size_t i = 1; i < s->variant_count; i++) {
        struct column *column = vec_push(&s->grid->columns);

        *column = whole;
        memset(&column->cells, 0, sizeof column->cells);
        apply(column, s->variants[i]);
    }
    apply(&s->grid->columns.ptr[c], s->variants[0]);
    for (size_t i = 0; i < whole.cells.len; i++) {
        struct cell cell = whole.cells.ptr[i];
        size_t v = add_variant(s, variant_of(s, cell.row));

        if (v == 0)
            whole.cells.ptr[kept++] = cell;
        else if (v < VARIANTS_MAX)
            *vec_push(&s->grid->columns.ptr[first + v - 1].cells) = cell;
    }
    s->grid->columns.ptr[c].cells.len = kept;
}

static void split_column(struct split *s, size_t c)
{
    struct column *column = &s->grid->columns.ptr[c];
    bool full = false;

    s->variant_count = 0;
    for (size_t i = 0; i < column->cells.len; i++)
        full = add_variant(s, variant_of(s, column->cells.ptr[i].row)) == VARIANTS_MAX || full;
    if (full)
        artifact_problem(s->grids->artifact, 0, "too_many_units",
            "the column %.*s has more than %d units; the numbers in the others were not read",
            (int)(column->leaf.len > 60 ? 60 : column->leaf.len), column->leaf.ptr, VARIANTS_MAX);
    if (s->variant_count == 1)
        apply(column, s->variants[0]);
    else if (s->variant_count)
        divide(s, c);
}

static bool has_word(struct str joined, struct str word)
{
    size_t at = 0;

    while ((at = str_find_fold(joined, word, at)) != SIZE_MAX) {
        size_t end = at + word.len;

        if ((!at || joined.ptr[at - 1] == '_') && (end == joined.len || joined.ptr[end] == '_'))
            return true;
        at++;
    }
    return false;
}

/* "unit" speaks for all numbers of its object, "time_unit" for those with "time" in their names. */
static bool speaks_for(struct grids *grids, const struct column *unit, const struct column *column)
{
    struct str name = name_join(grids->arena, unit->leaf);

    if (unit->prefix != column->prefix || unit == column)
        return false;
    if (str_eq(name, STR("unit")) || str_eq(name, STR("units")))
        return true;
    return str_ends(name, STR("_unit")) &&
           has_word(name_join(grids->arena, column->leaf), str_slice(name, 0, name.len - 5));
}

static bool is_text(const struct column *column)
{
    return column->cells.len && column->cells.ptr[0].kind >= CELL_STRING;
}

/* The column beside this one that tells its unit. A name that tells a unit itself needs none. */
static const struct column *unit_beside(
    struct grids *grids, const struct grid *grid, const size_t *units, size_t unit_count, size_t c)
{
    const struct column *column = &grid->columns.ptr[c];
    struct name_place place = {column->leaf, STR(""), grid->record, STR(""), false};
    struct meaning meaning;

    if (column->unit.len)
        return NULL;
    for (size_t i = 0; i < unit_count; i++) {
        const struct column *unit = &grid->columns.ptr[units[i]];

        if (!speaks_for(grids, unit, column))
            continue;
        name_understand(grids->arena, &place, &meaning);
        return meaning.role == ROLE_MEASURE && !meaning.unit_known ? unit : NULL;
    }
    return NULL;
}

/* An object with a unit of its own is a measurement: its key is the quantity's name. */
static void name_quantity(const struct grids *grids, struct grid *grid, struct column *column)
{
    struct str key = grid->prefixes.ptr[column->prefix].key;

    if (!column->prefix)
        return;
    column->quantity =
        str_eq_fold(column->leaf, STR("value"))
            ? key
            : arena_printf(grids->arena, "%.*s_%.*s", STR_ARG(key), STR_ARG(column->leaf));
}

static void split_grid(struct split *s)
{
    struct grids *grids = s->grids;
    struct grid *grid = s->grid;
    size_t columns = grid->columns.len, unit_count = 0;
    size_t *units = arena_array(grids->arena, columns, size_t);

    for (size_t c = 0; c < columns; c++) {
        struct str name = name_join(grids->arena, grid->columns.ptr[c].leaf);

        if (is_text(&grid->columns.ptr[c]) && unit_count < VARIANTS_MAX * VARIANTS_MAX &&
            (str_eq(name, STR("units")) || str_eq(name, STR("unit")) ||
                str_ends(name, STR("_unit"))))
            units[unit_count++] = c;
    }
    for (size_t c = 0; c < columns; c++) {
        struct column unit;
        const struct column *beside;

        s->rule_count =
            format_rules_for(s->format, grids, grid, &grid->columns.ptr[c], s->rules, RULES_MAX);
        beside = unit_count ? unit_beside(grids, grid, units, unit_count, c) : NULL;
        s->unit = NULL;
        if (beside) { /* a copy: adding columns moves them */
            unit = *beside;
            s->unit = &unit;
            if (str_starts_fold(unit.leaf, STR("unit")))
                name_quantity(grids, grid, &grid->columns.ptr[c]);
        }
        if (s->rule_count || s->unit)
            split_column(s, c);
    }
}

void understand_split(struct grids *grids, const struct format *format)
{
    for (size_t g = 0; g < grids->list.len; g++) {
        struct split s = {.grids = grids, .format = format, .grid = grids->list.ptr[g]};

        split_grid(&s);
    }
}
