/*
 * codec/markdown.c - tables by md4c. The only file that includes md4c.h.
 *
 * Where a text has to be mended (codec/md_mend.h: line breaks were lost), md4c reads
 * a mended copy ("source" below); places are translated back.
 * md4c hands out pointers into the source but no places of rows, and nothing at all
 * for empty cells: these are found when a table is complete, from any cell with text.
 */
#include "codec/markdown.h"

#include "codec/md_entity.h"
#include "codec/md_mend.h"

#include <md4c.h>

enum { TABLES_MAX = 100000, CELLS_MAX = 10000000, TEXT_MAX = 1 << 30 };

#define NO_PLACE SIZE_MAX

struct reader {
    struct arena *arena;
    struct err *err;
    struct str text, source;
    struct md_mend mend;
    VEC(struct md_table) tables;
    size_t cells_total;
    struct str heading;
    bool stopped; /* at a limit; err is set */

    /* A line of the text at or above which nothing more is wanted: lines are counted from there. */
    size_t line_at;
    uint64_t line;

    /* The table at hand: its cells with the header's first; places are in the text. */
    VEC(struct md_cell) cells;
    VEC(size_t) rows; /* place of the row's first text, or NO_PLACE; the header is row 0 */
    size_t columns;

    /* The cell or heading at hand. */
    bool collecting;
    struct buf words;
    size_t from, to; /* of its characters in the source */
};

/* ---- places ---- */

/* Number of inserts at or in front of a place in the text (shift 0) or in the source (else). */
static size_t inserts_before(const struct reader *reader, size_t at, size_t shift)
{
    size_t low = 0, high = reader->mend.inserts.len;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (reader->mend.inserts.ptr[middle].at + shift * (middle + 1) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t text_place(const struct reader *reader, size_t source_at)
{
    return source_at - MD_INSERT_BYTES * inserts_before(reader, source_at, MD_INSERT_BYTES);
}

/* Moves reader->line_at and line to the line that the place is on; places come in rising order. */
static void find_line(struct reader *reader, size_t at)
{
    struct str rest = str_slice(reader->text, reader->line_at, reader->text.len);

    for (;;) {
        size_t next;

        (void)md_next_line(&rest);
        next = reader->text.len - rest.len;
        if (next > at || !rest.len)
            return;
        reader->line_at = next;
        reader->line++;
    }
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static void back_one_line(struct reader *reader)
{
    const char *text = reader->text.ptr;
    size_t at = reader->line_at;

    if (at == 0)
        return;
    at--;
    if (at && text[at] == '\n' && text[at - 1] == '\r')
        at--;
    while (at && !is_line_end(text[at - 1]))
        at--;
    reader->line_at = at;
    reader->line--;
}

/*
 * Moves line_at to the header of the table at hand, whose rows stand on lines without a gap. False
 * when no cell has text: then nobody knows where the table is.
 */
static bool find_header(struct reader *reader)
{
    size_t row = 0, back;

    while (row < reader->rows.len && reader->rows.ptr[row] == NO_PLACE)
        row++;
    if (row == reader->rows.len)
        return false;
    find_line(reader, reader->rows.ptr[row]);
    /* Between the header and the first row is the line with the delimiters. */
    for (back = row ? row + 1 : 0; back; back--)
        back_one_line(reader);
    return true;
}

/* ---- finished tables ---- */

/* Empty cells stand behind the cell to their left, or at the row's beginning. */
static void place_empty_cells(struct md_cell *cells, size_t columns, size_t row_at)
{
    for (size_t i = 0; i < columns; i++) {
        if (cells[i].at == NO_PLACE)
            cells[i].at = row_at;
        row_at = cells[i].at + cells[i].len;
    }
}

/*
 * Goes over the lines of the table from its header on, sets the places, and returns the number of
 * rows to keep: md_mend ends tables at lines without a pipe, but does not look into quotes.
 */
static size_t place_rows(struct reader *reader, struct md_table *table)
{
    struct str rest = str_slice(reader->text, reader->line_at, reader->text.len);
    size_t columns = reader->columns, row;

    for (row = 0; row < reader->rows.len; row++) {
        struct str line = md_next_line(&rest);
        size_t at = (size_t)(line.ptr - reader->text.ptr), end = at + line.len;
        size_t inserts = inserts_before(reader, end, 0);
        size_t inside = inserts ? reader->mend.inserts.ptr[inserts - 1].at : 0;

        if (row == 0) {
            table->glued = inside > at;
            at = table->glued ? inside : at;
            (void)md_next_line(&rest);
        } else {
            if (inside > at)
                line.len = inside - at;
            if (columns > 1 && str_find_char(line, '|', 0) == SIZE_MAX)
                break;
            table->row_lines[row - 1] = reader->line + row + 1;
        }
        place_empty_cells(reader->cells.ptr + row * columns, columns, at);
    }
    return row - 1;
}

static void end_table(struct reader *reader)
{
    size_t columns = reader->columns, rows = reader->rows.len ? reader->rows.len - 1 : 0;
    struct md_table *table;

    if (!columns || !reader->rows.len || reader->cells.len != reader->rows.len * columns)
        return; /* cannot happen: md4c fills up short rows */
    if (!find_header(reader))
        return;
    table = vec_push(&reader->tables);
    *table = (struct md_table){.heading = reader->heading, .columns = columns};
    table->row_lines = arena_array(reader->arena, rows, uint64_t);
    table->line = reader->line;
    table->rows = rows = place_rows(reader, table);
    table->header = arena_array(reader->arena, columns, struct md_cell);
    memcpy(table->header, reader->cells.ptr, columns * sizeof *table->header);
    table->cells = arena_array(reader->arena, rows * columns, struct md_cell);
    if (rows)
        memcpy(table->cells, reader->cells.ptr + columns, rows * columns * sizeof *table->cells);
}

/* ---- md4c's callbacks ---- */

static void start_words(struct reader *reader)
{
    buf_reset(&reader->words);
    reader->collecting = true;
    reader->from = NO_PLACE;
}

static void end_heading(struct reader *reader)
{
    reader->collecting = false;
    reader->heading = arena_copy(reader->arena, str_trim(buf_str(&reader->words)));
}

static void end_cell(struct reader *reader)
{
    struct str text = str_trim(buf_str(&reader->words));
    struct md_cell *cell = vec_push(&reader->cells);

    reader->collecting = false;
    *cell = (struct md_cell){.text = {"", 0}, .at = NO_PLACE};
    if (!text.len)
        return;
    cell->text = arena_copy(reader->arena, text);
    if (reader->from == NO_PLACE)
        return;
    cell->at = text_place(reader, reader->from);
    cell->len = (uint32_t)(text_place(reader, reader->to - 1) + 1 - cell->at);
    if (reader->rows.len && reader->rows.ptr[reader->rows.len - 1] == NO_PLACE)
        reader->rows.ptr[reader->rows.len - 1] = cell->at;
}

/* md4c stops at negative numbers only. */
static int stop(struct reader *reader, int limit, const char *what)
{
    (void)err_set(reader->err, ERR_LIMIT, "the text holds more than %d %s", limit, what);
    reader->stopped = true;
    return -1;
}

static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    struct reader *reader = ctx;

    (void)detail;
    switch (type) {
    case MD_BLOCK_TABLE:
        reader->cells.len = reader->rows.len = reader->columns = 0;
        if (reader->tables.len < TABLES_MAX)
            return 0;
        return stop(reader, TABLES_MAX, "tables");
    case MD_BLOCK_TR:
        *vec_push(&reader->rows) = NO_PLACE;
        return 0;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        reader->columns += type == MD_BLOCK_TH;
        start_words(reader);
        if (++reader->cells_total <= CELLS_MAX)
            return 0;
        return stop(reader, CELLS_MAX, "table cells");
    case MD_BLOCK_H:
        start_words(reader);
        return 0;
    default:
        return 0;
    }
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    struct reader *reader = ctx;

    (void)detail;
    if (type == MD_BLOCK_H)
        end_heading(reader);
    else if (type == MD_BLOCK_TH || type == MD_BLOCK_TD)
        end_cell(reader);
    else if (type == MD_BLOCK_TABLE)
        end_table(reader);
    return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    (void)type;
    (void)detail;
    (void)ctx;
    return 0;
}

/* Offset in the source; NO_PLACE for what md4c passes as constants of its own (breaks, NULs). */
static size_t source_place(const struct reader *reader, struct str piece)
{
    uintptr_t base = (uintptr_t)reader->source.ptr, at = (uintptr_t)piece.ptr;

    return piece.len && at >= base && at - base < reader->source.len ? at - base : NO_PLACE;
}

/* Widens the place of the words by a piece of text, less the blanks at its ends. */
static void add_place(struct reader *reader, struct str piece)
{
    size_t at;

    piece = str_trim(piece);
    at = source_place(reader, piece);
    if (at == NO_PLACE)
        return;
    if (reader->from == NO_PLACE)
        reader->from = at;
    reader->to = at + piece.len;
}

/* Adds a piece of text without what was put into it (dashes, if md4c took the line for a row). */
static void add_words(struct reader *reader, struct str piece)
{
    size_t at = source_place(reader, piece), from = 0, next, last;

    if (at == NO_PLACE || !reader->mend.inserts.len) {
        buf_add_str(&reader->words, piece);
        return;
    }
    next = inserts_before(reader, at, MD_INSERT_BYTES);
    last = inserts_before(reader, at + piece.len, MD_INSERT_BYTES);
    for (; next < last; next++) {
        size_t start = reader->mend.inserts.ptr[next].at + MD_INSERT_BYTES * next;

        if (start < at + from)
            continue;
        buf_add_str(&reader->words, str_slice(piece, from, start - at));
        from = start - at + MD_INSERT_BYTES;
    }
    buf_add_str(&reader->words, str_slice(piece, from, piece.len));
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *ptr, MD_SIZE size, void *ctx)
{
    struct reader *reader = ctx;
    struct str piece = {ptr, size};

    if (!reader->collecting)
        return 0;
    switch (type) {
    case MD_TEXT_NULLCHAR:
        buf_add_text(&reader->words, "\xef\xbf\xbd");
        return 0;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
        buf_add_char(&reader->words, ' ');
        return 0;
    case MD_TEXT_HTML:
        /* <br> is the only tag in a cell that stands for text. */
        if (str_starts_fold(piece, STR("<br")))
            buf_add_char(&reader->words, ' ');
        return 0;
    case MD_TEXT_ENTITY:
        md_entity_add(&reader->words, piece);
        break;
    default:
        add_words(reader, piece);
    }
    add_place(reader, piece);
    return 0;
}

/* ---- the whole ---- */

/*
 * The text with what it lacks, in the arena. It must end in a line end: md4c 0.4.8 looks at the
 * byte behind its text when that ends in digits, which may be the number of a list.
 */
static struct str mended(struct arena *arena, struct str text, const struct md_mend *mend)
{
    size_t from = 0, len = 0;
    char *to;

    if (!mend->inserts.len && (!text.len || text.ptr[text.len - 1] == '\n'))
        return text;
    to = arena_alloc(arena, text.len + MD_INSERT_BYTES * mend->inserts.len + 1);
    for (size_t i = 0; i < mend->inserts.len; i++) {
        const struct md_insert *insert = &mend->inserts.ptr[i];

        memcpy(to + len, text.ptr + from, insert->at - from);
        len += insert->at - from;
        memcpy(to + len, insert->dashes ? "--" : "\n\n", MD_INSERT_BYTES);
        len += MD_INSERT_BYTES;
        from = insert->at;
    }
    memcpy(to + len, text.ptr + from, text.len - from);
    len += text.len - from;
    to[len++] = '\n';
    return (struct str){to, len};
}

static enum err_code run(struct reader *reader)
{
    static const MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH,
        .enter_block = on_enter_block,
        .leave_block = on_leave_block,
        .enter_span = on_span,
        .leave_span = on_span,
        .text = on_text,
    };
    int code = md_parse(reader->source.ptr, (MD_SIZE)reader->source.len, &parser, reader);

    if (reader->stopped)
        return reader->err->code;
    if (code)
        return err_set(reader->err, ERR_BUG, "md4c could not read the Markdown text");
    return ERR_NONE;
}

enum err_code markdown_tables(
    struct arena *arena, struct str text, struct md_tables *ret, struct err *err)
{
    struct reader reader = {
        .arena = arena, .err = err, .text = text, .heading = {"", 0}, .line = 1};
    enum err_code code;

    if (text.len > TEXT_MAX)
        return err_set(err, ERR_LIMIT, "the text holds more than %d bytes", TEXT_MAX);
    buf_init(&reader.words, BUF_NO_LIMIT);
    md_mend_find(text, &reader.mend);
    reader.source = mended(arena, text, &reader.mend);
    code = run(&reader);
    if (!code) {
        ret->count = reader.tables.len;
        ret->ptr = arena_array(arena, reader.tables.len, struct md_table);
        if (ret->count)
            memcpy(ret->ptr, reader.tables.ptr, ret->count * sizeof *ret->ptr);
    }
    vec_release(&reader.mend.inserts);
    vec_release(&reader.tables);
    vec_release(&reader.cells);
    vec_release(&reader.rows);
    buf_release(&reader.words);
    return code;
}
