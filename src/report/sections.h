/* report/sections.h - private to report: the parts of the report that summary_build() puts
 * together. */
#ifndef CHIMERA_REPORT_SECTIONS_H
#define CHIMERA_REPORT_SECTIONS_H

#include "report/figures.h"
#include "report/summary.h"

enum { TABLE_ROWS_MAX = 400, QUOTE_BYTES_MAX = 300 };

/* The metrics of one table or one group of tables. */
struct family {
    const char *title;
    const char *metrics; /* blank-separated; NULL = all that stand in no other family */
    bool apart;          /* a table for each metric, with a chart; else one for all */
    bool folded;         /* in HTML behind a line that opens it; the last of section 3 */
    bool no_intervals;   /* readings in a row hang together; unknown quantities may be anything */
};

extern const struct family FAMILIES[];
extern const size_t FAMILY_COUNT;
bool family_has(const struct family *family, struct str metric);

/* report/metric_section.c, report/sweep_table.c, report/stated_table.c: section 3. */
void metric_section(struct document *doc, struct gathered *g);
void sweep_tables(struct document *doc, struct gathered *g);
void stated_tables(struct document *doc, struct gathered *g);
/* report/trouble_section.c: sections 4 and 5. */
void trouble_section(struct document *doc, const struct report_input *input, struct gathered *g);
void gap_section(struct document *doc, const struct report_input *input);
/* report/appendix.c: section 6. */
void appendix_section(struct document *doc, const struct report_input *input, struct gathered *g);

/* ---- words that several sections use (report/wording.c) */

/* A metric's name for people, from the registry or the name itself. */
struct str wording_metric(struct str metric);
/* "num_ctx=1024, num_gpu=40" without the keys of `skip`; empty = nothing is left. */
struct str wording_config(struct arena *arena, const struct pair *config, size_t count,
    const struct pair *skip, size_t skip_count);
/* At most QUOTE_BYTES_MAX bytes of s, an ellipsis behind what was cut. */
struct str wording_quote(struct arena *arena, struct str s);
/* A cell with text from data, or a dash where it is empty. */
void wording_cell(struct document *doc, struct str text);
void wording_model_cell(struct document *doc, struct str model);
/* A path as text (percent-encoded where it must be); with its root where there are several. */
struct str wording_path(
    struct arena *arena, const struct factset *set, uint32_t root, struct str path);
struct str wording_root(struct arena *arena, const struct factset *set, size_t i);
void wording_path_cell(
    struct document *doc, const struct factset *set, uint32_t root, struct str path);
void wording_file_cell(
    struct document *doc, const struct factset *set, const struct artifact *artifact);
/* Pairs for a citation's subject: the model in front of a configuration. */
struct about wording_about(struct document *doc, const struct series *series, bool with_config);
struct str wording_date(struct arena *arena, int64_t wall_ns);

#endif
