/*
 * cmd/facts_out.h - the answers of `chimera facts`: lists of facts and rows of statistics, as text,
 * JSON and CSV. Lists are streamed: memory does not grow with their length.
 */
#ifndef CHIMERA_CMD_FACTS_OUT_H
#define CHIMERA_CMD_FACTS_OUT_H

#include "fact/group.h"

struct facts_request {
    const struct factset *set;
    const struct query *query;
    bool all;       /* failed rows and copies are listed and used like any other */
    bool wide;      /* every column, not cut to the terminal */
    uint64_t limit; /* of rows printed */
    struct str *keys, *statistics;
    size_t key_count, statistic_count;
};

struct facts_totals {
    uint64_t listed, unlisted; /* unlisted: past the limit */
    uint64_t excluded, duplicates;
    bool stopped; /* by Ctrl-C */
};

/* Calls emit for each fact that is to be listed; counts the others. */
void facts_list(const struct facts_request *request,
    void (*emit)(void *ctx, const struct fact *fact), void *ctx, struct facts_totals *ret);

/* Pieces that all answers share; appended to buf. */
void facts_add_flags(struct buf *buf, unsigned flags, char separator);
/* The i-th pair of the subject; false where it is absent, or a second column of a key. */
bool facts_subject(const struct fact *fact, size_t i, struct str *ret_key, struct str *ret_value);
void facts_add_value(struct buf *buf, double value, const char *unit); /* 6 digits, unit behind */

/* Each writes to standard output; false = stopped by Ctrl-C. */
bool facts_write_json(const struct facts_request *request);
bool facts_write_csv(const struct facts_request *request);
bool facts_write_text(const struct facts_request *request);
void facts_groups_json(const struct facts_request *request, const struct grouping *grouping);
void facts_groups_csv(const struct facts_request *request, const struct grouping *grouping);
void facts_groups_text(const struct facts_request *request, const struct grouping *grouping);
/* Notes of a group and of the request, separated by blanks. */
void facts_groups_notes(const struct facts_request *request, const struct grouping *grouping,
    const struct group *group, struct buf *buf);
/* Where nothing matches: the keys and metrics asked for that no fact has, and what is near. */
void facts_hint(const struct facts_request *request, struct buf *buf);
/* Which files, rows and rules made the answer. */
bool facts_explain(const struct facts_request *request);

#endif
