/*
 * codec/markdown.h - the tables of a Markdown document (CommonMark with GFM tables), by md4c.
 *
 * A table whose header was glued to the end of another line ("- Device: cuda | Backend | Mean |",
 * the next line being its "| --- | --- |") is read as well: tools that lost line breaks write that.
 * So is one whose header follows other text without an empty line. A table of several columns ends
 * at a line without a pipe (by the letter of GFM that is a row). What stands behind the last column
 * is dropped, and so is a table without any text.
 */
#ifndef CHIMERA_CODEC_MARKDOWN_H
#define CHIMERA_CODEC_MARKDOWN_H

#include "base/arena.h"

struct md_cell {
    struct str text; /* plain text without markup, trimmed, in the arena */
    uint64_t at;     /* offset of its first character in the source */
    uint32_t len;    /* bytes of the source from the first to behind the last character */
};

struct md_table {
    struct str heading;     /* plain text of the nearest heading above; empty if none */
    uint64_t line;          /* 1-based line of the header row */
    bool glued;             /* the header stood glued to another line */
    size_t columns, rows;   /* rows without the header; short rows are filled with empty cells */
    struct md_cell *header; /* [columns] */
    struct md_cell *cells;  /* [rows * columns], row by row */
    uint64_t *row_lines;    /* [rows], 1-based */
};

struct md_tables {
    struct md_table *ptr;
    size_t count;
};

/* ERR_LIMIT past 100,000 tables, 10^7 cells or 1 GiB; ERR_BUG when md4c gives up. */
MUST_USE enum err_code markdown_tables(
    struct arena *arena, struct str text, struct md_tables *ret, struct err *err);

#endif
