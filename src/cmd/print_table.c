/* cmd/print_table.c - aligned columns that fit the terminal. */
#include "cmd/print.h"

#include "codec/encoding.h"

enum { GAP = 2, SHORTEST_TEXT = 6 };

void print_table_init(struct print_table *table, struct print_column *columns, size_t count)
{
    *table = (struct print_table){.columns = columns, .column_count = count};
    arena_init(&table->arena);
    for (size_t i = 0; i < count; i++) {
        columns[i].width = utf8_width(str_from(columns[i].title));
        if (!columns[i].least)
            columns[i].least = columns[i].width > SHORTEST_TEXT ? columns[i].width : SHORTEST_TEXT;
    }
}

void print_table_release(struct print_table *table)
{
    vec_release(&table->cells);
    arena_release(&table->arena);
}

void print_table_add(struct print_table *table, struct str cell)
{
    struct print_column *column = &table->columns[table->cells.len % table->column_count];
    struct buf safe;
    size_t width;

    buf_init(&safe, BUF_NO_LIMIT);
    if (column->kind == PRINT_PATH)
        print_path(&safe, cell);
    else
        print_safe(&safe, cell);
    width = utf8_width(buf_str(&safe));
    if (width > column->width)
        column->width = width;
    *vec_push(&table->cells) = arena_copy(&table->arena, buf_str(&safe));
    buf_release(&safe);
}

size_t print_table_rows(const struct print_table *table)
{
    return table->cells.len / table->column_count;
}

static size_t total_width(const struct print_table *table)
{
    size_t total = table->indent + GAP * (table->column_count - 1);

    for (size_t i = 0; i < table->column_count; i++)
        total += table->columns[i].width;
    return total;
}

/* The widest column of text, the one to shrink next; NULL = all are as short as may be. */
static struct print_column *widest_text(struct print_table *table)
{
    struct print_column *ret = NULL;

    for (size_t i = 0; i < table->column_count; i++) {
        struct print_column *column = &table->columns[i];

        if (column->kind != PRINT_NUMBER && column->width > column->least &&
            (!ret || column->width > ret->width))
            ret = column;
    }
    return ret;
}

bool print_table_fits(struct print_table *table, size_t width)
{
    size_t least = table->indent + GAP * (table->column_count - 1);

    for (size_t i = 0; i < table->column_count; i++) {
        const struct print_column *column = &table->columns[i];
        bool cut = column->kind != PRINT_NUMBER && column->width > column->least;

        least += cut ? column->least : column->width;
    }
    return least <= width;
}

static void shrink(struct print_table *table, size_t width)
{
    struct print_column *column;

    while (total_width(table) > width && (column = widest_text(table)))
        column->width--;
}

static void add_cell(
    const struct print_table *table, struct buf *buf, struct str cell, size_t i, bool last)
{
    static const enum print_cut CUTS[] = {
        [PRINT_TEXT] = CUT_END, [PRINT_PATH] = CUT_BEGINNING, [PRINT_KEY] = CUT_MIDDLE};
    const struct print_column *column = &table->columns[i];
    size_t used = utf8_width(cell), pad = used < column->width ? column->width - used : 0;

    if (column->kind == PRINT_NUMBER)
        buf_addf(buf, "%*s", (int)pad, "");
    if (column->kind == PRINT_NUMBER)
        buf_add_str(buf, cell);
    else
        print_cut(buf, cell, column->width, CUTS[column->kind]);
    if (column->kind != PRINT_NUMBER && !last)
        buf_addf(buf, "%*s", (int)pad, "");
    if (!last)
        buf_addf(buf, "%*s", GAP, "");
}

static void add_header(struct print_table *table, struct buf *buf)
{
    bool color = print_has_color();

    if (color)
        buf_add_text(buf, "\033[1m");
    buf_addf(buf, "%*s", (int)table->indent, "");
    for (size_t i = 0; i < table->column_count; i++)
        add_cell(table, buf, str_from(table->columns[i].title), i, i + 1 == table->column_count);
    buf_add_text(buf, color ? "\033[0m\n" : "\n");
    table->has_header = true;
}

static void trim_line(struct buf *buf)
{
    while (buf->len && buf->ptr[buf->len - 1] == ' ')
        buf->len--;
}

void print_table_flush(struct print_table *table, struct buf *buf)
{
    if (!table->wide)
        shrink(table, print_width());
    if (!table->has_header)
        add_header(table, buf);
    for (size_t at = 0; at < table->cells.len; at += table->column_count) {
        buf_addf(buf, "%*s", (int)table->indent, "");
        for (size_t i = 0; i < table->column_count; i++)
            add_cell(table, buf, table->cells.ptr[at + i], i, i + 1 == table->column_count);
        trim_line(buf);
        buf_add_char(buf, '\n');
        print_out_often(buf);
    }
    table->cells.len = 0;
    arena_release(&table->arena);
}
