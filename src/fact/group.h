/*
 * fact/group.h - `--group KEYS --stat LIST`: facts gathered by the values of keys, and their
 * statistics.
 *
 * Statistics, metrics and units are never mixed: where the filter leaves several, each becomes a
 * row with `statistic` (`metric`, `unit`) in its group.
 */
#ifndef CHIMERA_FACT_GROUP_H
#define CHIMERA_FACT_GROUP_H

#include "fact/query.h"

struct group {
    struct str *keys, *values; /* [key_count], values may be absent: ptr NULL */
    size_t key_count;
    struct str metric;
    const char *statistic, *unit; /* of all facts in it; NULL where the query matched nothing */
    double *sorted;               /* values that were used, ascending */
    double *in_order;             /* the same in the order of the visit */
    struct fact *facts;           /* their views in the order of the visit; NULL unless asked for */
    size_t n;
    uint64_t excluded, duplicates;
    struct fact *failures; /* views of facts of failed rows; NULL unless asked for */
    size_t failure_count;
    uint64_t cold; /* facts among the used whose row was cold */
    bool unit_guessed, definitions_mixed, markdown_used;
    struct str definition; /* of the first fact used; empty = none stated */
};

struct grouping {
    struct arena arena;
    struct group
        *groups; /* in order of first sight; numeric key values ascending where all are numbers */
    size_t count;
    bool *key_known; /* per key of the options: some fact had a value */
};

struct group_options {
    const struct str *keys;
    size_t key_count;
    bool use_all; /* failed rows and copies are used like any other (cells that are absent are not)
                   */
    bool keep_facts; /* fill facts and failures */
};

/* Without keys and without a match the answer is one group of nothing. A query that names
 * flag=failed_run or flag=duplicate uses those facts. */
void group_facts(const struct factset *set, const struct query *query,
    const struct group_options *options, struct grouping *ret);
void grouping_release(struct grouping *grouping);

/*
 * One statistic by name: mean, median (p50), stddev, min, max, sum, count, cv, pNN (any NN, also
 * p99.9). False = it does not exist for this n (a mean of nothing, stddev of one).
 */
bool group_statistic(const struct group *group, struct str name, double *ret);
/* True when group_statistic() knows the name. */
bool group_knows(struct str name);

/*
 * Notes such as "cold_mixed", "p95_needs_59", "unit_guessed", appended to `buf` as names separated
 * by blanks; `names` are the statistics asked for: cold_mixed, cold_only, pNN_needs_M, over_mean
 * (the facts are means themselves), unit_guessed, definitions_mixed, from_markdown.
 */
void group_notes(const struct group *group, const struct str *names, size_t count, struct buf *buf);

#endif
