/*
 * fact/factset.h - the facts of a scan: artifacts, their tables, and views of single facts.
 *
 * Facts lie as columns of tables (fact/table.h, private to this folder and to fact/build.h's
 * users); everyone else sees struct fact, a small view that is valid as long as the fact set.
 */
#ifndef CHIMERA_FACT_FACTSET_H
#define CHIMERA_FACT_FACTSET_H

#include "base/buf.h"
#include "base/map.h"
#include "base/sha256.h"
#include "base/vec.h"
#include "fact/flag.h"
#include "fact/unit.h"

struct table;

enum artifact_type { TYPE_CSV, TYPE_JSON, TYPE_MARKDOWN, TYPE_COUNT };

#define NO_ARTIFACT UINT32_MAX

struct problem {
    uint64_t line; /* 1-based; 0 = the file as a whole */
    const char *kind;
    struct str message; /* a sentence with its remedy */
};

/* One file of results. Owned by the fact set; its memory is its own arena. */
struct artifact {
    struct arena arena;
    uint32_t root;   /* index of the folder that was named */
    struct str path; /* relative to the root, '/' between parts, bytes as on disk */
    struct str file; /* how to open it */
    enum artifact_type type;
    const char *format;   /* "study.sweep", "csv", ..., "unknown" */
    const char *encoding; /* encoding_name() */
    bool gzip;
    uint64_t bytes;
    int64_t modified_ns;
    struct sha256 sha256;
    bool hashed;
    uint32_t duplicate_of; /* index of the preferred artifact with the same bytes, or NO_ARTIFACT */
    unsigned flags;        /* of the whole artifact: FLAG_DUPLICATE, FLAG_SUBJECT_GUESSED, ... */
    uint64_t fact_count;   /* numbers read, those of failed rows included */
    struct map strings;    /* dictionary of all names and subject values */
    VEC(struct table *) tables;
    VEC(struct problem) problems;
};

struct factset {
    struct arena arena;
    VEC(struct str) roots;
    struct artifact **artifacts; /* sorted by root and path */
    size_t count;
};

void factset_init(struct factset *set);
void factset_release(struct factset *set);

const char *artifact_type_name(enum artifact_type type); /* "csv", "json", "markdown" */

struct artifact *artifact_new(void);
void artifact_free(struct artifact *artifact);
void artifact_problem(struct artifact *artifact, uint64_t line, const char *kind, const char *fmt,
    ...) PRINTF_LIKE(4, 5);

/* A view of one fact. Copy it freely. */
struct fact {
    const struct artifact *artifact;
    const struct table *table;
    uint32_t artifact_index, measure, row;
    double value;    /* in the base unit */
    struct str text; /* as written; empty = the cell is absent (seen only in failed rows) */
    unsigned flags;  /* bits of enum flag */
};

struct str fact_metric(const struct fact *fact);
const char *fact_unit(const struct fact *fact);
const char *fact_statistic(const struct fact *fact);
struct str fact_definition(const struct fact *fact); /* empty = none stated */
struct scale fact_scale(const struct fact *fact);
uint32_t fact_samples(const struct fact *fact); /* 0 = unknown */
struct str fact_time(const struct fact *fact);  /* RFC 3339 or local form; empty = none */
/* Subject: pairs 0 .. count-1; values that are empty are absent and must be skipped. */
size_t fact_subject_count(const struct fact *fact);
struct str fact_subject_at(const struct fact *fact, size_t i, struct str *ret_value);
struct str fact_subject(const struct fact *fact, struct str key); /* ptr NULL = absent */

/* Where it stands. */
uint64_t fact_offset(const struct fact *fact);     /* byte in the file (inflated if gzip) */
uint32_t fact_length(const struct fact *fact);     /* bytes in the file */
uint32_t fact_row_number(const struct fact *fact); /* 1-based data row; 0 = no rows there */
uint32_t fact_line(const struct fact *fact);       /* 1-based line of its row; 0 = not known */
struct str fact_column(const struct fact *fact);   /* header; empty = none */
bool fact_pointer(const struct fact *fact, struct buf *buf); /* appends RFC 6901; false = none */
/* True when the row, not only this number, began with a cold model. */
bool fact_row_is_cold(const struct fact *fact);

/* The mark of failure of the fact's row: its text and place. False when the row did not fail. */
struct failure_mark {
    struct str text;
    uint64_t offset;
    uint32_t length;
};
bool fact_failure(const struct fact *fact, struct failure_mark *ret);

#endif
