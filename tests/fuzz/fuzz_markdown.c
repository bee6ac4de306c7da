/* tests/fuzz/fuzz_markdown.c - tables of any text: cells lie in the text, in order, on the line
 * that their row claims. */
#include "codec/markdown.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static uint64_t line_of(struct str s, size_t end)
{
    uint64_t lines = 1;

    for (size_t i = 0; i < end; i++)
        lines += s.ptr[i] == '\n' || (s.ptr[i] == '\r' && (i + 1 == s.len || s.ptr[i + 1] != '\n'));
    return lines;
}

/* Returns the place behind the row's last cell. */
static uint64_t check_row(
    struct str text, const struct md_cell *cells, size_t columns, uint64_t line, uint64_t at)
{
    for (size_t i = 0; i < columns; i++) {
        check(cells[i].at >= at && cells[i].at + cells[i].len <= text.len);
        check(cells[i].text.ptr != NULL && str_trim(cells[i].text).len == cells[i].text.len);
        if (cells[i].len)
            check(cells[i].text.len && line_of(text, cells[i].at) == line);
        at = cells[i].at + cells[i].len;
    }
    return at;
}

static void check_table(struct str text, const struct md_table *table)
{
    uint64_t at;

    check(table->columns >= 1 && table->line >= 1 && table->heading.ptr != NULL);
    at = check_row(text, table->header, table->columns, table->line, 0);
    for (size_t row = 0; row < table->rows; row++) {
        check(table->row_lines[row] == table->line + 2 + row);
        at = check_row(
            text, table->cells + row * table->columns, table->columns, table->row_lines[row], at);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct md_tables tables;
    struct arena arena;
    struct err err;

    arena_init(&arena);
    if (markdown_tables(&arena, text, &tables, &err) == ERR_NONE)
        for (size_t i = 0; i < tables.count; i++)
            check_table(text, &tables.ptr[i]);
    arena_release(&arena);
    return 0;
}
