/* codec/md_break.c - one pass over the lines, remembering the two lines above. */
#include "codec/md_break.h"

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

size_t md_delimiter_columns(struct str line)
{
    size_t columns = 0, pipes = 0, at = 0;

    line = str_trim(line);
    if (line.len && line.ptr[0] == '|') {
        pipes++;
        at++;
    }
    while (at < line.len) {
        size_t dashes = 0;

        while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
            at++;
        at += at < line.len && line.ptr[at] == ':';
        for (; at < line.len && line.ptr[at] == '-'; at++)
            dashes++;
        at += at < line.len && line.ptr[at] == ':';
        while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
            at++;
        if (!dashes || (at < line.len && line.ptr[at] != '|'))
            return 0;
        columns++;
        pipes += at < line.len;
        at++;
    }
    return pipes ? columns : 0;
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

    line = str_trim(line);
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
    struct md_breaks *breaks;
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

static void add_break(struct walk *walk, const char *place)
{
    if (place > walk->text.ptr)
        *vec_push(&walk->breaks->at) = (size_t)(place - walk->text.ptr);
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

/* The line above is the header of a table of so many columns, or the last words of it are. */
static void take_header(struct walk *walk, size_t columns)
{
    struct str line = walk->above[0];
    struct row row = measure_row(line);
    bool glued = is_glued(walk, row, columns);

    if (glued)
        add_break(walk, line.ptr + opening_pipe(line, row, columns));
    else if (row.cells == columns && row.pipes && swallows(walk, walk->above[1], columns))
        add_break(walk, line.ptr);
    else if (walk->columns)
        return; /* looks like a delimiter row, but is a row of the table around it */
    walk->columns = columns;
    walk->opened = glued || row.opened;
    walk->under_delimiters = true;
}

static void take_line(struct walk *walk, struct str line)
{
    struct str trimmed = str_trim(line);
    size_t columns = 0;

    if (in_fence(walk, line)) {
        line = trimmed = (struct str){line.ptr, 0};
        walk->columns = 0;
    }
    if (walk->above[0].len && !walk->under_delimiters)
        columns = md_delimiter_columns(line);
    walk->under_delimiters = false;
    if (columns)
        take_header(walk, columns);
    else if (walk->columns && next_pipe(line, 0) == line.len)
        walk->columns = 0;
    walk->above[1] = walk->above[0];
    walk->above[0] = trimmed.len ? line : trimmed;
}

void md_breaks_find(struct str text, struct md_breaks *ret)
{
    struct walk walk = {.text = text, .breaks = ret, .above = {{text.ptr, 0}, {text.ptr, 0}}};

    *ret = (struct md_breaks){0};
    while (text.len)
        take_line(&walk, md_next_line(&text));
}
