/* fact/twin.c - a table beside the tables of its twins: which of its facts they hold already. */
#include "fact/select.h"

#include "base/num.h"

#include <float.h>
#include <math.h>

/* A subject key that both tables have. */
struct key_pair {
    const struct string_column *own, *other;
};

struct twin_table {
    const struct selected *twin;
    const struct table_plan *plan;
    struct key_pair *pairs;
    uint32_t pair_count;
    uint32_t *from, *candidates; /* of planned measure i: candidates[from[i]] .. [from[i + 1]) */
    bool open;                   /* the current row of the twin matches and contradicts nothing */
};

/* ---- numbers as far as they were written */

/* Half a unit of the last written digit, in the base unit. */
static double half_unit(const struct fact *fact)
{
    double exponent = 0, decimals = 0;
    bool fraction = false;

    for (size_t i = 0; i < fact->text.len; i++) {
        char c = fact->text.ptr[i];

        if (c == 'e' || c == 'E') {
            (void)num_parse(str_slice(fact->text, i + 1, fact->text.len), &exponent);
            break;
        }
        if (c == '.')
            fraction = true;
        else if (fraction && char_is_digit(c))
            decimals++;
    }
    return fabs(scale_apply(fact_scale(fact), 0.5 * pow(10, exponent - decimals)));
}

bool twin_values_agree(const struct fact *a, const struct fact *b)
{
    double slack, half;

    if (!isfinite(a->value) || !isfinite(b->value))
        return (isnan(a->value) && isnan(b->value)) || a->value == b->value;
    if (a->value == b->value)
        return true;
    slack = 8 * DBL_EPSILON * fmax(fabs(a->value), fabs(b->value));
    half = fmax(half_unit(a), half_unit(b));
    return fabs(a->value - b->value) <= half * (1 + 1e-9) + slack;
}

/* A failed row is the same failure whether its cells were written or left empty. */
static bool facts_agree(const struct fact *a, const struct fact *b)
{
    if (a->text.len && b->text.len)
        return twin_values_agree(a, b);
    return (a->flags & FLAG_FAILED_RUN) && (b->flags & FLAG_FAILED_RUN);
}

/* ---- laying tables side by side */

static bool same_quantity(const struct artifact *x, const struct measure *a,
    const struct artifact *y, const struct measure *b)
{
    return !strcmp(a->statistic, b->statistic) &&
           str_eq(table_string(x, a->metric), table_string(y, b->metric));
}

static bool model_is_guessed(const struct artifact *artifact, const struct table *table)
{
    unsigned flags = artifact->flags;

    for (uint32_t m = 0; m < table->measure_count; m++)
        flags |= table->measures[m].flags;
    return flags & FLAG_SUBJECT_GUESSED;
}

static void find_pairs(struct arena *arena, const struct artifact *own, const struct table *table,
    struct twin_table *twin)
{
    const struct artifact *other = twin->twin->plan.artifact;
    const struct table *second = twin->plan->table;
    bool guessed = model_is_guessed(own, table) || model_is_guessed(other, second);

    twin->pairs = arena_array(arena, table->subject_count, struct key_pair);
    for (uint32_t i = 0; i < table->subject_count; i++) {
        struct str key = table_string(own, table->subjects[i].key);
        uint32_t id = map_find(&other->strings, key);

        if (guessed && str_eq(key, STR("model")))
            continue; /* a guess contradicts nobody */
        for (uint32_t k = 0; id != MAP_NONE && k < second->subject_count; k++)
            if (second->subjects[k].key == id) {
                twin->pairs[twin->pair_count++] =
                    (struct key_pair){&table->subjects[i], &second->subjects[k]};
                break;
            }
    }
}

/* False when the twin's table has none of the quantities. */
static bool find_candidates(struct arena *arena, const struct artifact *own,
    const struct table_plan *plan, struct twin_table *twin)
{
    const struct artifact *other = twin->twin->plan.artifact;
    VEC(uint32_t) found = {0};
    bool any;

    twin->from = arena_array(arena, plan->measure_count + 1, uint32_t);
    for (uint32_t i = 0; i < plan->measure_count; i++) {
        const struct measure *measure = &plan->table->measures[plan->measures[i]];

        for (uint32_t k = 0; k < twin->plan->measure_count; k++) {
            uint32_t m = twin->plan->measures[k];

            if (same_quantity(own, measure, other, &twin->plan->table->measures[m]))
                *vec_push(&found) = m;
        }
        twin->from[i + 1] = (uint32_t)found.len;
    }
    twin->candidates = arena_array(arena, found.len, uint32_t);
    any = found.len > 0;
    if (any)
        memcpy(twin->candidates, found.ptr, found.len * sizeof *found.ptr);
    vec_release(&found);
    return any;
}

static void add_twin(struct twin_list *twins, const struct artifact *own,
    const struct table_plan *plan, const struct selected *twin, size_t capacity)
{
    if (!twins->list)
        twins->list = arena_array(&twins->arena, capacity, struct twin_table);
    for (uint32_t t = 0; t < twin->plan.table_count; t++) {
        struct twin_table *it = &twins->list[twins->count];

        *it = (struct twin_table){.twin = twin, .plan = &twin->plan.tables[t]};
        if (it->plan->table->rows != plan->table->rows ||
            !find_candidates(&twins->arena, own, plan, it))
            continue;
        find_pairs(&twins->arena, own, plan->table, it);
        twins->count++;
    }
}

/* Chains measures of one JSON record that may hold one number at two pointers. */
static void chain_same(
    struct twin_list *twins, const struct artifact *own, const struct table_plan *plan)
{
    const struct measure *all = plan->table->measures;

    if (!plan->table->has_pointer)
        return;
    twins->same = arena_array(&twins->arena, plan->measure_count, uint32_t);
    for (uint32_t i = 0; i < plan->measure_count; i++) {
        const struct measure *m = &all[plan->measures[i]];

        twins->same[i] = TWIN_NONE;
        for (uint32_t k = i; k-- > 0 && twins->same[i] == TWIN_NONE;) {
            const struct measure *earlier = &all[plan->measures[k]];

            if (earlier->metric == m->metric && earlier->definition == m->definition &&
                same_quantity(own, m, own, earlier))
                twins->same[i] = k;
        }
    }
}

void twin_list_init(struct twin_list *twins, const struct selection *selection,
    const struct selected *selected, const struct table_plan *table_plan)
{
    size_t capacity = 0;

    *twins = (struct twin_list){0};
    arena_init(&twins->arena);
    if (selected->original != NO_ARTIFACT)
        return; /* all of it is a copy anyway */
    chain_same(twins, selected->plan.artifact, table_plan);
    for (uint32_t i = 0; i < selected->twin_count; i++)
        capacity += selection->list[selected->twins[i]].plan.table_count;
    for (uint32_t i = 0; i < selected->twin_count; i++)
        add_twin(twins, selected->plan.artifact, table_plan, &selection->list[selected->twins[i]],
            capacity);
}

void twin_list_release(struct twin_list *twins)
{
    arena_release(&twins->arena);
}

/* ---- row by row */

static bool values_contradict(struct str a, struct str b)
{
    double x, y;

    if (!a.len || !b.len || str_eq(a, b))
        return false;
    return !num_parse(a, &x) || !num_parse(b, &y) || x != y;
}

static bool row_is_open(const struct twin_table *twin, const struct artifact *own, uint32_t row)
{
    const struct artifact *other = twin->twin->plan.artifact;

    if (!plan_row(&twin->twin->plan, twin->plan, row))
        return false;
    for (uint32_t i = 0; i < twin->pair_count; i++)
        if (values_contradict(table_string(own, column_code(twin->pairs[i].own, row)),
                table_string(other, column_code(twin->pairs[i].other, row))))
            return false;
    return true;
}

void twin_list_row(struct twin_list *twins, const struct artifact *own, uint32_t row)
{
    for (uint32_t i = 0; i < twins->count; i++)
        twins->list[i].open = row_is_open(&twins->list[i], own, row);
}

static bool twin_has(const struct twin_table *twin, uint32_t position, const struct fact *fact)
{
    struct fact other;

    for (uint32_t i = twin->from[position]; i < twin->from[position + 1]; i++)
        if (plan_fact(&twin->twin->plan, twin->plan, twin->candidates[i], fact->row, &other) &&
            facts_agree(fact, &other))
            return true;
    return false;
}

/* True when the same record holds the number at an earlier pointer, too. */
static bool record_has(const struct twin_list *twins, const struct selected *selected,
    const struct table_plan *plan, uint32_t position, const struct fact *fact)
{
    struct fact other;

    if (!twins->same || !fact->text.len)
        return false;
    for (uint32_t k = twins->same[position]; k != TWIN_NONE; k = twins->same[k])
        if (plan_fact(&selected->plan, plan, plan->measures[k], fact->row, &other) &&
            str_eq(fact->text, other.text) && fact->value == other.value)
            return true;
    return false;
}

const struct artifact *twin_list_original(const struct twin_list *twins,
    const struct selected *selected, const struct table_plan *table_plan, uint32_t position,
    const struct fact *fact)
{
    for (uint32_t i = 0; i < twins->count; i++)
        if (twins->list[i].open && twin_has(&twins->list[i], position, fact))
            return twins->list[i].twin->plan.artifact;
    return record_has(twins, selected, table_plan, position, fact) ? fact->artifact : NULL;
}
