/*
 * fact/query.h - which facts: the EXPR of `chimera facts --where`, and visiting what it selects.
 *
 * EXPR: blank-separated conditions "key op value", op one of = != < <= > >= ~ (glob, '*' crosses
 * '/'); "..." around values with blanks (\" and \\ inside). Both sides compare as numbers where
 * both are numbers, else as bytes. != holds where the key is absent; every other condition fails
 * there. flag=x asks for membership. Keys: path, type, format, metric, unit, statistic, definition,
 * flag, and every subject key. `statistic=p50` means median.
 */
#ifndef CHIMERA_FACT_QUERY_H
#define CHIMERA_FACT_QUERY_H

#include "fact/factset.h"

struct condition;

struct query {
    struct condition *conditions; /* in the arena */
    size_t count;
    bool wants_failed;     /* names flag=failed_run, zero_on_error or not_finite */
    bool wants_duplicates; /* names flag=duplicate */
};

/* ERR_USAGE with the place and a remedy. An empty text selects everything. */
MUST_USE enum err_code query_parse(
    struct arena *arena, struct str text, struct query *ret, struct err *err);

/* Key and value of condition i, as written; true where it asks for equality. */
bool query_condition(
    const struct query *query, size_t i, struct str *ret_key, struct str *ret_value);

/* True when the fact fulfils all conditions (copies and failures are not looked at here). */
bool query_matches(const struct query *query, const struct fact *fact);

/* The value of any key for a fact ("path", "metric", "num_ctx", ...); ptr NULL = absent. "flag" has
 * none. */
struct str query_key(const struct fact *fact, struct str key);

enum fate {
    FATE_USED,
    FATE_FAILED,    /* its row failed (its cell may be empty), or it is not finite */
    FATE_DUPLICATE, /* a copy of a fact that is visited too (docs/facts.md, "Copies") */
};

/*
 * Visits every fact that matches, in a fixed order (root, path, table, row, measure), with its
 * fate. Cells that are absent are visited only in failed rows. Copies are found after the filter:
 * the preferred copy among those that match is used. Preferred: raw over summary, JSON over CSV
 * over Markdown, the shorter path, byte order. A copy carries FLAG_DUPLICATE in the view. visit
 * returns false to stop. A condition on flag=duplicate is judged by that fate alone; the view of a
 * preferred copy that another file repeats has no FLAG_DUPLICATE.
 */
void query_each(const struct factset *set, const struct query *query,
    bool (*visit)(void *ctx, const struct fact *fact, enum fate fate), void *ctx);

/* The same; original: the artifact that a copy repeats (its own: at another pointer), else NULL. */
void query_each_copy(const struct factset *set, const struct query *query,
    bool (*visit)(
        void *ctx, const struct fact *fact, enum fate fate, const struct artifact *original),
    void *ctx);

#endif
