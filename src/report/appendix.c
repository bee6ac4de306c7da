/* report/appendix.c - section 6: what the words mean, how it was computed, how long it took. */
#include "base/clock.h"
#include "fact/metric.h"
#include "report/sections.h"

static bool first_of_metric(const struct gathered *g, size_t i)
{
    return i == 0 || !str_eq(g->series[i - 1].metric, g->series[i].metric);
}

static struct str definitions_of(struct arena *arena, const struct gathered *g, size_t from)
{
    struct str text = STR(""), last = STR("");

    for (size_t i = from; i < g->series_count; i++) {
        const struct series *series = &g->series[i];

        if (!str_eq(series->metric, g->series[from].metric))
            break;
        if (series->definition.len && !str_eq(series->definition, last))
            text = arena_printf(arena, "%.*s%s%.*s", STR_ARG(text), text.len ? ", " : "",
                STR_ARG(series->definition));
        last = series->definition;
    }
    return text;
}

static const char *better_word(enum better better)
{
    return better == BETTER_HIGHER ? "higher" : better == BETTER_LOWER ? "lower" : "neither";
}

static void write_metric(struct document *doc, const struct gathered *g, size_t i)
{
    const struct series *series = &g->series[i];
    const struct metric *known = metric_find(series->metric);

    doc_open(doc, NODE_ROW);
    doc_open(doc, NODE_CELL);
    doc_code(doc, EXEMPT_NAME, series->metric);
    doc_close(doc);
    doc_cell(doc, known->label);
    wording_cell(doc, strcmp(series->unit, "-") ? str_from(series->unit) : STR(""));
    doc_cell(doc, better_word(known->better));
    wording_cell(doc, definitions_of(&doc->arena, g, i));
    doc_close(doc);
}

static void write_definitions(struct document *doc, const struct gathered *g)
{
    size_t rows = 0;

    doc_heading(doc, 3, "Metrics in this report");
    doc_open(doc, NODE_TABLE)->text = STR("lllll");
    doc_open(doc, NODE_ROW);
    doc_cell(doc, "Metric");
    doc_cell(doc, "Meaning");
    doc_cell(doc, "Base unit");
    doc_cell(doc, "Better");
    doc_cell(doc, "Definition in the files");
    doc_close(doc);
    for (size_t i = 0; i < g->series_count && rows < TABLE_ROWS_MAX; i++)
        if (first_of_metric(g, i) && metric_find(g->series[i].metric)) {
            write_metric(doc, g, i);
            rows++;
        }
    doc_close(doc);
}

static void item(struct document *doc, const char *words)
{
    doc_open(doc, NODE_ITEM);
    doc_text(doc, words);
    doc_close(doc);
}

static void write_method(struct document *doc)
{
    doc_heading(doc, 3, "Method");
    doc_open(doc, NODE_LIST);
    item(doc, "Every number is a citation: report.facts.jsonl names for each one the file, its "
              "digest, the byte where it stands, the text as written, and the formula.");
    doc_open(doc, NODE_ITEM);
    doc_text(doc, "Intervals are of the median, by order statistics (binomial, no assumption about "
                  "the shape of the distribution), at ");
    doc_exempt(doc, EXEMPT_METHOD, STR("95 %"));
    doc_text(doc, "; below ");
    doc_exempt(doc, EXEMPT_METHOD, STR("6"));
    doc_text(doc, " samples there is none.");
    doc_close(doc);
    item(doc, "Records that failed are counted, never used as samples, not even where they hold a "
              "zero.");
    item(doc, "Cold requests, those whose load time stands out from their table, are never pooled "
              "with warm ones.");
    item(doc, "Copies (the same bytes in two files, the same table in two formats) count once.");
    item(doc, "Readings of the machine follow one another and hang together, so they have no "
              "interval.");
    item(doc, "Units are converted to base units when read and to readable ones when printed; the "
              "ledger states both steps.");
    item(doc, "Configurations are not ranked. A single run says nothing about its own spread.");
    doc_close(doc);
}

static void write_seconds(
    struct document *doc, const char *label, const char *statistic, double seconds)
{
    doc_open(doc, NODE_ITEM);
    doc_text(doc, label);
    figure_seconds(doc, statistic, seconds);
    doc_close(doc);
}

static void write_workflow(
    struct document *doc, const struct report_input *input, struct gathered *g)
{
    doc_heading(doc, 3, "Workflow summary");
    doc_open(doc, NODE_LIST);
    doc_open(doc, NODE_ITEM);
    doc_text(doc, "Files analysed: ");
    figure_count(doc, NULL, &g->all_files);
    doc_close(doc);
    if (!input->fixed_date) {
        write_seconds(doc, "Ingest: ", "ingest_seconds", input->ingest_s);
        write_seconds(doc, "Analysis: ", "analysis_seconds", input->analysis_s);
        write_seconds(doc, "Report, without writing it: ", "report_seconds",
            (double)(clock_monotonic_ns() - input->report_start_ns) / 1e9);
    }
    doc_open(doc, NODE_ITEM);
    doc_text(doc, "Program: chimera ");
    doc_exempt(doc, EXEMPT_VERSION, STR(CHIMERA_VERSION));
    doc_close(doc);
    doc_close(doc);
}

void appendix_section(struct document *doc, const struct report_input *input, struct gathered *g)
{
    doc_heading(doc, 2, "Appendix");
    write_definitions(doc, g);
    write_method(doc);
    write_workflow(doc, input, g);
}
