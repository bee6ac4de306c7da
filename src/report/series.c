/*
 * report/series.c - see the header. Two series are the same when metric, definition, unit, model
 * and all stated configuration keys are; prompts and runs are pooled, configurations never. Where
 * no model is named nothing says that two files measured the same thing: the file is a key, too.
 */
#include "report/series.h"

#include "base/num.h"
#include "fact/metric.h"
#include "fact/name.h"
#include "report/sections.h"

#include <stdlib.h>

enum { SWEEP_MIN = 6 };

void series_index_init(struct series_index *index, struct arena *arena, const struct factset *set)
{
    *index = (struct series_index){.arena = arena, .set = set};
    map_init(&index->rows, arena);
    map_init(&index->series, arena);
    map_init(&index->models, arena);
    map_init(&index->bare, arena);
    buf_init(&index->key, BUF_NO_LIMIT);
}

void series_index_release(struct series_index *index)
{
    map_release(&index->rows);
    map_release(&index->series);
    map_release(&index->models);
    map_release(&index->bare);
    vec_release(&index->sampled);
    vec_release(&index->list);
    vec_release(&index->parts);
    buf_release(&index->key);
}

size_t series_config(const struct fact *fact, struct pair *ret)
{
    size_t count = 0;

    for (size_t i = 0; i < fact_subject_count(fact) && count < CONFIG_MAX; i++) {
        struct str value, key = fact_subject_at(fact, i, &value);
        size_t at = count;

        if (!value.len || str_eq(key, STR("model")) || !name_is_configuration(key))
            continue;
        for (; at > 0 && str_cmp(ret[at - 1].key, key) > 0; at--)
            ret[at] = ret[at - 1];
        ret[at] = (struct pair){key, value};
        count++;
    }
    return count;
}

/* The configuration; where no model is named, behind the file. */
static size_t row_config(const struct series_index *index, const struct fact *fact,
    struct str model, struct pair ret[CONFIG_MAX + 1])
{
    if (model.len)
        return series_config(fact, ret);
    ret[0] = (struct pair){STR("file"),
        wording_path(index->arena, index->set, fact->artifact->root, fact->artifact->path)};
    return 1 + series_config(fact, ret + 1);
}

struct str series_file(const struct series *series)
{
    return series->model.len ? STR_NONE : series->config[0].value;
}

static void add_part(struct buf *buf, struct str s)
{
    buf_addf(buf, "%zu:", s.len);
    buf_add_str(buf, s);
}

/* Keeps model and configuration of a row that was not seen before. */
static void new_row(
    struct series_index *index, struct str model, const struct pair *config, size_t count)
{
    struct series *part = vec_push(&index->parts);
    struct pair *copy = arena_array(index->arena, count + 1, struct pair);

    buf_reset(&index->key);
    for (size_t i = 0; i < count; i++) {
        copy[i] = config[i];
        buf_addf(&index->key, "%s%.*s", i ? " " : "", STR_ARG(config[i].key));
    }
    part->model = model;
    part->config = copy;
    part->config_count = count;
    part->keyset = arena_copy(index->arena, buf_str(&index->key));
    if (model.len)
        (void)map_add(&index->models, model);
}

static uint32_t row_of(struct series_index *index, const struct fact *fact)
{
    struct pair config[CONFIG_MAX + 1];
    struct str model = fact_subject(fact, STR("model"));
    uint32_t before = index->rows.count, id;
    size_t count;

    if (index->has_last && index->last.table == fact->table && index->last.row == fact->row)
        return index->last_row;
    count = row_config(index, fact, model, config);
    buf_reset(&index->key);
    add_part(&index->key, model);
    for (size_t i = 0; i < count; i++) {
        add_part(&index->key, config[i].key);
        add_part(&index->key, config[i].value);
    }
    id = map_add(&index->rows, buf_str(&index->key));
    if (index->rows.count > before)
        new_row(index, model, config, count);
    index->last = *fact;
    index->has_last = true;
    index->last_row = id;
    return id;
}

/* Remembers the first series with samples of a metric and row, whatever its definition. */
static uint32_t note_bare(struct series_index *index, uint32_t id, bool failed)
{
    uint32_t bare = map_add(&index->bare, buf_str(&index->key));

    if (bare == index->sampled.len)
        *vec_push(&index->sampled) = 0;
    if (!failed && !index->sampled.ptr[bare])
        index->sampled.ptr[bare] = id + 1;
    return bare;
}

uint32_t series_index_add(struct series_index *index, const struct fact *fact, bool failed)
{
    uint32_t row = row_of(index, fact), before = index->series.count, id;
    struct series *series;
    size_t bare_len;

    buf_reset(&index->key);
    buf_addf(&index->key, "%u %s ", row, fact_unit(fact));
    add_part(&index->key, fact_metric(fact));
    bare_len = index->key.len;
    add_part(&index->key, fact_definition(fact));
    id = map_add(&index->series, buf_str(&index->key));
    index->key.len = bare_len;
    if (index->series.count > before) {
        series = vec_push(&index->list);
        *series = index->parts.ptr[row];
        series->metric = fact_metric(fact);
        series->definition = fact_definition(fact);
        series->unit = fact_unit(fact);
        series->rank = metric_rank(series->metric);
        series->bare = note_bare(index, id, failed);
    }
    series = &index->list.ptr[id];
    if (!failed && !series->sampled) {
        series->sampled = true;
        (void)note_bare(index, id, false);
    }
    if (fact->flags & FLAG_UNIT_GUESSED)
        series->unit_guessed = true;
    return id;
}

unsigned metric_rank(struct str metric)
{
    const struct metric *m;

    for (unsigned i = 0; (m = metric_at(i)); i++)
        if (str_eq(str_from(m->name), metric))
            return i;
    return UINT32_MAX;
}

static int compare_value(struct str a, struct str b)
{
    double x, y;

    if (num_parse(a, &x) && num_parse(b, &y) && x != y)
        return x < y ? -1 : 1;
    return str_cmp(a, b);
}

int series_compare_config(const struct series *a, const struct series *b)
{
    int order = str_cmp(a->keyset, b->keyset);

    for (size_t i = 0; !order && i < a->config_count; i++)
        order = compare_value(a->config[i].value, b->config[i].value);
    return order;
}

static int compare_series(const void *left, const void *right)
{
    const struct series *a = *(const struct series *const *)left;
    const struct series *b = *(const struct series *const *)right;
    int order;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if ((order = str_cmp(a->metric, b->metric)) || (order = str_cmp(a->definition, b->definition)))
        return order;
    if ((order = strcmp(a->unit, b->unit)) || (order = str_cmp(a->model, b->model)))
        return order;
    return series_compare_config(a, b);
}

static int compare_names(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* A file of failures only states no definition: its rows belong to the samples of their kind. */
static uint32_t home_of(const struct series_index *index, uint32_t id)
{
    const struct series *series = &index->list.ptr[id];

    if (series->sampled || !index->sampled.ptr[series->bare])
        return id;
    return index->sampled.ptr[series->bare] - 1;
}

static void fill_models(const struct series_index *index, struct gathered *g)
{
    g->model_count = index->models.count;
    g->models = arena_array(&g->arena, g->model_count + 1, struct str);
    for (uint32_t i = 0; i < index->models.count; i++)
        g->models[i] = map_key(&index->models, i);
    qsort(g->models, g->model_count, sizeof *g->models, compare_names);
}

const uint32_t *series_index_sort(struct series_index *index, struct gathered *g)
{
    size_t total = index->list.len, count = 0;
    const struct series **order = arena_array(&g->arena, total + 1, const struct series *);
    uint32_t *place = arena_array(&g->arena, total + 1, uint32_t);

    for (uint32_t i = 0; i < total; i++)
        if (home_of(index, i) == i)
            order[count++] = &index->list.ptr[i];
    qsort(order, count, sizeof *order, compare_series);
    g->series = arena_array(&g->arena, count + 1, struct series);
    g->series_count = count;
    for (size_t i = 0; i < count; i++) {
        g->series[i] = *order[i];
        place[order[i] - index->list.ptr] = (uint32_t)i;
    }
    for (uint32_t i = 0; i < total; i++)
        place[i] = place[home_of(index, i)];
    fill_models(index, g);
    return place;
}

static bool same_sweep(const struct series *a, const struct series *b)
{
    return a->rank == b->rank && str_eq(a->metric, b->metric) &&
           str_eq(a->definition, b->definition) && !strcmp(a->unit, b->unit) &&
           str_eq(a->model, b->model) && str_eq(a->keyset, b->keyset) &&
           str_eq(series_file(a), series_file(b));
}

/* True when every key that differs between the series holds numbers: then they are a sweep. */
static bool varies_in_numbers(const struct sweep *sweep)
{
    const struct series *first = sweep->series;
    double number;

    for (size_t i = 0; i < sweep->count; i++)
        for (size_t k = 0; k < first->config_count; k++) {
            struct str value = sweep->series[i].config[k].value;

            if (!str_eq(value, first->config[k].value) &&
                !(num_parse(value, &number) && num_parse(first->config[k].value, &number)))
                return false;
        }
    return true;
}

static struct operands join(struct operands first, const struct operands *last)
{
    first.count = (size_t)(last->index - first.index) + last->count;
    first.first_id = 0;
    return first;
}

static void fill_sweep(struct sweep *sweep)
{
    const struct series *first = sweep->series, *last = first + sweep->count - 1;

    sweep->warm = join(first->warm, &last->warm);
    sweep->cold = join(first->cold, &last->cold);
    sweep->failed = join(first->failed, &last->failed);
    sweep->single_runs = true;
    for (size_t i = 0; i < sweep->count; i++)
        if (first[i].warm.count + first[i].cold.count > 1)
            sweep->single_runs = false;
    sweep->collapsed = sweep->count >= SWEEP_MIN && varies_in_numbers(sweep) &&
                       sweep->warm.count + sweep->cold.count <= 2 * sweep->count;
}

void series_find_sweeps(struct gathered *g)
{
    g->sweeps = arena_array(&g->arena, g->series_count + 1, struct sweep);
    for (size_t i = 0; i < g->series_count; i++) {
        struct sweep *sweep = g->sweep_count ? &g->sweeps[g->sweep_count - 1] : NULL;

        if (!sweep || !same_sweep(sweep->series, &g->series[i])) {
            sweep = &g->sweeps[g->sweep_count++];
            sweep->series = &g->series[i];
        }
        sweep->count++;
    }
    for (size_t i = 0; i < g->sweep_count; i++)
        fill_sweep(&g->sweeps[i]);
}
