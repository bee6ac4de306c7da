/* tests/unit/test_select.c - copies: same bytes, twins, one number at two pointers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "fact/select.h"
#include "unit/fact_build.h"

static struct table *add_file(struct factset *set, const char *path, enum artifact_type type,
    const char *metric, const char *statistic, uint32_t rows, const char *words)
{
    struct artifact *artifact = make_artifact(set, path, type);
    struct table *table = make_table(artifact, rows);

    make_measure(artifact, table, metric, "s", statistic, words);
    return table;
}

static void expect(struct factset *set, const char *where, const char *want)
{
    const char *seen = visit_text(set, where);

    if (strcmp(seen, want))
        fail_msg("'%s': saw '%s', wanted '%s'", where, seen, want);
}

static void test_same_bytes(void **state)
{
    struct factset set;

    (void)state;
    make_set(&set, 3);
    add_file(&set, "a/long.csv", TYPE_CSV, "ttft", "sample", 2, "1 2");
    add_file(&set, "b.csv", TYPE_CSV, "ttft", "sample", 2, "1 2");
    add_file(&set, "c/other.csv", TYPE_CSV, "ttft", "sample", 2, "1 2");
    make_same_bytes(set.artifacts[0], 1);
    make_same_bytes(set.artifacts[1], 1);
    make_same_bytes(set.artifacts[2], 2);
    expect(&set, "", "d1 d2 u1 u2 u1 u2");
    /* After the filter: a query that names one copy uses that copy. */
    expect(&set, "path=a/long.csv", "u1 u2");
    expect(&set, "path!=b.csv", "u1 u2 u1 u2");
    expect(&set, "flag=duplicate", "d1 d2");
    expect(&set, "flag!=duplicate", "u1 u2 u1 u2");
    factset_release(&set);
}

/* The preferred copy has another subject, and so no match: the other one is used. */
static void test_same_bytes_no_match(void **state)
{
    struct factset set;

    (void)state;
    make_set(&set, 2);
    add_file(&set, "a.csv", TYPE_CSV, "ttft", "sample", 1, "1");
    add_file(&set, "bb.csv", TYPE_CSV, "ttft", "sample", 1, "1");
    for (int i = 0; i < 2; i++) {
        make_same_bytes(set.artifacts[i], 1);
        make_subject(set.artifacts[i], set.artifacts[i]->tables.ptr[0], "model", i ? "b" : "a");
    }
    expect(&set, "", "u1 d1");
    expect(&set, "model=b", "u1");
    factset_release(&set);
}

static void test_failed_copy(void **state)
{
    struct factset set;

    (void)state;
    make_set(&set, 2);
    add_file(&set, "a.csv", TYPE_CSV, "ttft", "sample", 2, "1 -")->row_flags[1] = ROW_FAILED;
    add_file(&set, "a.json", TYPE_JSON, "ttft", "sample", 2, "1 0.0")->row_flags[1] = ROW_FAILED;
    expect(&set, "", "d1 d u1 f0.0");
    expect(&set, "type=csv", "u1 f");
    factset_release(&set);
}

static void test_twin_precision(void **state)
{
    struct factset set;

    (void)state;
    make_set(&set, 2);
    add_file(&set, "d/a.json", TYPE_JSON, "ttft", "mean", 5, "0.12345 0.12345 0.12345 120 1e-3");
    add_file(&set, "d/a.md", TYPE_MARKDOWN, "ttft", "mean", 5, "0.12 0.124 0.1235 119.6 0.001");
    expect(&set, "type=markdown", "u0.12 u0.124 u0.1235 u119.6 u0.001");
    expect(&set, "flag=duplicate", "d0.12 d0.1235 d119.6 d0.001");
    factset_release(&set);
}

static void test_twin_units(void **state)
{
    struct factset set;
    struct table *json, *md;

    (void)state;
    make_set(&set, 2);
    json = add_file(&set, "a.json", TYPE_JSON, "ttft", "mean", 2, "0.0123456 0.500");
    md = add_file(&set, "a.md", TYPE_MARKDOWN, "ttft", "mean", 2, "12.3 502");
    make_milliseconds(md, &md->measures[0]);
    (void)json;
    expect(&set, "", "u0.0123456 u0.500 d12.3 u502");
    factset_release(&set);
}

static void test_twin_limits(void **state)
{
    struct factset set;

    (void)state;
    make_set(&set, 6);
    add_file(&set, "a.json", TYPE_JSON, "ttft", "sample", 2, "1.5 2.5");
    add_file(&set, "a.md", TYPE_MARKDOWN, "ttft", "mean", 2, "1.5 2.5"); /* other statistic */
    add_file(&set, "b.json", TYPE_JSON, "ttft", "sample", 2, "1.5 2.5");
    add_file(&set, "b.md", TYPE_MARKDOWN, "ttft", "sample", 3, "1.5 2.5 3.5"); /* rows */
    add_file(&set, "c.json", TYPE_JSON, "ttft", "sample", 1, "1.5");
    add_file(&set, "c.md", TYPE_MARKDOWN, "latency", "sample", 1, "1.5"); /* metric */
    expect(&set, "flag=duplicate", "");
    factset_release(&set);
}

static void test_twin_subjects(void **state)
{
    struct factset set;
    struct artifact *a, *b;

    (void)state;
    make_set(&set, 2);
    add_file(&set, "x/a.json", TYPE_JSON, "ttft", "mean", 3, "1 1 1");
    add_file(&set, "x/a.md", TYPE_MARKDOWN, "ttft", "mean", 3, "1 1 1");
    a = set.artifacts[0];
    b = set.artifacts[1];
    make_subject(a, a->tables.ptr[0], "num_ctx", "1024 2048 4096");
    make_subject(b, b->tables.ptr[0], "num_ctx", "1024.0 9 -");
    expect(&set, "", "u1 u1 u1 d1 u1 d1");
    /* Only what matches can be the original. */
    expect(&set, "num_ctx!=1024", "u1 u1 u1 d1");
    factset_release(&set);
}

static void test_guessed_model(void **state)
{
    struct factset set;

    (void)state;
    make_set(&set, 2);
    add_file(&set, "a.csv", TYPE_CSV, "ttft", "sample", 1, "1");
    add_file(&set, "a.json", TYPE_JSON, "ttft", "sample", 1, "1");
    make_subject(set.artifacts[0], set.artifacts[0]->tables.ptr[0], "model", "a");
    make_subject(set.artifacts[1], set.artifacts[1]->tables.ptr[0], "model", "gemma3");
    expect(&set, "", "u1 u1");
    set.artifacts[0]->flags = FLAG_SUBJECT_GUESSED;
    expect(&set, "", "d1 u1");
    factset_release(&set);
}

/* Raw data stand above summaries, whatever the type. */
static void test_raw_first(void **state)
{
    struct factset set;
    struct artifact *a;
    struct table *table;

    (void)state;
    make_set(&set, 2);
    add_file(&set, "a.csv", TYPE_CSV, "ttft", "sample", 1, "1.5");
    a = make_artifact(&set, "a.json", TYPE_JSON);
    table = make_table(a, 1);
    make_measure(a, table, "ttft", "s", "sample", "1.5");
    make_measure(a, table, "ttft", "s", "mean", "1.5");
    expect(&set, "", "u1.5 d1.5 u1.5");
    factset_release(&set);
}

static void test_three_twins(void **state)
{
    struct factset set;

    (void)state;
    make_set(&set, 5);
    add_file(&set, "r/a.csv.gz", TYPE_CSV, "ttft", "sample", 1, "1");
    add_file(&set, "r/a.json", TYPE_JSON, "ttft", "sample", 1, "1");
    add_file(&set, "r/a.md", TYPE_MARKDOWN, "ttft", "sample", 1, "1");
    add_file(&set, "r/a.x.json", TYPE_JSON, "ttft", "sample", 1, "1"); /* other stem */
    add_file(&set, "s/a.md", TYPE_MARKDOWN, "ttft", "sample", 1, "1"); /* other folder */
    expect(&set, "", "d1 u1 d1 u1 u1");
    expect(&set, "type!=json", "u1 d1 u1");
    factset_release(&set);
}

static void test_two_pointers(void **state)
{
    struct factset set;
    struct artifact *a;
    struct table *table;

    (void)state;
    make_set(&set, 1);
    a = make_artifact(&set, "a.json", TYPE_JSON);
    table = make_table(a, 2);
    make_measure(a, table, "ttft", "s", "sample", "0.5 0.5");
    make_measure(a, table, "ttft", "s", "sample", "0.5 0.50");
    make_measure(a, table, "ttft", "s", "sample", "0.5 0.50");
    expect(&set, "", "u0.5 u0.5 u0.5 u0.5 u0.50 u0.50");
    table->has_pointer = true;
    expect(&set, "", "u0.5 d0.5 d0.5 u0.5 u0.50 d0.50");
    factset_release(&set);
}

static bool check_original(
    void *ctx, const struct fact *fact, enum fate fate, const struct artifact *original)
{
    const struct factset *set = ctx;

    assert_ptr_equal(original, fate == FATE_DUPLICATE ? set->artifacts[1] : NULL);
    assert_int_equal((fact->flags & FLAG_DUPLICATE) != 0, fate == FATE_DUPLICATE);
    return true;
}

static void test_original(void **state)
{
    struct factset set;
    struct query query = {0};

    (void)state;
    make_set(&set, 2);
    add_file(&set, "a.csv", TYPE_CSV, "ttft", "sample", 1, "1")->row_flags[0] = ROW_COLD;
    add_file(&set, "a.json", TYPE_JSON, "ttft", "sample", 1, "1");
    set.artifacts[1]->flags = FLAG_DUPLICATE;
    query_each_copy(&set, &query, check_original, &set);
    factset_release(&set);
}

static void test_not_finite(void **state)
{
    struct factset set;

    (void)state;
    make_set(&set, 2);
    add_file(&set, "a.csv", TYPE_CSV, "ttft", "sample", 3, "nan inf 1");
    add_file(&set, "a.json", TYPE_JSON, "ttft", "sample", 3, "NaN -inf nan");
    expect(&set, "", "dnan finf u1 fNaN f-inf fnan");
    factset_release(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_same_bytes_no_match),
        cmocka_unit_test(test_failed_copy),
        cmocka_unit_test(test_twin_precision),
        cmocka_unit_test(test_twin_units),
        cmocka_unit_test(test_twin_limits),
        cmocka_unit_test(test_twin_subjects),
        cmocka_unit_test(test_guessed_model),
        cmocka_unit_test(test_raw_first),
        cmocka_unit_test(test_three_twins),
        cmocka_unit_test(test_two_pointers),
        cmocka_unit_test(test_original),
        cmocka_unit_test(test_not_finite),
    };

    return cmocka_run_group_tests_name("select", tests, NULL, NULL);
}
