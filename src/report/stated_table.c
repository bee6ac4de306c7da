/*
 * report/stated_table.c - means, percentiles and other statistics that the files state.
 *
 * They are repeated as stated and never pooled: from a mean nothing can be computed that needs its
 * samples. A row of the table is a record of a file, a column a statistic.
 */
#include "report/sections.h"
#include "report/series.h"

enum { STATISTICS_MAX = 9, LIST_ROWS_MAX = 12 };

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

/* The order of columns; what is not here comes behind, in the order of first sight. */
static const char *const ORDER[] = {"mean", "median", "stddev", "min", "max", "p90", "p95", "p99"};

static int order_of(const char *statistic)
{
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++)
        if (!strcmp(ORDER[i], statistic))
            return (int)i;
    return (int)(sizeof ORDER / sizeof *ORDER);
}

static size_t column_of(const struct stated *stated, const char *statistic)
{
    size_t i = 0;

    while (i < stated->statistic_count && strcmp(stated->statistics[i], statistic) != 0)
        i++;
    return i;
}

static void add_statistic(struct stated *stated, const char *statistic)
{
    size_t at = stated->statistic_count;

    if (column_of(stated, statistic) < at)
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

static void find_stated(
    struct document *doc, struct gathered *g, const struct family *family, struct stated *ret)
{
    *ret = (struct stated){.all = &g->stated};
    ret->index = arena_array(&doc->arena, g->stated.count + 1, uint32_t);
    for (size_t i = 0; i < g->stated.count; i++) {
        const struct fact *fact = &g->facts[g->stated.index[i]];

        if (!family_has(family, fact_metric(fact)))
            continue;
        ret->index[ret->count++] = g->stated.index[i];
        ret->models |= fact_subject(fact, STR("model")).len > 0;
        add_statistic(ret, fact_statistic(fact));
    }
}

static bool same_record(const struct fact *a, const struct fact *b)
{
    return a->table == b->table && a->row == b->row && str_eq(fact_metric(a), fact_metric(b)) &&
           str_eq(fact_definition(a), fact_definition(b)) && !strcmp(fact_unit(a), fact_unit(b));
}

/* Puts the fact into its cell; false = it is taken, or belongs to another record. */
static bool record_add(
    const struct stated *stated, struct record *record, const struct fact *fact, uint32_t at)
{
    size_t column = column_of(stated, fact_statistic(fact));

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

static void write_head(struct document *doc, const struct stated *stated)
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

static void write_record(
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

static bool same_list(const struct fact *a, const struct fact *b)
{
    return a->artifact == b->artifact && str_eq(fact_metric(a), fact_metric(b));
}

/* One unit for a list: that of the hundredth part of its largest value, unless all are larger. */
static void set_unit(struct stated *stated, const struct fact *pool, size_t from)
{
    const struct fact *first = &pool[stated->index[from]];
    double smallest = first->value, largest = first->value;

    stated->shown_base = fact_unit(first);
    for (size_t i = from; i < stated->count; i++) {
        const struct fact *fact = &pool[stated->index[i]];

        if (!same_list(first, fact))
            break;
        if (strcmp(fact_unit(fact), stated->shown_base) != 0 ||
            !strcmp(fact_statistic(fact), "stddev"))
            continue;
        smallest = fact->value < smallest ? fact->value : smallest;
        largest = fact->value > largest ? fact->value : largest;
    }
    stated->shown =
        shown_unit(stated->shown_base, largest > 100 * smallest ? largest / 100 : smallest);
}

/* The end of the list that begins at `from`: one metric of one file. */
static size_t list_end(const struct stated *stated, const struct fact *pool, size_t from)
{
    size_t end = from + 1;

    while (end < stated->count && same_list(&pool[stated->index[from]], &pool[stated->index[end]]))
        end++;
    return end;
}

/* Long: more than LIST_ROWS_MAX values of one statistic. The first rows of such a list would be a
 * choice that its writer made (often: the best), so none is shown. */
static bool list_is_long(
    const struct stated *stated, const struct fact *pool, size_t from, size_t end)
{
    size_t counts[STATISTICS_MAX + 1] = {0};

    for (size_t i = from; i < end; i++)
        if (++counts[column_of(stated, fact_statistic(&pool[stated->index[i]]))] > LIST_ROWS_MAX)
            return true;
    return false;
}

static void write_records(
    struct document *doc, struct stated *stated, const struct fact *pool, size_t from, size_t end)
{
    struct record record = {0};

    set_unit(stated, pool, from);
    for (size_t i = from; i < end; i++) {
        const struct fact *fact = &pool[stated->index[i]];

        if (record_add(stated, &record, fact, stated->index[i]))
            continue;
        write_record(doc, stated, &record);
        record = (struct record){0};
        (void)record_add(stated, &record, fact, stated->index[i]);
    }
    write_record(doc, stated, &record);
}

static void write_short_lists(struct document *doc, struct stated *stated, const struct fact *pool)
{
    size_t lists = 0;

    for (size_t i = 0, end; i < stated->count; i = end) {
        end = list_end(stated, pool, i);
        if (list_is_long(stated, pool, i, end) || lists == TABLE_ROWS_MAX)
            continue;
        if (lists++ == 0)
            write_head(doc, stated);
        write_records(doc, stated, pool, i, end);
    }
    if (lists)
        doc_close(doc);
    if (lists == TABLE_ROWS_MAX)
        doc_paragraph(doc, "Further records are left out; chimera facts lists all of them.");
}

static void write_long_row(struct document *doc, struct stated *stated, const struct fact *first,
    uint32_t *index, size_t count)
{
    struct operands *operands = figure_operands(doc, stated->all, index, count);
    struct about about = {.metric = fact_metric(first), .unit = fact_unit(first)};
    struct shown shown = stated->shown;
    struct spread spread;

    spread_of(operands, &spread);
    if (strcmp(about.unit, stated->shown_base) != 0)
        shown = shown_unit(about.unit, spread.median);
    doc_open(doc, NODE_ROW);
    wording_file_cell(doc, stated->all->set, first->artifact);
    doc_cell_exempt(doc, EXEMPT_NAME, wording_metric(about.metric));
    doc_cell_exempt(doc, EXEMPT_PERCENTILE, str_from(fact_statistic(first)));
    doc_open(doc, NODE_CELL);
    figure_count(doc, &about, operands);
    doc_close(doc);
    doc_open(doc, NODE_CELL);
    figure(doc, &about, shown, spread.min, "min", "min(x)", operands);
    doc_close(doc);
    doc_open(doc, NODE_CELL);
    figure(doc, &about, shown, spread.max, "max", "max(x)", operands);
    doc_close(doc);
    doc_cell(doc, *shown.label ? shown.label : "\xe2\x80\x93");
    doc_close(doc);
}

/* A row for each statistic and unit of a long list. */
static void write_long_list(
    struct document *doc, struct stated *stated, const struct fact *pool, size_t from, size_t end)
{
    bool *done = arena_array(&doc->arena, end - from, bool);

    set_unit(stated, pool, from);
    for (size_t i = from; i < end; i++) {
        const struct fact *first = &pool[stated->index[i]];
        uint32_t *index;
        size_t count = 0;

        if (done[i - from])
            continue;
        index = arena_array(&doc->arena, end - i, uint32_t);
        for (size_t k = i; k < end; k++) {
            const struct fact *fact = &pool[stated->index[k]];

            if (done[k - from] || strcmp(fact_statistic(fact), fact_statistic(first)) != 0 ||
                strcmp(fact_unit(fact), fact_unit(first)) != 0)
                continue;
            done[k - from] = true;
            index[count++] = stated->index[k];
        }
        write_long_row(doc, stated, first, index, count);
    }
}

static void write_long_head(struct document *doc)
{
    static const char *const TITLES[] = {
        "Long list", "Metric", "Statistic", "Values", "Smallest", "Largest", "Unit"};

    doc_open(doc, NODE_TABLE)->text = STR("lllrrrl");
    doc_open(doc, NODE_ROW);
    for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++)
        doc_cell(doc, TITLES[i]);
    doc_close(doc);
}

static void write_long_lists(struct document *doc, struct stated *stated, const struct fact *pool)
{
    size_t lists = 0;

    for (size_t i = 0, end; i < stated->count; i = end) {
        end = list_end(stated, pool, i);
        if (!list_is_long(stated, pool, i, end) || lists == TABLE_ROWS_MAX)
            continue;
        if (lists++ == 0)
            write_long_head(doc);
        write_long_list(doc, stated, pool, i, end);
    }
    if (lists)
        doc_close(doc);
    if (lists == TABLE_ROWS_MAX)
        doc_paragraph(doc, "Further lists are left out; chimera facts lists all of them.");
}

static void write_family(
    struct document *doc, struct gathered *g, const struct family *family, struct stated *stated)
{
    doc_open_details(doc, family->title, STR(""));
    write_short_lists(doc, stated, g->facts);
    write_long_lists(doc, stated, g->facts);
    doc_close(doc);
}

void stated_tables(struct document *doc, struct gathered *g)
{
    struct stated stated;

    if (!g->stated.count)
        return;
    doc_heading(doc, 3, "As stated by the files");
    doc_open(doc, NODE_PARAGRAPH);
    figure_count(doc, NULL, &g->stated);
    doc_text(doc, " values are statistics that other tools computed. They stand here as stated: "
                  "their samples are not in the files that state them, so they are neither pooled "
                  "nor compared, and nothing says whether cold starts are inside them.");
    doc_close(doc);
    for (size_t i = 0; i < FAMILY_COUNT; i++) {
        find_stated(doc, g, &FAMILIES[i], &stated);
        if (stated.count)
            write_family(doc, g, &FAMILIES[i], &stated);
    }
}
