/* report/metric_section.c - section 3: what was measured, per model and configuration. */
#include "fact/metric.h"
#include "report/metric_rows.h"

static bool family_is_empty(const struct gathered *g, const struct family *family)
{
    for (size_t i = 0; i < g->sweep_count; i++)
        if (family_has(family, g->sweeps[i].series->metric))
            return false;
    return true;
}

static bool begins_metric(const struct gathered *g, size_t i)
{
    const struct series *series = g->sweeps[i].series;

    for (size_t k = 0; k < i; k++)
        if (str_eq(g->sweeps[k].series->metric, series->metric) &&
            !strcmp(g->sweeps[k].series->unit, series->unit))
            return false;
    return true;
}

static void write_direction(struct document *doc, struct str metric)
{
    const struct metric *known = metric_find(metric);

    if (known && known->better == BETTER_HIGHER)
        doc_text(doc, "; higher is better");
    else if (known && known->better == BETTER_LOWER)
        doc_text(doc, "; lower is better");
}

/* The table's caption: label, name, unit, direction, definition, what all rows share. */
static void write_caption(struct document *doc, const struct metric_table *table)
{
    const struct series *first = table->rows[0].series;

    doc_open(doc, NODE_PARAGRAPH);
    doc_open(doc, NODE_STRONG);
    doc_exempt(doc, EXEMPT_NAME, wording_metric(first->metric));
    doc_close(doc);
    doc_text(doc, " (");
    doc_code(doc, EXEMPT_NAME, first->metric);
    doc_text(doc, ")");
    if (*table->shown.label) {
        doc_text(doc, " in ");
        doc_text(doc, table->shown.label);
    }
    write_direction(doc, first->metric);
    if (!table->definitions && first->definition.len) {
        doc_text(doc, "; definition: ");
        doc_exempt(doc, EXEMPT_NAME, first->definition);
    }
    if (table->common_count) {
        doc_text(doc, "; all rows with ");
        doc_exempt(doc, EXEMPT_NAME,
            wording_config(&doc->arena, table->common, table->common_count, NULL, 0));
    }
    doc_text(doc, ".");
    doc_close(doc);
}

static void write_common(struct document *doc, const struct metric_table *table)
{
    if (!table->common_count)
        return;
    doc_open(doc, NODE_PARAGRAPH);
    doc_text(doc, "All rows with ");
    doc_exempt(
        doc, EXEMPT_NAME, wording_config(&doc->arena, table->common, table->common_count, NULL, 0));
    doc_text(doc, ".");
    doc_close(doc);
}

static void write_family(struct document *doc, struct gathered *g, const struct family *family)
{
    struct metric_table table;

    doc_heading(doc, 3, family->title);
    if (!family->apart) {
        metric_table_init(doc, g, family, NULL, &table);
        write_common(doc, &table);
        if (family->folded)
            doc_open_details(
                doc, "Names that are not in the registry, as the files hold them", STR(""));
        metric_table_write(doc, &table);
        if (family->folded)
            doc_close(doc);
        return;
    }
    for (size_t i = 0; i < g->sweep_count; i++) {
        if (!family_has(family, g->sweeps[i].series->metric) || !begins_metric(g, i))
            continue;
        metric_table_init(doc, g, family, &g->sweeps[i], &table);
        write_caption(doc, &table);
        metric_table_chart(doc, &table);
        metric_table_write(doc, &table);
    }
}

/* Those that stand folded, or those that do not; false when there were none. */
static bool write_families(struct document *doc, struct gathered *g, bool folded)
{
    bool any = false;

    for (size_t i = 0; i < FAMILY_COUNT; i++)
        if (FAMILIES[i].folded == folded && !family_is_empty(g, &FAMILIES[i])) {
            write_family(doc, g, &FAMILIES[i]);
            any = true;
        }
    return any;
}

void metric_section(struct document *doc, struct gathered *g)
{
    bool any;

    doc_heading(doc, 2, "Metrics per model and configuration");
    doc_open(doc, NODE_PARAGRAPH);
    doc_text(doc, "Single samples, pooled over prompts, runs and files of one model and "
                  "configuration. Where no model is named, files are kept apart. "
                  "The interval is that of the median by order statistics; it needs at least ");
    doc_exempt(doc, EXEMPT_METHOD, STR("6"));
    doc_text(doc, " samples, and it knows nothing of differences between files or settings that "
                  "are pooled. Requests that began with loading the model are counted apart as "
                  "cold. Failed rows give no sample. Every number leads to its source.");
    doc_close(doc);
    any = write_families(doc, g, false);
    sweep_tables(doc, g);
    stated_tables(doc, g);
    any |= write_families(doc, g, true);
    if (!any)
        doc_paragraph(doc, "No single samples were found.");
}
