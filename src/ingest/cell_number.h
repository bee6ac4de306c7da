/*
 * ingest/cell_number.h - is this cell a number, and which?
 */
#ifndef CHIMERA_INGEST_CELL_NUMBER_H
#define CHIMERA_INGEST_CELL_NUMBER_H

#include "ingest/grid.h"

enum cell_is {
    CELL_IS_ABSENT, /* empty, null, n/a, -, none */
    CELL_IS_NUMBER,
    CELL_IS_TEXT,
    CELL_IS_AMBIGUOUS, /* 1,234 where a comma may be a decimal comma; 0.97 among 97% */
};

/* How the numbers of one column are written. */
struct number_style {
    struct str unit;           /* stands behind each number in the cells: "tok/s"; empty = none */
    bool comma_may_be_decimal; /* the delimiter is not a comma */
    bool decimal_comma;        /* some cell of the column can only be one */
    bool point_may_group;      /* and so some column of the table has them: 1.234 may be 1234 */
};

/* Looks at the column's cells. */
struct number_style number_style_of(
    const struct grids *grids, const struct column *column, bool comma_may_be_decimal);

struct cell_number {
    double value; /* as written, no unit applied */
    uint64_t at;  /* address of the first byte of the number */
    uint32_t len;
};

/* ret is filled for CELL_IS_NUMBER only. */
enum cell_is cell_number(const struct grids *grids, const struct cell *cell,
    const struct number_style *style, struct cell_number *ret);

/* Words for "nothing": "", na, n/a, none, null, nil, -, --, unknown. */
bool cell_word_is_absent(struct str text);
/* A text that tells of a failure: begins with error, or holds "timed out", "refused", ... */
bool cell_text_is_error(struct str text);

#endif
