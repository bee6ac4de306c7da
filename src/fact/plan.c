/* fact/plan.c - judging conditions as high above the rows as they can be judged. */
#include "fact/plan.h"

/* Flags that all facts of a measure share. */
#define FIXED_FLAGS (FLAG_UNIT_GUESSED | FLAG_SUBJECT_GUESSED | FLAG_TZ_UNKNOWN)

static bool is_fixed_flag(const struct condition *c)
{
    return c->key == KEY_FLAG && !(c->flags & ~(unsigned)FIXED_FLAGS);
}

static bool measure_holds(const struct condition *c, const struct artifact *artifact,
    const struct table *table, const struct measure *measure)
{
    switch (c->key) {
    case KEY_METRIC:
        return condition_holds(c, table_string(artifact, measure->metric));
    case KEY_UNIT:
        return condition_holds(c, str_from(measure->unit));
    case KEY_STATISTIC:
        return condition_holds(c, str_from(measure->statistic));
    case KEY_DEFINITION:
        return condition_holds(c, table_string(artifact, measure->definition));
    case KEY_FLAG:
        return !is_fixed_flag(c) ||
               condition_flags_hold(c,
                   measure->flags | artifact->flags | (table->time_local ? FLAG_TZ_UNKNOWN : 0u));
    default:
        return true;
    }
}

static void plan_measures(struct arena *arena, const struct query *query,
    const struct artifact *artifact, struct table_plan *plan)
{
    const struct table *table = plan->table;

    plan->measures = arena_array(arena, table->measure_count, uint32_t);
    for (uint32_t m = 0; m < table->measure_count; m++) {
        bool holds = true;

        for (size_t i = 0; holds && i < query->count; i++)
            holds = measure_holds(&query->conditions[i], artifact, table, &table->measures[m]);
        if (holds)
            plan->measures[plan->measure_count++] = m;
    }
}

/* The memo of a condition serves all tables of the artifact. */
struct memos {
    unsigned char **of; /* per condition, NULL = not needed yet */
};

static unsigned char *memo_of(
    struct arena *arena, struct memos *memos, size_t condition, const struct artifact *artifact)
{
    if (!memos->of[condition])
        memos->of[condition] = arena_array(arena, artifact->strings.count, unsigned char);
    return memos->of[condition];
}

/* The columns of the condition's key, those behind a constant left out: they are never reached. */
static uint32_t find_columns(
    struct arena *arena, const struct table *table, uint32_t key, const struct string_column ***ret)
{
    uint32_t count = 0;

    *ret = arena_array(arena, table->subject_count, const struct string_column *);
    for (uint32_t i = 0; key != MAP_NONE && i < table->subject_count; i++) {
        const struct string_column *column = &table->subjects[i];

        if (column->key != key || (!column->codes && !column->constant))
            continue;
        (*ret)[count++] = column;
        if (!column->codes)
            break;
    }
    return count;
}

/* False when the condition fails for every row of the table. */
static bool plan_subject(struct arena *arena, const struct artifact *artifact,
    const struct condition *c, size_t at, struct memos *memos, struct table_plan *plan)
{
    const struct string_column **columns;
    uint32_t count =
        find_columns(arena, plan->table, map_find(&artifact->strings, c->name), &columns);

    if (!count)
        return condition_holds(c, STR_NONE);
    if (!columns[0]->codes)
        return condition_holds(c, table_string(artifact, columns[0]->constant));
    plan->tests[plan->test_count++] =
        (struct row_test){c, columns, count, memo_of(arena, memos, at, artifact)};
    return true;
}

/* False when nothing in the table can match. */
static bool plan_table(struct arena *arena, const struct query *query,
    const struct artifact *artifact, struct memos *memos, struct table_plan *plan)
{
    plan_measures(arena, query, artifact, plan);
    if (!plan->measure_count || !plan->table->rows)
        return false;
    plan->tests = arena_array(arena, query->count, struct row_test);
    for (size_t i = 0; i < query->count; i++) {
        const struct condition *c = &query->conditions[i];

        if (c->key == KEY_SUBJECT && !plan_subject(arena, artifact, c, i, memos, plan))
            return false;
        if (c->key == KEY_FLAG && !is_fixed_flag(c) && !condition_is_late(c))
            plan->by_flags = true;
    }
    return true;
}

bool plan_make(struct arena *arena, const struct query *query, const struct artifact *artifact,
    uint32_t index, struct artifact_plan *ret)
{
    struct memos memos = {arena_array(arena, query->count, unsigned char *)};

    *ret = (struct artifact_plan){query, artifact, index, NULL, 0};
    for (size_t i = 0; i < query->count; i++)
        if (query->conditions[i].key < KEY_METRIC &&
            !condition_artifact_holds(&query->conditions[i], artifact))
            return false;
    ret->tables = arena_array(arena, artifact->tables.len, struct table_plan);
    for (size_t t = 0; t < artifact->tables.len; t++) {
        struct table_plan plan = {.table = artifact->tables.ptr[t]};

        if (plan_table(arena, query, artifact, &memos, &plan))
            ret->tables[ret->table_count++] = plan;
    }
    return ret->table_count > 0;
}

static uint32_t test_code(const struct row_test *test, uint32_t row)
{
    uint32_t code = 0;

    for (uint32_t i = 0; !code && i < test->column_count; i++)
        code = column_code(test->columns[i], row);
    return code;
}

bool plan_row(const struct artifact_plan *plan, const struct table_plan *table_plan, uint32_t row)
{
    for (uint32_t i = 0; i < table_plan->test_count; i++) {
        const struct row_test *test = &table_plan->tests[i];
        uint32_t code = test_code(test, row);

        if (!test->memo[code])
            test->memo[code] =
                condition_holds(test->condition, table_string(plan->artifact, code)) ? 2 : 1;
        if (test->memo[code] == 1)
            return false;
    }
    return true;
}

static bool flags_hold(const struct query *query, unsigned flags)
{
    for (size_t i = 0; i < query->count; i++) {
        const struct condition *c = &query->conditions[i];

        if (c->key == KEY_FLAG && !condition_is_late(c) && !condition_flags_hold(c, flags))
            return false;
    }
    return true;
}

bool plan_fact(const struct artifact_plan *plan, const struct table_plan *table_plan,
    uint32_t measure, uint32_t row, struct fact *ret)
{
    const struct table *table = table_plan->table;

    if (!table->measures[measure].text_len[row] &&
        (!(table->row_flags[row] & ROW_FAILED) ||
            table->measures[measure].text_at[row] == TEXT_NOT_HERE))
        return false;
    table_fact(plan->artifact, plan->index, table, measure, row, ret);
    ret->flags &= ~(unsigned)FLAG_DUPLICATE; /* known only among the facts that match: select.c */
    return !table_plan->by_flags || flags_hold(plan->query, ret->flags);
}
