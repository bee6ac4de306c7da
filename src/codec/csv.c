/*
 * codec/csv.c - reading and writing CSV.
 *
 * The scan for the end of a cell looks at eight bytes at a time; all else is
 * plain code, because it runs once a cell and not once a byte.
 */
#include "codec/csv.h"

#define ONES 0x0101010101010101u
#define HIGHS 0x8080808080808080u

void csv_init(struct csv *csv, struct str text, char delimiter, size_t cells_max)
{
    *csv = (struct csv){
        .text = text, .delimiter = delimiter, .next_line = 1, .cells_max = cells_max, .line = 1};
}

void csv_release(struct csv *csv)
{
    vec_release(&csv->cells);
}

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

/*
 * The place of the first byte at or behind `at` that is the delimiter or at most
 * '\r' (so that one comparison finds NUL, LF and CR; the few other control bytes
 * are sorted out by the caller). The bit tricks may also mark bytes above the first true hit,
 * never below it, so the lowest mark is right.
 */
static size_t scan(struct str text, size_t at, char delimiter)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t same = ONES * (unsigned char)delimiter;

    for (; text.len - at >= 8; at += 8) {
        uint64_t word, diff, hits;

        memcpy(&word, text.ptr + at, sizeof word);
        diff = word ^ same;
        hits = (((diff - ONES) & ~diff) | ((word - ONES * ('\r' + 1)) & ~word)) & HIGHS;
        if (hits)
            return at + (size_t)__builtin_ctzll(hits) / 8;
    }
#endif
    while (at < text.len && text.ptr[at] != delimiter && (unsigned char)text.ptr[at] > '\r')
        at++;
    return at;
}

/* Where the unquoted text from `at` on ends: at a delimiter, a line end or the end of all. */
static size_t cell_end(struct csv *csv, size_t at)
{
    for (;; at++) {
        at = scan(csv->text, at, csv->delimiter);
        if (at == csv->text.len || csv->text.ptr[at] == csv->delimiter || is_end(csv->text.ptr[at]))
            return at;
        if (csv->text.ptr[at] == '\0')
            csv->odd |= CSV_NUL;
    }
}

/* Line ends in the content of a quoted cell; the byte behind it is a quote or the end of all. */
static uint64_t count_lines(struct str s)
{
    uint64_t lines = 0;

    for (size_t i = 0; i < s.len; i++)
        lines += s.ptr[i] == '\n' ? !(i && s.ptr[i - 1] == '\r') : s.ptr[i] == '\r';
    return lines;
}

/* The place of the quote that closes the cell whose content begins at `at`; text.len = none. */
static size_t closing_quote(const struct csv *csv, size_t at, bool *ret_escaped)
{
    struct str text = csv->text;

    for (;; at += 2) {
        const char *quote = at < text.len ? memchr(text.ptr + at, '"', text.len - at) : NULL;

        if (!quote)
            return text.len;
        at = (size_t)(quote - text.ptr);
        if (at + 1 == text.len || text.ptr[at + 1] != '"')
            return at;
        *ret_escaped = true;
    }
}

static void add_cell(struct csv *csv, size_t from, size_t to, bool quoted, bool escaped)
{
    size_t len = to - from;
    struct csv_cell *cell;

    if (csv->cells.len >= csv->cells_max) {
        csv->odd |= CSV_TOO_MANY;
        return;
    }
    cell = vec_push(&csv->cells);
    cell->at = from;
    cell->quoted = quoted;
    cell->escaped = escaped;
    cell->len = len > UINT32_MAX ? UINT32_MAX : (uint32_t)len;
}

/* Reads the cell whose opening quote stands at `at`; returns the place behind it. */
static size_t read_quoted(struct csv *csv, size_t at)
{
    bool escaped = false;
    size_t close = closing_quote(csv, at + 1, &escaped), end;
    struct str content = str_slice(csv->text, at + 1, close);

    csv->next_line += count_lines(content);
    if (content.len && memchr(content.ptr, '\0', content.len))
        csv->odd |= CSV_NUL;
    if (close == csv->text.len) {
        csv->odd |= CSV_OPEN_QUOTE;
        add_cell(csv, at + 1, close, true, escaped);
        return close;
    }
    end = cell_end(csv, close + 1);
    if (end == close + 1) {
        add_cell(csv, at + 1, close, true, escaped);
    } else {
        csv->odd |= CSV_AFTER_QUOTE;
        add_cell(csv, at, end, false, false);
    }
    return end;
}

static size_t read_cell(struct csv *csv, size_t at)
{
    size_t end;

    if (at < csv->text.len && csv->text.ptr[at] == '"')
        return read_quoted(csv, at);
    end = cell_end(csv, at);
    add_cell(csv, at, end, false, false);
    return end;
}

/* Moves csv->at behind the line end that stands there. */
static void skip_end(struct csv *csv)
{
    if (csv->text.ptr[csv->at] == '\r' && csv->at + 1 < csv->text.len &&
        csv->text.ptr[csv->at + 1] == '\n')
        csv->at++;
    csv->at++;
    csv->next_line++;
}

bool csv_next(struct csv *csv)
{
    size_t at;

    while (csv->at < csv->text.len && is_end(csv->text.ptr[csv->at]))
        skip_end(csv);
    csv->cells.len = 0;
    csv->odd = CSV_FINE;
    if (csv->at == csv->text.len)
        return false;
    csv->row_at = csv->at;
    csv->line = csv->next_line;
    at = read_cell(csv, csv->at);
    while (at < csv->text.len && csv->text.ptr[at] == csv->delimiter)
        at = read_cell(csv, at + 1);
    csv->at = at;
    if (at < csv->text.len)
        skip_end(csv);
    return true;
}

struct str csv_unescape(struct arena *arena, struct str raw, bool escaped)
{
    size_t len = 0;
    char *to;

    if (!escaped)
        return raw;
    to = arena_alloc(arena, raw.len + 1);
    for (size_t i = 0; i < raw.len; i++) {
        to[len++] = raw.ptr[i];
        if (raw.ptr[i] == '"' && i + 1 < raw.len && raw.ptr[i + 1] == '"')
            i++;
    }
    to[len] = '\0';
    return (struct str){to, len};
}

/* ---- guessing the delimiter ------------------------------------------------------------------ */

enum { SNIFF_BYTES = 65536, SNIFF_ROWS = 256, SNIFF_CELLS = 4096 };

struct evenness {
    size_t rows, even; /* all rows; those with the most frequent number (2 or more) of cells */
    bool first;        /* the first row, mostly the header, is one of the even ones */
};

static struct evenness measure(struct str text, bool cut, char delimiter)
{
    size_t counts[SNIFF_ROWS], rows = 0;
    struct evenness ret = {0};
    struct csv csv;

    csv_init(&csv, text, delimiter, SNIFF_CELLS);
    /* Text behind a closing quote speaks against the delimiter: quotes stand around whole cells. */
    while (rows < SNIFF_ROWS && csv_next(&csv))
        counts[rows++] = csv.odd & CSV_AFTER_QUOTE ? 1 : csv.cells.len;
    /* A sample that was cut ends in a piece of a row, which says nothing. */
    if (cut && rows > 1 && csv.at == text.len)
        rows--;
    csv_release(&csv);
    for (size_t i = 0; i < rows; i++) {
        size_t even = 0;

        for (size_t j = 0; j < rows; j++)
            even += counts[j] == counts[i];
        if (counts[i] < 2 || even <= ret.even)
            continue;
        ret.even = even;
        ret.first = counts[i] == counts[0];
    }
    ret.rows = rows;
    return ret;
}

static bool better(struct evenness a, struct evenness b)
{
    if (!a.even || !b.even)
        return a.even > b.even;
    if (a.first != b.first)
        return a.first;
    return a.even * b.rows > b.even * a.rows;
}

char csv_sniff(struct str text)
{
    /* The comma last: where another one splits as evenly, commas are decimal points or prose. */
    static const char candidates[] = {'\t', ';', '|', ','};
    bool cut = text.len > SNIFF_BYTES;
    struct evenness best = {0};
    char ret = ',';

    text = str_slice(text, 0, SNIFF_BYTES);
    for (size_t i = 0; i < sizeof candidates; i++) {
        struct evenness now = measure(text, cut, candidates[i]);

        if (better(now, best)) {
            best = now;
            ret = candidates[i];
        }
    }
    return ret;
}

/* ---- writing --------------------------------------------------------------------------------- */

static bool needs_quotes(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == ',' || s.ptr[i] == '"' || is_end(s.ptr[i]))
            return true;
    return false;
}

void csv_quote(struct buf *buf, struct str s)
{
    if (!needs_quotes(s)) {
        buf_add_str(buf, s);
        return;
    }
    buf_add_char(buf, '"');
    while (s.len) {
        size_t quote = str_find_char(s, '"', 0);
        size_t len = quote == SIZE_MAX ? s.len : quote + 1;

        buf_add(buf, s.ptr, len);
        if (quote != SIZE_MAX)
            buf_add_char(buf, '"');
        s = str_slice(s, len, s.len);
    }
    buf_add_char(buf, '"');
}
