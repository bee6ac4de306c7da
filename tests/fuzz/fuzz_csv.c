/* tests/fuzz/fuzz_csv.c - every byte of a CSV text is a cell's, a delimiter's, a quote's or a line
 * end's; what csv_quote() writes reads back the same. */
#include "codec/csv.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CELLS_MAX = 20 };

static void check(bool ok)
{
    if (!ok)
        abort();
}

static uint64_t count_lines(struct str s, size_t end)
{
    uint64_t lines = 0;

    for (size_t i = 0; i < end; i++)
        lines += s.ptr[i] == '\r' || (s.ptr[i] == '\n' && !(i && s.ptr[i - 1] == '\r'));
    return lines;
}

/* One cell between two places of the row. Returns the place behind it and its quotes. */
static size_t check_cell(struct arena *arena, const struct csv *csv, size_t cell, size_t at)
{
    struct csv_cell c = csv->cells.ptr[cell];
    struct str raw = csv_raw(csv, cell), plain = csv_unescape(arena, raw, c.escaped);

    if (cell) {
        check(csv->text.ptr[at] == csv->delimiter);
        at++;
    }
    check(c.at == at + c.quoted && c.at + c.len <= csv->at);
    check(!c.quoted || csv->text.ptr[at] == '"');
    check(!c.escaped || c.quoted);
    check(c.escaped ? plain.len < raw.len : plain.ptr == raw.ptr && plain.len == raw.len);
    if (!c.quoted && !(csv->odd & CSV_AFTER_QUOTE))
        check(str_find_char(raw, csv->delimiter, 0) == SIZE_MAX &&
              str_find_char(raw, '\n', 0) == SIZE_MAX && str_find_char(raw, '\r', 0) == SIZE_MAX);
    if (c.quoted && csv->odd & CSV_OPEN_QUOTE && c.at + c.len == csv->text.len)
        return csv->text.len;
    return c.at + c.len + c.quoted;
}

static void check_row(struct arena *arena, const struct csv *csv)
{
    size_t at = csv->row_at;

    check(csv->cells.len >= 1 && csv->cells.len <= CELLS_MAX);
    check(csv->line == 1 + count_lines(csv->text, csv->row_at));
    check(csv->row_at < csv->at && csv->at <= csv->text.len);
    for (size_t i = 0; i < csv->cells.len; i++)
        at = check_cell(arena, csv, i, at);
    if (!(csv->odd & CSV_TOO_MANY))
        check(at == csv->text.len || csv->text.ptr[at] == '\n' || csv->text.ptr[at] == '\r');
}

/* The cells written as a row of a new table and read again. */
static void check_written(struct arena *arena, const struct csv *csv)
{
    struct csv again;
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    for (size_t i = 0; i < csv->cells.len; i++) {
        if (i)
            buf_add_char(&buf, ',');
        csv_quote(&buf, csv_unescape(arena, csv_raw(csv, i), csv->cells.ptr[i].escaped));
    }
    csv_init(&again, buf_str(&buf), ',', CELLS_MAX);
    if (buf.len) {
        check(csv_next(&again) && again.cells.len == csv->cells.len && again.at == buf.len);
        check((again.odd & ~(unsigned)CSV_NUL) == CSV_FINE);
        for (size_t i = 0; i < csv->cells.len; i++)
            check(str_eq(csv_unescape(arena, csv_raw(csv, i), csv->cells.ptr[i].escaped),
                csv_unescape(arena, csv_raw(&again, i), again.cells.ptr[i].escaped)));
    }
    csv_release(&again);
    buf_release(&buf);
}

/* The first byte chooses the delimiter. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    struct arena arena;
    struct csv csv;
    struct str text;
    size_t end = 0;
    char sniffed;

    if (!size)
        return 0;
    text = (struct str){(const char *)data + 1, size - 1};
    arena_init(&arena);
    csv_init(&csv, text, delimiters[data[0] % 4], CELLS_MAX);
    while (csv_next(&csv)) {
        check(csv.row_at >= end);
        check_row(&arena, &csv);
        check_written(&arena, &csv);
        end = csv.at;
    }
    check(csv.at == text.len && csv.next_line == 1 + count_lines(text, text.len));
    csv_release(&csv);
    sniffed = csv_sniff(text);
    check(sniffed == ',' || sniffed == ';' || sniffed == '\t' || sniffed == '|');
    arena_release(&arena);
    return 0;
}
