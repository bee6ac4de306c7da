/*
 * fact/group.c - gathering facts by the values of keys.
 *
 * A fact finds its group through the dictionary ids of its keys' columns; strings are built only
 * when a tuple of ids is seen for the first time in a table. What the groups say about themselves
 * stands in group_statistic.c.
 */
#include "fact/group.h"

#include "base/num.h"
#include "fact/condition.h"
#include "fact/table.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

struct bin {
    struct group group;
    VEC(double) values;
    VEC(struct fact) facts, failures;
};

/* The columns of one key in the current table, the first that is not empty counts. */
struct key_columns {
    uint32_t first, count; /* in gather.columns */
};

struct gather {
    const struct query *query;
    const struct group_options *options;
    struct grouping *ret;
    struct map names; /* group's values, metric, statistic and unit as one string -> bin */
    VEC(struct bin) bins;
    struct buf name;
    bool use_failed, use_copies;
    /* cache of the current table: [measure, id of key 0, id of key 1, ...] -> bin */
    const struct table *table;
    VEC(const struct string_column *) columns;
    struct key_columns *keys;
    uint32_t width, generation, slot_count, slots_used;
    uint32_t *tuple; /* scratch */
    uint32_t *tuples, *slot_bin, *slot_generation;
    unsigned char *slot_noted;
};

/* ---- a group by its strings */

static void add_part(struct buf *name, struct str part)
{
    buf_addf(name, "%zu:", part.len);
    buf_add_str(name, part);
}

static uint32_t find_bin(struct gather *gather, const struct fact *fact)
{
    const struct group_options *options = gather->options;
    struct arena *arena = &gather->ret->arena;
    struct bin *bin;
    uint32_t id;

    buf_reset(&gather->name);
    for (size_t i = 0; i < options->key_count; i++)
        add_part(&gather->name, query_key(fact, options->keys[i]));
    add_part(&gather->name, fact_metric(fact));
    add_part(&gather->name, str_from(fact_statistic(fact)));
    add_part(&gather->name, str_from(fact_unit(fact)));
    id = map_add(&gather->names, buf_str(&gather->name));
    if (id < gather->bins.len)
        return id;
    bin = vec_push(&gather->bins);
    bin->group.metric = arena_copy(arena, fact_metric(fact));
    bin->group.statistic = fact_statistic(fact);
    bin->group.unit = fact_unit(fact);
    bin->group.values = arena_array(arena, options->key_count + 3, struct str);
    for (size_t i = 0; i < options->key_count; i++) {
        struct str value = query_key(fact, options->keys[i]);

        if (!value.len)
            continue;
        bin->group.values[i] = arena_copy(arena, value);
        gather->ret->key_known[i] = true;
    }
    return id;
}

/* ---- the cache of the current table */

static void enter_table(struct gather *gather, const struct fact *fact)
{
    const struct table *table = fact->table;

    gather->table = table;
    gather->columns.len = 0;
    gather->generation++;
    gather->slots_used = 0;
    for (size_t i = 0; i < gather->options->key_count; i++) {
        struct str key = gather->options->keys[i];
        uint32_t id = condition_key_find(key) == KEY_SUBJECT
                          ? map_find(&fact->artifact->strings, key)
                          : MAP_NONE;

        gather->keys[i] = (struct key_columns){(uint32_t)gather->columns.len, 0};
        for (uint32_t c = 0; id != MAP_NONE && c < table->subject_count; c++)
            if (table->subjects[c].key == id) {
                *vec_push(&gather->columns) = &table->subjects[c];
                gather->keys[i].count++;
            }
    }
}

static uint32_t key_code(const struct gather *gather, size_t key, uint32_t row)
{
    uint32_t code = 0;

    for (uint32_t i = 0; !code && i < gather->keys[key].count; i++)
        code = column_code(gather->columns.ptr[gather->keys[key].first + i], row);
    return code;
}

static void resize_slots(struct gather *gather, uint32_t count)
{
    free(gather->tuples);
    free(gather->slot_bin);
    free(gather->slot_generation);
    free(gather->slot_noted);
    gather->slot_count = count;
    gather->tuples = calloc(count, gather->width * sizeof *gather->tuples);
    gather->slot_bin = calloc(count, sizeof *gather->slot_bin);
    gather->slot_generation = calloc(count, sizeof *gather->slot_generation);
    gather->slot_noted = calloc(count, 1);
    if (!gather->tuples || !gather->slot_bin || !gather->slot_generation || !gather->slot_noted)
        err_no_memory();
    gather->generation = 1;
    gather->slots_used = 0;
}

/* The slot of the fact's tuple, filled. */
static uint32_t find_slot(struct gather *gather, const struct fact *fact)
{
    enum { MEASURE_MIX = 0x9e3779b1 };
    uint64_t hash = (uint64_t)(fact->measure + 1) * MEASURE_MIX;
    uint32_t *tuple = gather->tuple, slot;
    size_t bytes = gather->width * sizeof *tuple;

    tuple[0] = fact->measure;
    for (uint32_t i = 1; i < gather->width; i++) {
        tuple[i] = key_code(gather, i - 1, fact->row);
        hash = (hash ^ tuple[i]) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    for (slot = (uint32_t)hash & (gather->slot_count - 1);
         gather->slot_generation[slot] == gather->generation;
         slot = (slot + 1) & (gather->slot_count - 1))
        if (!memcmp(gather->tuples + (size_t)slot * gather->width, tuple, bytes))
            return slot;
    memcpy(gather->tuples + (size_t)slot * gather->width, tuple, bytes);
    gather->slot_generation[slot] = gather->generation;
    gather->slot_bin[slot] = find_bin(gather, fact);
    gather->slot_noted[slot] = 0;
    gather->slots_used++;
    return slot;
}

/* ---- facts */

/* What holds for all facts of a slot: they share measure, table and artifact. */
static void note_measure(struct group *group, const struct fact *fact)
{
    struct str definition = fact_definition(fact);

    if (group->definition.ptr && !str_eq(group->definition, definition))
        group->definitions_mixed = true;
    if (!group->definition.ptr)
        group->definition = definition;
    group->unit_guessed |= (fact->flags & FLAG_UNIT_GUESSED) != 0;
    group->markdown_used |= fact->artifact->type == TYPE_MARKDOWN;
}

static bool is_used(const struct gather *gather, const struct fact *fact, enum fate fate)
{
    if (!fact->text.len || !isfinite(fact->value))
        return false;
    return fate == FATE_USED || (fate == FATE_FAILED && gather->use_failed) ||
           (fate == FATE_DUPLICATE && gather->use_copies);
}

static bool gather_fact(void *ctx, const struct fact *fact, enum fate fate)
{
    struct gather *gather = ctx;
    struct bin *bin;
    uint32_t slot;

    if (fact->table != gather->table)
        enter_table(gather, fact);
    if (gather->slots_used * 2 >= gather->slot_count)
        resize_slots(gather, gather->slot_count * 2);
    slot = find_slot(gather, fact);
    bin = &gather->bins.ptr[gather->slot_bin[slot]];
    if (is_used(gather, fact, fate)) {
        if (!gather->slot_noted[slot])
            note_measure(&bin->group, fact);
        gather->slot_noted[slot] = 1;
        *vec_push(&bin->values) = fact->value;
        bin->group.cold += fact_row_is_cold(fact);
        if (gather->options->keep_facts)
            *vec_push(&bin->facts) = *fact;
    } else if (fate == FATE_DUPLICATE && !gather->use_copies) {
        bin->group.duplicates++;
    } else {
        bin->group.excluded++;
        if (gather->options->keep_facts)
            *vec_push(&bin->failures) = *fact;
    }
    return true;
}

/* ---- the answer */

/* Appends a key that keeps apart what the user's keys would have mixed. */
static void add_key(
    struct gather *gather, const char *key, struct str (*value)(const struct group *))
{
    for (size_t i = 0; i < gather->options->key_count; i++)
        if (str_eq(gather->options->keys[i], str_from(key)))
            return;
    for (size_t b = 0; b < gather->bins.len; b++) {
        struct group *group = &gather->bins.ptr[b].group;

        group->keys[group->key_count] = str_from(key);
        group->values[group->key_count++] = value(group);
    }
}

static struct str metric_of(const struct group *group)
{
    return group->metric;
}

static struct str statistic_of(const struct group *group)
{
    return str_from(group->statistic);
}

static struct str unit_of(const struct group *group)
{
    return str_from(group->unit);
}

static void name_groups(struct gather *gather)
{
    const struct group *first = &gather->bins.ptr[0].group;
    const char **unit_of_metric = arena_array(&gather->ret->arena, gather->bins.len, const char *);
    bool statistics = false, units = false;
    uint32_t metrics;
    struct map seen;

    map_init(&seen, &gather->ret->arena);
    for (size_t b = 0; b < gather->bins.len; b++) {
        struct group *group = &gather->bins.ptr[b].group;
        uint32_t id = map_add(&seen, group->metric);

        group->keys = arena_array(&gather->ret->arena, gather->options->key_count + 3, struct str);
        for (size_t i = 0; i < gather->options->key_count; i++)
            group->keys[i] = gather->options->keys[i];
        group->key_count = gather->options->key_count;
        statistics |= strcmp(group->statistic, first->statistic) != 0;
        if (!unit_of_metric[id])
            unit_of_metric[id] = group->unit;
        units |= strcmp(unit_of_metric[id], group->unit) != 0;
    }
    metrics = seen.count;
    map_release(&seen);
    if (metrics > 1)
        add_key(gather, "metric", metric_of);
    if (statistics)
        add_key(gather, "statistic", statistic_of);
    if (units)
        add_key(gather, "unit", unit_of);
}

/* Ranks of the values of one key: numbers by size where all are numbers, else by first sight. */
static void rank_key(struct gather *gather, size_t key, size_t key_count, double *ranks)
{
    bool numbers = true;
    struct map seen;

    map_init(&seen, &gather->ret->arena);
    for (size_t b = 0; b < gather->bins.len; b++) {
        struct str value = gather->bins.ptr[b].group.values[key];
        double number;

        numbers = numbers && (!value.ptr || (num_parse(value, &number) && !isnan(number)));
    }
    for (size_t b = 0; b < gather->bins.len; b++) {
        struct str value = gather->bins.ptr[b].group.values[key];
        double *rank = &ranks[b * key_count + key];

        if (!value.ptr)
            *rank = HUGE_VAL;
        else if (!numbers || !num_parse(value, rank))
            *rank = map_add(&seen, value);
    }
    map_release(&seen);
}

struct ranked {
    const double *ranks;
    size_t key_count, bin;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    for (size_t i = 0; i < x->key_count; i++)
        if (x->ranks[i] != y->ranks[i])
            return x->ranks[i] < y->ranks[i] ? -1 : 1;
    return (x->bin > y->bin) - (x->bin < y->bin);
}

static void close_bin(struct bin *bin, struct group *ret)
{
    struct group group = bin->group;

    group.in_order = bin->values.ptr;
    group.n = bin->values.len;
    group.facts = bin->facts.ptr;
    group.failures = bin->failures.ptr;
    group.failure_count = bin->failures.len;
    if (group.n) {
        group.sorted = malloc(group.n * sizeof *group.sorted);
        if (!group.sorted)
            err_no_memory();
        memcpy(group.sorted, group.in_order, group.n * sizeof *group.sorted);
        stats_sort(group.sorted, group.n);
    }
    *ret = group;
}

static void close_bins(struct gather *gather)
{
    size_t count = gather->bins.len, key_count = count ? gather->bins.ptr[0].group.key_count : 0;
    struct arena *arena = &gather->ret->arena;
    double *ranks = arena_array(arena, count * (key_count ? key_count : 1), double);
    struct ranked *order = arena_array(arena, count, struct ranked);

    for (size_t i = 0; i < key_count; i++)
        rank_key(gather, i, key_count, ranks);
    for (size_t b = 0; b < count; b++)
        order[b] = (struct ranked){ranks + b * key_count, key_count, b};
    if (count)
        qsort(order, count, sizeof *order, by_rank);
    gather->ret->groups = arena_array(arena, count, struct group);
    for (size_t b = 0; b < count; b++)
        close_bin(&gather->bins.ptr[order[b].bin], &gather->ret->groups[b]);
    gather->ret->count = count;
}

static void gather_release(struct gather *gather)
{
    map_release(&gather->names);
    buf_release(&gather->name);
    vec_release(&gather->bins);
    vec_release(&gather->columns);
    free(gather->tuples);
    free(gather->slot_bin);
    free(gather->slot_generation);
    free(gather->slot_noted);
}

void group_facts(const struct factset *set, const struct query *query,
    const struct group_options *options, struct grouping *ret)
{
    struct gather gather = {.query = query, .options = options, .ret = ret};

    *ret = (struct grouping){0};
    arena_init(&ret->arena);
    ret->key_known = arena_array(&ret->arena, options->key_count + 1, bool);
    gather.keys = arena_array(&ret->arena, options->key_count + 1, struct key_columns);
    gather.use_failed = options->use_all || query->wants_failed;
    gather.use_copies = options->use_all || query->wants_duplicates;
    gather.width = (uint32_t)options->key_count + 1;
    gather.tuple = arena_array(&ret->arena, gather.width, uint32_t);
    map_init(&gather.names, &ret->arena);
    buf_init(&gather.name, BUF_NO_LIMIT);
    resize_slots(&gather, 64);
    query_each(set, query, gather_fact, &gather);
    if (gather.bins.len) {
        name_groups(&gather);
        close_bins(&gather);
    } else if (!options->key_count) {
        ret->groups = arena_new(&ret->arena, struct group);
        ret->count = 1;
    }
    gather_release(&gather);
}

void grouping_release(struct grouping *grouping)
{
    for (size_t i = 0; i < grouping->count; i++) {
        free(grouping->groups[i].sorted);
        vec_free(grouping->groups[i].in_order);
        vec_free(grouping->groups[i].facts);
        vec_free(grouping->groups[i].failures);
    }
    arena_release(&grouping->arena);
    *grouping = (struct grouping){0};
}
