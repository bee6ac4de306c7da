/*
 * report/gather.c - one visit of all facts, then counting and sorting of indices.
 *
 * A row's configuration is worked out once for all its measures: rows come one after another.
 */
#include "report/gather.h"

#include "fact/name.h"
#include "report/series.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Where a fact belongs. */
enum part { PART_NONE, PART_WARM, PART_COLD, PART_FAILED, PART_STATED, PART_COPY };

struct slot {
    uint32_t series; /* or UINT32_MAX */
    unsigned char part;
    bool present, new_failure, markdown;
};

struct visit {
    struct gathered *to;
    VEC(struct fact) facts;
    VEC(struct slot) slots;
    struct series_index index;
    struct map marks; /* see first_mark() */
};

static bool is_sample(const struct fact *fact)
{
    return !strcmp(fact_statistic(fact), "sample");
}

static enum part part_of(const struct fact *fact, enum fate fate)
{
    if (fate == FATE_DUPLICATE)
        return PART_COPY;
    if (fate == FATE_FAILED)
        return PART_FAILED;
    if (!is_sample(fact))
        return PART_STATED;
    return fact_row_is_cold(fact) ? PART_COLD : PART_WARM;
}

/*
 * True once for each mark of failure and series: a record may lie in several tables (a quantity in
 * two parts, lists inside a failed record) and has still failed once.
 */
static bool first_mark(struct visit *visit, uint32_t series, const struct fact *fact)
{
    struct failure_mark mark = {.offset = fact_offset(fact)}; /* what is not finite marks itself */
    uint32_t before = visit->marks.count;
    char key[64];
    int len;

    (void)fact_failure(fact, &mark);
    len = snprintf(key, sizeof key, "%u %u %llu", series, fact->artifact_index,
        (unsigned long long)mark.offset);
    return map_add(&visit->marks, (struct str){key, (size_t)len}) == before;
}

static bool on_fact(void *ctx, const struct fact *fact, enum fate fate)
{
    struct visit *visit = ctx;
    struct slot *slot = vec_push(&visit->slots);

    slot->part = (unsigned char)part_of(fact, fate);
    slot->series = UINT32_MAX;
    slot->present = fact->text.len > 0;
    slot->markdown = fact->artifact->type == TYPE_MARKDOWN;
    if (!slot->markdown && slot->part == PART_FAILED)
        slot->new_failure = first_mark(visit, UINT32_MAX, fact);
    if (!slot->markdown && slot->part != PART_COPY && is_sample(fact))
        slot->series = series_index_add(&visit->index, fact, slot->part == PART_FAILED);
    if (slot->part == PART_FAILED && slot->series != UINT32_MAX &&
        !first_mark(visit, slot->series, fact))
        slot->series = UINT32_MAX;
    *vec_push(&visit->facts) = *fact;
    return true;
}

/* An index list of the facts that a test picks. */
static void pick(struct gathered *g, const struct slot *slots,
    bool (*wanted)(const struct slot *slot, const struct fact *fact, int arg), int arg,
    enum operand_kind kind, struct operands *ret)
{
    size_t count = 0;
    uint32_t *index;

    for (size_t i = 0; i < g->count; i++)
        count += wanted(&slots[i], &g->facts[i], arg);
    index = arena_array(&g->arena, count + 1, uint32_t);
    count = 0;
    for (size_t i = 0; i < g->count; i++)
        if (wanted(&slots[i], &g->facts[i], arg))
            index[count++] = (uint32_t)i;
    *ret = (struct operands){kind, g->facts, g->set, index, count, 0};
}

static bool wants_type(const struct slot *slot, const struct fact *fact, int type)
{
    return slot->present && fact->artifact->type == (enum artifact_type)type;
}

static bool wants_part(const struct slot *slot, const struct fact *fact, int part)
{
    (void)fact;
    return !slot->markdown && slot->part == (enum part)part && slot->present;
}

static bool wants_failure(const struct slot *slot, const struct fact *fact, int arg)
{
    (void)fact;
    (void)arg;
    return slot->new_failure;
}

static bool wants_guessed(const struct slot *slot, const struct fact *fact, int arg)
{
    (void)arg;
    return !slot->markdown && slot->present && (fact->flags & FLAG_UNIT_GUESSED) &&
           slot->part != PART_COPY && slot->part != PART_FAILED;
}

struct stated_key {
    unsigned rank;
    uint32_t at;
};

static int by_rank(const void *a, const void *b)
{
    const struct stated_key *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static void sort_stated(struct gathered *g)
{
    struct stated_key *keys = arena_array(&g->arena, g->stated.count + 1, struct stated_key);
    uint32_t *index = arena_array(&g->arena, g->stated.count + 1, uint32_t);
    struct map ranks;

    map_init(&ranks, &g->arena);
    for (size_t i = 0; i < g->stated.count; i++) {
        uint32_t at = g->stated.index[i];
        struct str metric = fact_metric(&g->facts[at]);

        keys[i] = (struct stated_key){metric_rank(metric), at};
        if (keys[i].rank == UINT32_MAX) /* unregistered: in the order of first sight */
            keys[i].rank = UINT32_MAX / 2 + map_add(&ranks, metric);
    }
    qsort(keys, g->stated.count, sizeof *keys, by_rank);
    for (size_t i = 0; i < g->stated.count; i++)
        index[i] = keys[i].at;
    g->stated.index = index;
    map_release(&ranks);
}

static struct operands *part_list(struct series *series, enum part part)
{
    switch (part) {
    case PART_WARM:
        return &series->warm;
    case PART_COLD:
        return &series->cold;
    case PART_FAILED:
        return &series->failed;
    default:
        return NULL;
    }
}

/* Counting sort: the lists of neighbouring series lie behind one another, so that a sweep's list is
 * one slice. */
static void fill_part(struct gathered *g, const struct slot *slots, const uint32_t *place,
    enum part part, enum operand_kind kind)
{
    uint32_t **next = arena_array(&g->arena, g->series_count + 1, uint32_t *);
    size_t total = 0;
    uint32_t *index;

    for (size_t i = 0; i < g->count; i++)
        if (slots[i].part == part && slots[i].series != UINT32_MAX) {
            part_list(&g->series[place[slots[i].series]], part)->count++;
            total++;
        }
    index = arena_array(&g->arena, total + 1, uint32_t);
    for (size_t s = 0; s < g->series_count; s++) {
        struct operands *list = part_list(&g->series[s], part);

        *list = (struct operands){kind, g->facts, g->set, index, list->count, 0};
        next[s] = index;
        index += list->count;
    }
    for (size_t i = 0; i < g->count; i++)
        if (slots[i].part == part && slots[i].series != UINT32_MAX)
            *next[place[slots[i].series]]++ = (uint32_t)i;
}

static void list_files(struct gathered *g)
{
    const struct factset *set = g->set;
    uint32_t *index = arena_array(&g->arena, 3 * set->count + 3, uint32_t);
    struct operands none = {OPERANDS_FILES, g->facts, set, NULL, 0, 0};

    g->all_files = none;
    g->all_files.count = set->count;
    for (int type = 0; type < TYPE_COUNT; type++) {
        g->files[type] = none;
        g->files[type].index = index;
        for (size_t i = 0; i < set->count; i++)
            if (set->artifacts[i]->type == (enum artifact_type)type) {
                *index++ = (uint32_t)i;
                g->files[type].count++;
            }
    }
    g->copied_files = g->set_aside_files = none;
    g->copied_files.index = index;
    for (size_t i = 0; i < set->count; i++)
        if (set->artifacts[i]->duplicate_of != NO_ARTIFACT) {
            *index++ = (uint32_t)i;
            g->copied_files.count++;
        }
    g->set_aside_files.index = index;
    for (size_t i = 0; i < set->count; i++)
        if (set->artifacts[i]->type == TYPE_MARKDOWN && set->artifacts[i]->fact_count) {
            *index++ = (uint32_t)i;
            g->set_aside_files.count++;
        }
}

void gather(const struct factset *set, const struct query *query, struct gathered *ret)
{
    struct visit visit = {.to = ret};
    const struct slot *slots;
    const uint32_t *place;

    *ret = (struct gathered){.set = set};
    arena_init(&ret->arena);
    series_index_init(&visit.index, &ret->arena, set);
    map_init(&visit.marks, &ret->arena);
    query_each(set, query, on_fact, &visit);
    ret->facts = visit.facts.ptr;
    ret->count = visit.facts.len;
    slots = visit.slots.ptr;
    place = series_index_sort(&visit.index, ret);
    fill_part(ret, slots, place, PART_WARM, OPERANDS_FACTS);
    fill_part(ret, slots, place, PART_COLD, OPERANDS_FACTS);
    fill_part(ret, slots, place, PART_FAILED, OPERANDS_MARKS);
    series_find_sweeps(ret);
    for (int type = 0; type < TYPE_COUNT; type++)
        pick(ret, slots, wants_type, type, OPERANDS_FACTS, &ret->by_type[type]);
    pick(ret, slots, wants_part, PART_STATED, OPERANDS_FACTS, &ret->stated);
    pick(ret, slots, wants_part, PART_COPY, OPERANDS_FACTS, &ret->duplicates);
    pick(ret, slots, wants_guessed, 0, OPERANDS_FACTS, &ret->unit_guessed);
    pick(ret, slots, wants_failure, 0, OPERANDS_MARKS, &ret->failures);
    sort_stated(ret);
    list_files(ret);
    series_index_release(&visit.index);
    map_release(&visit.marks);
    vec_release(&visit.slots);
}

void gathered_release(struct gathered *gathered)
{
    vec_free(gathered->facts);
    arena_release(&gathered->arena);
    *gathered = (struct gathered){0};
}
