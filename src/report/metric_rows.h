/*
 * report/metric_rows.h - private to report: the rows of a table of samples, and writing them.
 */
#ifndef CHIMERA_REPORT_METRIC_ROWS_H
#define CHIMERA_REPORT_METRIC_ROWS_H

#include "report/sections.h"

/* A series, or a collapsed sweep of many. */
struct metric_row {
    struct series *series; /* its first */
    struct sweep *sweep;   /* NULL = the series alone */
    struct operands *warm, *cold, *failed;
    struct spread spread;   /* of warm */
    struct operands *files; /* that the samples stand in */
};

struct metric_table {
    struct metric_row *rows;
    size_t count;
    struct pair common[8]; /* configuration that all rows share: said once, above */
    size_t common_count;
    bool one_metric; /* no column for the metric; the unit stands in the header */
    bool no_intervals;
    bool models, configs, definitions, spreads, intervals, failures, colds,
        files;          /* columns there are */
    struct shown shown; /* of one_metric */
};

/* Rows of all sweeps whose metric the family has; `unit` NULL or one metric and unit only. */
void metric_table_init(struct document *doc, struct gathered *g, const struct family *family,
    const struct sweep *only, struct metric_table *ret);
void metric_table_write(struct document *doc, const struct metric_table *table);
/* "num_ctx, num_gpu": the keys that a collapsed sweep varies. */
struct str metric_varied_keys(struct arena *arena, const struct sweep *sweep);
/* The files that samples stand in, each once. */
struct operands *metric_files(
    struct document *doc, const struct operands *warm, const struct operands *cold);
/* The chart beside a table of one metric; nothing where there is nothing to see. */
void metric_table_chart(struct document *doc, const struct metric_table *table);

#endif
