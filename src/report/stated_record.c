/* report/stated_record.c - one record of stated statistics as a row of a table. */
#include "report/series.h"
#include "report/stated.h"

/* The order of columns; what is not here comes behind, in the order of first sight. */
static const char *const ORDER[] = {"mean", "median", "stddev", "min", "max", "p90", "p95", "p99"};

static int order_of(const char *statistic)
{
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++)
        if (!strcmp(ORDER[i], statistic))
            return (int)i;
    return (int)(sizeof ORDER / sizeof *ORDER);
}

size_t stated_column(const struct stated *stated, const char *statistic)
{
    size_t i = 0;

    while (i < stated->statistic_count && strcmp(stated->statistics[i], statistic) != 0)
        i++;
    return i;
}

void stated_add_statistic(struct stated *stated, const char *statistic)
{
    size_t at = stated->statistic_count;

    if (stated_column(stated, statistic) < at)
        return;
    if (at == STATISTICS_MAX) {
        stated->rest = true;
        return;
    }
    for (; at > 0 && order_of(stated->statistics[at - 1]) > order_of(statistic); at--)
        stated->statistics[at] = stated->statistics[at - 1];
    stated->statistics[at] = statistic;
    stated->statistic_count++;
}

static bool same_record(const struct fact *a, const struct fact *b)
{
    return a->table == b->table && a->row == b->row && str_eq(fact_metric(a), fact_metric(b)) &&
           str_eq(fact_definition(a), fact_definition(b)) && !strcmp(fact_unit(a), fact_unit(b));
}

bool stated_record_add(
    const struct stated *stated, struct record *record, const struct fact *fact, uint32_t at)
{
    size_t column = stated_column(stated, fact_statistic(fact));

    if (record->first && !same_record(record->first, fact))
        return false;
    if (column < stated->statistic_count) {
        if (record->cells[column])
            return false;
        record->cells[column] = fact;
        record->at[column] = at;
    } else {
        if (record->other_count == sizeof record->others / sizeof *record->others)
            return false;
        record->others_at[record->other_count] = at;
        record->others[record->other_count++] = fact;
    }
    if (!record->first)
        record->first = fact;
    return true;
}

void stated_write_head(struct document *doc, const struct stated *stated)
{
    struct str columns = arena_printf(&doc->arena, "ll%sl%.*s%s", stated->models ? "l" : "",
        (int)stated->statistic_count, "rrrrrrrrr", stated->rest ? "ll" : "l");

    doc_open(doc, NODE_TABLE)->text = columns;
    doc_open(doc, NODE_ROW);
    doc_cell(doc, "File");
    doc_cell(doc, "Metric");
    if (stated->models)
        doc_cell(doc, "Model");
    doc_cell(doc, "Configuration");
    for (size_t i = 0; i < stated->statistic_count; i++)
        doc_cell_exempt(doc, EXEMPT_PERCENTILE, str_from(stated->statistics[i]));
    doc_cell(doc, "Unit");
    if (stated->rest)
        doc_cell(doc, "Further");
    doc_close(doc);
}

static struct about about_of(struct document *doc, const struct fact *fact)
{
    struct pair pairs[CONFIG_MAX], *copy;
    size_t count = series_config(fact, pairs);
    struct str model = fact_subject(fact, STR("model"));

    copy = arena_array(&doc->arena, count + 1, struct pair);
    if (model.len)
        copy[0] = (struct pair){STR("model"), model};
    memcpy(copy + (model.len > 0), pairs, count * sizeof *pairs);
    return (struct about){fact_metric(fact), fact_unit(fact), copy, count + (model.len > 0)};
}

static void write_value(struct document *doc, const struct stated *stated,
    const struct about *about, struct shown shown, const struct fact *fact, uint32_t at)
{
    uint32_t *index = arena_array(&doc->arena, 1, uint32_t);

    *index = at;
    figure(doc, about, shown, fact->value, fact_statistic(fact), "x",
        figure_operands(doc, stated->all, index, 1));
}

static void write_others(struct document *doc, const struct stated *stated,
    const struct about *about, struct shown shown, const struct record *record)
{
    doc_open(doc, NODE_CELL);
    for (size_t i = 0; i < record->other_count; i++) {
        doc_text(doc, i ? "; " : "");
        doc_exempt(doc, EXEMPT_PERCENTILE, str_from(fact_statistic(record->others[i])));
        doc_text(doc, " ");
        write_value(doc, stated, about, shown, record->others[i], record->others_at[i]);
    }
    doc_close(doc);
}

/* The file, and in JSON the record: "file.json#/timing_stats/run_results/0". */
static struct str record_place(
    struct arena *arena, const struct factset *set, const struct fact *fact)
{
    struct str path = wording_path(arena, set, fact->artifact->root, fact->artifact->path);
    struct str ret = path;
    struct buf pointer;
    size_t len;

    buf_init(&pointer, BUF_NO_LIMIT);
    if (fact_pointer(fact, &pointer)) {
        len = pointer.len;
        while (len && pointer.ptr[len - 1] != '/')
            len--;
        if (len > 1)
            ret = arena_printf(arena, "%.*s#%.*s", STR_ARG(path), (int)(len - 1), pointer.ptr);
    }
    buf_release(&pointer);
    return wording_quote(arena, ret);
}

static void write_subject(struct document *doc, const struct stated *stated,
    const struct record *record, const struct about *about)
{
    size_t with_model = about->subject_count && str_eq(about->subject->key, STR("model"));

    doc_open(doc, NODE_CELL);
    doc_code(doc, EXEMPT_PATH, record_place(&doc->arena, stated->all->set, record->first));
    doc_close(doc);
    doc_open(doc, NODE_CELL);
    doc_exempt(doc, EXEMPT_NAME, wording_metric(about->metric));
    if (record->first->flags & FLAG_UNIT_GUESSED) {
        doc_text(doc, " ");
        doc_badge(doc, "unit guessed");
    }
    doc_close(doc);
    if (stated->models)
        wording_cell(doc, fact_subject(record->first, STR("model")));
    wording_cell(doc, wording_config(&doc->arena, about->subject + with_model,
                          about->subject_count - with_model, NULL, 0));
}

void stated_write_record(
    struct document *doc, const struct stated *stated, const struct record *record)
{
    struct about about = about_of(doc, record->first);
    struct shown shown = !strcmp(about.unit, stated->shown_base)
                             ? stated->shown
                             : shown_unit(about.unit, record->first->value);

    doc_open(doc, NODE_ROW);
    write_subject(doc, stated, record, &about);
    for (size_t i = 0; i < stated->statistic_count; i++) {
        doc_open(doc, NODE_CELL);
        if (record->cells[i])
            write_value(doc, stated, &about, shown, record->cells[i], record->at[i]);
        else
            doc_text(doc, "\xe2\x80\x93");
        doc_close(doc);
    }
    doc_cell(doc, *shown.label ? shown.label : "\xe2\x80\x93");
    if (stated->rest)
        write_others(doc, stated, &about, shown, record);
    doc_close(doc);
}
