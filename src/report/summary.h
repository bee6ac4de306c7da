/*
 * report/summary.h - the technical report of what was read: a document from a fact set.
 *
 * It states what the files hold and what cannot be said from them. It draws no winner: that needs
 * repeats and rules (src/insight).
 */
#ifndef CHIMERA_REPORT_SUMMARY_H
#define CHIMERA_REPORT_SUMMARY_H

#include "report/gather.h"

/* What the scan knows beside the facts, as plain structs: report/ does not know ingest/. */
struct report_place {
    uint32_t root;
    struct str path;
    const char *kind; /* of a problem; or the reason why it was ignored */
    struct str message;
};

struct report_gap {
    const char *message, *needs;
};

struct report_input {
    struct str title; /* empty = the usual one */
    struct str where; /* the filter, as written; empty = none */
    int64_t date_ns;
    bool fixed_date; /* the same input must give the same bytes: no seconds are written */
    double ingest_s, analysis_s;
    int64_t report_start_ns; /* monotonic: when the building of the document began */
    const struct report_place *ignored, *problems; /* problems of places that are no artifact */
    size_t ignored_count, problem_count;
    const struct report_gap *gaps;
    size_t gap_count;
};

/* Builds the whole report; `g` must outlive the document. */
void summary_build(struct document *doc, const struct report_input *input, struct gathered *g);

/* The title that the report carries. */
struct str summary_title(const struct report_input *input);

#endif
