/*
 * codec/csv.h - CSV and its relatives (RFC 4180, any one-byte delimiter), cell by cell, with
 * places.
 *
 * Lines end in LF, CRLF or a lone CR. A cell that begins with a quote runs to the
 * closing quote, over line ends; "" inside stands for one quote. Everything is
 * accepted; what is odd is said: a quote that never closes, text behind a closing
 * quote, a NUL byte. Cells borrow the text.
 */
#ifndef CHIMERA_CODEC_CSV_H
#define CHIMERA_CODEC_CSV_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

struct csv_cell {
    uint64_t at : 62;     /* offset of the first byte of the content (behind the opening quote) */
    uint64_t quoted : 1;  /* stood in quotes */
    uint64_t escaped : 1; /* holds "" */
    uint32_t len; /* bytes of the content as written, without the outer quotes (cut at 4 GiB) */
};

enum csv_odd {
    CSV_FINE = 0,
    CSV_OPEN_QUOTE = 1,  /* the text ended inside quotes */
    CSV_AFTER_QUOTE = 2, /* bytes between a closing quote and the next delimiter; kept in the cell:
                            the cell is then taken from the opening quote on, as unquoted text */
    CSV_NUL = 4,         /* a NUL byte in the row */
    CSV_TOO_MANY = 8,    /* more cells than the limit; the rest of the row was skipped */
};

struct csv {
    struct str text;
    char delimiter;
    size_t at;          /* where the next row begins */
    uint64_t next_line; /* 1-based line on which the next row begins */
    size_t cells_max;
    /* the row that csv_next() read last: */
    VEC(struct csv_cell) cells;
    uint64_t line;   /* 1-based line on which it began */
    uint64_t row_at; /* offset of its first byte */
    unsigned odd;    /* bits of enum csv_odd */
};

void csv_init(struct csv *csv, struct str text, char delimiter, size_t cells_max);
void csv_release(struct csv *csv);
/* Reads the next row that is not an empty line; false at the end. */
bool csv_next(struct csv *csv);

static inline struct str csv_raw(const struct csv *csv, size_t cell)
{
    return (struct str){csv->text.ptr + csv->cells.ptr[cell].at, csv->cells.ptr[cell].len};
}

/* Content without doubled quotes; borrowed where nothing is escaped, else in the arena. */
struct str csv_unescape(struct arena *arena, struct str raw, bool escaped);

/*
 * The delimiter of , ; TAB | that splits the first rows (outside quotes) most evenly into two or
 * more cells; ',' when none does. Looks at 64 KiB at most.
 */
char csv_sniff(struct str text);

/*
 * s as one cell of a table with commas, quoted only where it must be. An empty cell is written as
 * nothing: a row that is one empty cell needs "" from the caller, or it is an empty line.
 */
void csv_quote(struct buf *buf, struct str s);

#endif
