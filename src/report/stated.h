/*
 * report/stated.h - private to report: statistics that the files state, by record.
 */
#ifndef CHIMERA_REPORT_STATED_H
#define CHIMERA_REPORT_STATED_H

#include "report/sections.h"

enum { STATISTICS_MAX = 9 };

struct stated {
    struct operands *all; /* of the document's gathered */
    uint32_t *index;      /* facts of one family */
    size_t count;
    const char *statistics[STATISTICS_MAX];
    size_t statistic_count;
    bool rest, models;  /* some statistic has no column; some record names a model */
    struct shown shown; /* of the list (a metric of a file) that is being written */
    const char *shown_base;
};

/* One row of the table. */
struct record {
    const struct fact *first;
    const struct fact *cells[STATISTICS_MAX];
    uint32_t at[STATISTICS_MAX];
    const struct fact *others[4]; /* statistics without a column */
    uint32_t others_at[4];
    size_t other_count;
};

/* Gives the statistic a column, in a fixed order; sets `rest` when there is none left. */
void stated_add_statistic(struct stated *stated, const char *statistic);
/* Its column; statistic_count = it has none. */
size_t stated_column(const struct stated *stated, const char *statistic);
/* Puts the fact into its cell; false = that is taken, or the fact belongs to another record. */
bool stated_record_add(
    const struct stated *stated, struct record *record, const struct fact *fact, uint32_t at);
/* Opens the table with its header; a row of it. */
void stated_write_head(struct document *doc, const struct stated *stated);
void stated_write_record(
    struct document *doc, const struct stated *stated, const struct record *record);

#endif
