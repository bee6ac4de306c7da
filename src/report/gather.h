/*
 * report/gather.h - the analysis behind the report: every fact to its place.
 *
 * Samples are gathered into series (one metric of one model and configuration), warm, cold and
 * failed apart; statistics that files state are kept for a table of their own; what Markdown says
 * is set aside. A fact is held once, as a view; everything else are indices.
 */
#ifndef CHIMERA_REPORT_GATHER_H
#define CHIMERA_REPORT_GATHER_H

#include "fact/query.h"
#include "report/document.h"

/* The samples of one metric, definition, unit, model and configuration; of one file, too, where no
 * model is named. */
struct series {
    struct str metric, definition; /* definition: empty = none stated */
    const char *unit;
    unsigned rank;             /* of the metric: registry first, then by name */
    struct str model;          /* empty = none named */
    const struct pair *config; /* by key, the model not among them; first the file, if it tells */
    size_t config_count;
    struct str keyset; /* "num_ctx num_gpu": the keys of config */
    struct operands warm, cold, failed;
    uint32_t bare; /* private to report/series.c */
    bool unit_guessed, sampled;
};

/* Neighbouring series that differ in the values of their configuration only. */
struct sweep {
    struct series *series;
    size_t count;
    struct operands warm, cold, failed; /* of all of them */
    bool collapsed;   /* many configurations of numbers, hardly a repeat: shown as one row */
    bool single_runs; /* no configuration has more than one sample, warm or cold */
};

struct gathered {
    struct arena arena;
    const struct factset *set;
    struct fact *facts; /* every fact that matched, in the order of the visit */
    size_t count;
    uint32_t *indices; /* all index lists point into this */
    struct series *series;
    size_t series_count;
    struct sweep *sweeps;
    size_t sweep_count;
    struct operands by_type[TYPE_COUNT]; /* numbers that are there, whatever their fate */
    struct operands files[TYPE_COUNT], all_files, copied_files;
    struct operands stated;          /* statistics that are no samples, by metric, file and row */
    struct operands duplicates;      /* copies that were left out, Markdown not counted */
    struct operands failures;        /* one fact a failed row, Markdown not counted */
    struct operands unit_guessed;    /* numbers used or stated whose unit nobody wrote */
    struct operands set_aside_files; /* Markdown files with numbers */
    struct str *models;
    size_t model_count;
};

void gather(const struct factset *set, const struct query *query, struct gathered *ret);
void gathered_release(struct gathered *gathered);

/* Rank of a metric in reports: its place in the registry; behind it those that are not there. */
unsigned metric_rank(struct str metric);

#endif
