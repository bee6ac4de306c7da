/* ingest/understand.c - what each column is: its role, its meaning, its numbers. */
#include "ingest/understand.h"

#include "base/clock.h"

void understand(struct grids *grids, struct artifact *artifact, const struct format *format,
    struct understanding *ret)
{
    understand_split(grids, format);
    *ret = (struct understanding){grids, artifact, format, NULL, grids->list.len, 0};
    ret->uses = arena_array(grids->arena, ret->count, struct grid_use);
    for (size_t i = 0; i < ret->count; i++) {
        ret->uses[i].grid = grids->list.ptr[i];
        ret->uses[i].rows = (uint32_t)grids->list.ptr[i]->parent_row.len;
        ret->uses[i].columns =
            arena_array(grids->arena, ret->uses[i].grid->columns.len, struct column_use);
    }
    understand_columns(ret);
    understand_rows(ret);
    understand_subjects(ret);
}

void understanding_release(struct understanding *u)
{
    for (size_t i = 0; i < u->count; i++)
        vec_release(&u->uses[i].subjects);
}

struct grid_use *understanding_parent(const struct understanding *u, const struct grid_use *use)
{
    for (size_t i = 0; use->grid->parent && i < u->count; i++)
        if (u->uses[i].grid == use->grid->parent)
            return &u->uses[i];
    return NULL;
}

/* "temperature" is a sensor's reading beside these. */
static bool has_sensors(struct grids *grids, const struct grid *grid)
{
    static const char *const WORDS[] = {"power_draw", "power_limit", "utilization_gpu", "fan_speed",
        "clock_graphics", "clock_memory", "gpu_utilization"};

    for (size_t c = 0; c < grid->columns.len; c++)
        for (size_t w = 0; w < sizeof WORDS / sizeof *WORDS; w++)
            if (str_eq(name_join(grids->arena, grid->columns.ptr[c].leaf), str_from(WORDS[w])))
                return true;
    return false;
}

struct census {
    size_t numbers, ambiguous, texts, booleans, json_numbers, times;
};

static void tell_ambiguous(
    struct grids *grids, const struct cell *cell, const struct number_style *style)
{
    struct str text = str_trim(grids_raw(grids, cell));
    int shown = (int)(text.len > 40 ? 40 : text.len);

    if (grids_quiet(grids, NOISE_AMBIGUOUS))
        return;
    if (style->unit.len && !str_ends(text, style->unit))
        grids_problem(grids, NOISE_AMBIGUOUS, grids_line(grids, cell->at), "ambiguous_number",
            "%.*s has no unit, but other cells of its column are in %.*s; it was not read", shown,
            text.ptr, STR_ARG(style->unit));
    else
        grids_problem(grids, NOISE_AMBIGUOUS, grids_line(grids, cell->at), "ambiguous_number",
            "%.*s may be a decimal fraction or digit grouping; it was not read; write a decimal "
            "point and no grouping",
            shown, text.ptr);
}

/* Counts what the cells are, and keeps their numbers as written: each cell is parsed once. */
static struct census read_cells(
    struct grids *grids, const struct column *column, struct column_use *use)
{
    struct census census = {0};
    struct cell_number n;
    enum clock_zone zone;
    int64_t ns;

    use->numbers = arena_alloc(grids->arena, column->cells.len * sizeof *use->numbers);
    for (size_t i = 0; i < column->cells.len; i++) {
        const struct cell *cell = &column->cells.ptr[i];

        census.json_numbers += cell->kind == CELL_NUMBER;
        if (cell->kind == CELL_TRUE || cell->kind == CELL_FALSE) {
            census.booleans++;
            continue;
        }
        switch (cell_number(grids, cell, &use->style, &n)) {
        case CELL_IS_NUMBER:
            use->numbers[census.numbers++] =
                (struct number){n.value, n.at, cell->row, (uint16_t)n.len, false};
            break;
        case CELL_IS_AMBIGUOUS:
            census.ambiguous++;
            break;
        case CELL_IS_TEXT:
            census.texts++;
            census.times += clock_parse(str_trim(grids_raw(grids, cell)), &ns, &zone);
            break;
        case CELL_IS_ABSENT:
            break;
        }
    }
    return census;
}

static void apply_rule(const struct format_rule *rule, struct meaning *meaning)
{
    const struct unit *unit = rule->unit ? unit_find(str_from(rule->unit)) : NULL;

    const struct metric *metric;

    meaning->role = rule->role;
    if (rule->name)
        meaning->name = str_from(rule->name);
    metric = metric_find(meaning->name);
    if (rule->statistic)
        meaning->statistic = rule->statistic;
    if (rule->definition)
        meaning->definition = rule->definition;
    meaning->known = metric != NULL;
    if (unit) {
        meaning->unit = unit->base;
        meaning->scale = unit->scale;
        meaning->unit_known = true;
        meaning->decimal_bytes = unit->binary_doubt;
    } else if (metric && !meaning->unit_known) {
        meaning->unit = metric->unit;
        meaning->unit_known = !strcmp(metric->unit, "token") || !strcmp(metric->unit, "-");
    }
}

/* The file states a unit that we do not know: then the number is not in the metric's unit. */
static void settle_strange_unit(
    struct grids *grids, const struct column *column, struct meaning *meaning)
{
    if (!column->unit.len || unit_find(column->unit) || (column->rule && column->rule->unit) ||
        !meaning->known || !strcmp(meaning->unit, "-") || !strcmp(meaning->unit, "token"))
        return;
    grids_problem(grids, NOISE_BAD_CELL, 0, "unknown_unit",
        "the unit %.*s of %.*s is not known; its numbers were kept without a unit",
        (int)(column->unit.len > 40 ? 40 : column->unit.len), column->unit.ptr,
        STR_ARG(meaning->name));
    meaning->name = arena_printf(grids->arena, "%.*s_%.*s", STR_ARG(meaning->name),
        STR_ARG(name_join(grids->arena, column->unit)));
    meaning->unit = "-";
    meaning->scale = (struct scale){0, 1};
    meaning->known = false;
    meaning->unit_known = true;
}

/* A name that may be a metric is one only if its cells are numbers. */
static enum role settle_measure(const struct column *column, const struct meaning *meaning,
    const struct census *census, bool json)
{
    bool named = meaning->known || meaning->unit_known;

    if (column->options)
        return ROLE_SUBJECT;
    if (column->metadata && !(meaning->known && meaning->unit_known))
        return ROLE_SUBJECT;
    if (census->times && census->times == census->texts && !census->numbers)
        return ROLE_TIME;
    if (!census->numbers &&
        !census->ambiguous) /* no number at all: it describes, unless every row of it failed */
        return named && !census->texts && !census->booleans ? ROLE_MEASURE : ROLE_SUBJECT;
    if (named)
        return ROLE_MEASURE;
    if (json)
        return census->json_numbers && !census->texts ? ROLE_MEASURE : ROLE_SUBJECT;
    return census->texts || census->booleans ? ROLE_SUBJECT : ROLE_MEASURE;
}

/*
 * "success" and "error" hold booleans or words; a count of successes or of errors is a number, but
 * a status is a code.
 */
static enum role settle_outcome(
    enum role role, struct str name, const struct census *census, const struct column *column)
{
    if (str_find_fold(name, STR("stat"), 0) != SIZE_MAX) /* status, state, http_status */
        return role;
    if (census->numbers && !census->booleans && !census->texts)
        return column->options ? ROLE_SUBJECT : ROLE_MEASURE;
    return role;
}

static void settle_bytes(const struct understanding *u, struct meaning *meaning)
{
    if (!meaning->decimal_bytes)
        return;
    if (u->format && u->format->binary_bytes)
        meaning->scale = scale_binary(meaning->scale);
    else
        meaning->unit_known = false;
}

/* The numbers in the base unit; what could not be read for sure is told. */
static void settle_numbers(struct understanding *u, const struct column *column,
    const struct census *census, struct column_use *use)
{
    struct cell_number n;

    use->number_count = census->numbers;
    for (size_t i = 0; use->meaning.scale.op && i < census->numbers; i++)
        use->numbers[i].value = scale_apply(use->meaning.scale, use->numbers[i].value);
    for (size_t i = 0; census->ambiguous && i < column->cells.len; i++)
        if (cell_number(u->grids, &column->cells.ptr[i], &use->style, &n) == CELL_IS_AMBIGUOUS)
            tell_ambiguous(u->grids, &column->cells.ptr[i], &use->style);
}

/*
 * A unit behind the number is nearer to it than one in the header; both may stand there. False
 * where they are of different kinds: 97% under "TTFT (ms)" is no time.
 */
static bool apply_cell_unit(
    struct arena *arena, struct name_place *place, struct str written, struct meaning *meaning)
{
    const struct unit *unit = unit_find(written);

    if (meaning->known && !strcmp(meaning->unit, unit->base)) {
        meaning->scale = unit->scale;
        meaning->unit_known = true;
        meaning->decimal_bytes = unit->binary_doubt;
        return true;
    }
    place->unit = written;
    name_understand(arena, place, meaning);
    return meaning->role != ROLE_MEASURE || !strcmp(meaning->unit, unit->base);
}

static void understand_column(struct understanding *u, const struct grid *grid,
    const struct column *column, bool sensors, struct column_use *use)
{
    const struct format_rule *rule = column->rule;
    struct str leaf = column->quantity.len ? column->quantity : column->leaf;
    struct name_place place = {leaf, column->parent, grid->record, column->unit, sensors};
    bool json = grid->has_pointer;
    struct census census;

    name_understand(u->grids->arena, &place, &use->meaning);
    if (use->style.unit.len &&
        !apply_cell_unit(u->grids->arena, &place, use->style.unit, &use->meaning))
        use->style.unit = STR("");
    census = read_cells(u->grids, column, use);
    if (rule)
        apply_rule(rule, &use->meaning);
    if (rule && rule->role == ROLE_SUBJECT && !rule->name)
        use->meaning.name = name_join(u->grids->arena, column->leaf);
    use->role = use->meaning.role;
    if (use->role == ROLE_MEASURE && !rule)
        use->role = settle_measure(column, &use->meaning, &census, json);
    else if (!rule && (use->role == ROLE_SUCCESS || use->role == ROLE_ERROR))
        use->role = settle_outcome(use->role, use->meaning.name, &census, column);
    else if (column->options && use->role != ROLE_ERROR)
        use->role = ROLE_SUBJECT;
    if (use->role != ROLE_MEASURE && use->role != ROLE_SAMPLES)
        return;
    settle_strange_unit(u->grids, column, &use->meaning);
    settle_bytes(u, &use->meaning);
    settle_numbers(u, column, &census, use);
}

/* How numbers are written; who writes a comma for the point in one column may group by points. */
static void find_styles(const struct understanding *u, struct grid_use *use)
{
    bool json = use->grid->has_pointer, comma = false;
    size_t count = use->grid->columns.len;

    for (size_t c = 0; c < count; c++) {
        use->columns[c].style = number_style_of(
            u->grids, &use->grid->columns.ptr[c], !json && u->grids->comma_may_be_decimal);
        comma = comma || use->columns[c].style.decimal_comma;
    }
    for (size_t c = 0; c < count; c++)
        use->columns[c].style.point_may_group = comma;
}

void understand_columns(struct understanding *u)
{
    for (size_t i = 0; i < u->count; i++) {
        struct grid_use *use = &u->uses[i];
        bool sensors = has_sensors(u->grids, use->grid);

        find_styles(u, use);

        for (size_t c = 0; c < use->grid->columns.len; c++)
            understand_column(u, use->grid, &use->grid->columns.ptr[c], sensors, &use->columns[c]);
    }
}
