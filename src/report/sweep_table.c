/*
 * report/sweep_table.c - the single configurations of a sweep that section 3 shows as one row.
 *
 * A table for each model: a row a configuration, a column a metric. No row is marked as the best:
 * a configuration that ran once cannot be told apart from its neighbours.
 */
#include "report/sections.h"
#include "report/series.h"

enum { COLUMNS_MAX = 12 };

struct pivot {
    struct sweep *columns[COLUMNS_MAX];
    size_t column_count;
    struct sweep *base; /* the one with the most configurations: its series are the rows */
    size_t at[COLUMNS_MAX];
    struct shown shown[COLUMNS_MAX];
    bool keys[CONFIG_MAX + 1]; /* which keys vary */
    bool states;               /* some configuration is cold or failed */
};

enum state { STATE_WARM, STATE_COLD, STATE_FAILED, STATE_ABSENT };

static enum state state_of(const struct series *series)
{
    if (!series)
        return STATE_ABSENT;
    if (series->warm.count)
        return STATE_WARM;
    if (series->cold.count)
        return STATE_COLD;
    return series->failed.count ? STATE_FAILED : STATE_ABSENT;
}

static const char *state_name(enum state state)
{
    static const char *const NAMES[] = {"warm", "cold", "failed", "no value"};

    return NAMES[state];
}

static bool belongs(const struct sweep *a, const struct sweep *b)
{
    return a->collapsed && str_eq(a->series->model, b->series->model) &&
           str_eq(series_file(a->series), series_file(b->series)) &&
           str_eq(a->series->keyset, b->series->keyset);
}

static bool comes_first(const struct gathered *g, const struct sweep *sweep)
{
    if (!sweep->collapsed)
        return false;
    for (const struct sweep *other = g->sweeps; other < sweep; other++)
        if (belongs(other, sweep))
            return false;
    return true;
}

static void find_keys(struct pivot *pivot)
{
    const struct series *first = pivot->base->series;

    for (size_t k = 0; k < first->config_count; k++)
        for (size_t i = 1; i < pivot->base->count && !pivot->keys[k]; i++)
            pivot->keys[k] =
                !str_eq(pivot->base->series[i].config[k].value, first->config[k].value);
}

static void find_pivot(struct gathered *g, struct sweep *first, struct pivot *ret)
{
    struct spread spread;

    *ret = (struct pivot){.base = first};
    for (size_t i = (size_t)(first - g->sweeps); i < g->sweep_count; i++) {
        struct sweep *sweep = &g->sweeps[i];

        if (!belongs(sweep, first) || ret->column_count == COLUMNS_MAX)
            continue;
        if (sweep->count > ret->base->count)
            ret->base = sweep;
        spread_of(sweep->warm.count ? &sweep->warm : &sweep->cold, &spread);
        ret->shown[ret->column_count] = shown_unit(sweep->series->unit, spread.median);
        ret->columns[ret->column_count++] = sweep;
    }
    find_keys(ret);
    for (size_t i = 0; i < ret->base->count; i++)
        ret->states |= state_of(&ret->base->series[i]) != STATE_WARM;
}

static void write_head(struct document *doc, const struct pivot *pivot)
{
    const struct series *first = pivot->base->series;
    char columns[CONFIG_MAX + COLUMNS_MAX + 2];
    size_t len = 0;

    for (size_t k = 0; k < first->config_count; k++)
        if (pivot->keys[k])
            columns[len++] = 'r';
    if (pivot->states)
        columns[len++] = 'l';
    for (size_t c = 0; c < pivot->column_count; c++)
        columns[len++] = 'r';
    doc_open(doc, NODE_TABLE)->text = arena_copy(&doc->arena, (struct str){columns, len});
    doc_open(doc, NODE_ROW);
    for (size_t k = 0; k < first->config_count; k++)
        if (pivot->keys[k])
            doc_cell_exempt(doc, EXEMPT_NAME, first->config[k].key);
    if (pivot->states)
        doc_cell(doc, "Run");
    for (size_t c = 0; c < pivot->column_count; c++) {
        doc_open(doc, NODE_CELL);
        doc_exempt(doc, EXEMPT_NAME, wording_metric(pivot->columns[c]->series->metric));
        if (*pivot->shown[c].label && strcmp(pivot->shown[c].label, "tokens") != 0) {
            doc_text(doc, ", ");
            doc_text(doc, pivot->shown[c].label);
        }
        doc_close(doc);
    }
    doc_close(doc);
}

/* The series of column c with this configuration; rows and columns are in the same order. */
static struct series *series_at(struct pivot *pivot, size_t c, const struct series *row)
{
    struct sweep *sweep = pivot->columns[c];

    while (pivot->at[c] < sweep->count) {
        int order = series_compare_config(&sweep->series[pivot->at[c]], row);

        if (order >= 0)
            return order == 0 ? &sweep->series[pivot->at[c]] : NULL;
        pivot->at[c]++;
    }
    return NULL;
}

/* A value of another state than its row's is marked. */
static void write_value(
    struct document *doc, struct series *series, struct shown shown, enum state row_state)
{
    enum state state = state_of(series);
    struct operands *operands;
    struct about about;
    struct spread spread;
    bool one;

    if (state == STATE_WARM || state == STATE_COLD) {
        operands = state == STATE_WARM ? &series->warm : &series->cold;
        about = wording_about(doc, series, true);
        spread_of(operands, &spread);
        one = spread.n == 1;
        figure(doc, &about, shown, spread.median, one ? "sample" : "median",
            one ? "x" : "median(x)", operands);
    } else {
        doc_text(doc, "\xe2\x80\x93");
    }
    if (state != row_state && state != STATE_ABSENT) {
        doc_text(doc, " ");
        doc_badge(doc, state_name(state));
    }
}

static void write_row(struct document *doc, struct pivot *pivot, const struct series *row)
{
    enum state state = state_of(row);

    doc_open(doc, NODE_ROW);
    for (size_t k = 0; k < row->config_count; k++)
        if (pivot->keys[k])
            doc_cell_exempt(doc, EXEMPT_NAME, wording_quote(&doc->arena, row->config[k].value));
    if (pivot->states) {
        doc_open(doc, NODE_CELL);
        if (state == STATE_WARM)
            doc_text(doc, state_name(state));
        else
            doc_badge(doc, state_name(state));
        doc_close(doc);
    }
    for (size_t c = 0; c < pivot->column_count; c++) {
        doc_open(doc, NODE_CELL);
        write_value(doc, series_at(pivot, c, row), pivot->shown[c], state);
        doc_close(doc);
    }
    doc_close(doc);
}

static void write_pivot(struct document *doc, struct pivot *pivot)
{
    struct sweep *base = pivot->base;
    size_t rows = base->count < TABLE_ROWS_MAX ? base->count : TABLE_ROWS_MAX;

    if (base->series->model.len)
        doc_open_details(doc, "Configurations of", base->series->model);
    else
        doc_open_details(doc, "Configurations in", series_file(base->series));
    write_head(doc, pivot);
    for (size_t i = 0; i < rows; i++)
        write_row(doc, pivot, &base->series[i]);
    doc_close(doc);
    if (rows < base->count)
        doc_paragraph(doc, "Further configurations are left out; chimera facts lists all of them.");
    doc_close(doc);
}

void sweep_tables(struct document *doc, struct gathered *g)
{
    struct pivot pivot;
    bool any = false;

    for (size_t i = 0; i < g->sweep_count; i++) {
        if (!comes_first(g, &g->sweeps[i]))
            continue;
        if (!any) {
            doc_heading(doc, 3, "Single configurations");
            doc_paragraph(doc,
                "Settings that were swept with hardly a repeat. A value of a single run has no "
                "spread of its own, so the list is in the order of the settings and names no best "
                "one. Runs marked cold began with loading the model; times that include loading "
                "are long there for that reason.");
        }
        any = true;
        find_pivot(g, &g->sweeps[i], &pivot);
        write_pivot(doc, &pivot);
    }
}
