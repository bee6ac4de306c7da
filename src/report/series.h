/* report/series.h - private to report: which series a fact belongs to, and their order. */
#ifndef CHIMERA_REPORT_SERIES_H
#define CHIMERA_REPORT_SERIES_H

#include "report/gather.h"

struct series_index {
    struct arena *arena;
    const struct factset *set;
    struct map rows, series, models; /* "model and configuration"; with the metric; model */
    struct map bare;                 /* like series, without the definition */
    VEC(uint32_t) sampled;           /* by id of `bare`: first series with samples + 1 */
    VEC(struct series) list;         /* by id of `series` */
    VEC(struct series) parts;        /* by id of `rows`: model, config, keyset */
    struct buf key;
    struct fact last; /* of the row whose id is last_row */
    uint32_t last_row;
    bool has_last;
};

void series_index_init(struct series_index *index, struct arena *arena, const struct factset *set);
void series_index_release(struct series_index *index);
/* The id of the fact's series, new or old. */
uint32_t series_index_add(struct series_index *index, const struct fact *fact, bool failed);
/* Moves the series, sorted, into g; returns place[id]. Fills g->models. */
const uint32_t *series_index_sort(struct series_index *index, struct gathered *g);
/* Order of the configurations of two series with the same keys. */
int series_compare_config(const struct series *a, const struct series *b);
/* The configuration of a fact by key, the model not among them; at most CONFIG_MAX pairs. */
enum { CONFIG_MAX = 24 };
size_t series_config(const struct fact *fact, struct pair *ret);
/* The file that tells apart a series without a model; STR_NONE where one is named. */
struct str series_file(const struct series *series);
/* Fills g->sweeps from the sorted series and their lists. */
void series_find_sweeps(struct gathered *g);

#endif
