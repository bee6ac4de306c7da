/* report/metric_rows.c - see the header. Columns that would say nothing are left out. */
#include "report/metric_rows.h"

#include "report/chart_svg.h"

static bool same_metric(const struct series *a, const struct series *b)
{
    return str_eq(a->metric, b->metric) && !strcmp(a->unit, b->unit);
}

static void add_series_row(struct metric_table *table, struct series *series)
{
    struct metric_row *row = &table->rows[table->count++];

    *row =
        (struct metric_row){series, NULL, &series->warm, &series->cold, &series->failed, {0}, NULL};
}

static void add_rows(struct metric_table *table, struct sweep *sweep)
{
    if (!sweep->collapsed) {
        for (size_t i = 0; i < sweep->count; i++)
            add_series_row(table, &sweep->series[i]);
        return;
    }
    table->rows[table->count++] = (struct metric_row){
        sweep->series, sweep, &sweep->warm, &sweep->cold, &sweep->failed, {0}, NULL};
}

static bool row_shares(const struct metric_row *row, const struct pair *pair)
{
    size_t count = row->sweep ? row->sweep->count : 1;

    for (size_t i = 0; i < count; i++) {
        const struct series *series = &row->series[i];
        bool found = false;

        for (size_t k = 0; k < series->config_count && !found; k++)
            found = str_eq(series->config[k].key, pair->key) &&
                    str_eq(series->config[k].value, pair->value);
        if (!found)
            return false;
    }
    return true;
}

static void find_common(struct metric_table *table)
{
    const struct series *first = table->rows[0].series;

    for (size_t k = 0; table->count > 1 && k < first->config_count; k++) {
        bool common = table->common_count < sizeof table->common / sizeof *table->common;

        for (size_t i = 0; i < table->count && common; i++)
            common = row_shares(&table->rows[i], &first->config[k]);
        if (common)
            table->common[table->common_count++] = first->config[k];
    }
}

static void add_files(struct operands *files, uint32_t *index, const struct operands *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        uint32_t artifact = facts->pool[facts->index[i]].artifact_index;
        size_t k = files->count;

        while (k > 0 && index[k - 1] != artifact)
            k--;
        if (!k)
            index[files->count++] = artifact;
    }
}

struct operands *metric_files(
    struct document *doc, const struct operands *warm, const struct operands *cold)
{
    struct operands *files = figure_operands(doc, warm, NULL, 0);
    uint32_t *index = arena_array(&doc->arena, warm->count + cold->count + 1, uint32_t);

    files->kind = OPERANDS_FILES;
    files->index = index;
    add_files(files, index, warm);
    add_files(files, index, cold);
    return files;
}

static void find_columns(struct metric_table *table)
{
    const struct series *first = table->rows[0].series;

    for (size_t i = 0; i < table->count; i++) {
        const struct metric_row *row = &table->rows[i];

        table->models |= row->series->model.len > 0;
        table->configs |= row->series->config_count > table->common_count;
        table->definitions |= !str_eq(row->series->definition, first->definition);
        table->spreads |= row->spread.n > 1;
        table->intervals |= row->spread.has_interval && !table->no_intervals;
        table->failures |= row->failed->count > 0;
        table->colds |= row->cold->count > 0;
        table->files |= row->files->count > 1;
    }
}

/* The unit that suits the middle of the rows' medians. */
static struct shown unit_of_rows(const struct metric_table *table)
{
    double smallest = 0, largest = 0;
    bool seen = false;

    for (size_t i = 0; i < table->count; i++) {
        double median = table->rows[i].spread.median;

        if (!table->rows[i].spread.n || median <= 0)
            continue;
        if (!seen || median < smallest)
            smallest = median;
        if (!seen || median > largest)
            largest = median;
        seen = true;
    }
    /* Times from ms to s are all told in ms unless the smallest needs it less than the largest. */
    if (largest > 100 * smallest)
        smallest = largest / 100;
    return shown_unit(table->rows[0].series->unit, smallest);
}

void metric_table_init(struct document *doc, struct gathered *g, const struct family *family,
    const struct sweep *only, struct metric_table *ret)
{
    size_t room = 0;

    *ret = (struct metric_table){.one_metric = only != NULL, .no_intervals = family->no_intervals};
    for (size_t i = 0; i < g->sweep_count; i++)
        room += g->sweeps[i].collapsed ? 1 : g->sweeps[i].count;
    ret->rows = arena_array(&doc->arena, room + 1, struct metric_row);
    for (size_t i = 0; i < g->sweep_count; i++) {
        struct sweep *sweep = &g->sweeps[i];

        if (only ? same_metric(sweep->series, only->series)
                 : family_has(family, sweep->series->metric))
            add_rows(ret, sweep);
    }
    if (!ret->count)
        return;
    for (size_t i = 0; i < ret->count; i++) {
        spread_of(ret->rows[i].warm, &ret->rows[i].spread);
        ret->rows[i].files = metric_files(doc, ret->rows[i].warm, ret->rows[i].cold);
    }
    find_common(ret);
    find_columns(ret);
    ret->shown = unit_of_rows(ret);
}

/* ---- writing */

static void head_cell(struct document *doc, const char *words, const char *unit)
{
    doc_open(doc, NODE_CELL);
    doc_text(doc, words);
    if (unit && *unit) {
        doc_text(doc, " (");
        doc_text(doc, unit);
        doc_text(doc, ")");
    }
    doc_close(doc);
}

static void interval_head(struct document *doc)
{
    doc_open(doc, NODE_CELL);
    doc_exempt(doc, EXEMPT_METHOD, STR("95 %"));
    doc_text(doc, " interval");
    doc_close(doc);
}

/* Metric, model, definition, configuration: what the numbers of a row are about. */
static void write_subject_heads(struct document *doc, const struct metric_table *table)
{
    if (!table->one_metric)
        doc_cell(doc, "Metric");
    if (table->models)
        doc_cell(doc, "Model");
    if (table->definitions)
        doc_cell(doc, "Definition");
    if (table->configs)
        doc_cell(doc, "Configuration");
}

static void write_head(struct document *doc, const struct metric_table *table)
{
    const char *unit = table->one_metric ? table->shown.label : NULL;
    struct str columns = STR("");

    if (!table->one_metric)
        columns = arena_printf(&doc->arena, "l");
    columns = arena_printf(&doc->arena, "%.*s%s%s%s%srr%s%s%s%s%s", STR_ARG(columns),
        table->models ? "l" : "", table->definitions ? "l" : "", table->configs ? "l" : "",
        table->files ? "r" : "", table->intervals ? "r" : "", table->spreads ? "rr" : "",
        table->one_metric ? "" : "l", table->failures ? "r" : "", table->colds ? "rr" : "");
    doc_open(doc, NODE_TABLE)->text = columns;
    doc_open(doc, NODE_ROW);
    write_subject_heads(doc, table);
    if (table->files)
        doc_cell(doc, "Files");
    doc_cell(doc, "n");
    head_cell(doc, table->spreads ? "Median" : "Value", unit);
    if (table->intervals)
        interval_head(doc);
    if (table->spreads) {
        head_cell(doc, "Min", unit);
        head_cell(doc, "Max", unit);
    }
    if (!table->one_metric)
        doc_cell(doc, "Unit");
    if (table->failures)
        doc_cell(doc, "Failed");
    if (table->colds) {
        doc_cell(doc, "Cold n");
        head_cell(doc, "Cold median", unit);
    }
    doc_close(doc);
}

struct str metric_varied_keys(struct arena *arena, const struct sweep *sweep)
{
    const struct series *first = sweep->series;
    struct str text = STR("");

    for (size_t k = 0; k < first->config_count; k++) {
        bool varies = false;

        for (size_t i = 1; i < sweep->count && !varies; i++)
            varies = !str_eq(sweep->series[i].config[k].value, first->config[k].value);
        if (varies)
            text = arena_printf(arena, "%.*s%s%.*s", STR_ARG(text), text.len ? ", " : "",
                STR_ARG(first->config[k].key));
    }
    return text;
}

static void write_config(
    struct document *doc, const struct metric_table *table, const struct metric_row *row)
{
    const struct series *series = row->series;
    struct str text;

    doc_open(doc, NODE_CELL);
    if (row->sweep) {
        doc_text(doc, "all of ");
        doc_exempt(doc, EXEMPT_NAME, metric_varied_keys(&doc->arena, row->sweep));
        if (row->sweep->single_runs) {
            doc_text(doc, " ");
            doc_badge(doc, "one run each");
        }
    } else {
        text = wording_config(
            &doc->arena, series->config, series->config_count, table->common, table->common_count);
        if (text.len)
            doc_exempt(doc, EXEMPT_NAME, text);
        else
            doc_text(doc, "not stated");
    }
    doc_close(doc);
}

static void number_cell(struct document *doc, const struct about *about, struct shown shown,
    double value, const char *statistic, const char *formula, struct operands *operands)
{
    doc_open(doc, NODE_CELL);
    if (operands->count)
        figure(doc, about, shown, value, statistic, formula, operands);
    else
        doc_text(doc, "\xe2\x80\x93");
    doc_close(doc);
}

static void write_interval(struct document *doc, const struct about *about, struct shown shown,
    const struct metric_row *row)
{
    doc_open(doc, NODE_CELL);
    if (row->spread.has_interval) {
        figure(doc, about, shown, row->spread.low, "median_low", "median_low(x,0.95)", row->warm);
        doc_text(doc, " to ");
        figure(
            doc, about, shown, row->spread.high, "median_high", "median_high(x,0.95)", row->warm);
    } else if (row->spread.n) {
        doc_text(doc, "needs n = ");
        doc_exempt(doc, EXEMPT_METHOD, STR("6"));
    } else {
        doc_text(doc, "\xe2\x80\x93");
    }
    doc_close(doc);
}

static void count_cell(struct document *doc, const struct about *about, struct operands *operands)
{
    doc_open(doc, NODE_CELL);
    figure_count(doc, about, operands);
    doc_close(doc);
}

static void write_median(struct document *doc, const struct about *about, struct shown shown,
    const struct metric_row *row)
{
    doc_open(doc, NODE_CELL);
    if (row->spread.n)
        figure(doc, about, shown, row->spread.median, "median", "median(x)", row->warm);
    else
        doc_text(doc, "\xe2\x80\x93");
    if (row->series->unit_guessed) {
        doc_text(doc, " ");
        doc_badge(doc, "unit guessed");
    }
    doc_close(doc);
}

static void write_cold(struct document *doc, const struct about *about, struct shown shown,
    const struct metric_row *row)
{
    struct spread spread;

    count_cell(doc, about, row->cold);
    spread_of(row->cold, &spread);
    number_cell(doc, about, shown, spread.median, "median", "median(x)", row->cold);
}

static void write_row(
    struct document *doc, const struct metric_table *table, const struct metric_row *row)
{
    struct about about = wording_about(doc, row->series, !row->sweep);
    struct shown shown =
        table->one_metric ? table->shown
                          : shown_unit(row->series->unit, row->spread.n ? row->spread.median : 0);

    doc_open(doc, NODE_ROW);
    if (!table->one_metric)
        wording_cell(doc, wording_metric(row->series->metric));
    if (table->models)
        wording_model_cell(doc, row->series->model);
    if (table->definitions)
        wording_cell(doc, row->series->definition);
    if (table->configs)
        write_config(doc, table, row);
    if (table->files && row->files->count)
        count_cell(doc, &about, row->files);
    else if (table->files)
        doc_cell(doc, "\xe2\x80\x93");
    count_cell(doc, &about, row->warm);
    write_median(doc, &about, shown, row);
    if (table->intervals)
        write_interval(doc, &about, shown, row);
    if (table->spreads && row->spread.n == 1) {
        doc_cell(doc, "\xe2\x80\x93");
        doc_cell(doc, "\xe2\x80\x93");
    } else if (table->spreads) {
        number_cell(doc, &about, shown, row->spread.min, "min", "min(x)", row->warm);
        number_cell(doc, &about, shown, row->spread.max, "max", "max(x)", row->warm);
    }
    if (!table->one_metric)
        wording_cell(doc, str_from(shown.label));
    if (table->failures)
        count_cell(doc, &about, row->failed);
    if (table->colds)
        write_cold(doc, &about, shown, row);
    doc_close(doc);
}

/* The samples of the rows that are not shown; series lie in order, so this is one slice only where
 * the rows are all of neighbouring sweeps. */
static void write_rest(struct document *doc, const struct metric_table *table)
{
    size_t total = 0, at = 0;
    uint32_t *index;

    for (size_t i = TABLE_ROWS_MAX; i < table->count; i++)
        total += table->rows[i].warm->count;
    index = arena_array(&doc->arena, total + 1, uint32_t);
    for (size_t i = TABLE_ROWS_MAX; i < table->count; i++)
        for (size_t k = 0; k < table->rows[i].warm->count; k++)
            index[at++] = table->rows[i].warm->index[k];
    doc_open(doc, NODE_PARAGRAPH);
    doc_text(doc, "Further rows are left out; behind them stand ");
    figure_count(doc, NULL, figure_operands(doc, table->rows[0].warm, index, total));
    doc_text(doc, " samples. Narrow the report with --where to see them.");
    doc_close(doc);
}

void metric_table_write(struct document *doc, const struct metric_table *table)
{
    write_head(doc, table);
    for (size_t i = 0; i < table->count && i < TABLE_ROWS_MAX; i++)
        write_row(doc, table, &table->rows[i]);
    doc_close(doc);
    if (table->count > TABLE_ROWS_MAX)
        write_rest(doc, table);
}

void metric_table_chart(struct document *doc, const struct metric_table *table)
{
    struct chart_row *rows = arena_array(&doc->arena, table->count + 1, struct chart_row);
    struct chart *chart;
    size_t count = 0, samples = 0;

    for (size_t i = 0; i < table->count && count < CHART_ROWS_MAX; i++) {
        const struct metric_row *row = &table->rows[i];
        const struct series *series = row->series;

        if (!row->spread.n)
            continue;
        rows[count].label = series->model.len ? series->model : STR("model not named");
        rows[count].detail = row->sweep
                                 ? arena_printf(&doc->arena, "all of %.*s",
                                       STR_ARG(metric_varied_keys(&doc->arena, row->sweep)))
                                 : wording_config(&doc->arena, series->config, series->config_count,
                                       table->common, table->common_count);
        rows[count].samples = row->warm;
        rows[count++].spread = row->spread;
        samples += row->spread.n;
    }
    if (samples < 3)
        return;
    chart = arena_new(&doc->arena, struct chart);
    *chart = (struct chart){wording_metric(table->rows[0].series->metric), table->shown, rows,
        count, count == CHART_ROWS_MAX && table->count > count};
    doc_open(doc, NODE_CHART)->chart = chart;
    doc_close(doc);
}
