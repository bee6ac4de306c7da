/* fact/select.c - visiting what a query selects; artifacts that copy each other. */
#include "fact/select.h"

#include <stdlib.h>

/* ---- preference */

static bool is_raw(const struct artifact *artifact)
{
    for (size_t t = 0; t < artifact->tables.len; t++)
        for (uint32_t m = 0; m < artifact->tables.ptr[t]->measure_count; m++)
            if (strcmp(artifact->tables.ptr[t]->measures[m].statistic, "sample"))
                return false;
    return true;
}

/* Less than 0 when a is preferred over b. */
static int prefer(const struct selected *a, const struct selected *b)
{
    static const int RANK[] = {[TYPE_JSON] = 0, [TYPE_CSV] = 1, [TYPE_MARKDOWN] = 2};
    const struct artifact *x = a->plan.artifact, *y = b->plan.artifact;
    int order;

    if (a->raw != b->raw)
        return a->raw ? -1 : 1;
    if (x->type != y->type)
        return RANK[x->type] - RANK[y->type];
    if (x->path.len != y->path.len)
        return x->path.len < y->path.len ? -1 : 1;
    order = str_cmp(x->path, y->path);
    return order ? order : (x->root > y->root) - (x->root < y->root);
}

/* ---- artifacts with the same bytes */

static bool has_match(const struct artifact_plan *plan)
{
    struct fact fact;

    for (uint32_t t = 0; t < plan->table_count; t++) {
        const struct table_plan *table = &plan->tables[t];

        for (uint32_t row = 0; row < table->table->rows; row++) {
            if (!plan_row(plan, table, row))
                continue;
            for (uint32_t m = 0; m < table->measure_count; m++)
                if (plan_fact(plan, table, table->measures[m], row, &fact))
                    return true;
        }
    }
    return false;
}

static int by_content(const void *a, const void *b)
{
    const struct selected *const *x = a, *const *y = b;
    int order = memcmp((*x)->plan.artifact->sha256.bytes, (*y)->plan.artifact->sha256.bytes,
        sizeof(*x)->plan.artifact->sha256.bytes);

    return order ? order : prefer(*x, *y);
}

static bool same_content(const struct selected *a, const struct selected *b)
{
    return !memcmp(&a->plan.artifact->sha256, &b->plan.artifact->sha256, sizeof(struct sha256));
}

static void find_same_content(struct selection *selection, struct selected **order)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < selection->count; i++)
        if (selection->list[i].plan.artifact->hashed)
            order[count++] = &selection->list[i];
    qsort(order, count, sizeof *order, by_content);
    for (uint32_t i = 0, end; i < count; i = end) {
        uint32_t used = NO_ARTIFACT;

        for (end = i + 1; end < count && same_content(order[i], order[end]); end++)
            ;
        for (uint32_t k = i; end - i > 1 && k < end; k++) {
            if (used != NO_ARTIFACT)
                order[k]->original = used;
            else if (has_match(&order[k]->plan))
                used = (uint32_t)(order[k] - selection->list);
        }
    }
}

/* ---- twins */

/* Folder and stem: the path without .gz and without one more extension of the file's name. */
static struct str stem_of(struct str path)
{
    size_t name = path.len, dot = path.len;

    if (str_ends(path, STR(".gz")))
        name = dot = path.len -= 3;
    while (name > 0 && path.ptr[name - 1] != '/') {
        name--;
        if (path.ptr[name] == '.' && dot == path.len)
            dot = name;
    }
    return str_slice(path, 0, dot > name ? dot : path.len);
}

static int stem_order(const struct selected *a, const struct selected *b)
{
    const struct artifact *x = a->plan.artifact, *y = b->plan.artifact;

    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return str_cmp(stem_of(x->path), stem_of(y->path));
}

static int by_stem(const void *a, const void *b)
{
    const struct selected *const *x = a, *const *y = b;
    int order = stem_order(*x, *y);

    return order ? order : prefer(*x, *y);
}

static void find_twins(struct selection *selection, struct selected **order)
{
    for (uint32_t i = 0; i < selection->count; i++)
        order[i] = &selection->list[i];
    qsort(order, selection->count, sizeof *order, by_stem);
    for (uint32_t i = 0, first = 0; i < selection->count; i++) {
        struct selected *it = order[i];

        if (stem_order(order[first], it))
            first = i;
        it->twins = arena_array(&selection->arena, i - first, uint32_t);
        for (uint32_t k = first; k < i; k++)
            if (order[k]->plan.artifact->type != it->plan.artifact->type)
                it->twins[it->twin_count++] = (uint32_t)(order[k] - selection->list);
    }
}

void selection_init(
    struct selection *selection, const struct factset *set, const struct query *query)
{
    struct selected **order;

    *selection = (struct selection){0};
    arena_init(&selection->arena);
    selection->list = arena_array(&selection->arena, set->count, struct selected);
    for (size_t i = 0; i < set->count; i++) {
        struct selected *it = &selection->list[selection->count];

        if (!plan_make(&selection->arena, query, set->artifacts[i], (uint32_t)i, &it->plan))
            continue;
        it->original = NO_ARTIFACT;
        it->raw = is_raw(set->artifacts[i]);
        selection->count++;
    }
    order = arena_array(&selection->arena, selection->count, struct selected *);
    find_same_content(selection, order);
    find_twins(selection, order);
}

void selection_release(struct selection *selection)
{
    arena_release(&selection->arena);
}

/* ---- visiting */

struct walk {
    const struct selection *selection;
    const struct selected *at;
    bool (*visit)(
        void *ctx, const struct fact *fact, enum fate fate, const struct artifact *original);
    void *ctx;
    bool has_late; /* conditions that ask for copies */
};

static bool late_hold(const struct query *query, unsigned flags)
{
    for (size_t i = 0; i < query->count; i++)
        if (condition_is_late(&query->conditions[i]) &&
            !condition_flags_hold(&query->conditions[i], flags))
            return false;
    return true;
}

static bool visit_fact(const struct walk *walk, struct fact *fact, const struct artifact *original)
{
    enum fate fate = FATE_USED;

    if (original) {
        fate = FATE_DUPLICATE;
        fact->flags |= FLAG_DUPLICATE;
    } else if (fact->flags & (FLAG_FAILED_RUN | FLAG_NOT_FINITE)) {
        fate = FATE_FAILED;
    }
    if (walk->has_late && !late_hold(walk->at->plan.query, fact->flags))
        return true;
    return walk->visit(walk->ctx, fact, fate, original);
}

static bool visit_row(
    const struct walk *walk, const struct table_plan *table, struct twin_list *twins, uint32_t row)
{
    const struct artifact *same = NULL;
    struct fact fact;

    if (walk->at->original != NO_ARTIFACT)
        same = walk->selection->list[walk->at->original].plan.artifact;
    twin_list_row(twins, walk->at->plan.artifact, row);
    for (uint32_t i = 0; i < table->measure_count; i++) {
        if (!plan_fact(&walk->at->plan, table, table->measures[i], row, &fact))
            continue;
        if (!visit_fact(
                walk, &fact, same ? same : twin_list_original(twins, walk->at, table, i, &fact)))
            return false;
    }
    return true;
}

static bool visit_table(const struct walk *walk, const struct table_plan *table)
{
    struct twin_list twins;
    bool more = true;

    twin_list_init(&twins, walk->selection, walk->at, table);
    for (uint32_t row = 0; more && row < table->table->rows; row++)
        if (plan_row(&walk->at->plan, table, row))
            more = visit_row(walk, table, &twins, row);
    twin_list_release(&twins);
    return more;
}

void query_each_copy(const struct factset *set, const struct query *query,
    bool (*visit)(
        void *ctx, const struct fact *fact, enum fate fate, const struct artifact *original),
    void *ctx)
{
    struct selection selection;
    struct walk walk = {&selection, NULL, visit, ctx, false};
    bool more = true;

    for (size_t i = 0; i < query->count; i++)
        walk.has_late |= condition_is_late(&query->conditions[i]);
    selection_init(&selection, set, query);
    for (uint32_t i = 0; more && i < selection.count; i++) {
        walk.at = &selection.list[i];
        for (uint32_t t = 0; more && t < walk.at->plan.table_count; t++)
            more = visit_table(&walk, &walk.at->plan.tables[t]);
    }
    selection_release(&selection);
}

struct plain_visit {
    bool (*visit)(void *ctx, const struct fact *fact, enum fate fate);
    void *ctx;
};

static bool visit_plain(
    void *ctx, const struct fact *fact, enum fate fate, const struct artifact *original)
{
    const struct plain_visit *plain = ctx;

    (void)original;
    return plain->visit(plain->ctx, fact, fate);
}

void query_each(const struct factset *set, const struct query *query,
    bool (*visit)(void *ctx, const struct fact *fact, enum fate fate), void *ctx)
{
    struct plain_visit plain = {visit, ctx};

    query_each_copy(set, query, visit_plain, &plain);
}
