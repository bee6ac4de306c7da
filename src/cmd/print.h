/*
 * cmd/print.h - words for people: safe on any terminal, at most as wide as it.
 *
 * What comes from data passes print_safe(): control characters and bytes that are not UTF-8 never
 * reach a terminal.
 */
#ifndef CHIMERA_CMD_PRINT_H
#define CHIMERA_CMD_PRINT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

/* COLUMNS, else the terminal's width, else 80; from 40 to 200. */
size_t print_width(void);
/* True when standard output (or standard error) is a terminal. */
bool print_is_terminal(bool error);
/* True when standard output is a terminal that wants colour (NO_COLOR is not set). */
bool print_has_color(void);

/* Writes the buffer to standard output and empties it. */
void print_out(struct buf *buf);
/* The same once it holds 64 KiB. */
void print_out_often(struct buf *buf);
/* "chimera: sentence" on standard error. */
void print_complaint(struct str sentence);

/* Control characters become \xNN, line ends and tabs blanks, what is not UTF-8 U+FFFD. */
void print_safe(struct buf *buf, struct str s);
/* A path: percent-encoded where it is not UTF-8, then safe. */
void print_path(struct buf *buf, struct str path);
enum print_cut { CUT_END, CUT_BEGINNING, CUT_MIDDLE };
/* At most `width` columns of s, with an ellipsis where something was left out. */
void print_cut(struct buf *buf, struct str s, size_t width, enum print_cut where);
/* s in lines of at most `width` columns, those after the first indented; ends in \n. */
void print_wrap(struct buf *buf, struct str s, size_t width, size_t indent);
/* A heading, bold where there is colour; ends in \n. */
void print_heading(struct buf *buf, const char *text);
/* "1,234,567" */
void print_count(struct buf *buf, uint64_t count);
/* "1.2 MB", decimal. */
void print_bytes(struct buf *buf, uint64_t bytes);

/* ---- tables */

enum print_kind {
    PRINT_TEXT,   /* left; may be cut at its end */
    PRINT_PATH,   /* left; may be cut at its beginning */
    PRINT_KEY,    /* left; may be cut in its middle */
    PRINT_NUMBER, /* right; never cut */
};

struct print_column {
    const char *title;
    enum print_kind kind;
    size_t width; /* of the widest cell so far */
    size_t least; /* text is not cut shorter; 0 = as short as the title, at least 6 */
};

/*
 * Rows are kept until print_table_flush(); a long table is flushed in pieces, whose columns stay
 * where they are unless a wider number comes. Cells are made safe when they are added.
 */
struct print_table {
    struct arena arena;
    struct print_column *columns;
    size_t column_count, indent;
    VEC(struct str) cells;
    bool has_header;
    bool wide; /* do not cut */
};

void print_table_init(struct print_table *table, struct print_column *columns, size_t count);
void print_table_release(struct print_table *table);
/* Cell by cell, row by row. */
void print_table_add(struct print_table *table, struct str cell);
size_t print_table_rows(const struct print_table *table);
/* False when even with all text cut short the numbers do not fit. */
bool print_table_fits(struct print_table *table, size_t width);
/* Writes header (once) and rows, and forgets the rows. */
void print_table_flush(struct print_table *table, struct buf *buf);

#endif
