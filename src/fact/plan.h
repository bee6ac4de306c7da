/*
 * fact/plan.h - private to src/fact: a query made ready for one artifact.
 *
 * What can be judged once is judged once: conditions on path, type and format for the artifact, on
 * metric, unit, statistic, definition and fixed flags for a measure, on constant subjects for a
 * table. What is left for the rows are coded subject columns, judged once for each dictionary id,
 * and flags.
 */
#ifndef CHIMERA_FACT_PLAN_H
#define CHIMERA_FACT_PLAN_H

#include "fact/condition.h"
#include "fact/table.h"

/* One condition on a subject key that differs from row to row. */
struct row_test {
    const struct condition *condition;
    const struct string_column **columns; /* of that key; the first that is not empty counts */
    uint32_t column_count;
    unsigned char *memo; /* per dictionary id: 0 = not judged yet, 1 = false, 2 = true */
};

struct table_plan {
    const struct table *table;
    uint32_t *measures; /* that match, ascending */
    uint32_t measure_count;
    struct row_test *tests;
    uint32_t test_count;
    bool by_flags; /* flags of single facts must be looked at */
};

struct artifact_plan {
    const struct query *query;
    const struct artifact *artifact;
    uint32_t index;
    struct table_plan *tables; /* that can match */
    uint32_t table_count;
};

/* False when the artifact as a whole does not match. */
bool plan_make(struct arena *arena, const struct query *query, const struct artifact *artifact,
    uint32_t index, struct artifact_plan *ret);

/* True when the row fulfils the conditions on subjects. */
bool plan_row(const struct artifact_plan *plan, const struct table_plan *table_plan, uint32_t row);

/* With plan_row() already true: the fact, if it is there and all conditions but late ones hold. */
bool plan_fact(const struct artifact_plan *plan, const struct table_plan *table_plan,
    uint32_t measure, uint32_t row, struct fact *ret);

#endif
