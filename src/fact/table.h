/*
 * fact/table.h - how facts lie in memory. Private to src/fact and to the builders in src/ingest.
 *
 * A table is rows x measures. What all rows share is stored once a column. A measure's cell takes
 * 18 bytes and its text: a double, the place of the text in the pool, the distance of its byte from
 * its row's first byte, a length. Strings are ids of the artifact's dictionary (0 = empty).
 */
#ifndef CHIMERA_FACT_TABLE_H
#define CHIMERA_FACT_TABLE_H

#include "fact/factset.h"

enum { ROW_FAILED = 1, ROW_COLD = 2 };

/* text_at of an absent number that the row was not to have: another measure stands for it. */
#define TEXT_NOT_HERE UINT32_MAX

/* A column of strings; codes NULL = every row holds `constant`. */
struct string_column {
    uint32_t key; /* dictionary id of the column's name */
    uint32_t constant;
    uint32_t *codes;
};

struct measure {
    uint32_t metric, definition, column,
        pointer; /* dictionary ids; pointer: suffix behind the row's */
    const char *unit, *statistic;
    struct scale scale;
    unsigned flags;   /* of every fact in it: unit_guessed, subject_guessed */
    bool taints_cold; /* times that include loading: cold_start marks them */
    double *values;
    uint32_t *text_at;  /* into the table's pool */
    int32_t *delta;     /* byte offset minus the row's */
    uint16_t *text_len; /* 0 = absent */
};

struct mark {
    uint32_t row;
    uint32_t length;
    uint64_t offset;
    struct str text;
};

/* One level of a JSON pointer: the text in front, then the row's own index or key. */
struct pointer_level {
    struct str before; /* e.g. "/results/" */
    uint32_t *index;   /* per row; or NULL: */
    uint32_t *keys;    /* per row, dictionary ids of map keys */
};

struct table {
    uint32_t rows, measure_count, subject_count, level_count;
    unsigned char width; /* bytes in the file for one byte of a number's text */
    uint64_t *row_at;
    uint32_t *row_line;   /* NULL = unknown */
    uint32_t *row_number; /* NULL = rows have no number (JSON) */
    unsigned char *row_flags;
    uint32_t *samples; /* per row, or NULL */
    struct pointer_level *levels;
    struct string_column *subjects;
    struct string_column time;
    bool time_local; /* time has no zone */
    struct measure *measures;
    struct mark *marks; /* of failed rows, ascending by row */
    uint32_t mark_count;
    bool has_pointer;
    char *pool;
};

static inline struct str table_string(const struct artifact *artifact, uint32_t id)
{
    return map_key(&artifact->strings, id);
}

static inline uint32_t column_code(const struct string_column *column, uint32_t row)
{
    return column->codes ? column->codes[row] : column->constant;
}

/* Fills a view; the cell may be absent. */
void table_fact(const struct artifact *artifact, uint32_t artifact_index, const struct table *table,
    uint32_t measure, uint32_t row, struct fact *ret);

#endif
