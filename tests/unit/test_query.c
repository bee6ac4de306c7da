/* tests/unit/test_query.c - EXPR: what is read, what is refused, what matches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "unit/fact_build.h"

/* Two files: a sweep of four rows (the third failed, the first cold), and a summary. */
static void make_sweep(struct factset *set)
{
    struct artifact *a, *b;
    struct table *table;
    struct measure *m;

    make_set(set, 2);
    a = make_artifact(set, "runs/sweep one.csv", TYPE_CSV);
    table = make_table(a, 4);
    make_subject(a, table, "model", "gemma3:1b");
    make_subject(a, table, "num_ctx", "1024 2048 4096 -");
    m = make_measure(a, table, "ttft", "s", "sample", "9.5 0.2 - 0.4");
    m->taints_cold = true;
    m->definition = map_add(&a->strings, STR("load+prompt_eval"));
    make_measure(a, table, "decode_tps", "tok/s", "sample", "50 60 0.0 70");
    table->row_flags[2] = ROW_FAILED;
    table->row_flags[0] = ROW_COLD;
    b = make_artifact(set, "summary.json", TYPE_JSON);
    table = make_table(b, 1);
    make_subject(b, table, "model", "llama");
    m = make_measure(b, table, "ttft", "s", "median", "0.25");
    m->flags = FLAG_UNIT_GUESSED;
}

static const struct {
    const char *where, *seen;
} MATCHES[] = {
    {"", "u9.5 u50 u0.2 u60 f f0.0 u0.4 u70 u0.25"},
    {"metric=ttft", "u9.5 u0.2 f u0.4 u0.25"},
    {"metric!=ttft", "u50 u60 f0.0 u70"},
    {"metric~*_tps", "u50 u60 f0.0 u70"},
    {"type=json", "u0.25"},
    {"format=csv metric=ttft", "u9.5 u0.2 f u0.4"},
    {"path=\"runs/sweep one.csv\" num_ctx=1024", "u9.5 u50"},
    {"path~runs*csv num_ctx>=2048", "u0.2 u60 f f0.0"},
    {"path~*.json", "u0.25"},
    {"num_ctx=1024.0", "u9.5 u50"},
    {"num_ctx<4096 metric=ttft", "u9.5 u0.2"},
    {"num_ctx > 1024 metric=ttft", "u0.2 f"},
    {"num_ctx!=1024 metric=ttft", "u0.2 f u0.4 u0.25"},
    {"num_ctx~* metric=ttft", "u9.5 u0.2 f"},
    {"model=gemma3:1b metric=decode_tps", "u50 u60 f0.0 u70"},
    {"model!=gemma3:1b", "u0.25"},
    {"model>gemma4", "u0.25"},
    {"unit=s statistic=p50", "u0.25"},
    {"unit=tok/s", "u50 u60 f0.0 u70"},
    {"definition=load+prompt_eval", "u9.5 u0.2 f u0.4"},
    {"definition!=load+prompt_eval metric=ttft", "u0.25"},
    {"flag=failed_run", "f f0.0"},
    {"flag=zero_on_error", "f0.0"},
    {"flag!=failed_run metric=decode_tps", "u50 u60 u70"},
    {"flag=cold_start", "u9.5"},
    {"flag=unit_guessed", "u0.25"},
    {"flag!=unit_guessed metric=ttft", "u9.5 u0.2 f u0.4"},
    {"flag~*d*", "u9.5 f f0.0 u0.25"},
    {"flag=duplicate", ""},
    {"flag!=duplicate type=json", "u0.25"},
    {"no_such_key=1", ""},
    {"no_such_key!=1 type=json", "u0.25"},
    {"no_such_key<1", ""},
    {"model=\"\"", ""},
    {" \t num_ctx=1024   metric=ttft ", "u9.5"},
    {"\"num_ctx\"=\"1024\" metric=ttft", "u9.5"},
    {"metric=nothing", ""},
};

static void test_matches(void **state)
{
    struct factset set;

    (void)state;
    make_sweep(&set);
    for (size_t i = 0; i < sizeof MATCHES / sizeof *MATCHES; i++) {
        const char *seen = visit_text(&set, MATCHES[i].where);

        if (strcmp(seen, MATCHES[i].seen))
            fail_msg("%s: saw '%s', wanted '%s'", MATCHES[i].where, seen, MATCHES[i].seen);
    }
    factset_release(&set);
}

static const char *const WRONG[] = {"ttft", "metric", "=ttft", "metric=", "metric= ttft",
    "metric=\"ttft", "metric=\"ttft\"x", "metric==ttft", "metric!ttft", "flag=faild_run",
    "flag<failed_run", "metric=ttft and", "num_ctx>=", "\"metric", "metric=ttft <5"};

static void test_refused(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        struct query query = {.count = 77};
        struct err err = {0};

        if (query_parse(&arena, str_from(WRONG[i]), &query, &err) != ERR_USAGE)
            fail_msg("accepted: %s", WRONG[i]);
        assert_int_equal(query.count, 77);
        assert_int_equal(err.code, ERR_USAGE);
        assert_true(str_starts(str_from(err.text), STR("--where: at byte ")));
    }
    arena_release(&arena);
}

static void test_remedies(void **state)
{
    struct arena arena;
    struct query query;
    struct err err;

    (void)state;
    arena_init(&arena);
    assert_int_equal(query_parse(&arena, STR("flag=faild_run"), &query, &err), ERR_USAGE);
    assert_non_null(strstr(err.text, "failed_run?"));
    assert_int_equal(query_parse(&arena, STR("a=b c=\"d"), &query, &err), ERR_USAGE);
    assert_non_null(strstr(err.text, "quote"));
    arena_release(&arena);
}

static void test_quotes(void **state)
{
    struct factset set;
    struct artifact *a;
    struct table *table;

    (void)state;
    make_set(&set, 1);
    a = make_artifact(&set, "x.csv", TYPE_CSV);
    table = make_table(a, 1);
    table->subjects[0].key = map_add(&a->strings, STR("tag"));
    table->subjects[0].constant = map_add(&a->strings, STR("say \"hi\" \\ = 5"));
    table->subject_count = 1;
    make_measure(a, table, "ttft", "s", "sample", "1");
    assert_string_equal(visit_text(&set, "tag=\"say \\\"hi\\\" \\\\ = 5\""), "u1");
    assert_string_equal(visit_text(&set, "tag~\"say *5\""), "u1");
    assert_string_equal(visit_text(&set, "tag=say"), "");
    factset_release(&set);
}

static void test_wishes(void **state)
{
    struct arena arena;
    struct query query;
    struct err err;

    (void)state;
    arena_init(&arena);
    assert_int_equal(query_parse(&arena, STR("flag=failed_run"), &query, &err), ERR_NONE);
    assert_true(query.wants_failed && !query.wants_duplicates);
    assert_int_equal(query_parse(&arena, STR("flag!=failed_run"), &query, &err), ERR_NONE);
    assert_false(query.wants_failed);
    assert_int_equal(query_parse(&arena, STR("flag=duplicate"), &query, &err), ERR_NONE);
    assert_true(query.wants_duplicates && !query.wants_failed);
    assert_int_equal(query_parse(&arena, STR("flag!=duplicate"), &query, &err), ERR_NONE);
    assert_false(query.wants_duplicates);
    arena_release(&arena);
}

static bool check_same(void *ctx, const struct fact *fact, enum fate fate)
{
    (void)fate;
    assert_true(query_matches(ctx, fact));
    return true;
}

static bool check_key(void *ctx, const struct fact *fact, enum fate fate)
{
    (void)ctx;
    (void)fate;
    assert_true(str_eq(query_key(fact, STR("metric")), STR("ttft")));
    assert_true(str_eq(query_key(fact, STR("unit")), STR("s")));
    assert_true(str_eq(query_key(fact, STR("statistic")), STR("sample")));
    assert_true(str_eq(query_key(fact, STR("definition")), STR("load+prompt_eval")));
    assert_true(str_eq(query_key(fact, STR("path")), STR("runs/sweep one.csv")));
    assert_true(str_eq(query_key(fact, STR("type")), STR("csv")));
    assert_true(str_eq(query_key(fact, STR("format")), STR("csv")));
    assert_true(str_eq(query_key(fact, STR("num_ctx")), STR("1024")));
    assert_null(query_key(fact, STR("tag")).ptr);
    assert_null(query_key(fact, STR("flag")).ptr);
    return true;
}

/* The visit (by plans) and query_matches (fact by fact) must be of one mind. */
static void test_two_ways(void **state)
{
    struct factset set;
    struct arena arena;

    (void)state;
    arena_init(&arena);
    make_sweep(&set);
    for (size_t i = 0; i < sizeof MATCHES / sizeof *MATCHES; i++) {
        struct query query;
        struct err err;

        assert_int_equal(query_parse(&arena, str_from(MATCHES[i].where), &query, &err), ERR_NONE);
        query_each(&set, &query, check_same, &query);
    }
    factset_release(&set);
    arena_release(&arena);
}

static void test_keys(void **state)
{
    struct factset set;
    struct arena arena;
    struct query query;
    struct err err;

    (void)state;
    arena_init(&arena);
    make_sweep(&set);
    assert_int_equal(query_parse(&arena, STR("num_ctx=1024 metric=ttft"), &query, &err), ERR_NONE);
    query_each(&set, &query, check_key, NULL);
    factset_release(&set);
    arena_release(&arena);
}

static void test_stop(void **state)
{
    struct factset set;
    struct query query = {0};
    struct seen seen = {.stop_after = 3};

    (void)state;
    make_sweep(&set);
    buf_init(&seen.buf, 1000);
    query_each(&set, &query, see, &seen);
    assert_int_equal(seen.count, 3);
    buf_release(&seen.buf);
    factset_release(&set);
}

static void test_odd_path(void **state)
{
    struct factset set;
    struct artifact *a;

    (void)state;
    make_set(&set, 1);
    a = make_artifact(&set, "caf\xe9 \xc3\xa9.csv", TYPE_CSV);
    make_measure(a, make_table(a, 1), "ttft", "s", "sample", "1");
    assert_string_equal(visit_text(&set, "path=\"caf\xe9 \xc3\xa9.csv\""), "u1");
    assert_string_equal(visit_text(&set, "path=\"caf%E9 \xc3\xa9.csv\""), "u1");
    assert_string_equal(visit_text(&set, "path!=\"caf%E9 \xc3\xa9.csv\""), "");
    factset_release(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_remedies),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_wishes),
        cmocka_unit_test(test_two_ways),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_odd_path),
    };

    return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
