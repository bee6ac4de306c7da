/*
 * ingest/grid.h - what a file holds, as records: the half-way house between a reader and facts.
 *
 * Readers (grid_csv, grid_json, grid_markdown) fill grids; nothing here knows what a number means.
 * A grid gathers all records that stand at the same place of the document, e.g. "/metrics/ * /gpu/
 * *"; its columns are the scalars of the records, nested plain objects flattened. A row knows the
 * row of the enclosing record, so that it can inherit from it. Grids borrow the text and die with
 * the file.
 */
#ifndef CHIMERA_INGEST_GRID_H
#define CHIMERA_INGEST_GRID_H

#include "base/map.h"
#include "base/vec.h"
#include "codec/encoding.h"
#include "fact/factset.h"

struct format_rule;

enum cell_kind {
    CELL_NULL,
    CELL_TRUE,
    CELL_FALSE,
    CELL_NUMBER,         /* JSON number */
    CELL_STRING,         /* JSON string without escapes */
    CELL_STRING_ESCAPED, /* JSON string with escapes */
    CELL_PLAIN,          /* CSV or Markdown text */
    CELL_PLAIN_ESCAPED,  /* CSV text with doubled quotes */
};

struct cell {
    uint32_t row, len;
    uint64_t at : 56; /* address: text first, then the side buffer */
    uint64_t kind : 8;
};

struct column {
    struct str leaf, parent; /* key or header; the key above it inside the record (empty = none) */
    struct str pointer;      /* "/benchmark/mean_time_ms"; empty in tables without pointers */
    struct str unit;         /* from a unit row or a column beside it; empty = none */
    struct str quantity;     /* the name, where the object around the number is the name */
    uint32_t family;         /* columns that were one are of one family; 0 = this one is whole */
    const struct format_rule *rule; /* what the format says of it, or NULL */
    uint32_t prefix;        /* id of the flattened object it stands in; 0 = the record itself */
    bool options;           /* stands below "options", "environment", ... */
    bool metadata;          /* stands below "metadata" */
    VEC(struct cell) cells; /* ascending by row */
};

/* A flattened object inside a record. */
struct prefix {
    uint32_t parent;
    struct str key, pointer;
    uint32_t last_row; /* row + 1 in which it was seen last: a second sight is a duplicate key */
    bool options, metadata;
};

struct grid {
    struct str place;  /* "/metrics/[]/gpu/[]"; "{}" for a map key; "" = the document itself */
    struct str record; /* key of the list or map: "gpu"; "" = none */
    struct str before; /* pointer text in front of the own index: "/gpu/" */
    struct grid *parent;
    uint32_t depth; /* levels with an index or key: 0 for the document, 1 for "/a/[]", ... */
    bool by_key;    /* the level is a map key, not an index */
    bool bare;      /* elements are lone scalars */
    bool lines;     /* JSON Lines: the index is the line, not part of the pointer */
    bool has_pointer, has_rows; /* JSON pointers / numbered data rows */
    VEC(uint32_t) parent_row;
    VEC(uint32_t)
    index; /* index in the list, or id of the key in grids.keys; row number - 1 for tables */
    VEC(uint64_t) row_at;
    VEC(uint32_t) row_line;
    VEC(struct column) columns;
    VEC(struct prefix) prefixes; /* [0] is the record itself */
    size_t hint;                 /* column expected next */
    struct map names;            /* prefix and key */
    VEC(uint32_t) named;         /* name's id to column */
};

enum grids_noise {
    NOISE_DUPLICATE_KEY,
    NOISE_NOT_A_NUMBER,
    NOISE_RAGGED,
    NOISE_QUOTES,
    NOISE_TOO_MANY,
    NOISE_BAD_CELL,
    NOISE_DUPLICATE_COLUMN,
    NOISE_AMBIGUOUS,
    NOISE_HEADER,
    NOISE_SUMMARY,
    NOISE_FULL,
    NOISE_COUNT,
};

struct side_piece {
    uint64_t side_at, text_at;
    bool escaped;
};

struct grids {
    struct arena *arena;       /* scratch of this file */
    struct artifact *artifact; /* where problems go */
    const struct encoding *encoding;
    struct str text;
    struct buf side; /* unescaped JSON out of CSV cells; addresses behind the text's */
    VEC(struct side_piece) side_pieces;
    struct map keys;        /* map keys of by_key grids */
    VEC(uint32_t) key_seen; /* per key: serial number of the map that held it last */
    uint32_t map_serial;
    VEC(struct grid *) list;
    bool comma_may_be_decimal; /* a delimited table whose delimiter is not the comma */
    uint64_t cell_count, cell_limit;
    unsigned noise[NOISE_COUNT]; /* problems already said, by kind: see grids_problem() */
};

void grids_init(struct grids *grids, struct arena *arena, struct artifact *artifact,
    const struct encoding *encoding);
void grids_release(struct grids *grids);

struct grid *grids_find(struct grids *grids, struct str place);
struct grid *grids_add(struct grids *grids, struct str place, struct grid *parent);
/* True, and told once, when the file has used up its limit of cells and rows: readers stop then. */
bool grids_full(struct grids *grids);
uint32_t grid_add_row(struct grids *grids, struct grid *grid, uint32_t parent_row, uint32_t index,
    uint64_t at, uint32_t line);
uint32_t grid_prefix(struct grids *grids, struct grid *grid, uint32_t parent, struct str key);
/* grid_prefix() for a list or object in a row; false, and told, when the key stood there before. */
bool grid_enter(struct grids *grids, struct grid *grid, uint32_t row, uint32_t parent,
    struct str key, uint64_t at, uint32_t *ret_prefix);
/* The column of this key; made at first sight. NULL past the limit of columns. */
struct column *grid_column(struct grids *grids, struct grid *grid, uint32_t prefix, struct str key);
/* Adds a cell; a second one in the same row replaces the first and is reported as a duplicate key.
 */
void grid_add_cell(struct grids *grids, struct column *column, uint32_t row, enum cell_kind kind,
    uint64_t at, uint32_t len);

/* The cell's bytes as written. */
struct str grids_raw(const struct grids *grids, const struct cell *cell);
/* The cell's meaning as text, unescaped and trimmed; null is empty, booleans are true/false. */
struct str grids_text(const struct grids *grids, const struct cell *cell);
/* Byte in the file for an address. */
uint64_t grids_file_at(const struct grids *grids, uint64_t at);
/* 1-based line of an address in the text; counts, so for problems only. */
uint64_t grids_line(const struct grids *grids, uint64_t at);

/* True once a kind of problem was said often enough: nothing need be computed for it any more. */
bool grids_quiet(const struct grids *grids, enum grids_noise noise);
/* artifact_problem(), but after ten of one kind one more says that there are more, then silence. */
void grids_problem(struct grids *grids, enum grids_noise noise, uint64_t line, const char *kind,
    const char *fmt, ...) PRINTF_LIKE(5, 6);

/* Readers. Each adds grids and problems; what cannot be read at all is a problem and no grid. */
void grid_read_json(struct grids *grids);
void grid_read_json_lines(struct grids *grids);
void grid_read_csv(struct grids *grids);
void grid_read_markdown(struct grids *grids);

/* Flattens one JSON object (a tape over any text; base = address of its first byte) into a row. */
struct json;
void grid_add_json_object(struct grids *grids, struct grid *grid, uint32_t row,
    const struct json *json, uint32_t node, uint32_t prefix, uint64_t base);

#endif
