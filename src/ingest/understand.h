/*
 * ingest/understand.h - from grids to meaning: what each column is, which rows failed, which were
 * cold, what each row is about. The steps between a reader and ingest/emit.
 */
#ifndef CHIMERA_INGEST_UNDERSTAND_H
#define CHIMERA_INGEST_UNDERSTAND_H

#include "fact/table.h"
#include "ingest/cell_number.h"
#include "ingest/format.h"

/* A number of a measure column. */
struct number {
    double value; /* in the base unit */
    uint64_t at;  /* address of its text */
    uint32_t row;
    uint16_t len;
    bool gone; /* the same number stands in another column of the record, or it means "nothing" */
};

struct column_use {
    enum role role;
    struct meaning meaning;
    struct number_style style;
    struct number *numbers; /* of a measure, ascending by row */
    size_t number_count;
    bool part; /* another number of the same metric stands in the record: the parent names the part
                */
};

/* A subject of the rows: own, the key of the map, or inherited. */
struct subject {
    struct str key;
    uint32_t *codes; /* per row, ids of the artifact's dictionary */
};

struct grid_use {
    struct grid *grid;
    uint32_t rows;
    struct column_use *columns; /* as many as the grid has */
    unsigned char *row_flags;
    struct mark *marks; /* ascending by row */
    uint32_t mark_count;
    VEC(struct subject) subjects;
    uint32_t *time; /* per row, or NULL */
    bool time_local;
    uint32_t *samples; /* per row, or NULL */
};

struct understanding {
    struct grids *grids;
    struct artifact *artifact;
    const struct format *format;
    struct grid_use *uses; /* one for each grid, in the same order: parents first */
    size_t count;
    uint64_t codes; /* subject values laid out so far, rows x columns */
};

/* Allocates in the grids' arena; vectors are freed by understanding_release(). */
void understand(struct grids *grids, struct artifact *artifact, const struct format *format,
    struct understanding *ret);
void understanding_release(struct understanding *u);

/* Before all else: columns whose rows mean different things become several columns. */
void understand_split(struct grids *grids, const struct format *format);
/* The steps, in this order; each fills its part of every grid_use. */
void understand_columns(struct understanding *u);  /* roles, meanings, numbers */
void understand_rows(struct understanding *u);     /* failed, cold, twice the same number */
void understand_subjects(struct understanding *u); /* subjects, time, samples */

/* Does this cell say that its row failed? */
bool understand_cell_fails(
    const struct understanding *u, const struct column_use *use, const struct cell *cell);
/* Failures told in a list beside this one, element by element; marks has one for each row. */
void understand_lists_beside(
    const struct understanding *u, struct grid_use *use, struct mark *marks);

/* The parent's use of a grid; NULL for a root. */
struct grid_use *understanding_parent(const struct understanding *u, const struct grid_use *use);

#endif
