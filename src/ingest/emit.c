/*
 * ingest/emit.c - laying facts down as columns (fact/table.h).
 *
 * A grid becomes one table, and one more for each part where a record holds a quantity twice, and
 * for each quantity that hardly any record has (a column of a table costs memory in every row).
 */
#include "ingest/emit.h"

struct job {
    const struct understanding *u;
    const struct grid_use *use;
    struct artifact *artifact;
    struct arena *arena;  /* the artifact's */
    const uint32_t *pick; /* rows of the grid that the table gets, ascending */
    uint32_t rows;        /* how many */
};

enum {
    SPARSE_ROWS = 1000,
    SPARSE_SHARE = 4
}; /* sparse: in fewer than a quarter of over 1000 rows */

static uint32_t intern(const struct job *job, struct str s)
{
    return map_add(&job->artifact->strings, s);
}

static size_t live_numbers(const struct column_use *use)
{
    size_t n = 0;

    for (size_t i = 0; i < use->number_count; i++)
        n += !use->numbers[i].gone;
    return n;
}

/* A measure is kept for its numbers, or because failed rows miss them. */
static bool is_kept(const struct grid_use *use, size_t c)
{
    const struct column_use *cu = &use->columns[c];

    if (cu->role != ROLE_MEASURE)
        return false;
    return live_numbers(cu) > 0 ||
           (cu->number_count == 0 && cu->meaning.known && use->mark_count > 0);
}

/* Collapses a column of codes that never changes. */
static struct string_column string_column(
    const struct job *job, uint32_t key, const uint32_t *codes)
{
    struct string_column column = {.key = key};
    bool same = true;

    if (!codes || !job->rows)
        return column;
    column.constant = codes[job->pick[0]];
    for (uint32_t i = 1; i < job->rows && same; i++)
        same = codes[job->pick[i]] == column.constant;
    if (same)
        return column;
    column.codes = arena_alloc(job->arena, job->rows * sizeof *codes);
    for (uint32_t i = 0; i < job->rows; i++)
        column.codes[i] = codes[job->pick[i]];
    return column;
}

static void fill_rows(const struct job *job, struct table *table)
{
    const struct grid *grid = job->use->grid, *root = grid;
    uint32_t rows = job->rows;

    while (root->parent)
        root = root->parent;
    table->rows = rows;
    table->width = encoding_width(job->u->grids->encoding->kind);
    table->row_at = arena_array(job->arena, rows, uint64_t);
    table->row_flags = arena_array(job->arena, rows, unsigned char);
    if (grid->has_rows || root->lines)
        table->row_line = arena_array(job->arena, rows, uint32_t);
    if (grid->has_rows)
        table->row_number = arena_array(job->arena, rows, uint32_t);
    if (job->use->samples)
        table->samples = arena_array(job->arena, rows, uint32_t);
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t from = job->pick[i];

        table->row_at[i] = grids_file_at(job->u->grids, grid->row_at.ptr[from]);
        table->row_flags[i] = job->use->row_flags[from];
        if (table->row_line)
            table->row_line[i] = grid->row_line.ptr[from];
        if (table->row_number)
            table->row_number[i] = grid->index.ptr[from] + 1;
        if (table->samples)
            table->samples[i] = job->use->samples[from];
    }
}

/* Rows that failed are always picked: marks and picks ascend together. */
static void fill_marks(const struct job *job, struct table *table)
{
    const struct grids *grids = job->u->grids;
    uint32_t row = 0;

    table->marks = arena_array(job->arena, job->use->mark_count, struct mark);
    for (uint32_t i = 0; i < job->use->mark_count; i++) {
        const struct mark *mark = &job->use->marks[i];
        uint64_t at = grids_file_at(grids, mark->offset);
        uint64_t end = grids_file_at(grids, mark->offset + mark->length);

        while (job->pick[row] < mark->row)
            row++;
        table->marks[table->mark_count++] =
            (struct mark){row, (uint32_t)(end - at), at, arena_copy(job->arena, mark->text)};
    }
}

/* Levels of the pointer, outermost first: each row's index or key at every level above it. */
static void fill_levels(const struct job *job, struct table *table)
{
    const struct grid *chain[64], *grid = job->use->grid;
    uint32_t depth = 0, rows = job->rows, *at;

    table->has_pointer = grid->has_pointer;
    for (; grid && grid->parent && depth < 64; grid = grid->parent)
        chain[depth++] = grid;
    table->level_count = depth;
    table->levels = arena_array(job->arena, depth, struct pointer_level);
    at = arena_array(job->u->grids->arena, rows, uint32_t);
    memcpy(at, job->pick, rows * sizeof *at);
    for (uint32_t level = 0; level < depth; level++) { /* innermost first */
        struct pointer_level *to = &table->levels[depth - 1 - level];
        uint32_t *values = arena_array(job->arena, rows, uint32_t);

        grid = chain[level];
        to->before = arena_copy(job->arena, grid->before);
        for (uint32_t i = 0; i < rows; i++) {
            uint32_t index = grid->index.ptr[at[i]];

            values[i] = grid->by_key ? intern(job, map_key(&job->u->grids->keys, index)) : index;
            at[i] = grid->parent_row.ptr[at[i]];
        }
        if (grid->by_key)
            to->keys = values;
        else
            to->index = values;
    }
}

static void fill_subjects(const struct job *job, struct table *table, struct str part)
{
    const struct grid_use *use = job->use;

    table->subjects = arena_array(job->arena, use->subjects.len + 2, struct string_column);
    for (size_t i = 0; i < use->subjects.len; i++)
        table->subjects[table->subject_count++] =
            string_column(job, intern(job, use->subjects.ptr[i].key), use->subjects.ptr[i].codes);
    if (part.len)
        table->subjects[table->subject_count++] =
            (struct string_column){.key = intern(job, STR("part")), .constant = intern(job, part)};
    table->time = string_column(job, intern(job, STR("time")), use->time);
    table->time_local = use->time && use->time_local;
}

/* Times that include the loading of the model. */
static bool includes_loading(const struct meaning *meaning)
{
    if (str_eq(meaning->name, STR("ttft")))
        return !meaning->definition || strcmp(meaning->definition, "prompt_eval") != 0;
    return str_eq(meaning->name, STR("load_time")) || str_eq(meaning->name, STR("total_time")) ||
           str_eq(meaning->name, STR("e2e_latency"));
}

static void describe_measure(const struct job *job, size_t c, struct measure *measure)
{
    const struct column *column = &job->use->grid->columns.ptr[c];
    const struct meaning *meaning = &job->use->columns[c].meaning;

    measure->metric = intern(job, meaning->name);
    measure->definition = intern(job, str_from(meaning->definition ? meaning->definition : ""));
    measure->column = intern(job, column->leaf);
    if (job->use->grid->bare && column->prefix == 0)
        measure->column = intern(job, job->use->grid->record);
    measure->pointer = intern(job, job->use->grid->bare ? STR("") : column->pointer);
    measure->unit = meaning->unit;
    measure->statistic = meaning->statistic;
    measure->scale = meaning->scale;
    measure->flags = meaning->unit_known || !strcmp(meaning->unit, "-") ? 0 : FLAG_UNIT_GUESSED;
    measure->taints_cold = includes_loading(meaning);
}

static bool has_cell(const struct column *column, uint32_t row)
{
    size_t low = 0, high = column->cells.len;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (column->cells.ptr[mid].row < row)
            low = mid + 1;
        else
            high = mid;
    }
    return low < column->cells.len && column->cells.ptr[low].row == row;
}

static bool same_quantity(const struct meaning *a, const struct meaning *b)
{
    return str_eq(a->name, b->name) && !strcmp(a->statistic, b->statistic);
}

/* Does another column of the family stand for this one's missing number in a failed row? */
static bool is_elsewhere(const struct job *job, size_t c, uint32_t row)
{
    const struct column *columns = job->use->grid->columns.ptr;

    if (has_cell(&columns[c], row))
        return false;
    for (size_t d = 0; d < job->use->grid->columns.len; d++)
        if (d != c && columns[d].family == columns[c].family &&
            (has_cell(&columns[d], row) || (d < c && same_quantity(&job->use->columns[d].meaning,
                                                         &job->use->columns[c].meaning))))
            return true;
    return false;
}

static void mark_elsewhere(const struct job *job, size_t c, struct measure *measure)
{
    for (uint32_t i = 0; job->use->grid->columns.ptr[c].family && i < job->rows; i++)
        if (job->use->row_flags[job->pick[i]] & ROW_FAILED && !measure->text_len[i] &&
            is_elsewhere(job, c, job->pick[i]))
            measure->text_at[i] = TEXT_NOT_HERE;
}

static void fill_measure(const struct job *job, size_t c, struct table *table, struct buf *pool)
{
    const struct column_use *cu = &job->use->columns[c];
    struct measure *measure = &table->measures[table->measure_count++];
    uint32_t row = 0;

    describe_measure(job, c, measure);
    measure->values = arena_array(job->arena, job->rows, double);
    measure->text_at = arena_array(job->arena, job->rows, uint32_t);
    measure->delta = arena_array(job->arena, job->rows, int32_t);
    measure->text_len = arena_array(job->arena, job->rows, uint16_t);
    for (size_t i = 0; i < cu->number_count; i++) {
        const struct number *n = &cu->numbers[i];
        struct cell cell = {.at = n->at & ((UINT64_C(1) << 56) - 1), .len = n->len};
        struct str text = grids_raw(job->u->grids, &cell);

        if (n->gone || pool->len + text.len > UINT32_MAX)
            continue;
        while (job->pick[row] < n->row)
            row++;
        measure->values[row] = n->value;
        measure->text_at[row] = (uint32_t)pool->len;
        measure->text_len[row] = n->len;
        measure->delta[row] =
            (int32_t)((int64_t)grids_file_at(job->u->grids, n->at) - (int64_t)table->row_at[row]);
        buf_add_str(pool, text);
        job->artifact->fact_count++;
    }
    mark_elsewhere(job, c, measure);
}

/* One table of the columns in `chosen`. */
static void add_table(const struct job *job, const bool *chosen, size_t count, struct str part)
{
    struct table *table = arena_new(job->arena, struct table);
    size_t columns = job->use->grid->columns.len;
    struct buf pool;

    fill_rows(job, table);
    fill_marks(job, table);
    fill_levels(job, table);
    fill_subjects(job, table, part);
    table->measures = arena_array(job->arena, count, struct measure);
    buf_init(&pool, BUF_NO_LIMIT);
    for (size_t c = 0; c < columns; c++)
        if (chosen[c])
            fill_measure(job, c, table, &pool);
    table->pool = (char *)arena_copy(job->arena, buf_str(&pool)).ptr;
    buf_release(&pool);
    *vec_push(&job->artifact->tables) = table;
}

static struct str part_name(const struct column *column)
{
    return column->parent.len ? column->parent : column->leaf;
}

/* Columns that share a part go into one table. */
static void add_parts(const struct job *job, bool *todo)
{
    size_t columns = job->use->grid->columns.len;
    bool *chosen = arena_array(job->u->grids->arena, columns, bool);

    for (size_t c = 0; c < columns; c++) {
        struct str part;
        size_t count = 0;

        if (!todo[c])
            continue;
        part = part_name(&job->use->grid->columns.ptr[c]);
        for (size_t d = 0; d < columns; d++) {
            chosen[d] = todo[d] && str_eq(part_name(&job->use->grid->columns.ptr[d]), part);
            count += chosen[d];
            todo[d] = todo[d] && !chosen[d];
        }
        add_table(job, chosen, count, part);
    }
}

static bool is_sparse(const struct grid_use *use, size_t c)
{
    return use->rows > SPARSE_ROWS && live_numbers(&use->columns[c]) < use->rows / SPARSE_SHARE;
}

/* The rows in which a column has numbers, and those that failed. */
static void pick_rows(struct job *job, const struct column_use *cu)
{
    size_t most = cu->number_count + job->use->mark_count;
    uint32_t *pick = arena_array(job->u->grids->arena, most, uint32_t);
    size_t n = 0, m = 0;

    job->rows = 0;
    while (n < cu->number_count || m < job->use->mark_count) {
        uint32_t a = n < cu->number_count ? cu->numbers[n].row : UINT32_MAX;
        uint32_t b = m < job->use->mark_count ? job->use->marks[m].row : UINT32_MAX;

        pick[job->rows++] = a < b ? a : b;
        n += a <= b;
        m += b <= a;
    }
    job->pick = pick;
}

static void pick_all(struct job *job)
{
    uint32_t *pick = arena_array(job->u->grids->arena, job->use->rows, uint32_t);

    for (uint32_t i = 0; i < job->use->rows; i++)
        pick[i] = i;
    job->pick = pick;
    job->rows = job->use->rows;
}

static void emit_sparse(struct job *job, size_t c)
{
    size_t columns = job->use->grid->columns.len;
    bool *chosen = arena_array(job->u->grids->arena, columns, bool);

    chosen[c] = true;
    pick_rows(job, &job->use->columns[c]);
    add_table(job, chosen, 1,
        job->use->columns[c].part ? part_name(&job->use->grid->columns.ptr[c]) : STR(""));
}

static void emit_grid(struct job *job)
{
    size_t columns = job->use->grid->columns.len, count = 0;
    struct arena *scratch = job->u->grids->arena;
    bool *whole = arena_array(scratch, columns, bool), *parts = arena_array(scratch, columns, bool);

    for (size_t c = 0; c < columns; c++) {
        bool kept = is_kept(job->use, c), sparse = kept && is_sparse(job->use, c);

        whole[c] = kept && !sparse && !job->use->columns[c].part;
        parts[c] = kept && !sparse && job->use->columns[c].part;
        count += whole[c];
        if (sparse)
            emit_sparse(job, c);
    }
    pick_all(job);
    if (count)
        add_table(job, whole, count, STR(""));
    add_parts(job, parts);
}

void emit_facts(const struct understanding *u)
{
    for (size_t i = 0; i < u->count; i++) {
        struct job job = {
            .u = u, .use = &u->uses[i], .artifact = u->artifact, .arena = &u->artifact->arena};

        if (u->uses[i].rows)
            emit_grid(&job);
    }
}
