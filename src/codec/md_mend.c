/* codec/md_mend.c - one pass over the lines, remembering the two lines above. */
#include "codec/md_mend.h"

struct str md_next_line(struct str *rest)
{
    struct str line = *rest;
    size_t len = 0, end;

    while (len < rest->len && rest->ptr[len] != '\n' && rest->ptr[len] != '\r')
        len++;
    line.len = len;
    end = len < rest->len ? len + 1 : len;
    if (len + 1 < rest->len && rest->ptr[len] == '\r' && rest->ptr[len + 1] == '\n')
        end++;
    *rest = str_slice(*rest, end, rest->len);
    return line;
}

/* ---- single lines ---- */

/* As md4c has it. */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static size_t skip_blanks(struct str line, size_t at)
{
    while (at < line.len && is_blank(line.ptr[at]))
        at++;
    return at;
}

static struct str trim(struct str line)
{
    line = str_slice(line, skip_blanks(line, 0), line.len);
    while (line.len && is_blank(line.ptr[line.len - 1]))
        line.len--;
    return line;
}

/*
 * Reads the cell of a delimiter row (:---:) at *at, with the blanks around it and the pipe behind
 * it. Returns its first dash; NULL if there is no such cell. *ret_short: md4c would not take it.
 */
static const char *delimiter_cell(struct str line, size_t *at, bool *ret_short)
{
    size_t from = skip_blanks(line, *at), to = from, first;

    to += to < line.len && line.ptr[to] == ':';
    for (first = to; to < line.len && line.ptr[to] == '-'; to++)
        ;
    if (to == first)
        return NULL;
    to += to < line.len && line.ptr[to] == ':';
    *ret_short = to - from < 3;
    to = skip_blanks(line, to);
    if (to < line.len && line.ptr[to] != '|')
        return NULL;
    *at = to + 1;
    return line.ptr + first;
}

/* Number of columns of a delimiter row, 0 if the line is none. */
static size_t delimiter_columns(struct str line)
{
    size_t columns = 0, at;
    bool is_short;

    line = trim(line);
    at = line.len && line.ptr[0] == '|';
    /* "- | -" is an item of a list. */
    if (str_starts(line, STR("- ")))
        return 0;
    for (; at < line.len; columns++)
        if (!delimiter_cell(line, &at, &is_short))
            return 0;
    return str_find_char(line, '|', 0) == SIZE_MAX ? 0 : columns;
}

/* The place behind the code span that begins at `at`; behind the backticks when none closes it. */
static size_t skip_code(struct str line, size_t at)
{
    size_t open = at, ticks;

    while (at < line.len && line.ptr[at] == '`')
        at++;
    ticks = at - open;
    for (size_t i = at; i < line.len;) {
        size_t run = i;

        while (run < line.len && line.ptr[run] == '`')
            run++;
        if (run - i == ticks)
            return run;
        i = run > i ? run : i + 1;
    }
    return at;
}

/* The place of the first pipe that divides cells at or behind `at`; line.len = none. */
static size_t next_pipe(struct str line, size_t at)
{
    while (at < line.len && line.ptr[at] != '|') {
        if (line.ptr[at] == '`')
            at = skip_code(line, at);
        else
            at += line.ptr[at] == '\\' ? 2 : 1;
    }
    return at < line.len ? at : line.len;
}

struct row {
    size_t pipes, cells;
    bool opened, closed; /* begins, ends with a pipe */
};

static struct row measure_row(struct str line)
{
    struct row ret = {0};
    size_t last = 0, at;

    line = trim(line);
    for (at = next_pipe(line, 0); at < line.len; at = next_pipe(line, at + 1)) {
        ret.pipes++;
        last = at;
    }
    ret.opened = line.len && line.ptr[0] == '|';
    ret.closed = ret.pipes && last + 1 == line.len;
    ret.cells = ret.pipes + 1 - ret.opened - (ret.closed && (ret.pipes > 1 || !ret.opened));
    return ret;
}

/* The place of the pipe in front of the line's last `columns` cells. */
static size_t opening_pipe(struct str line, struct row row, size_t columns)
{
    size_t skip = row.pipes - columns - row.closed, at = next_pipe(line, 0);

    while (skip--)
        at = next_pipe(line, at + 1);
    return at;
}

/* ---- the walk ---- */

struct walk {
    struct str text;
    struct md_mend *mend;
    struct str above[2]; /* the line above, and the one above that; empty where blank */
    char fence;          /* '`' or '~' inside fenced code, else 0 */
    size_t fence_len;
    size_t columns;        /* of the table that the lines above belong to; 0 = none */
    bool opened;           /* its header begins with a pipe */
    bool under_delimiters; /* the line above is a delimiter row */
};

/* Length of the run of '`' or '~' that the line begins with (behind quote marks and blanks). */
static size_t fence_run(struct str line, char *ret_mark, struct str *ret_info)
{
    size_t at = 0, from;

    while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t' || line.ptr[at] == '>'))
        at++;
    if (at == line.len || (line.ptr[at] != '`' && line.ptr[at] != '~'))
        return 0;
    *ret_mark = line.ptr[at];
    for (from = at; at < line.len && line.ptr[at] == *ret_mark; at++)
        ;
    *ret_info = str_trim(str_slice(line, at, line.len));
    return at - from;
}

/* True for the lines of fenced code and its fences. */
static bool in_fence(struct walk *walk, struct str line)
{
    struct str info = STR_NONE;
    char mark = 0;
    size_t run = fence_run(line, &mark, &info);

    if (walk->fence) {
        if (mark == walk->fence && run >= walk->fence_len && info.len == 0)
            walk->fence = 0;
        return true;
    }
    if (run < 3 || (mark == '`' && str_find_char(info, '`', 0) != SIZE_MAX))
        return false;
    walk->fence = mark;
    walk->fence_len = run;
    return true;
}

static void add_insert(struct walk *walk, const char *place, bool dashes)
{
    size_t at = (size_t)(place - walk->text.ptr), count = walk->mend->inserts.len;

    if (at && !(count && walk->mend->inserts.ptr[count - 1].at == at))
        *vec_push(&walk->mend->inserts) = (struct md_insert){at, dashes};
}

/* Lengthens the short cells of a delimiter row. */
static void add_dashes(struct walk *walk, struct str line)
{
    bool is_short;
    size_t at;

    line = trim(line);
    at = line.len && line.ptr[0] == '|';
    while (at < line.len) {
        const char *dash = delimiter_cell(line, &at, &is_short);

        if (is_short)
            add_insert(walk, dash, true);
    }
}

/* Would the line two above, `over`, swallow the header of a table of so many columns? */
static bool swallows(const struct walk *walk, struct str over, size_t columns)
{
    if (!over.len)
        return false;
    if (!walk->columns)
        return true;
    return walk->columns != columns || measure_row(over).cells > walk->columns;
}

/*
 * Is the header of so many columns only the end of this line? In a running table the line may be
 * one of its rows, which is no header, unless it holds the cells of both.
 */
static bool is_glued(const struct walk *walk, struct row row, size_t columns)
{
    if (walk->columns && row.opened == walk->opened)
        return row.cells >= columns + walk->columns;
    return row.cells > columns && !row.opened;
}

/*
 * `line` is a delimiter row of so many columns: the line above it is the header, or ends in it.
 * Returns false when it only looks like one and is a row of the table around it.
 */
static bool take_header(struct walk *walk, struct str line, size_t columns)
{
    struct str header = walk->above[0];
    struct row row = measure_row(header);
    bool glued = is_glued(walk, row, columns);

    if (glued)
        add_insert(walk, header.ptr + opening_pipe(header, row, columns), false);
    else if (row.cells == columns && row.pipes && swallows(walk, walk->above[1], columns))
        add_insert(walk, header.ptr, false);
    else if (walk->columns)
        return false;
    add_dashes(walk, line);
    walk->columns = columns;
    walk->opened = glued || row.opened;
    return true;
}

static bool is_heading(struct str line)
{
    size_t at = skip_blanks(line, 0), from = at;

    while (at < line.len && line.ptr[at] == '#')
        at++;
    return at > from && at - from <= 6 && (at == line.len || skip_blanks(line, at) > at);
}

/*
 * Does this line, which is not empty, end the table that the lines above belong to? md4c goes on
 * with it over headings and fences (GFM does not), and both over text without a pipe, which in a
 * table of several columns is nothing but text.
 */
static bool ends_table(const struct walk *walk, struct str line)
{
    return walk->fence || is_heading(line) || (walk->columns > 1 && next_pipe(line, 0) == line.len);
}

static void take_line(struct walk *walk, struct str line)
{
    bool in_code = in_fence(walk, line), empty = !str_trim(line).len, is_header = false;
    size_t columns = 0;

    if (!in_code && walk->above[0].len && !walk->under_delimiters)
        columns = delimiter_columns(line);
    if (columns) {
        is_header = take_header(walk, line, columns);
    } else if (walk->columns && (empty || ends_table(walk, line))) {
        walk->columns = 0;
        if (!empty)
            add_insert(walk, line.ptr, false);
    }
    walk->under_delimiters = is_header;
    walk->above[1] = walk->above[0];
    walk->above[0] = (struct str){line.ptr, empty || in_code ? 0 : line.len};
}

void md_mend_find(struct str text, struct md_mend *ret)
{
    struct walk walk = {.text = text, .mend = ret, .above = {{text.ptr, 0}, {text.ptr, 0}}};

    *ret = (struct md_mend){0};
    while (text.len)
        take_line(&walk, md_next_line(&text));
}
