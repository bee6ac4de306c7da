/*
 * report/stated_table.c - means, percentiles and other statistics that the files state.
 *
 * They are repeated as stated and never pooled: from a mean nothing can be computed that needs its
 * samples. A row of the table is a record of a file, a column a statistic.
 */
#include "report/stated.h"

enum { LIST_ROWS_MAX = 12 };

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
        stated_add_statistic(ret, fact_statistic(fact));
    }
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
        if (++counts[stated_column(stated, fact_statistic(&pool[stated->index[i]]))] >
            LIST_ROWS_MAX)
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

        if (stated_record_add(stated, &record, fact, stated->index[i]))
            continue;
        stated_write_record(doc, stated, &record);
        record = (struct record){0};
        (void)stated_record_add(stated, &record, fact, stated->index[i]);
    }
    stated_write_record(doc, stated, &record);
}

static void write_short_lists(struct document *doc, struct stated *stated, const struct fact *pool)
{
    size_t lists = 0;

    for (size_t i = 0, end; i < stated->count; i = end) {
        end = list_end(stated, pool, i);
        if (list_is_long(stated, pool, i, end) || lists == TABLE_ROWS_MAX)
            continue;
        if (lists++ == 0)
            stated_write_head(doc, stated);
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
