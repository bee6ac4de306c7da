/*
 * ingest/grid_csv.c - delimited tables to one grid.
 *
 * The first row is the header. A units row directly under it is taken as units. Cells that hold a
 * JSON object (options) are flattened into columns of their own.
 */
#include "ingest/grid.h"

#include "base/num.h"
#include "codec/csv.h"
#include "codec/json.h"
#include "fact/name.h"
#include "fact/unit.h"

enum { CELLS_MAX = 100000 };

static struct str cell_text(struct grids *grids, const struct csv *csv, size_t i)
{
    return str_trim(csv_unescape(grids->arena, csv_raw(csv, i), csv->cells.ptr[i].escaped));
}

static bool is_number(struct str s)
{
    double value;

    return num_parse(s, &value) || num_parse_grouped(s, &value);
}

/* A header has a name without digits alone in every column that is not empty, and at least one. */
static bool is_header(struct grids *grids, const struct csv *csv)
{
    size_t names = 0;

    for (size_t i = 0; i < csv->cells.len; i++) {
        struct str text = cell_text(grids, csv, i);

        if (is_number(text))
            return false;
        names += text.len > 0;
    }
    return names > 0;
}

static bool is_configuration(struct grids *grids, const struct column *column)
{
    return name_is_configuration(name_subject_key(name_join(grids->arena, column->leaf)));
}

/* Under the header: at least one unit, and nothing that is neither empty nor a short word. */
static bool is_unit_row(struct grids *grids, const struct grid *grid, const struct csv *csv)
{
    size_t units = 0;

    if (csv->cells.len != grid->columns.len)
        return false;
    for (size_t i = 0; i < csv->cells.len; i++) {
        struct str text = cell_text(grids, csv, i);

        if (text.len > 24 || is_number(text))
            return false;
        /* A row that names its model is data: its "C" is a grade, not a unit. */
        if (text.len && is_configuration(grids, &grid->columns.ptr[i]))
            return false;
        units += unit_find(text) != NULL;
    }
    return units > 0;
}

static bool add_columns(
    struct grids *grids, struct grid *grid, const struct csv *csv, struct map *seen)
{
    for (size_t i = 0; i < csv->cells.len; i++) {
        struct str name = cell_text(grids, csv, i);
        struct column *column;

        if (!name.len)
            name = arena_printf(grids->arena, "column_%zu", i + 1);
        if (map_find(seen, name) != MAP_NONE)
            grids_problem(grids, NOISE_DUPLICATE_COLUMN, csv->line, "duplicate_column",
                "two columns are called %.*s; their numbers cannot be told apart by name",
                (int)(name.len > 80 ? 80 : name.len), name.ptr);
        (void)map_add(seen, name);
        column = vec_push(&grid->columns);
        column->leaf = name;
        column->parent = column->pointer = column->unit = STR("");
    }
    return grid->columns.len > 0;
}

static void add_row(
    struct grids *grids, struct grid *grid, const struct csv *csv, size_t columns, uint32_t number)
{
    uint32_t row = grid_add_row(grids, grid, 0, number, csv->row_at, (uint32_t)csv->line);

    for (size_t i = 0; i < csv->cells.len && i < columns; i++) {
        const struct csv_cell *cell = &csv->cells.ptr[i];

        if (cell->len)
            grid_add_cell(grids, &grid->columns.ptr[i], row,
                cell->escaped ? CELL_PLAIN_ESCAPED : CELL_PLAIN, cell->at, cell->len);
    }
}

static void tell_oddities(struct grids *grids, const struct csv *csv, size_t columns)
{
    if (csv->cells.len != columns)
        grids_problem(grids, NOISE_RAGGED, csv->line, "ragged_row",
            "the row has %zu cells, the header has %zu; %s", csv->cells.len, columns,
            csv->cells.len < columns ? "the missing cells are taken as empty"
                                     : "the cells behind the last column were not read");
    if (csv->odd & CSV_OPEN_QUOTE)
        grids_problem(grids, NOISE_QUOTES, csv->line, "open_quote",
            "a quote that opens here is never closed; the rest of the file is in one cell");
    if (csv->odd & CSV_AFTER_QUOTE)
        grids_problem(grids, NOISE_QUOTES, csv->line, "text_after_quote",
            "text stands behind a closing quote; the cell was taken as it is");
    if (csv->odd & CSV_NUL)
        grids_problem(grids, NOISE_QUOTES, csv->line, "nul_byte", "the row holds a NUL byte");
    if (csv->odd & CSV_TOO_MANY)
        grids_problem(grids, NOISE_TOO_MANY, csv->line, "too_many_columns",
            "the row has more than %d cells; the rest was not read", CELLS_MAX);
}

/* Copies the unescaped JSON of a cell to the side buffer; returns its address. */
static uint64_t to_side(struct grids *grids, const struct cell *cell, struct str *ret)
{
    struct str raw = grids_raw(grids, cell);
    bool escaped = cell->kind == CELL_PLAIN_ESCAPED;
    struct str text = csv_unescape(grids->arena, raw, escaped);
    struct side_piece *piece = vec_push(&grids->side_pieces);
    size_t start = grids->side.len;

    *piece = (struct side_piece){start, cell->at, escaped};
    buf_add_str(&grids->side, text);
    buf_add_char(&grids->side, '\n');
    *ret = str_slice(buf_str(&grids->side), start, start + text.len);
    return grids->text.len + start;
}

static bool looks_like_json(struct grids *grids, const struct column *column)
{
    struct str first;

    if (!column->cells.len)
        return false;
    first = str_trim(grids_raw(grids, &column->cells.ptr[0]));
    return first.len >= 2 && first.ptr[0] == '{' && first.ptr[first.len - 1] == '}';
}

static void flatten_cell(struct grids *grids, struct grid *grid, size_t column,
    const struct cell *cell, struct json *json)
{
    uint32_t prefix = grid_prefix(grids, grid, 0, grid->columns.ptr[column].leaf);
    struct str text, copy;
    struct err err;
    uint64_t base = to_side(grids, cell, &text);
    size_t bad = 0;

    /* The side buffer may move while it grows: the tape reads a copy. */
    copy = arena_copy(grids->arena, text);
    json_reset(json, copy);
    if (json_parse(json, &bad, &err) || json->nodes[0].type != JSON_OBJECT) {
        if (!grids_quiet(grids, NOISE_BAD_CELL))
            grids_problem(grids, NOISE_BAD_CELL, grids_line(grids, cell->at), "bad_json_cell",
                "the cell of column %.*s is not a JSON object; it was kept as text",
                (int)(grid->columns.ptr[column].leaf.len > 80 ? 80
                                                              : grid->columns.ptr[column].leaf.len),
                grid->columns.ptr[column].leaf.ptr);
        return;
    }
    grid_add_json_object(grids, grid, cell->row, json, 0, prefix, base);
}

static void flatten_json_columns(struct grids *grids, struct grid *grid)
{
    size_t columns = grid->columns.len;
    struct json json;

    json_init(&json, STR(""));
    for (size_t c = 0; c < columns; c++) {
        if (!looks_like_json(grids, &grid->columns.ptr[c]))
            continue;
        for (size_t i = 0; i < grid->columns.ptr[c].cells.len; i++) {
            struct cell cell = grid->columns.ptr[c].cells.ptr[i];

            flatten_cell(grids, grid, c, &cell, &json);
        }
        vec_release(&grid->columns.ptr[c].cells);
    }
    json_release(&json);
}

enum again { NO_HEADER, SAME_HEADER, OTHER_HEADER };

/* Files that were glued together hold the header again, perhaps with its names in another order. */
static enum again header_again(
    struct grids *grids, const struct grid *grid, const struct csv *csv, const struct map *names)
{
    enum again again = SAME_HEADER;

    if (csv->cells.len != grid->columns.len || csv->cells.len < 2)
        return NO_HEADER;
    for (size_t i = 0; i < csv->cells.len; i++) {
        struct str text = cell_text(grids, csv, i);

        if (map_find(names, text) == MAP_NONE)
            return NO_HEADER;
        if (!str_eq(text, grid->columns.ptr[i].leaf))
            again = OTHER_HEADER;
    }
    return again;
}

/*
 * Tables end in rows of their means and totals, and pandas' describe() holds nothing else: no
 * samples. "min" and "max" may be levels of something, unless they follow such a row.
 */
static bool is_summary_row(struct grids *grids, const struct csv *csv, bool below_one)
{
    static const char *const WORDS[] = {"mean", "average", "avg", "median", "std", "stdev",
        "stddev", "total", "sum", "count", "25%", "50%", "75%", "min", "max"};
    size_t count = sizeof WORDS / sizeof *WORDS - (below_one ? 0 : 2);
    struct str first = csv->cells.len > 1 ? csv_raw(csv, 0) : STR("");

    if (!first.len || first.len > 10)
        return false;
    first = cell_text(grids, csv, 0);
    for (size_t i = 0; i < count; i++)
        if (str_eq_fold(first, str_from(WORDS[i])))
            return true;
    return false;
}

static void tell_summary(struct grids *grids, const struct csv *csv)
{
    struct str first = cell_text(grids, csv, 0);

    grids_problem(grids, NOISE_SUMMARY, csv->line, "summary_row",
        "the row is the %.*s of other rows, not a measurement; it was not read", STR_ARG(first));
}

static void tell_header(struct grids *grids, const struct csv *csv, enum again again)
{
    grids_problem(grids, NOISE_HEADER, csv->line, "header_again",
        again == SAME_HEADER
            ? "the header stands here again; were files put together?"
            : "the header stands here again, with its columns in another order; the rest of the "
              "file was not read");
}

static void read_rows(
    struct grids *grids, struct grid *grid, struct csv *csv, const struct map *names)
{
    size_t columns = grid->columns.len;
    uint32_t number = 0;
    bool first = true, summary = false;

    while (!grids_full(grids) && csv_next(csv)) {
        enum again again = header_again(grids, grid, csv, names);

        summary = !again && is_summary_row(grids, csv, summary);
        if (summary)
            tell_summary(grids, csv);
        if (again)
            tell_header(grids, csv, again);
        if (again == OTHER_HEADER)
            return;
        if (again == SAME_HEADER || summary) {
            number++;
        } else if (first && is_unit_row(grids, grid, csv)) {
            for (size_t i = 0; i < columns; i++)
                grid->columns.ptr[i].unit = cell_text(grids, csv, i);
        } else {
            if (csv->odd || csv->cells.len != columns)
                tell_oddities(grids, csv, columns);
            add_row(grids, grid, csv, columns, number++);
        }
        first = false;
    }
}

enum { PRELUDE_MAX = 64 };

static bool holds_number(struct grids *grids, const struct csv *csv)
{
    for (size_t i = 0; i < csv->cells.len; i++)
        if (is_number(cell_text(grids, csv, i)))
            return true;
    return false;
}

/*
 * Some tools print lines about themselves in front of the table. Where the first row is one lone
 * cell, the table begins at the first header of several cells with a row of numbers as wide below
 * it.
 */
static void skip_prelude(struct grids *grids, struct csv *csv)
{
    size_t at = 0, width = 0;
    uint64_t line = 0;
    struct csv look;

    csv_init(&look, csv->text, csv->delimiter, CELLS_MAX);
    for (int row = 0; row < PRELUDE_MAX && csv_next(&look); row++) {
        if (row == 0 && look.cells.len != 1)
            break;
        if (width > 1 && look.cells.len == width && holds_number(grids, &look)) {
            csv->at = at;
            csv->next_line = line;
            break;
        }
        width = is_header(grids, &look) ? look.cells.len : 0;
        at = look.row_at;
        line = look.line;
    }
    csv_release(&look);
}

void grid_read_csv(struct grids *grids)
{
    struct map seen;
    struct grid *grid;
    struct csv csv;

    map_init(&seen, grids->arena);
    csv_init(&csv, grids->text, csv_sniff(grids->text), CELLS_MAX);
    grids->comma_may_be_decimal = csv.delimiter != ',';
    skip_prelude(grids, &csv);
    if (!csv_next(&csv)) {
        artifact_problem(grids->artifact, 0, "empty", "the file is empty");
    } else if (!is_header(grids, &csv)) {
        artifact_problem(grids->artifact, csv.line, "no_header",
            "the first row holds numbers, so the columns have no names; put a header row in front");
    } else {
        grid = grids_add(grids, STR(""), NULL);
        grid->has_rows = true;
        if (csv.odd)
            tell_oddities(grids, &csv, csv.cells.len);
        if (add_columns(grids, grid, &csv, &seen))
            read_rows(grids, grid, &csv, &seen);
        flatten_json_columns(grids, grid);
    }
    csv_release(&csv);
    map_release(&seen);
}
