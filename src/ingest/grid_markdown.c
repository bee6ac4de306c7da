/*
 * ingest/grid_markdown.c - the tables of a Markdown document, a grid each.
 *
 * A table headed "Metric | A | B" is turned: A and B are records whose fields stand below each
 * other, and the header of each is its subject "column" (a lone "Value" is none).
 */
#include "ingest/grid.h"

#include "codec/markdown.h"
#include "fact/name.h"

static bool is_turned(struct grids *grids, const struct md_table *table)
{
    static const char *const KEYS[] = {
        "metric", "parameter", "name", "key", "property", "setting", "field"};
    struct str first;

    if (table->columns < 2)
        return false;
    first = name_join(grids->arena, table->header[0].text);
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (str_eq(first, str_from(KEYS[i])))
            return true;
    return false;
}

static struct column *push_column(struct grids *grids, struct grid *grid, struct str name)
{
    struct column *column = vec_push(&grid->columns);

    column->leaf = name.len ? name : arena_printf(grids->arena, "column_%zu", grid->columns.len);
    column->parent = column->pointer = column->unit = STR("");
    return column;
}

static void add_cell(
    struct grids *grids, struct column *column, uint32_t row, const struct md_cell *cell)
{
    if (cell->text.len)
        grid_add_cell(grids, column, row, CELL_PLAIN, cell->at, cell->len);
}

/* Fields are rows here: row r of the table is column r of the grid. */
static void add_turned(struct grids *grids, struct grid *grid, const struct md_table *table)
{
    size_t first = table->columns > 2;

    if (!table->rows)
        return;
    if (first)
        (void)push_column(grids, grid, STR("column"));
    for (size_t c = 1; c < table->columns; c++) {
        uint32_t row = grid_add_row(
            grids, grid, 0, (uint32_t)c - 1, table->cells[c].at, (uint32_t)table->row_lines[0]);

        if (first)
            add_cell(grids, &grid->columns.ptr[0], row, &table->header[c]);
    }
    for (size_t r = 0; r < table->rows; r++) {
        const struct md_cell *cells = &table->cells[r * table->columns];

        (void)push_column(grids, grid, cells[0].text);
        for (size_t c = 1; c < table->columns; c++)
            add_cell(grids, &grid->columns.ptr[first + r], (uint32_t)c - 1, &cells[c]);
    }
}

static void add_table(struct grids *grids, struct grid *grid, const struct md_table *table)
{
    for (size_t c = 0; c < table->columns; c++)
        (void)push_column(grids, grid, table->header[c].text);
    for (size_t r = 0; r < table->rows; r++) {
        const struct md_cell *cells = &table->cells[r * table->columns];
        uint32_t row =
            grid_add_row(grids, grid, 0, (uint32_t)r, cells[0].at, (uint32_t)table->row_lines[r]);

        for (size_t c = 0; c < table->columns; c++)
            add_cell(grids, &grid->columns.ptr[c], row, &cells[c]);
    }
}

void grid_read_markdown(struct grids *grids)
{
    struct md_tables tables;
    struct err err;

    if (markdown_tables(grids->arena, grids->text, &tables, &err)) {
        artifact_problem(grids->artifact, 0, "bad_markdown", "%s", err.text);
        return;
    }
    for (size_t i = 0; i < tables.count; i++) {
        const struct md_table *table = &tables.ptr[i];
        struct grid *grid = grids_add(grids, arena_printf(grids->arena, "#%zu", i + 1), NULL);

        grid->has_rows = !is_turned(grids, table);
        grid->lines = true;
        grid->record = table->heading;
        if (table->glued)
            artifact_problem(grids->artifact, table->line, "glued_table",
                "the table's header stands glued to another line; it was read from its first pipe "
                "on");
        if (!grid->has_rows)
            add_turned(grids, grid, table);
        else
            add_table(grids, grid, table);
    }
}
