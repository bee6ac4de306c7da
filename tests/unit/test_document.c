/* tests/unit/test_document.c - the law: no number without a citation; numbering; gathering. */
#include "report_build.h"

#include "report/series.h"

static struct document doc;
static struct err err;

static int set_up(void **state)
{
    (void)state;
    document_init(&doc);
    err = (struct err){0};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    document_release(&doc);
    return 0;
}

TEST(refuses_a_digit_in_words)
{
    doc_paragraph(&doc, "the model answered 3 times");
    assert_int_equal(document_check(&doc, &err), ERR_BUG);
    assert_non_null(strstr(err.text, "answered 3 times"));
}

TEST(refuses_a_digit_in_every_kind_of_words)
{
    static const enum node_kind KINDS[] = {NODE_DETAILS, NODE_FIGURE};

    for (size_t i = 0; i < 2; i++) {
        struct document other;

        document_init(&other);
        doc_open(&other, KINDS[i])->text = STR("part 2");
        doc_close(&other);
        assert_int_equal(document_check(&other, &err), ERR_BUG);
        document_release(&other);
    }
    doc_open(&doc, NODE_PARAGRAPH);
    doc_badge(&doc, "top 10");
    doc_close(&doc);
    assert_int_equal(document_check(&doc, &err), ERR_BUG);
}

TEST(allows_exempt_digits)
{
    doc_open(&doc, NODE_PARAGRAPH);
    doc_exempt(&doc, EXEMPT_NAME, STR("gemma3:1b"));
    doc_code(&doc, EXEMPT_PATH, STR("a/b2.csv:17"));
    doc_close(&doc);
    assert_int_equal(document_check(&doc, &err), ERR_NONE);
}

TEST(refuses_a_citation_that_is_no_number)
{
    static const char *const TEXTS[] = {"", "many", "1,024", "nan", "inf", "+3", "12 ms"};
    struct operands none = {0};

    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct document other;
        struct cite cite = {.text = str_from(TEXTS[i]),
            .print_scale = 1,
            .statistic = "count",
            .formula = "run",
            .operands = &none};

        document_init(&other);
        doc_open(&other, NODE_PARAGRAPH);
        doc_cite(&other, &cite);
        assert_int_equal(document_check(&other, &err), ERR_BUG);
        document_release(&other);
    }
}

TEST(refuses_a_citation_that_stands_on_nothing)
{
    struct cite cite = {.text = STR("3"), .print_scale = 1, .statistic = "count", .formula = "run"};

    doc_open(&doc, NODE_PARAGRAPH);
    doc_cite(&doc, &cite);
    assert_int_equal(document_check(&doc, &err), ERR_BUG);
    assert_non_null(strstr(err.text, "stands on nothing"));
}

TEST(numbers_citations_in_order_and_shares_operands)
{
    struct operands a = {0}, b = {0};
    struct cite cite = {
        .text = STR("3"), .value = 3, .print_scale = 1, .statistic = "count", .formula = "run"};
    struct operands *order[] = {&a, &b, &a};

    doc_open(&doc, NODE_LIST);
    for (size_t i = 0; i < 3; i++) {
        doc_open(&doc, NODE_ITEM);
        cite.operands = order[i];
        doc_cite(&doc, &cite);
        doc_close(&doc);
    }
    doc_close(&doc);
    for (int turn = 0; turn < 2; turn++) { /* a second check numbers alike */
        assert_int_equal(document_check(&doc, &err), ERR_NONE);
        assert_int_equal(doc.cites.len, 3);
        assert_int_equal(doc.cites.ptr[2]->id, 3);
        assert_int_equal(a.first_id, 1);
        assert_int_equal(b.first_id, 2);
    }
}

TEST(numbers_headings)
{
    struct node *node;

    doc_heading(&doc, 2, "One");
    doc_heading(&doc, 3, "Part");
    doc_heading(&doc, 2, "Two");
    doc_heading(&doc, 3, "Part");
    node = doc.root->last;
    assert_int_equal(node->number[0], 2);
    assert_int_equal(node->number[1], 1);
}

/* ---- gathering: what is pooled, and what never is */

static const struct series *find_series(
    const struct gathered *g, const char *metric, const char *model)
{
    for (size_t i = 0; i < g->series_count; i++)
        if (str_eq(g->series[i].metric, str_from(metric)) &&
            str_eq(g->series[i].model, str_from(model)))
            return &g->series[i];
    return NULL;
}

TEST(gathers_warm_cold_and_failed_apart)
{
    struct factset set;
    struct gathered g;
    const struct series *series;

    make_report_set(&set);
    gather_all(&set, &g);
    series = find_series(&g, "decode_tps", "a");
    assert_non_null(series);
    assert_int_equal(series->warm.count, 2);
    assert_int_equal(series->cold.count, 1);
    assert_int_equal(series->failed.count, 1);
    assert_int_equal(g.failures.count, 1);
    assert_int_equal(g.by_type[TYPE_CSV].count, 9);
    gathered_release(&g);
    factset_release(&set);
}

TEST(sets_markdown_and_statistics_aside)
{
    struct factset set;
    struct gathered g;

    make_report_set(&set);
    gather_all(&set, &g);
    assert_null(find_series(&g, "latency", "a"));
    assert_int_equal(g.stated.count, 2);
    assert_int_equal(g.by_type[TYPE_MARKDOWN].count, 1);
    assert_int_equal(g.set_aside_files.count, 1);
    gathered_release(&g);
    factset_release(&set);
}

TEST(keeps_files_apart_where_no_model_is_named)
{
    static const char *const PATHS[] = {"one.csv", "two.csv"};
    struct factset set;
    struct gathered g;

    make_set(&set, 2);
    *vec_push(&set.roots) = STR("data");
    for (size_t i = 0; i < 2; i++) {
        struct table *table = make_table(make_artifact(&set, PATHS[i], TYPE_CSV), 2);

        make_subject(set.artifacts[i], table, "test_name", "a b");
        make_measure(set.artifacts[i], table, "latency", "s", "sample", "0.5 1.5");
    }
    gather_all(&set, &g);
    assert_int_equal(g.series_count, 2);
    assert_text(series_file(&g.series[0]), "one.csv");
    assert_int_equal(g.series[0].warm.count, 2);
    assert_text(series_file(&g.series[1]), "two.csv");
    assert_int_equal(g.sweep_count, 2);
    gathered_release(&g);
    factset_release(&set);
}

TEST(collapses_a_sweep_of_single_runs)
{
    struct factset set;
    struct gathered g;
    bool found = false;

    make_report_set(&set);
    gather_all(&set, &g);
    for (size_t i = 0; i < g.sweep_count; i++)
        if (g.sweeps[i].collapsed) {
            found = true;
            assert_text(g.sweeps[i].series->model, "s");
            assert_int_equal(g.sweeps[i].count, 6);
            assert_int_equal(g.sweeps[i].warm.count, 6);
            assert_true(g.sweeps[i].single_runs);
        }
    assert_true(found);
    gathered_release(&g);
    factset_release(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(refuses_a_digit_in_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_a_digit_in_every_kind_of_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(allows_exempt_digits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_a_citation_that_is_no_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            refuses_a_citation_that_stands_on_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            numbers_citations_in_order_and_shares_operands, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers_headings, set_up, tear_down),
        cmocka_unit_test(gathers_warm_cold_and_failed_apart),
        cmocka_unit_test(sets_markdown_and_statistics_aside),
        cmocka_unit_test(keeps_files_apart_where_no_model_is_named),
        cmocka_unit_test(collapses_a_sweep_of_single_runs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
