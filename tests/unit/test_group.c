/* tests/unit/test_group.c - groups, their statistics and their notes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "fact/group.h"
#include "unit/fact_build.h"

#include <math.h>

static void make_rows(struct factset *set)
{
    struct artifact *a;
    struct table *table;

    make_set(set, 2);
    a = make_artifact(set, "rows.csv", TYPE_CSV);
    table = make_table(a, 7);
    make_subject(a, table, "num_ctx", "2048 1024 1e4 2048 1024 1024 -");
    make_subject(a, table, "model", "b a b a b a a");
    make_measure(a, table, "ttft", "s", "sample", "4 1 - 2 3 9 5");
    make_measure(a, table, "decode_tps", "tok/s", "sample", "40 10 0 20 30 90 nan");
    table->row_flags[2] = ROW_FAILED;
    table->row_flags[0] = ROW_COLD;
}

/* The answer as one line: "{key=value,...} n/excluded/duplicates mean; ..." */
static const char *answer(const struct factset *set, const char *where, const char *keys, bool all)
{
    static char text[4096];
    struct str names[8], rest = str_from(keys), word;
    struct group_options options = {.keys = names, .use_all = all};
    struct grouping grouping;
    struct arena arena;
    struct query query;
    struct err err;
    struct buf buf;

    arena_init(&arena);
    buf_init(&buf, sizeof text - 1);
    assert_int_equal(query_parse(&arena, str_from(where), &query, &err), ERR_NONE);
    while (*keys && (word = str_next(&rest, ' ')).ptr)
        names[options.key_count++] = word;
    group_facts(set, &query, &options, &grouping);
    for (size_t i = 0; i < grouping.count; i++) {
        const struct group *group = &grouping.groups[i];
        double mean;

        buf_add_text(&buf, i ? " {" : "{");
        for (size_t k = 0; k < group->key_count; k++)
            buf_addf(&buf, "%s%.*s=%.*s", k ? "," : "", STR_ARG(group->keys[k]),
                group->values[k].ptr ? (int)group->values[k].len : 1,
                group->values[k].ptr ? group->values[k].ptr : "-");
        buf_addf(&buf, "} %zu/%d/%d", group->n, (int)group->excluded, (int)group->duplicates);
        if (group_statistic(group, STR("mean"), &mean))
            buf_addf(&buf, " %g", mean);
    }
    memcpy(text, buf_str(&buf).ptr, buf.len + 1);
    grouping_release(&grouping);
    arena_release(&arena);
    buf_release(&buf);
    return text;
}

static void test_groups(void **state)
{
    struct factset set;

    (void)state;
    make_rows(&set);
    assert_string_equal(answer(&set, "metric=ttft", "", false), "{} 6/1/0 4");
    assert_string_equal(answer(&set, "metric=ttft", "num_ctx", false),
        "{num_ctx=1024} 3/0/0 4.33333 {num_ctx=2048} 2/0/0 3 {num_ctx=1e4} 0/1/0 {num_ctx=-} "
        "1/0/0 5");
    assert_string_equal(
        answer(&set, "metric=ttft", "model", false), "{model=b} 2/1/0 3.5 {model=a} 4/0/0 4.25");
    assert_string_equal(answer(&set, "metric=ttft num_ctx<=2048", "num_ctx model", false),
        "{num_ctx=1024,model=b} 1/0/0 3 {num_ctx=1024,model=a} 2/0/0 5 "
        "{num_ctx=2048,model=b} 1/0/0 4 {num_ctx=2048,model=a} 1/0/0 2");
    assert_string_equal(answer(&set, "metric=ttft", "nonsense", false), "{nonsense=-} 6/1/0 4");
    assert_string_equal(answer(&set, "metric=none", "", false), "{} 0/0/0");
    assert_string_equal(answer(&set, "metric=none", "model", false), "");
    assert_string_equal(
        answer(&set, "", "", false), "{metric=ttft} 6/1/0 4 {metric=decode_tps} 5/2/0 38");
    assert_string_equal(
        answer(&set, "", "metric", false), "{metric=ttft} 6/1/0 4 {metric=decode_tps} 5/2/0 38");
    factset_release(&set);
}

/* A number that is not finite is never part of a statistic, not even with everything allowed. */
static void test_all(void **state)
{
    struct factset set;

    (void)state;
    make_rows(&set);
    assert_string_equal(answer(&set, "metric=decode_tps", "", true), "{} 6/1/0 31.6667");
    assert_string_equal(answer(&set, "metric=decode_tps flag=failed_run", "", false), "{} 1/0/0 0");
    assert_string_equal(answer(&set, "metric=ttft flag=failed_run", "", false), "{} 0/1/0");
    factset_release(&set);
}

static void test_never_mixed(void **state)
{
    struct factset set;
    struct artifact *a;
    struct table *table;

    (void)state;
    make_set(&set, 1);
    a = make_artifact(&set, "s.json", TYPE_JSON);
    table = make_table(a, 1);
    make_measure(a, table, "latency", "s", "mean", "1");
    make_measure(a, table, "latency", "s", "p95", "2");
    make_measure(a, table, "latency", "-", "p95", "3");
    assert_string_equal(
        answer(&set, "unit=s", "", false), "{statistic=mean} 1/0/0 1 {statistic=p95} 1/0/0 2");
    assert_string_equal(answer(&set, "statistic=p95", "metric", false),
        "{metric=latency,unit=s} 1/0/0 2 {metric=latency,unit=-} 1/0/0 3");
    assert_string_equal(answer(&set, "", "statistic", false),
        "{statistic=mean,unit=s} 1/0/0 1 {statistic=p95,unit=s} 1/0/0 2 {statistic=p95,unit=-} "
        "1/0/0 3");
    factset_release(&set);
}

static void test_copies(void **state)
{
    struct factset set;

    (void)state;
    make_set(&set, 2);
    for (int i = 0; i < 2; i++) {
        struct artifact *a = make_artifact(&set, i ? "b.csv" : "a.csv", TYPE_CSV);

        make_measure(a, make_table(a, 2), "ttft", "s", "sample", "1 3");
        make_same_bytes(a, 1);
    }
    assert_string_equal(answer(&set, "", "", false), "{} 2/0/2 2");
    assert_string_equal(answer(&set, "", "", true), "{} 4/0/0 2");
    assert_string_equal(answer(&set, "flag=duplicate", "", false), "{} 2/0/0 2");
    assert_string_equal(answer(&set, "", "path", false), "{path=a.csv} 2/0/0 2 {path=b.csv} 0/0/2");
    factset_release(&set);
}

/* More groups than the first size of the cache, over two tables that share values. */
static void test_many_groups(void **state)
{
    enum { ROWS = 1000 };
    struct str key = STR("run");
    struct group_options options = {&key, 1, false, true};
    struct query query = {0};
    struct grouping grouping;
    struct factset set;
    struct artifact *a;

    (void)state;
    make_set(&set, 1);
    a = make_artifact(&set, "m.csv", TYPE_CSV);
    for (int t = 0; t < 2; t++) {
        struct table *table = make_table(a, ROWS);
        struct string_column *column = &table->subjects[table->subject_count++];
        struct measure *m = make_measure(a, table, "ttft", "s", "sample", "");

        column->key = map_add(&a->strings, key);
        column->codes = arena_array(&a->arena, ROWS, uint32_t);
        for (uint32_t row = 0; row < ROWS; row++) {
            column->codes[row] = map_add(&a->strings, arena_printf(&a->arena, "%u", ROWS - row));
            m->values[row] = row;
            m->text_len[row] = 1;
        }
    }
    group_facts(&set, &query, &options, &grouping);
    assert_int_equal(grouping.count, ROWS);
    assert_true(grouping.key_known[0]);
    for (size_t i = 0; i < ROWS; i++) {
        const struct group *group = &grouping.groups[i];

        assert_int_equal(group->n, 2);
        assert_true(group->in_order[0] == (double)(ROWS - 1 - i));
        assert_int_equal(group->facts[1].row, ROWS - 1 - i);
    }
    grouping_release(&grouping);
    factset_release(&set);
}

static double statistic(const struct group *group, const char *name)
{
    double value = -1e9;

    assert_true(group_knows(str_from(name)));
    return group_statistic(group, str_from(name), &value) ? value : NAN;
}

static void test_statistics(void **state)
{
    double sorted[] = {1, 2, 3, 4}, in_order[] = {4, 1, 3, 2};
    struct group four = {.sorted = sorted, .in_order = in_order, .n = 4};
    struct group one = {.sorted = sorted, .in_order = sorted, .n = 1};
    struct group none = {.n = 0};

    (void)state;
    assert_true(statistic(&four, "mean") == 2.5);
    assert_true(statistic(&four, "median") == 2.5);
    assert_true(statistic(&four, "p50") == 2.5);
    assert_true(fabs(statistic(&four, "p99.9") - 3.997) < 1e-12);
    assert_true(statistic(&four, "p0") == 1 && statistic(&four, "p100") == 4);
    assert_true(statistic(&four, "min") == 1 && statistic(&four, "max") == 4);
    assert_true(statistic(&four, "sum") == 10 && statistic(&four, "count") == 4);
    assert_true(fabs(statistic(&four, "stddev") - sqrt(5.0 / 3)) < 1e-15);
    assert_true(fabs(statistic(&four, "cv") - sqrt(5.0 / 3) / 2.5) < 1e-15);
    assert_true(statistic(&one, "mean") == 1 && isnan(statistic(&one, "stddev")));
    assert_true(isnan(statistic(&none, "mean")) && isnan(statistic(&none, "sum")));
    assert_true(isnan(statistic(&none, "p95")) && isnan(statistic(&none, "max")));
    assert_true(statistic(&none, "count") == 0);
    assert_false(group_knows(STR("p101")) || group_knows(STR("p")) || group_knows(STR("p-1")));
    assert_false(group_knows(STR("average")) || group_knows(STR("")) || group_knows(STR("pnan")));
}

static void expect_notes(const struct group *group, const char *want)
{
    struct str names[] = {STR("mean"), STR("p95"), STR("median"), STR("p99.9")};
    struct buf buf;

    buf_init(&buf, 1000);
    group_notes(group, names, 4, &buf);
    assert_string_equal(buf_str(&buf).ptr, want);
    buf_release(&buf);
}

static void test_notes(void **state)
{
    struct group group = {.n = 5000, .statistic = "sample"};

    (void)state;
    expect_notes(&group, "");
    group.n = 59;
    expect_notes(&group, "p99.9_needs_2995");
    group.n = 58;
    group.cold = 2;
    expect_notes(&group, "cold_mixed p95_needs_59 p99.9_needs_2995");
    group = (struct group){.n = 5000, .cold = 5000, .statistic = "mean", .unit_guessed = true};
    expect_notes(&group, "cold_only over_mean unit_guessed");
    group = (struct group){.n = 0, .definitions_mixed = true, .markdown_used = true};
    expect_notes(&group, "definitions_mixed from_markdown");
}

static void test_definitions(void **state)
{
    struct factset set;
    struct artifact *a;
    struct table *table;
    struct group_options options = {0};
    struct query query = {0};
    struct grouping grouping;

    (void)state;
    make_set(&set, 1);
    a = make_artifact(&set, "s.md", TYPE_MARKDOWN);
    table = make_table(a, 1);
    make_measure(a, table, "ttft", "s", "sample", "1")->definition = map_add(&a->strings, STR("x"));
    make_measure(a, table, "ttft", "s", "sample", "2")->flags = FLAG_UNIT_GUESSED;
    group_facts(&set, &query, &options, &grouping);
    assert_int_equal(grouping.count, 1);
    assert_true(grouping.groups[0].definitions_mixed);
    assert_true(grouping.groups[0].unit_guessed && grouping.groups[0].markdown_used);
    grouping_release(&grouping);
    factset_release(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_all),
        cmocka_unit_test(test_never_mixed),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_many_groups),
        cmocka_unit_test(test_statistics),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_definitions),
    };

    return cmocka_run_group_tests_name("group", tests, NULL, NULL);
}
