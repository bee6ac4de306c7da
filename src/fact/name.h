/*
 * fact/name.h - what a column's or a key's name says: metric, unit, statistic; or that it is no
 * metric.
 *
 * "TTFT (ms)" -> ttft in ms; "p95_ms" beside "latency" -> latency's p95 in ms; "num_ctx" ->
 * subject. Only the name is looked at, never the values and never a column's position.
 * docs/facts.md tells the rules.
 */
#ifndef CHIMERA_FACT_NAME_H
#define CHIMERA_FACT_NAME_H

#include "base/arena.h"
#include "fact/metric.h"
#include "fact/unit.h"

enum role {
    ROLE_MEASURE, /* numbers of a metric */
    ROLE_SUBJECT, /* says what was measured */
    ROLE_TIME,    /* when */
    ROLE_ERROR,   /* text that means failure */
    ROLE_SUCCESS, /* true, false, or a status word */
    ROLE_EXIT,    /* exit status of a program: all but 0 means failure, null is a signal */
    ROLE_REPLY,   /* text that a model wrote: no subject */
    ROLE_SAMPLES, /* how many samples stand behind the record's statistics */
    ROLE_IGNORE,
};

/* A name with its surroundings. */
struct name_place {
    struct str leaf;   /* the column's header, or the last key */
    struct str parent; /* the key above it inside the same record; empty = none */
    struct str record; /* the key of the list or map that the record stands in; empty = none */
    struct str unit;   /* a unit that stands elsewhere (unit row); empty = none */
    bool sensors;      /* the record holds sensor readings: "temperature" is one */
};

struct meaning {
    enum role role;
    struct str name;        /* metric, or subject key; lower case, joined by '_' */
    const char *unit;       /* base unit; "-" = none */
    const char *statistic;  /* "sample", "mean", "p95", ... */
    const char *definition; /* or NULL */
    struct scale scale;
    bool known;         /* the metric stands in the registry */
    bool unit_known;    /* written or implied by the name; else guessed */
    bool decimal_bytes; /* kb, mb, gb were read as powers of 1000 */
};

/* The answer's strings live in the arena or are constants. */
void name_understand(struct arena *arena, const struct name_place *place, struct meaning *ret);

/* Lower case, words joined by '_': "Tokens per Second" -> "tokens_per_second". */
struct str name_join(struct arena *arena, struct str name);

/* The fixed subject key that a (joined) name stands for, e.g. "n_gpu_layers" -> "num_gpu"; else the
 * name. */
struct str name_subject_key(struct str joined);
/* True for the fixed keys (docs/facts.md, section 3) that describe a configuration. */
bool name_is_configuration(struct str key);

/* True when all scalars below such a key are options or descriptions, never measurements. */
bool name_is_options(struct str joined_key);

/* True for the names of columns that hold error texts. */
bool name_is_error(struct str joined);

/* Canonical statistic of a word: "avg" -> "mean", "p50" -> "median", "stdev" -> "stddev"; NULL =
 * none. */
const char *name_statistic(struct str word);

/* "backends" -> "backend"; words that do not end in s stay. */
struct str name_singular(struct str joined);

#endif
