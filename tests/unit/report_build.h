/* tests/unit/report_build.h - a small fact set, and the report of it, for the tests of reports. */
#ifndef CHIMERA_TESTS_UNIT_REPORT_BUILD_H
#define CHIMERA_TESTS_UNIT_REPORT_BUILD_H

#include "unit.h"

#include "fact_build.h"
#include "report/summary.h"

static inline void make_failed(struct artifact *artifact, struct table *table, uint32_t row)
{
    table->row_flags[row] |= ROW_FAILED;
    table->marks = arena_new(&artifact->arena, struct mark);
    table->mark_count = 1;
    *table->marks = (struct mark){row, 9, 100 * (uint64_t)row + 50, STR("timed out")};
}

/*
 * requests.csv: model a: two warm rows, one cold, one failed (its cell is empty); "<b>|`x`" in
 * their configuration. sweep.csv: model s, six settings with one run each. stats.json: a mean and
 * a p95 of latency. notes.md: one number.
 */
static inline void make_report_set(struct factset *set)
{
    struct artifact *artifact;
    struct table *table;

    make_set(set, 4);
    *vec_push(&set->roots) = STR("data");
    artifact = make_artifact(set, "requests.csv", TYPE_CSV);
    table = make_table(artifact, 4);
    make_subject(artifact, table, "model", "a");
    make_subject(artifact, table, "tag", "<b>|`x`");
    make_measure(artifact, table, "decode_tps", "tok/s", "sample", "20.5 21.5 12.25 -");
    table->row_flags[2] |= ROW_COLD;
    make_failed(artifact, table, 3);
    artifact = make_artifact(set, "sweep.csv", TYPE_CSV);
    table = make_table(artifact, 6);
    make_subject(artifact, table, "model", "s");
    make_subject(artifact, table, "num_ctx", "1024 2048 4096 8192 16384 512");
    make_measure(artifact, table, "ttft", "s", "sample", "0.25 0.5 0.75 1 1.25 1.5");
    artifact = make_artifact(set, "stats.json", TYPE_JSON);
    table = make_table(artifact, 1);
    make_measure(artifact, table, "latency", "s", "mean", "0.125");
    make_measure(artifact, table, "latency", "s", "p95", "0.375");
    artifact = make_artifact(set, "notes.md", TYPE_MARKDOWN);
    table = make_table(artifact, 1);
    make_subject(artifact, table, "model", "a");
    make_measure(artifact, table, "loss", "-", "sample", "0.5");
}

static inline void gather_all(const struct factset *set, struct gathered *ret)
{
    struct query query = {0};

    gather(set, &query, ret);
}

#endif
