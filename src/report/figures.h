/*
 * report/figures.h - from gathered facts to citations: statistics, units for people, digits.
 *
 * Values stay in base units inside a citation; `struct shown` says in which unit they are printed.
 * Four significant digits; counts are whole.
 */
#ifndef CHIMERA_REPORT_FIGURES_H
#define CHIMERA_REPORT_FIGURES_H

#include "report/document.h"

/* A unit for people: printed = value * scale. */
struct shown {
    const char *label; /* "ms", "MiB", "%"; "" = none */
    double scale;
};

/* The unit in which values of this size are read best. */
struct shown shown_unit(const char *base_unit, double typical);

/* What the values of a list say about themselves; n = 0: nothing else is set. */
struct spread {
    size_t n;
    double median, low, high, min, max;
    bool has_interval; /* of the median, by order statistics, 95 % */
};

/* Statistics of an OPERANDS_FACTS list (what is not finite is never in one). */
void spread_of(const struct operands *facts, struct spread *ret);

/* What a number says it is about: metric, unit and subject, copied into each citation. */
struct about {
    struct str metric;
    const char *unit;
    const struct pair *subject;
    size_t subject_count;
};

/* A number of the document in the unit that is shown, four significant digits. */
void figure(struct document *doc, const struct about *about, struct shown shown, double value,
    const char *statistic, const char *formula, struct operands *operands);

/* Whole numbers: count(x) of facts, failed(x) of marks, files(x) and bytes(x) of files. */
void figure_count(struct document *doc, const struct about *about, struct operands *operands);
void figure_bytes(struct document *doc, struct operands *files);
/* Seconds of this run itself; they stand on nothing but the clock. */
void figure_seconds(struct document *doc, const char *statistic, double seconds);

/* A list of operands that lives with the document: facts pool[index[0 .. count)]. */
struct operands *figure_operands(
    struct document *doc, const struct operands *like, const uint32_t *index, size_t count);

#endif
